package clerk

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// line is a query in the making.
type line struct {
	writer
	name, address []piece // address is its own field where it is not empty
	inField       bool    // address stands behind the name
	withINN       bool
	text          func(string) string // on the name
	addressText   func(string) string
	room          int // letters that a field has room for
}

// slip is one sort of carelessness.
type slip struct {
	name string
	do   func(*line)
}

// drop takes parts out.
func (l *line) drop(parts ...part) {
	for _, p := range parts {
		l.name, l.address = without(l.name, p), without(l.address, p)
	}
}

func without(list []piece, p part) []piece {
	out := list[:0:0]
	for _, x := range list {
		if x.part != p {
			out = append(out, x)
		}
	}
	return out
}

// rewrite writes a part anew, or adds it where it is missing, at the end of the name or the front of the address.
func (l *line) rewrite(p part, text string) {
	if text == "" {
		return
	}
	for _, list := range [...][]piece{l.name, l.address} {
		for i := range list {
			if list[i].part == p {
				list[i].text = text
				return
			}
		}
	}
	if p >= postcode && p < note {
		l.address = append([]piece{{p, text}}, l.address...)
		return
	}
	l.name = append(l.name, piece{p, text})
}

func (l *line) moveToEnd(list []piece, p part) []piece {
	for i, x := range list {
		if x.part == p {
			return append(append(list[:i:i], list[i+1:]...), x)
		}
	}
	return list
}

// again writes all parts anew with the writer as it is now.
func (l *line) again() {
	for _, list := range [...][]piece{l.name, l.address} {
		for i := range list {
			if t := l.write(list[i].part); t != "" && list[i].part != note {
				list[i].text = t
			}
		}
	}
}

func (l *line) then(f func(string) string) {
	old := l.text
	l.text = func(s string) string { return f(old(s)) }
}

func (l *line) thenAddress(f func(string) string) {
	old := l.addressText
	l.addressText = func(s string) string { return f(old(s)) }
}

func (l *line) thenAll(f func(string) string) {
	l.then(f)
	l.thenAddress(f)
}

// slips are all sorts. Each is by itself what real lists show.
var slips = [...]slip{
	{"as usual", func(*line) {}},
	{"form dropped", func(l *line) { l.drop(form) }},
	{"form behind", func(l *line) { l.name = l.moveToEnd(l.name, form) }},
	{"form misspelt", misspellForm},
	{"form in full", func(l *line) { l.rewrite(form, l.site.owner.form[1]) }},
	{"given names in full", func(l *line) { l.full = true; l.again() }},
	{"surname only", surnameOnly},
	{"given names first", givenFirst},
	{"sign first", signFirst},
	{"quotes", func(l *line) { l.quotes = 1 + l.m.IntN(2); l.again() }},
	{"typo in the name", func(l *line) { l.then(l.m.typo) }},
	{"typo in the address", func(l *line) { l.thenAddress(l.m.typo) }},
	{"two typos", func(l *line) { l.thenAll(l.m.typo) }},
	{"slip of the keyboard", func(l *line) { l.then(l.m.keySlip) }},
	{"latin look-alikes", func(l *line) { l.thenAll(l.m.lookAlike) }},
	{"transliterated", func(l *line) { l.thenAll(l.m.transliterate) }},
	{"sign only", func(l *line) { l.drop(form, who); l.rewrite(shop, l.site.shop); l.rewrite(sign, l.site.sign) }},
	{"owner only", func(l *line) { l.drop(sign, shop, number) }},
	{"address in another order", reorderAddress},
	{"address backwards", func(l *line) { reverse(l.address) }},
	{"address bare", func(l *line) { l.bare = true; l.again() }},
	{"address in full", func(l *line) {
		l.full = true
		l.rewrite(streetName, l.write(streetName))
		l.rewrite(townName, l.write(townName))
	}},
	{"town missing", func(l *line) { l.drop(townName, region, postcode) }},
	{"region added", func(l *line) { l.rewrite(region, l.site.town.region) }},
	{"street of another kind", renameStreet},
	{"house written otherwise", rewriteHouse},
	{"part of house missing", func(l *line) {
		if l.site.house != (house{number: l.site.house.number}) {
			l.rewrite(houseNumber, strconv.Itoa(l.site.house.number))
		}
	}},
	{"postcode added", func(l *line) { l.rewrite(postcode, strconv.Itoa(l.site.postcode)) }},
	{"kind of shop added", func(l *line) {
		l.rewrite(note, pick(l.m.Rand, words("маг.,магазин,м-н,ТТ,маг-н,торговая точка,розница,апт.")))
	}},
	{"mall added", func(l *line) {
		l.address = append(l.address, piece{unit, pick(l.m.Rand, words("ТЦ Галактика,ТРЦ Июнь,рынок Южный,ТК Форум,ТД Центральный")) + pick(l.m.Rand, words(",,. 2 этаж,. пав. 14,. бутик 5"))})
	}},
	{"floor added", func(l *line) {
		l.address = append(l.address, piece{unit, pick(l.m.Rand, words("1 этаж,этаж 2,пом. 3,офис 12,цоколь,вход со двора,2эт."))})
	}},
	{"telephone", func(l *line) {
		l.rewrite(note, pick(l.m.Rand, []string{"т. ", "тел.", "", "+"})+fmt.Sprintf(pick(l.m.Rand, []string{"8-9%02d-%03d-%02d-%02d", "89%02d%03d%02d%02d", "7 (9%02d) %03d-%02d-%02d"}), l.m.IntN(90)+10, l.m.IntN(900)+100, l.m.IntN(90)+10, l.m.IntN(90)+10))
	}},
	{"remark", func(l *line) {
		l.rewrite(note, pick(l.m.Rand, []string{"(новый)", "НАЛ", "отсрочка 14 дней", "(не отгружать!!!)", "/Петрова ТП/", "*", "доставка до 12-00", "(бывш. Радуга)", "долг", "пн,чт", "б/н", "(2)", "закрыт на ремонт", "конт. лицо Марина"}))
	}},
	{"one field", func(l *line) { l.inField = true }},
	{"one field without commas", func(l *line) {
		l.inField = true
		l.thenAll(func(s string) string { return strings.ReplaceAll(s, ",", "") })
	}},
	{"cut at forty", func(l *line) { l.room = 40 }},
	{"one field cut at sixty", func(l *line) { l.inField = true; l.room = 60 }},
	{"upper case", func(l *line) { l.thenAll(strings.ToUpper) }},
	{"lower case", func(l *line) { l.thenAll(strings.ToLower) }},
	{"lower case without stops", func(l *line) {
		l.thenAll(func(s string) string { return strings.ToLower(strings.NewReplacer(".", " ", ",", " ").Replace(s)) })
	}},
	{"damaged letters", func(l *line) { l.thenAll(l.m.damage) }},
	{"names only", func(l *line) { l.address = nil }},
	{"names and town", func(l *line) { l.drop(streetName, houseNumber, unit, postcode) }},
	{"address only", func(l *line) { l.drop(form, who, sign, shop, number) }},
	{"taxpayer number", func(l *line) { l.withINN = true }},
	{"taxpayer number in the name", func(l *line) { l.rewrite(note, "ИНН "+l.site.owner.inn) }},
	{"blanks left out", func(l *line) { l.thenAll(glue) }},
	{"words cut short", func(l *line) { l.thenAll(l.m.cut) }},
	{"letters of the Russian keyboard", func(l *line) { l.thenAll(l.m.homely) }},
	{"other separators", func(l *line) {
		sep := pick(l.m.Rand, []string{" / ", "; ", "_", " - ", " | ", "  "})
		l.thenAll(func(s string) string { return strings.NewReplacer(", ", sep).Replace(s) })
	}},
	{"number in front", func(l *line) {
		l.then(func(s string) string {
			return pick(l.m.Rand, []string{"%05d ", "[К-%d] ", "%d. ", "ЦБ%06d ", "№%d "}) + s
		})
		l.then(func(s string) string { return fmt.Sprintf(s, l.m.IntN(9000)) })
	}},
	{"house missing", func(l *line) { l.drop(houseNumber, unit) }},
}

