package match

import (
	"math"
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/match/name"
)

// found is an entry on its way to become a candidate.
type found struct {
	entry    int32
	doc      int32 // the name that fits best
	features [Features]float32
	score    float64
	share    float64 // of the probability
	evidence evidence
}

// nearly is the similarity from which words count as the same.
const nearly = 0.85

// fit is how the words of a query and a name fit each other.
type fit struct {
	query []float32 // best similarity of each token of the query
	entry []float32 // of each token of the name
	place []int32   // token of the name that each of the query fits best
}

// fitTo compares the words of a query with those of a name.
func (c *Catalog) fitTo(a *asked, d *document) fit {
	n := len(a.tokens)
	buffer := make([]float32, n+len(d.tokens))
	f := fit{query: buffer[:n], entry: buffer[n:], place: make([]int32, n)}
	for i := range f.place {
		f.place[i] = -1
	}
	for j, t := range d.tokens {
		row := a.similarTo(c.words, t.word)
		for i, s := range row {
			f.join(i, j, s)
		}
	}
	for i, w := range a.joins {
		if w < 0 {
			continue
		}
		for j, t := range d.tokens {
			if t.word == w {
				f.join(i, j, 1)
				f.join(i+1, j, 1)
			}
		}
	}
	c.joinEntry(a, d, f)
	return f
}

// joinEntry finds words of the query that are two of the name: DryClean, Dry Clean.
func (c *Catalog) joinEntry(a *asked, d *document, f fit) {
	for i := range a.tokens {
		key := a.tokens[i].Key
		if f.query[i] > nearly || len(key) < 6 {
			continue
		}
		for j := 0; j+1 < len(d.tokens); j++ {
			x, y := c.words.words[d.tokens[j].word].key, c.words.words[d.tokens[j+1].word].key
			if len(x)+len(y) == len(key) && strings.HasPrefix(key, x) && strings.HasSuffix(key, y) {
				f.join(i, j, 1)
				f.join(i, j+1, 1)
			}
		}
	}
}

func (f fit) join(i, j int, s float32) {
	if s > f.query[i] {
		f.query[i], f.place[i] = s, int32(j)
	}
	f.entry[j] = max(f.entry[j], s)
}

// compare measures the pair of a query and an entry.
func (c *Catalog) compare(a *asked, h found) found {
	e := &c.entries[h.entry]
	union := make([]float32, len(a.tokens))
	best, bestSum := fit{}, float32(-1)
	v := &h.features
	v[fEntryUnion], v[fExtraUnion] = 0, float32(math.Inf(1))
	for i, k := range e.docs {
		d := &c.docs[k]
		f := c.fitTo(a, d)
		covered, extra := c.entryShare(d, f)
		if i == 0 {
			v[fEntryMain], v[fExtraMain] = covered, extra
		}
		v[fExtraMean] += extra / float32(len(e.docs))
		v[fEntryUnion], v[fExtraUnion] = max(v[fEntryUnion], covered), min(v[fExtraUnion], extra)
		sum := covered
		for i, s := range f.query {
			union[i] = max(union[i], s)
			sum += 2 * s * a.tokens[i].weight / max(a.weight, 0.01)
		}
		if sum > bestSum {
			best, bestSum, h.doc = f, sum, k
		}
	}
	d := &c.docs[h.doc]
	c.measureQuery(a, best, union, v)
	c.measureEntry(a, d, best, v)
	c.measureCodes(a, e, d, best, v)
	measureNumbers(a, c, d, v)
	c.measureAttributes(a, e, v)
	measurePrice(a, e, v)
	return h
}

// entryShare is the share of a name's words that the query has, and the weight of those it lacks.
func (c *Catalog) entryShare(d *document, f fit) (covered, extra float32) {
	sum := float32(0)
	for j, t := range d.tokens {
		w := c.words.weight(t.word, t.kind)
		sum += w
		covered += w * f.entry[j]
		extra += w * (1 - f.entry[j])
	}
	return covered / max(sum, 0.01), extra
}

func (c *Catalog) measureQuery(a *asked, f fit, union []float32, v *[Features]float32) {
	latin, latinSum := float32(0), float32(0)
	neighbours, pairs := 0, 0
	for i, t := range a.tokens {
		w, s := t.weight, f.query[i]
		if s >= nearly {
			v[fQueryStrict] += w
			v[fSharedMost] = max(v[fSharedMost], w)
			v[fSharedSum] += w
		}
		v[fQueryLoose] += w * s
		v[fQueryUnion] += w * union[i]
		if t.word >= 0 {
			v[fMissKnown] += w * (1 - union[i])
			v[fMissMost] = max(v[fMissMost], w*(1-union[i]))
		} else {
			v[fMissUnknown] += w * (1 - union[i])
		}
		if t.Kind == name.Word && (t.Latin || t.Marked) {
			latin += w * union[i]
			latinSum += w
			v[fLatinMiss] += w * (1 - union[i])
		}
		if i > 0 && f.place[i] >= 0 && f.place[i-1] >= 0 {
			if pairs++; f.place[i] == f.place[i-1]+1 {
				neighbours++
			}
		}
	}
	for _, k := range []feature{fQueryStrict, fQueryLoose, fQueryUnion} {
		v[k] /= max(a.weight, 0.01)
	}
	v[fLatinQuery] = share(latin, latinSum)
	v[fOrder] = share(float32(neighbours), float32(pairs))
	if len(f.query) > 0 {
		v[fHeadQuery] = union[0]
	}
	v[fLengthQuery] = float32(len(a.tokens))
}

// share is a part of a sum, missing where there is nothing to have a part of.
func share(part, sum float32) float32 {
	if sum == 0 {
		return float32(math.NaN())
	}
	return part / sum
}

func (c *Catalog) measureEntry(a *asked, d *document, f fit, v *[Features]float32) {
	sum, latin, latinSum := float32(0), float32(0), float32(0)
	same := len(a.tokens) == len(d.tokens)
	for j, t := range d.tokens {
		w, s := c.words.weight(t.word, t.kind), f.entry[j]
		sum += w
		if s >= nearly {
			v[fEntryStrict] += w
		}
		same = same && s == 1
		v[fEntryLoose] += w * s
		v[fExtra] += w * (1 - s)
		v[fExtraMost] = max(v[fExtraMost], w*(1-s))
		if t.latin && t.kind == name.Word {
			latin += w * s
			latinSum += w
			v[fLatinExtra] += w * (1 - s)
		}
	}
	v[fEntryStrict] /= max(sum, 0.01)
	v[fEntryLoose] /= max(sum, 0.01)
	v[fLatinEntry] = share(latin, latinSum)
	if len(f.entry) > 0 {
		v[fHeadEntry] = f.entry[0]
	}
	v[fLengthEntry] = float32(len(d.tokens))
	if a.canonical == d.canonical {
		v[fSameName] = 1
	}
	if same && sameSizes(a.parsed.Sizes, d.sizes) {
		v[fSameWords] = 1
	}
}

func sameSizes(x, y []name.Size) bool {
	if len(x) != len(y) {
		return false
	}
	for _, s := range x {
		if !slices.Contains(y, s) {
			return false
		}
	}
	return true
}

func measurePrice(a *asked, e *indexed, v *[Features]float32) {
	v[fPrice], v[fPriceFar] = float32(math.NaN()), float32(math.NaN())
	if len(e.prices) == 0 || a.price != a.price {
		return
	}
	r := float32(math.Log(a.price / slices.Max(e.prices)))
	v[fPrice], v[fPriceFar] = r, float32(math.Abs(float64(r)))
}
