package sample

import (
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/match/outlet"
)

// entry writes an outlet as the manufacturer's base has it: in order and in full.
func (g *generator) entry(s shop) outlet.Entry {
	e := outlet.Entry{ID: s.id, Name: g.plainName(s), LegalName: legalName(s.entity), INN: s.entity.inn, City: s.town, Region: s.region + " обл", Chain: s.entity.chain}
	if s.entity.country != russia {
		e.Region = ""
	}
	if g.legalInName {
		e.Name = legalName(s.entity)
		if s.name != "" {
			e.Name += " (" + s.sort + " " + quoted(s) + ")"
		}
	}
	e.Address = g.styledAddress(s)
	g.lack(&e)
	if g.latinCatalogue {
		e.Name, e.LegalName, e.Address, e.City, e.Region = transliterate(e.Name), transliterate(e.LegalName), transliterate(e.Address), transliterate(e.City), transliterate(e.Region)
	}
	if g.odds(0.01) {
		e.Name = g.slip(e.Name)
	}
	if g.odds(0.01) {
		e.Address = g.slip(e.Address)
	}
	return e
}

// lack empties the columns that this catalogue does not have.
func (g *generator) lack(e *outlet.Entry) {
	for _, c := range []struct {
		no     bool
		column *string
	}{{g.noLegal, &e.LegalName}, {g.noINN, &e.INN}, {g.noCity, &e.City}, {g.noRegion, &e.Region}, {g.noChain, &e.Chain}} {
		if c.no {
			*c.column = ""
		}
	}
}

// styledAddress writes the address in this catalogue's style, with the town where no column has it.
func (g *generator) styledAddress(s shop) string {
	switch style := g.addressStyle; {
	case style == registerStyle || g.odds(0.02):
		return g.registerAddress(s)
	case style == fullStyle:
		return s.postcode + ", " + s.townKind + ". " + s.town + ", " + g.plainAddress(s)
	case style == shortStyle && g.noCity:
		return s.town + ", " + shortAddress(s)
	case style == shortStyle:
		return shortAddress(s)
	case g.noCity:
		return s.townKind + ". " + s.town + ", " + g.plainAddress(s)
	}
	return g.plainAddress(s)
}

func shortAddress(s shop) string {
	a := s.street + ", " + strconv.Itoa(s.address.number) + s.letter
	if s.corpus != 0 {
		a += "/" + strconv.Itoa(s.corpus)
	}
	if s.building != 0 {
		a += " стр." + strconv.Itoa(s.building)
	}
	return a
}

// Styles of addresses; a catalogue has one.
const (
	plainStyle    = iota // ул. Ленина, д. 5 корп. 2
	registerStyle        // 300041, Тульская обл, Тула г, Ленина ул, дом № 5, корпус 2
	shortStyle           // Ленина, 5/2
	fullStyle            // 300041, г. Тула, ул. Ленина, д. 5 корп. 2
	styles
)

// registerAddress writes an address as 1C does.
func (g *generator) registerAddress(s shop) string {
	a := s.postcode + ", "
	if s.entity.country == russia {
		a += s.region + " обл, "
	}
	a += s.town + " " + s.townKind + ", " + s.street + " " + s.streetKind + ", дом № " + strconv.Itoa(s.address.number) + s.letter
	if s.corpus != 0 {
		a += ", корпус " + strconv.Itoa(s.corpus)
	}
	if s.building != 0 {
		a += ", строение " + strconv.Itoa(s.building)
	}
	return a
}

func legalName(e *entity) string {
	if e.isPerson {
		return [...]string{"ИП", "ФОП", "ИП"}[e.country] + " " + e.surname + " " + e.name + " " + e.patronymic
	}
	return e.form + ` "` + e.title + `"`
}

func quoted(s shop) string {
	if s.number != 0 && s.entity.chain != "" {
		return s.name + " №" + strconv.Itoa(s.number)
	}
	return `"` + s.name + `"`
}

// plainName is the shop's name, or the legal entity's where it has none.
func (g *generator) plainName(s shop) string {
	switch {
	case s.entity.chain != "":
		return quoted(s)
	case s.name == "":
		return legalName(s.entity)
	}
	return title(s.sort) + " " + quoted(s)
}

func (g *generator) plainAddress(s shop) string {
	street := s.streetKind + ". " + s.street
	if strings.Contains(s.streetKind, "-") || len(s.streetKind) > 6 {
		street = s.streetKind + " " + s.street
	}
	if s.entity.country == ukraine && s.streetKind == "ул" {
		street = "вул. " + s.street
	}
	house := strconv.Itoa(s.address.number) + s.letter
	if s.corpus != 0 {
		house += " корп. " + strconv.Itoa(s.corpus)
	}
	if s.building != 0 {
		house += " стр. " + strconv.Itoa(s.building)
	}
	if s.unit != 0 {
		house += ", пом. " + strconv.Itoa(s.unit)
	}
	return street + ", д. " + house
}