func misspellForm(l *line) {
	f := []rune(l.site.owner.form[0])
	switch l.m.IntN(4) {
	case 0:
		f = append(f, f[len(f)-1])
	case 1:
		f = f[:len(f)-1]
	case 2:
		l.rewrite(form, strings.Join(strings.Split(string(f), ""), ".")+".")
		return
	default:
		f = []rune(strings.ToLower(string(f)))
	}
	l.rewrite(form, string(f))
}

func surnameOnly(l *line) {
	if o := l.site.owner; o.isPerson() {
		l.rewrite(who, o.surname)
	}
}

func givenFirst(l *line) {
	if o := l.site.owner; o.isPerson() {
		l.rewrite(who, pick(l.m.Rand, []string{o.name + " " + o.surname, initial(o.name) + "." + initial(o.patronymic) + ". " + o.surname, o.name + " " + o.patronymic + " " + o.surname}))
	}
}

func signFirst(l *line) {
	l.rewrite(sign, l.site.sign)
	l.name = l.moveToEnd(l.moveToEnd(l.name, form), who)
}

func reorderAddress(l *line) {
	l.address = l.moveToEnd(l.moveToEnd(l.address, townName), region)
}

func reverse(list []piece) {
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
}

func renameStreet(l *line) {
	l.rewrite(streetName, pick(l.m.Rand, words("ул.,пер.,пр-т,пр-д,б-р,ул"))+" "+l.site.street.name)
}

func rewriteHouse(l *line) {
	h := l.site.house
	n := strconv.Itoa(h.number)
	switch {
	case h.corpus > 0:
		n += pick(l.m.Rand, []string{"/", "-", " к", "к.", " кор "}) + strconv.Itoa(h.corpus)
	case h.building > 0:
		n += pick(l.m.Rand, []string{" стр ", "стр", "с"}) + strconv.Itoa(h.building)
	case h.fraction > 0:
		n += pick(l.m.Rand, []string{"-", " / ", "\\"}) + strconv.Itoa(h.fraction)
	case h.letter != "":
		other := strings.ToUpper(h.letter)
		if other == h.letter {
			other = strings.ToLower(h.letter)
		}
		n += pick(l.m.Rand, []string{other, " " + other, "-" + other, `"` + other + `"`, " лит. " + other, "/" + other})
	default:
		n = pick(l.m.Rand, []string{"д" + n, "№" + n, "дом №" + n, "D." + n, "д. " + n})
	}
	l.rewrite(houseNumber, n)
}

// glue leaves the blank out behind stops, forms and between words that a capital parts.
func glue(s string) string {
	r := []rune(s)
	out := r[:0:0]
	for i, x := range r {
		if x == ' ' && i > 0 && i+1 < len(r) && (r[i-1] == '.' || r[i-1] == ',' || unicode.IsLetter(r[i-1]) && unicode.IsUpper(r[i+1])) {
			continue
		}
		out = append(out, x)
	}
	return string(out)
}
