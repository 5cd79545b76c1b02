package shelf

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/distbase/distbase/ingest/match"
)

// Case is a query, the ID of its entry ("" for none) and the sort of carelessness.
type Case struct {
	match.Query
	Want string
	Sort string
}

// sort is a sort of carelessness.
type sort struct {
	name string
	do   func(*query)
}

var sorts = [...]sort{
	{"as usual", func(*query) {}},
	{"in another order", func(q *query) {
		q.Shuffle(len(q.pieces), func(i, j int) { q.pieces[i], q.pieces[j] = q.pieces[j], q.pieces[i] })
	}},
	{"brand missing", func(q *query) { q.drop(brand) }},
	{"brand first", func(q *query) { q.pieces[0], q.pieces[1] = q.pieces[1], q.pieces[0] }},
	{"head missing", func(q *query) { q.drop(head) }},
	{"head abbreviated", func(q *query) { q.rewrite(head, shortHeads.Replace) }},
	{"property abbreviated", func(q *query) { q.properties(shorten) }},
	{"property missing", func(q *query) { q.drop(property) }},
	{"another unit", func(q *query) { q.rewrite(size, otherUnit) }},
	{"unit missing", func(q *query) { q.rewrite(size, withoutUnit) }},
	{"size missing", func(q *query) { q.drop(size) }},
	{"size glued", func(q *query) { q.rewrite(size, func(s string) string { return strings.ReplaceAll(s, " ", "") }) }},
	{"blanks missing", func(q *query) {
		q.then(func(s string) string { return strings.ReplaceAll(s, ", ", ",") })
		q.glueBrand()
	}},
	{"typo", func(q *query) { q.then(q.typo) }},
	{"two typos", func(q *query) { q.then(q.typo); q.then(q.typo) }},
	{"upper case", func(q *query) { q.then(strings.ToUpper) }},
	{"look-alikes", func(q *query) { q.then(q.lookAlike) }},
	{"lost letters", func(q *query) { q.then(q.loseLetters) }},
	{"in the case", func(q *query) {
		q.add(fmt.Sprintf(pick(q.Rand, []string{"(%s шт)", "1/%s", "*%s", "х%s", "(%sшт/кор)", "в кор. %s шт", "/%s"}), q.p.inCase))
	}},
	{"own code in front", func(q *query) {
		q.then(func(s string) string { return fmt.Sprintf("%06d ", q.IntN(999999)) + s })
	}},
	{"article behind", func(q *query) {
		q.add(pick(q.Rand, []string{"арт. ", "", "(арт.", "код "}) + q.p.code)
	}},
	{"remark", func(q *query) {
		q.add(pick(q.Rand, []string{"АКЦИЯ", "(новинка)", "!!! ХИТ", "НОВЫЙ ДИЗАЙН", "РФ", "скидка 10%", "(Россия)", "до 12.2026", "промо 1+1", "ГОСТ"}))
	}},
	{"cut at forty", func(q *query) { q.then(func(s string) string { return first(s, 40) }); q.cut = 40 }},
	{"property in Latin", func(q *query) { q.rewrite(brand, latin) }},
	{"code in its column", func(q *query) { q.Code = q.p.code }},
	{"own code in its column", func(q *query) { q.Code = fmt.Sprint(q.IntN(2000)) }},
	{"barcode", func(q *query) { q.Barcode = q.p.barcode }},
	{"barcode of the case", func(q *query) { q.Barcode = q.p.caseCode }},
	{"barcode without its zeros", func(q *query) { q.Barcode = q.p.barcode[:12] }},
	{"several at once", func(q *query) {
		q.rewrite(head, shortHeads.Replace)
		q.rewrite(size, otherUnit)
		q.properties(shorten)
		q.add("(" + q.p.inCase + "шт)")
	}},
}

// distributors is how many the names are dealt out to.
const distributors = 9

// damages is how many sorts, from the first on, need nothing of the catalogue.
const damages = 18

func (q *query) add(text string) { q.pieces = append(q.pieces, piece{note, text}) }

// glueBrand leaves the blank before the brand out.
func (q *query) glueBrand() {
	q.then(func(s string) string { return strings.ReplaceAll(s, " "+q.p.line.brand, q.p.line.brand) })
}

func (q *query) typo(s string) string {
	w := strings.Fields(s)
	i := q.IntN(len(w))
	r := []rune(w[i])
	if len(r) < 5 || !unicode.IsLetter(r[1]) {
		return s
	}
	k := 1 + q.IntN(len(r)-2)
	switch q.IntN(3) {
	case 0:
		r = append(r[:k:k], r[k+1:]...)
	case 1:
		r[k], r[k-1] = r[k-1], r[k]
	default:
		r[k] = pick(q.Rand, []rune("аоеинтрс"))
	}
	w[i] = string(r)
	return strings.Join(w, " ")
}

func (q *query) lookAlike(s string) string {
	from, to := []rune("АВЕКМНОРСТХаеорсух"), []rune("ABEKMHOPCTXaeopcyx")
	return strings.Map(func(r rune) rune {
		if i := slices.Index(from, r); i >= 0 && q.IntN(2) == 0 {
			return to[i]
		}
		return r
	}, s)
}

