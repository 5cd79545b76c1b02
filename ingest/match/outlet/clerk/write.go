package clerk

import (
	"strconv"
	"strings"
)

// part is a part of an outlet.
type part int

const (
	form        part = iota
	who              // surname with given names, or the firm
	sign             // what stands over the door
	shop             // магазин
	number           // of the shop within its chain
	inn              //
	postcode         //
	region           //
	townName         //
	streetName       //
	houseNumber      //
	unit             //
	note             // what has nothing to do with the outlet
)

// writer writes the parts of a site in the way of one clerk.
type writer struct {
	m      *maker
	site   *site
	formal bool // as in the register of outlets
	full   bool // given names and kinds of streets in full
	bare   bool // no kinds of streets, towns and houses
	quotes int
}

// piece is a part as it is written.
type piece struct {
	part part
	text string
}

func (w *writer) text(parts ...part) string { return join(w.pieces(parts...)) }

func (w *writer) pieces(parts ...part) []piece {
	var out []piece
	for _, p := range parts {
		if t := w.write(p); t != "" {
			out = append(out, piece{p, t})
		}
	}
	return out
}

// join puts commas between the parts of an address and blanks between those of a name.
func join(list []piece) string {
	var b strings.Builder
	for i, p := range list {
		if i > 0 {
			if p.part >= postcode && p.part < note && list[i-1].part >= postcode {
				b.WriteString(",")
			}
			b.WriteString(" ")
		}
		b.WriteString(p.text)
	}
	return b.String()
}

func (w *writer) write(p part) string {
	s := w.site
	switch p {
	case form:
		if w.formal {
			return s.owner.form[0]
		}
		return pick(w.m.Rand, s.owner.form[:2])
	case who:
		return w.who()
	case sign:
		return w.quoted(s.sign)
	case shop:
		if s.sign == "" {
			return ""
		}
		return s.shop
	case number:
		if s.number == 0 {
			return ""
		}
		return s.owner.land.numbered + strconv.Itoa(s.number)
	case inn:
		return s.owner.inn
	}
	return w.address(p)
}

// address writes a part of the address.
func (w *writer) address(p part) string {
	s := w.site
	switch p {
	case postcode:
		if w.formal && !w.m.oneIn(3) {
			return strconv.Itoa(s.postcode)
		}
	case region:
		return s.town.region
	case townName:
		return w.kinded(s.town.kind, s.town.name, false)
	case streetName:
		return w.street()
	case houseNumber:
		return w.house()
	case unit:
		return s.unit
	}
	return ""
}

func (w *writer) who() string {
	o := w.site.owner
	if !o.isPerson() {
		return w.quoted(o.firm)
	}
	if w.full || w.formal && w.m.IntN(3) > 0 {
		return o.surname + " " + o.name + " " + o.patronymic
	}
	return o.surname + pick(w.m.Rand, []string{" ", " ", ""}) + initial(o.name) + "." + pick(w.m.Rand, []string{"", " "}) + initial(o.patronymic) + "."
}

func initial(name string) string { return string([]rune(name)[:1]) }

func (w *writer) quoted(s string) string {
	if s == "" {
		return ""
	}
	switch w.quotes {
	case 1:
		return "«" + s + "»"
	case 2:
		return `"` + s + `"`
	}
	return s
}

// kinded writes a kind of street or town with its name.
func (w *writer) kinded(kind, name string, behind bool) string {
	ways := kindsOf[kind]
	k := pick(w.m.Rand, ways)
	switch {
	case w.full:
		k = ways[0]
	case w.bare, k == "":
		return name
	}
	if behind {
		return name + " " + k
	}
	if strings.HasSuffix(k, ".") && w.m.oneIn(3) {
		return k + name
	}
	return k + " " + name
}

func (w *writer) street() string {
	st := w.site.street
	behind := strings.HasPrefix(st.kind, "көш") || strings.HasPrefix(st.kind, "даң") || strings.HasSuffix(st.name, "ий") && w.m.oneIn(2)
	return w.kinded(st.kind, st.name, behind)
}

func (w *writer) house() string {
	h := w.site.house
	out := strconv.Itoa(h.number)
	if !w.bare && w.m.IntN(3) > 0 {
		out = pick(w.m.Rand, []string{"д. ", "д.", "дом ", "д "}) + out
	}
	if h.letter != "" {
		out += pick(w.m.Rand, []string{"", "", " ", "-"}) + h.letter
	}
	if h.fraction != 0 {
		out += "/" + strconv.Itoa(h.fraction)
	}
	if h.corpus != 0 {
		out += pick(w.m.Rand, []string{" к.", " корп. ", ", корп. ", "к", " корпус "}) + strconv.Itoa(h.corpus)
	}
	if h.building != 0 {
		out += pick(w.m.Rand, []string{" стр.", ", стр. ", "с", " строение "}) + strconv.Itoa(h.building)
	}
	return out
}
