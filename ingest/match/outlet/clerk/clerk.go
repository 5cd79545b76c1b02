package clerk

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/match/outlet"
)

// Options say what is to be made up.
type Options struct {
	Seed    uint64
	Outlets int // of the base, about
	Cases   int // about
	Keeping Keeping
	// Slips are the names of the slips that are made, all where it is empty; Mixed
	// has several of them in each case.
	Slips []string
	Mixed bool
	// Strangers is the share of queries for outlets that the base lacks. What is left of
	// their names may be that of an outlet of the base.
	Strangers float64
	// Ambiguous keeps queries of which the parts that are left name several outlets.
	Ambiguous bool
}

// Case is a query and the ID of its outlet, "" where the base lacks it.
type Case struct {
	Query outlet.Query
	Want  string
	Slip  string
}

// Work is a base and what clerks write.
type Work struct {
	Entries []outlet.Entry
	Cases   []Case
}

// Slips are the names of all sorts of slips.
func Slips() []string {
	var out []string
	for _, s := range slips {
		out = append(out, s.name)
	}
	return out
}

// stranger is the name of the cases that the base lacks.
const stranger = "not in the base"

// New makes a base up and lets clerks write its outlets.
func New(opt Options) Work {
	m := &maker{Rand: rand.New(rand.NewPCG(opt.Seed, 99))}
	d := desk{maker: m, known: map[string]int{}}
	all := makeSites(opt.Seed, opt.Outlets+opt.Outlets/8)
	for i := range all {
		if i%9 == 4 { // neighbours and siblings of the base among them
			d.lacking = append(d.lacking, &all[i])
			continue
		}
		d.base = append(d.base, &all[i])
		d.work.Entries = append(d.work.Entries, m.entry(&all[i], opt.Keeping))
		for _, k := range all[i].keys() {
			d.known[k]++
		}
	}
	for _, s := range slips {
		if len(opt.Slips) == 0 || slices.Contains(opt.Slips, s.name) {
			d.chosen = append(d.chosen, s)
		}
	}
	for i := 0; len(d.work.Cases) < opt.Cases && i < 20*opt.Cases; i++ {
		d.write(opt, d.chosen[i%len(d.chosen)])
	}
	return d.work
}

// desk is where the queries of a base are written.
type desk struct {
	*maker
	base, lacking []*site
	known         map[string]int // how many outlets of the base answer to a key
	chosen        []slip
	work          Work
}

// write adds a query with a slip, unless what is left of it names several outlets.
func (d *desk) write(opt Options, s slip) {
	c := Case{Slip: s.name}
	do := []slip{s}
	if opt.Mixed {
		do = append(do, pick(d.Rand, d.chosen), pick(d.Rand, d.chosen))
	}
	of := pick(d.Rand, d.base)
	if c.Want = of.id; d.Float64() < opt.Strangers {
		of, c.Want, c.Slip = pick(d.Rand, d.lacking), "", stranger
	}
	l := d.line(of)
	for _, s := range do {
		s.do(l)
	}
	query, key := l.finish()
	switch {
	case key == "",
		c.Want != "" && d.known[key] != 1 && !opt.Ambiguous,
		c.Want == "" && d.known[of.key(true, true, true, true, true, true)] > 0:
		return
	}
	c.Query = query
	c.Query.ID = fmt.Sprintf("q%05d", len(d.work.Cases))
	d.work.Cases = append(d.work.Cases, c)
}

// line starts a query in the way of some clerk.
func (m *maker) line(s *site) *line {
	same := func(t string) string { return t }
	l := &line{writer: writer{m: m, site: s, full: m.oneIn(8), bare: m.oneIn(6)}, text: same, addressText: same, inField: m.oneIn(3), withINN: m.oneIn(5)}
	names := [...][]part{{form, who}, {form, who, sign}, {form, who, shop, sign, number}, {shop, sign, number, form, who}, {sign, number}}
	k := m.IntN(len(names))
	if s.sign == "" || s.owner.chain != "" && k < 3 {
		k = map[bool]int{true: 0, false: 3}[s.sign == ""]
	}
	l.name = l.pieces(names[k]...)
	l.address = l.pieces([][]part{{townName, streetName, houseNumber}, {townName, streetName, houseNumber}, {postcode, region, townName, streetName, houseNumber, unit}, {streetName, houseNumber, townName}}[m.IntN(4)]...)
	return l
}

// finish writes the query and the key of what is left in it, "" where nothing is.
func (l *line) finish() (outlet.Query, string) {
	var left [note + 1]bool
	name, address := l.text(join(l.name)), l.addressText(join(l.address))
	pieces := append(slices.Clone(l.name), l.address...)
	if l.inField {
		joined := []piece{{note, name}, {streetName, address}}
		if len(l.address) == 0 || name == "" {
			joined = []piece{{note, name + address}}
		}
		name, address = strings.Join(texts(joined), ", "), ""
	}
	if l.room > 0 {
		pieces = l.roomFor(pieces)
		name, address = first(name, l.room), first(address, l.room)
	}
	if name == "" {
		name, address = address, ""
	}
	for _, p := range pieces {
		left[p.part] = true
	}
	q := outlet.Query{Name: name, Address: address}
	if l.withINN {
		q.INN = l.site.owner.inn
		left[inn] = q.INN != ""
	}
	if strings.TrimSpace(name) == "" {
		return q, ""
	}
	return q, l.site.key(left[who] || left[inn], left[sign], left[number], left[townName], left[streetName], left[houseNumber] && !l.houseBare())
}

func texts(list []piece) []string {
	var out []string
	for _, p := range list {
		out = append(out, p.text)
	}
	return out
}

// roomFor keeps the pieces that are whole where fields end.
func (l *line) roomFor(pieces []piece) []piece {
	var out []piece
	length := 0
	for i, p := range pieces {
		if i == len(l.name) && !l.inField {
			length = 0
		}
		if length += len([]rune(p.text)) + 2; length <= l.room {
			out = append(out, p)
		}
	}
	return out
}

// houseBare tells whether a part of the house is left out.
func (l *line) houseBare() bool {
	h := l.site.house
	for _, p := range l.address {
		if p.part == houseNumber {
			return h != (house{number: h.number}) && p.text == fmt.Sprint(h.number)
		}
	}
	return false
}

// key names what is told of a site. Persons are told by surname alone.
func (s *site) key(owner, sign, number, town, street, whole bool) string {
	if !owner && !sign && !street {
		return ""
	}
	var b strings.Builder
	add := func(is bool, x any) {
		if is {
			fmt.Fprintf(&b, "%v", x)
		}
		b.WriteByte('|')
	}
	add(owner, s.owner.surname+s.owner.firm)
	add(sign && s.sign != "", s.sign)
	add(number && s.number > 0, s.number)
	add(town, s.town.name)
	add(street, s.street.name)
	add(whole, s.house)
	return b.String()
}

// keys are all keys that a site answers to.
func (s *site) keys() []string {
	var out []string
	for bits := range 64 {
		is := func(i int) bool { return bits>>i&1 == 1 }
		if k := s.key(is(0), is(1), is(2), is(3), is(4), is(5)); k != "" && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}
