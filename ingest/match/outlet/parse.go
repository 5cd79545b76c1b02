package outlet

// section says what part of an outlet a word belongs to.
type section uint8

const (
	naming  section = iota // the shop's own name
	legal                  // of the legal entity
	chain                  // of the retail chain
	given                  // initials, given names and patronymics
	numeral                // numbers of shops
	streets                // of the street, or of what stands for one
	place                  // town or village
	area                   // region and district
	loose                  // of an address, nothing said of what part
	sections
)

// word is a word of an outlet as it is written.
type word struct {
	text, alternative string
	section           section
	dotted            bool // may be cut short
}

// parsed is an outlet or a query taken apart.
type parsed struct {
	words       []word
	house       house
	looseHouse  house  // a number that may be one
	looseBehind string // the word before it
	postcode    uint32
	unit        uint32 // flat, office, pavilion
	tax         string
	taxKind     TaxKind
	form        form
	streetClass uint8
	shopClass   uint8
}

// maxWords bounds what is compared of one outlet.
const maxWords = 40

func parseEntry(e Entry) parsed {
	p := parse(e.Name, e.LegalName, e.Chain, e.INN, e.Address, e.City, e.Region)
	for _, other := range e.Other {
		p.scan(other, naming, false)
	}
	return p
}

func parseQuery(q Query) parsed {
	return parse(q.Name, q.LegalName, q.Chain, q.INN, q.Address, q.City, q.Region)
}

func parse(name, legalName, chainName, inn, address, city, region string) parsed {
	p := parsed{words: make([]word, 0, 16)}
	p.tax, p.taxKind = TaxID(inn)
	p.plain(city, place)
	p.plain(region, area)
	p.scan(address, loose, true)
	p.scan(name, naming, false)
	p.scan(legalName, legal, false)
	p.scan(chainName, chain, false)
	return p
}

// plain adds the words of a field that holds nothing but a name of a place.
func (p *parsed) plain(text string, s section) {
	if text == "" {
		return
	}
	for _, t := range tokenise(text) {
		if _, is := markers[t.text]; is || t.number || s == place && p.addTown(t) {
			continue
		}
		p.add(t, s)
	}
}

// add adds a word, once a section.
func (p *parsed) add(t token, s section) {
	if len(p.words) >= maxWords {
		return
	}
	for i := range p.words {
		if p.words[i].text == t.text && p.words[i].section == s {
			return
		}
	}
	p.words = append(p.words, word{text: t.text, alternative: t.alternative, section: s, dotted: t.dotted})
}

func (p *parsed) has(s section) bool {
	for i := range p.words {
		if p.words[i].section == s {
			return true
		}
	}
	return false
}

// scan takes a text apart and adds what it finds. unlabelled is the section of
// words that nothing says anything of.
func (p *parsed) scan(text string, unlabelled section, address bool) {
	if text == "" {
		return
	}
	s := scanner{parsed: p, ts: tokenise(text), unlabelled: unlabelled, address: address, section: sections}
	s.shouting = shouting(s.ts)
	if !address {
		s.markPersons()
	}
	for s.i < len(s.ts) {
		t := s.ts[s.i]
		if t.before&boundary != 0 {
			s.endSegment()
		}
		switch m := s.markerAt(s.i); {
		case s.takeForm():
		case t.number:
			s.number()
		case m.kind != noMarker:
			s.marker(m)
		default:
			s.word()
		}
	}
	s.endSegment()
}

// shouting tells texts in capitals only, whose capitals tell nothing.
func shouting(ts []token) bool {
	words := 0
	for _, t := range ts {
		if t.number || t.letters < 2 {
			continue
		}
		if !t.upper {
			return false
		}
		words++
	}
	return words > 1
}