func (q *query) loseLetters(s string) string {
	s = strings.NewReplacer("«", "<", "»", ">", "№", "?").Replace(s)
	lost := pick(q.Rand, []rune("ИшёЁНр"))
	return strings.ReplaceAll(s, string(lost), pick(q.Rand, []string{"?", "\uFFFD", ""}))
}

func first(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

var toLatin = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z", "и", "i", "й", "y", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f",
	"х", "h", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "sch", "ы", "y", "ь", "", "ъ", "", "э", "e", "ю", "yu", "я", "ya")

func latin(s string) string { return strings.ToUpper(first(toLatin.Replace(strings.ToLower(s)), 40)) }

// Shelf is a catalogue and what distributors write.
type Shelf struct {
	Entries []match.Entry
	Cases   []Case
}

// Sorts of goods that the catalogue lacks.
const (
	Sibling    = "not listed: another of a line"
	Competitor = "not listed: a competitor's"
	Foreign    = "not listed: another trade"
)

// Half is which of the lines are taken: lessons are to be of others than tests.
type Half int

// The halves.
const (
	All Half = iota
	Even
	Odd
)

// of gives the lines of a half.
func (h Half) of(lines []line) []line {
	if h == All {
		return lines
	}
	var out []line
	for i, l := range lines {
		if i%2 == int(h-Even) {
			out = append(out, l)
		}
	}
	return out
}

// New makes a catalogue up, and cases: about so many of each sort.
func New(seed uint64, each int, half Half) Shelf {
	r := rand.New(rand.NewPCG(seed, 5))
	var s Shelf
	all := products(r, half.of(ours), "p")
	var listed, held []*product
	for i, p := range all {
		if i%10 == 7 {
			held = append(held, p)
			continue
		}
		listed = append(listed, p)
		s.Entries = append(s.Entries, p.entry())
	}
	w := writer{Rand: r, known: map[string]int{}, shelf: &s}
	for _, p := range listed {
		for _, k := range p.keys() {
			w.known[k]++
		}
	}
	for _, x := range sorts {
		for range each {
			w.write(pick(r, listed), x, x.name, true)
		}
	}
	competitors, foreign := products(r, half.of(theirs), "c"), products(r, half.of(others), "o")
	for range 4 * each {
		w.write(pick(r, held), pick(r, sorts[:damages]), Sibling, false)
		w.write(pick(r, competitors), pick(r, sorts[:damages]), Competitor, false)
		w.write(pick(r, foreign), pick(r, sorts[:damages]), Foreign, false)
	}
	return s
}

type writer struct {
	*rand.Rand
	known map[string]int
	shelf *Shelf
}

// write adds a case, unless what is left of the name is that of other products.
func (w *writer) write(p *product, x sort, name string, listed bool) {
	same := func(s string) string { return s }
	q := &query{Rand: w.Rand, p: p, text: same, lost: map[part]bool{}}
	b := p.line.brand
	if w.IntN(2) == 0 {
		b = pick(w.Rand, []string{`"` + b + `"`, "«" + b + "»"})
	}
	q.pieces = []piece{{head, p.line.head}, {brand, b}}
	for i, x := range p.properties {
		q.pieces = append(q.pieces, piece{property + part(i), x})
	}
	q.pieces = append(q.pieces, piece{size, p.size})
	x.do(q)
	var texts []string
	length := 0
	for _, y := range q.pieces {
		texts = append(texts, y.text)
		if length += len([]rune(y.text)) + 2; q.cut > 0 && length > q.cut {
			q.lost[y.part] = true
		}
	}
	q.Name = q.text(strings.Join(texts, pick(w.Rand, []string{" ", " ", ", "})))
	key := p.key(q.lost)
	if listed == (w.known[key] != 1) {
		return
	}
	c := Case{Query: q.Query, Want: p.id, Sort: name}
	if !listed {
		c.Want, c.Barcode, c.Code = "", "", ""
	}
	c.ID = fmt.Sprintf("q%05d", len(w.shelf.Cases))
	d := w.IntN(distributors)
	c.Distributor = fmt.Sprintf("d%d", d)
	if d%2 == 1 { // half of them tell prices, each at its own level
		c.Price = strconv.Itoa(int(float64(p.price) * (1.1 + 0.05*float64(d)) * math.Exp(0.08*w.NormFloat64())))
	}
	w.shelf.Cases = append(w.shelf.Cases, c)
}

// key is what is told of a product.
func (p *product) key(lost map[part]bool) string {
	parts := []string{p.line.head, p.line.brand, p.size}
	for i, x := range []part{head, brand, size} {
		if lost[x] {
			parts[i] = ""
		}
	}
	for i, x := range p.properties {
		if !lost[property+part(i)] {
			parts = append(parts, x)
		}
	}
	return strings.Join(parts, "|")
}

// keys are all keys that a product answers to.
func (p *product) keys() []string {
	var out []string
	n := 3 + len(p.properties)
	for bits := range 1 << n {
		lost := map[part]bool{}
		for i, x := range []part{head, brand, size, property, property + 1, property + 2}[:n] {
			lost[x] = bits>>i&1 == 1
		}
		if k := p.key(lost); !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}
