package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/match/outlet"
)

// Options says what to make up.
type Options struct {
	Seed    uint64
	Half    Half
	Outlets int
	Queries int
	// Strangers is the part of the queries that mean nobody of the catalogue.
	Strangers float64
	// Hardness, 0 to 1, is how much of the corruptions there are.
	Hardness float64
}

// Case is a query and the ID of the outlet it means, "" for nobody.
type Case struct {
	Query outlet.Query
	Want  string
}

// Sample is a catalogue and what is asked of it.
type Sample struct {
	Entries []outlet.Entry
	Cases   []Case
}

// New makes a sample up.
func New(opt Options) Sample {
	g := newGenerator(opt)
	all := g.outlets(opt.Outlets + int(float64(opt.Queries)*opt.Strangers) + 1)
	strangers := int(float64(opt.Queries) * opt.Strangers)
	g.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:min(len(all), opt.Outlets+strangers)]
	inside := all[strangers:]
	g.census(inside)
	var s Sample
	for i := range inside {
		inside[i].id = "o" + strconv.Itoa(i+1)
		s.Entries = append(s.Entries, g.entry(inside[i]))
	}
	for i := range all[:strangers] {
		s.Cases = append(s.Cases, Case{Query: g.query(all[i])})
	}
	for range opt.Queries - strangers {
		o := inside[g.r.IntN(len(inside))]
		s.Cases = append(s.Cases, Case{g.query(o), o.id})
	}
	g.r.Shuffle(len(s.Cases), func(i, j int) { s.Cases[i], s.Cases[j] = s.Cases[j], s.Cases[i] })
	for i := range s.Cases {
		s.Cases[i].Query.ID = "q" + strconv.Itoa(i+1)
	}
	return s
}

// country is whose law and language an outlet is under.
type country int

const (
	russia country = iota
	ukraine
	kazakhstan
)

// entity is a legal entity.
type entity struct {
	country                   country
	isPerson                  bool
	surname, name, patronymic string
	form                      string // of a company
	title                     string
	inn                       string
	region, town              string
	shop                      string
	chain                     string
}

// address is where an outlet is.
type address struct {
	postcode, region, town, townKind, streetKind, street string
	number                                               int
	letter                                               string
	corpus, building, unit                               int
}

// shop is an outlet in truth.
type shop struct {
	id     string
	entity *entity
	name   string // "" where it has none of its own
	sort   string // магазин
	number int    // of a chain's outlet
	address
}

// generator makes outlets up.
type generator struct {
	r     *rand.Rand
	words vocabulary
	opt   Options
	// style of this catalogue: which columns it lacks
	noLegal, noINN, noCity, noRegion, noChain, legalInName bool
	latinCatalogue                                         bool
	addressStyle                                           int
	alone                                                  map[string]int // outlets of a name in the catalogue
}

func newGenerator(opt Options) *generator {
	r := rand.New(rand.NewPCG(opt.Seed, uint64(opt.Half)+1))
	g := &generator{r: r, words: newVocabulary(opt.Half), opt: opt, alone: map[string]int{}}
	g.noLegal, g.noINN, g.noCity, g.noRegion, g.noChain = g.odds(0.3), g.odds(0.3), g.odds(0.3), g.odds(0.5), g.odds(0.5)
	g.legalInName, g.latinCatalogue, g.addressStyle = g.odds(0.4), g.odds(0.04), g.r.IntN(styles)
	return g
}

func (g *generator) odds(p float64) bool { return g.r.Float64() < p }

// hard is odds that grow with the hardness.
func (g *generator) hard(p float64) bool { return g.r.Float64() < p*g.opt.Hardness*2 }

func pick[T any](g *generator, list []T) T { return list[g.r.IntN(len(list))] }

// oneOf picks a text of several parted by bars.
func (g *generator) oneOf(bars string) string { return pick(g, strings.Split(bars, "|")) }

// outlets makes at least n outlets of entities up, with siblings made to be confused.
func (g *generator) outlets(n int) []shop {
	var out []shop
	for len(out) < n+n/16+8 { // some will prove to be doubles
		e := g.entity()
		k := 1
		switch {
		case e.chain != "":
			k = 5 + g.r.IntN(30)
		case g.odds(0.35):
			k = 2 + g.r.IntN(6)
		}
		var last shop
		for i := range k {
			s := g.shop(e, i)
			if i > 0 && g.odds(0.35) {
				s = g.sibling(last)
			}
			out = append(out, s)
			last = s
		}
		if g.odds(0.12) {
			out = append(out, g.double(last))
		}
	}
	return g.distinct(out)
}

// distinct leaves out outlets that are at the address of another of the same entity.
func (g *generator) distinct(list []shop) []shop {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(s shop) bool {
		k := fmt.Sprint(s.entity.surname, s.entity.name, s.entity.title, s.name, s.address)
		dup := seen[k]
		seen[k] = true
		return dup
	})
}

// sibling is another outlet of the same entity that only a house, a letter or a town tells from it.
func (g *generator) sibling(s shop) shop {
	s.number += 1 + g.r.IntN(3)
	switch g.r.IntN(5) {
	case 0:
		s.letter = g.oneOf("А|Б|В|Г")
	case 1:
		s.corpus = 1 + g.r.IntN(4)
	case 2:
		s.town, s.townKind = g.town(s.entity.country)
	default:
		s.address.number = 1 + g.r.IntN(150)
		s.letter, s.corpus, s.building = "", 0, 0
	}
	return s
}

// double is an outlet of another entity that is easily taken for it.
func (g *generator) double(s shop) shop {
	e := *s.entity
	e.inn = g.inn(&e)
	switch {
	case e.isPerson && g.odds(0.7): // a relative in the same street
		e.name, e.patronymic = g.givenNames(strings.HasSuffix(e.patronymic, "а"))
		s.address.number = 1 + g.r.IntN(150)
	case g.odds(0.5): // the same legal name in another town
		s.address = g.address(&e)
	default: // another shop in the house
		e = *g.entity()
		s.name, s.sort = e.shop, g.oneOf("магазин|аптека|кафе|павильон")
	}
	s.entity = &e
	return s
}

// census counts the outlets that a name alone may mean.
func (g *generator) census(list []shop) {
	for _, s := range list {
		g.alone[s.entity.surname+s.entity.title]++
		g.alone["shop "+s.name]++
	}
}

// told tells whether the names alone say which outlet it is.
func (g *generator) told(s shop) bool {
	return g.alone[s.entity.surname+s.entity.title] <= 1 && (s.name == "" || g.alone["shop "+s.name] <= 1) && g.knowsLegal()
}
