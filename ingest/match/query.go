package match

import (
	"math"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/match/name"
)

// asked is a query taken apart, with what the catalogue knows of its words.
type asked struct {
	Query
	tokens    []queryToken
	joins     []int32 // word of the catalogue that tokens i and i+1 are together, else -1
	parsed    name.Name
	canonical string
	code      string
	brand     []string
	price     float64
	grams     []uint32
	bare      float64 // a number without a unit that is a content of candidates, NaN for none
	glued     string  // all of the name's letters and digits, to look for codes in
	weight    float32

	slots map[int32]int32 // word of the catalogue -> row of sims
	sims  []float32       // len(tokens) a row
}

type queryToken struct {
	name.Token
	word    int32 // in the catalogue's vocabulary, -1 for none
	weight  float32
	letters uint64
}

func (c *Catalog) ask(q Query) *asked {
	n := name.Parse(q.Name)
	a := &asked{
		Query: q, parsed: n, canonical: n.Canonical(), code: name.Compact(q.Code), brand: keysOf(q.Brand), price: priceOf(q.Price), bare: math.NaN(),
		grams: gramsOf(n, q.Code), slots: make(map[int32]int32, 64), sims: make([]float32, 0, 64*len(n.Tokens)),
	}
	for _, t := range n.Tokens {
		w := c.words.find(t.Key)
		x := queryToken{t, w, c.words.weight(w, t.Kind), lettersOf(t.Key)}
		if x.Kind == name.Number {
			x.weight *= 0.5
		}
		a.weight += x.weight
		a.tokens = append(a.tokens, x)
	}
	a.joins = make([]int32, len(a.tokens))
	for i := range a.tokens {
		a.joins[i] = -1
		if i+1 < len(a.tokens) {
			a.joins[i] = c.words.find(a.tokens[i].Key + a.tokens[i+1].Key)
		}
	}
	a.glued = name.Compact(q.Name)
	return a
}

// similarTo gives, for each token of the query, how similar a word of the catalogue is to it.
func (a *asked) similarTo(v *vocabulary, word int32) []float32 {
	n := len(a.tokens)
	if row, ok := a.slots[word]; ok {
		return a.sims[int(row)*n : (int(row)+1)*n]
	}
	if a.slots == nil { // given back between two rounds
		a.slots = map[int32]int32{}
	}
	row := len(a.slots)
	a.slots[word] = int32(row)
	for i := range a.tokens {
		a.sims = append(a.sims, v.similar(&a.tokens[i], word))
	}
	return a.sims[row*n : (row+1)*n]
}

// priceOf reads a price, NaN where there is none.
func priceOf(text string) float64 {
	text = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '₽', '$', '€', '₸':
			return -1
		case ',':
			return '.'
		}
		return r
	}, text)
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v <= 0 || math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}

func pricesOf(e Entry) []float64 {
	var out []float64
	for _, text := range append([]string{e.Price}, e.Prices...) {
		if v := priceOf(text); v == v {
			out = append(out, v)
		}
	}
	return out
}
