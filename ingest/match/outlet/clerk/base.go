package clerk

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/distbase/distbase/ingest/match/outlet"
)

// owner is a legal entity: a person in business or a firm.
type owner struct {
	land                      *land
	form                      []string // ways of its legal form
	surname, name, patronymic string   // of a person
	firm                      string
	inn                       string
	chain                     string // its retail chain
}

func (o *owner) isPerson() bool { return o.surname != "" }

// site is an outlet in parts.
type site struct {
	id       string
	owner    *owner
	sign     string // what stands over its door; of a chain the chain's name
	shop     string // магазин, аптека
	number   int    // of the shop within its chain
	town     town
	street   street
	house    house
	unit     string
	postcode int
}

// house is a number and what belongs to it.
type house struct {
	number                     int
	letter                     string
	corpus, building, fraction int
}

// maker draws from the lists.
type maker struct {
	*rand.Rand
	sites []site
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (m *maker) oneIn(n int) bool { return m.IntN(n) == 0 }

// makeSites draws about n outlets: a third in chains, the others of owners with one to
// six outlets, some of which are on one street.
func makeSites(seed uint64, n int) []site {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 77))}
	lands := []*land{&russian, &russian, &russian, &russian, &russian, &russian, &ukrainian, &kazakh}
	for _, c := range chains[:min(len(chains), 2+n/400)] {
		o := &owner{land: &russian, form: russian.firm, firm: c[1], chain: c[0], inn: m.inn(10)}
		numbered := m.oneIn(2)
		for range max(n/54, 5) {
			s := m.place(o)
			s.sign = c[0]
			if numbered {
				s.number = 1 + m.IntN(900)
			}
			m.add(s)
		}
	}
	for len(m.sites) < n {
		o := m.owner(pick(m.Rand, lands))
		first := m.place(o)
		sign := pick(m.Rand, o.land.signs)
		for i := range []int{1, 1, 1, 2, 2, 3, 4, 6}[m.IntN(8)] {
			s := m.place(o)
			s.sign = sign
			if i > 0 && m.oneIn(3) {
				s.sign = pick(m.Rand, o.land.signs)
			}
			if !m.oneIn(5) {
				s.town = first.town
			}
			if m.oneIn(3) {
				s.town, s.street = first.town, first.street
			}
			if m.oneIn(6) {
				s.sign = ""
			}
			m.add(s)
		}
	}
	return m.sites
}

// add keeps a site unless the owner has another one in the same house.
func (m *maker) add(s site) {
	for i := len(m.sites) - 1; i >= 0 && m.sites[i].owner == s.owner; i-- {
		if t := m.sites[i]; t.house.number == s.house.number && t.street == s.street && t.town == s.town {
			return
		}
	}
	s.id = fmt.Sprintf("T%05d", len(m.sites)+1)
	m.sites = append(m.sites, s)
}

func (m *maker) owner(l *land) *owner {
	o := &owner{land: l}
	switch {
	case m.IntN(100) < 55:
		o.form = l.person
		o.surname, o.name, o.patronymic = pick(m.Rand, l.surnames), pick(m.Rand, l.names), pick(m.Rand, l.patronymics)
		if m.oneIn(2) {
			o.surname, o.name, o.patronymic = pick(m.Rand, l.womenSurnames), pick(m.Rand, l.womenNames), pick(m.Rand, l.womenPatron)
		}
		o.inn = m.inn(12)
	case m.oneIn(2):
		o.form, o.firm, o.inn = l.firm, pick(m.Rand, l.firmHeads)+pick(m.Rand, l.firmTails), m.inn(10)
		if m.oneIn(3) {
			o.firm += pick(m.Rand, []string{"-М", "-Юг", " Плюс", "-1", " и К"})
		}
	default:
		o.form, o.firm, o.inn = l.firm, pick(m.Rand, l.firmWords), m.inn(10)
		if m.oneIn(4) {
			o.firm = pick(m.Rand, l.firmHeads) + " " + o.firm
		}
		if m.oneIn(6) {
			o.form = l.stock
		}
	}
	if m.oneIn(3) || l != &russian && m.oneIn(3) {
		o.inn = ""
	}
	return o
}

func (m *maker) place(o *owner) site {
	l := o.land
	s := site{owner: o, shop: pick(m.Rand, l.shops), town: pick(m.Rand, l.towns), street: pick(m.Rand, l.streets)}
	s.house.number = 1 + m.IntN(140)
	switch m.IntN(10) {
	case 0:
		s.house.letter = pick(m.Rand, words("А,Б,В,Г,а,б"))
	case 1:
		s.house.corpus = 1 + m.IntN(4)
	case 2:
		s.house.fraction = 1 + m.IntN(30)
	case 3:
		if m.oneIn(2) {
			s.house.building = 1 + m.IntN(3)
		}
	}
	if m.oneIn(8) {
		s.unit = pick(m.Rand, []string{"пом. 2", "оф. 14", "1 этаж", "пав. 7", "помещение 1Н", "кв. 31"})
	}
	s.postcode = s.town.prefix*1000 + m.IntN(400)
	return s
}

// inn makes a taxpayer number of ten or twelve digits with its check digits (the order of the Russian tax service).
func (m *maker) inn(n int) string {
	d := make([]int, n)
	for i := range d {
		d[i] = m.IntN(10)
	}
	d[0] = 1 + m.IntN(8)
	check := func(at int, weights ...int) {
		sum := 0
		for i, w := range weights {
			sum += w * d[i]
		}
		d[at] = sum % 11 % 10
	}
	if n == 10 {
		check(9, 2, 4, 10, 3, 5, 9, 4, 6, 8)
	} else {
		check(10, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
		check(11, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
	}
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(d), " ", ""), "[]")
}

// Keeping is how the base is kept.
type Keeping int

// The ways of keeping a base.
const (
	InColumns Keeping = iota // sign, legal name, taxpayer number, town, region, chain: a column each
	Briefly                  // legal entity and sign as the name, one address
	NamesOnly                // all of it in the name
	Keepings
)

// entry is how the base has a site.
func (m *maker) entry(s *site, k Keeping) outlet.Entry {
	w := writer{m: m, site: s, formal: true}
	e := outlet.Entry{ID: s.id}
	legal := w.text(form, who)
	sign := w.text(shop, sign, number)
	address := w.text(postcode, region, townName, streetName, houseNumber, unit)
	switch k {
	case InColumns:
		e.Name, e.LegalName, e.INN, e.City, e.Region, e.Chain = sign, legal, s.owner.inn, s.town.name, s.town.region, s.owner.chain
		e.Address = w.text(streetName, houseNumber, unit)
		if m.oneIn(2) {
			e.Address = address
		}
		if e.Name == "" {
			e.Name = legal
		}
	case Briefly:
		e.Name, e.INN, e.Address = legal, s.owner.inn, address
		if sign != "" {
			e.Name += pick(m.Rand, []string{" ", ", "}) + sign
		}
	default:
		e.Name = strings.Trim(legal+" "+sign, " ") + ", " + w.text(townName, streetName, houseNumber)
	}
	return e
}
