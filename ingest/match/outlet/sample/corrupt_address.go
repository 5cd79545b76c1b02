package sample

import (
	"slices"
	"strconv"
	"strings"
)

// address2 writes an address as a distributor does.
func (g *generator) address2(s shop) string {
	if g.odds(0.06) {
		return g.letters(g.registerAddress(s))
	}
	street := g.letters(g.streetText(s))
	house := g.houseText(s)
	if g.hard(0.015) {
		house = ""
	}
	between := g.oneOf(", | |,|, ")
	tail := street
	switch {
	case house == "":
	case strings.HasPrefix(house, "д"), strings.HasPrefix(house, "б"):
		tail += g.oneOf(", | ") + house
	default:
		tail += between + house
	}
	parts := []string{tail}
	if !g.odds(0.18) || !g.townIsKnown() {
		parts = slices.Insert(parts, 0, g.letters(g.townText(s)))
	}
	if g.odds(0.2) && s.entity.country == russia {
		parts = slices.Insert(parts, 0, s.region+g.oneOf(" обл| обл.| область"))
	}
	if g.odds(0.15) {
		parts = slices.Insert(parts, 0, s.postcode)
	}
	if g.odds(0.08) {
		slices.Reverse(parts)
	}
	glue := g.oneOf(", |, |, | |,|; ")
	return strings.Join(parts, glue)
}

// townIsKnown tells whether the town may be left out: the distributor works in one.
func (g *generator) townIsKnown() bool { return g.odds(0.5) }

func (g *generator) townText(s shop) string {
	town := s.town
	if g.odds(0.03) {
		town = strings.ReplaceAll(town, "-", " ")
	}
	if g.odds(0.03) && strings.HasPrefix(town, "Нижний ") {
		town = "Н." + strings.TrimPrefix(town, "Нижний ")
	}
	switch x := g.r.Float64(); {
	case x < 0.45:
		return s.townKind + g.oneOf(".|. | ") + town
	case x < 0.55:
		return town + " " + s.townKind
	}
	return town
}

func (g *generator) streetText(s shop) string {
	name := s.street
	words := strings.Fields(name)
	switch {
	case len(words) == 2 && g.odds(0.2) && len([]rune(words[0])) > 3 && !strings.ContainsAny(words[0], "0123456789"):
		name = initial(words[0]) + g.oneOf(".|. ") + words[1]
	case len(words) == 2 && g.hard(0.05) && !strings.ContainsAny(name, "0123456789"):
		name = words[1]
	case len([]rune(name)) > 9 && g.hard(0.04):
		name = string([]rune(name)[:6]) + "."
	}
	kind := g.kindText(s.streetKind)
	switch x := g.r.Float64(); {
	case x < 0.2:
		return name
	case x < 0.4:
		return name + " " + kind
	}
	if strings.HasSuffix(kind, ".") && g.odds(0.5) {
		return kind + name
	}
	return kind + " " + name
}

func (g *generator) kindText(kind string) string {
	switch kind {
	case "ул":
		return g.oneOf("ул.|ул.|ул|улица|Ул.|вул.")
	case "пр-т":
		return g.oneOf("пр-т|пр.|просп.|проспект|пр-кт|пр-т.")
	case "пер":
		return g.oneOf("пер.|пер|переулок")
	case "мкр":
		return g.oneOf("мкр.|мкр|микрорайон|м-н|мкр-н")
	case "б-р":
		return g.oneOf("б-р|бульвар|бул.")
	case "ш":
		return g.oneOf("ш.|шоссе")
	case "пл":
		return g.oneOf("пл.|площадь")
	case "проезд":
		return g.oneOf("проезд|пр-д|пр.")
	}
	return g.oneOf("наб.|набережная")
}

// houseText writes the house.
func (g *generator) houseText(s shop) string {
	h := strconv.Itoa(s.address.number)
	if s.letter != "" {
		letter := s.letter
		if g.odds(0.5) {
			letter = strings.ToLower(letter)
		}
		h += g.oneOf("|||-| |/") + letter
		if g.odds(0.1) {
			h = strconv.Itoa(s.address.number) + ` "` + letter + `"`
		}
	}
	if s.corpus != 0 {
		h += g.oneOf(" корп. | к.|к| корп.|/|, корп. | корпус | к ") + strconv.Itoa(s.corpus)
	}
	if s.building != 0 {
		h += g.oneOf(" стр. |с| стр.|, стр. | строение ") + strconv.Itoa(s.building)
	}
	if s.unit != 0 && g.odds(0.5) {
		h += g.oneOf(", пом. | пом.|, оф. |, пав. ") + strconv.Itoa(s.unit)
	}
	switch x := g.r.Float64(); {
	case x < 0.35:
		return g.oneOf("д.|д. |д |дом |д.№") + h
	case x < 0.4 && s.entity.country == ukraine:
		return "буд. " + h
	}
	return h
}
