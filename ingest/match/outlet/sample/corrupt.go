package sample

import (
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/match/outlet"
)

// query writes an outlet as a distributor does.
func (g *generator) query(s shop) outlet.Query {
	var q outlet.Query
	told := g.told(s)
	lostAddress := told && g.odds(0.15) || !told && g.hard(0.01)
	place := ""
	if !lostAddress {
		place = g.address2(s)
	}
	name := g.name(s, lostAddress)
	q.INN = g.queryINN(s)
	switch x := g.r.Float64(); {
	case place == "" || x < 0.35:
		q.Name = g.joined(name, place)
	default:
		q.Name, q.Address = name, place
	}
	if q.Address != "" && g.odds(0.35) {
		q.City = g.letters(g.townText(s))
	}
	if q.Address != "" && g.odds(0.2) && !g.noLegal {
		q.LegalName = g.legal(s.entity)
	}
	if g.hard(0.08) {
		q.Name += g.oneOf(" (опт)| нал| б/н| доставка| (закрыт)| до 18:00| ОСНОВНОЙ| договор 15| НОВЫЙ| 2 эт| маршрут 3")
	}
	g.wholly(&q)
	return q
}

// wholly changes all texts of a query alike.
func (g *generator) wholly(q *outlet.Query) {
	var change func(string) string
	switch x := g.r.Float64(); {
	case x < 0.1:
		change = strings.ToUpper
	case x < 0.18:
		change = strings.ToLower
	case g.hard(0.06):
		change = transliterate
	default:
		return
	}
	q.Name, q.Address, q.City, q.LegalName = change(q.Name), change(q.Address), change(q.City), change(q.LegalName)
}

func (g *generator) queryINN(s shop) string {
	if g.odds(0.65) {
		return ""
	}
	if g.hard(0.04) {
		b := []byte(s.entity.inn)
		b[g.r.IntN(len(b))] = byte('0' + g.r.IntN(10))
		return string(b)
	}
	return s.entity.inn
}

// name writes who buys: the legal entity, the shop, or both.
func (g *generator) name(s shop, lostAddress bool) string {
	shopName := g.letters(g.shopName(s))
	legal := g.letters(g.legal(s.entity))
	switch x := g.r.Float64(); {
	case s.entity.chain != "" && x < 0.8, s.name != "" && x < 0.3 && !lostAddress:
		return shopName
	case s.name == "" || x < 0.5:
		if s.name != "" && !g.knowsLegal() {
			return shopName
		}
		return legal
	case x < 0.75:
		return legal + g.oneOf(" | (|, | / | - ") + shopName
	default:
		return shopName + g.oneOf(" | (|, | / | - ") + legal
	}
}

// knowsLegal tells whether the catalogue says whose shops they are.
func (g *generator) knowsLegal() bool { return !g.noLegal || g.legalInName }

// legal writes the legal entity.
func (g *generator) legal(e *entity) string {
	who := e.title
	form := e.form
	if e.isPerson {
		who, form = g.personText(e), g.oneOf([...]string{"ИП|ИП|ИП|ИП|Индивидуальный предприниматель|ЧП|и.п.", "ФОП|ФОП|ФОП|СПД|ФО-П", "ИП|ИП|ЖК"}[e.country])
	} else {
		switch g.r.IntN(5) {
		case 0:
			who = "«" + who + "»"
		case 1, 2:
			who = `"` + who + `"`
		case 3:
			who = g.oneOf("'|„|“") + who + g.oneOf("'|“|\"")
		}
		if g.odds(0.1) {
			form = g.longForm(form)
		}
	}
	switch x := g.r.Float64(); {
	case x < 0.12:
		return who
	case x < 0.35:
		return who + g.oneOf(" |, | ") + form
	case g.hard(0.04) && !strings.ContainsAny(who[:1], "«\"'„“"):
		return form + who
	}
	return form + " " + who
}

func (g *generator) longForm(form string) string {
	switch form {
	case "ООО":
		return g.oneOf("Общество с ограниченной ответственностью|о.о.о.|LLC|OOO")
	case "ТОО":
		return g.oneOf("Товарищество с ограниченной ответственностью|ЖШС|LLP")
	case "ТОВ":
		return g.oneOf("Товариство з обмеженою відповідальністю|ООО|TOV")
	case "АО":
		return g.oneOf("Акционерное общество|ПАО")
	}
	return form
}

func initial(w string) string { return string([]rune(w)[:1]) }

func (g *generator) personText(e *entity) string {
	n, p := initial(e.name), initial(e.patronymic)
	switch g.r.IntN(12) {
	case 0, 1, 2:
		return e.surname + " " + n + "." + p + "."
	case 3, 4:
		return e.surname + " " + n + ". " + p + "."
	case 5:
		return n + "." + p + ". " + e.surname
	case 6:
		return e.surname + " " + n + p
	case 7:
		return e.surname + n + "." + p + "."
	case 8:
		if g.odds(0.5) {
			return e.surname
		}
		return e.surname + " " + n + "."
	case 9:
		return e.name + " " + e.patronymic + " " + e.surname
	case 10:
		return e.surname + " " + e.name
	}
	return e.surname + " " + e.name + " " + e.patronymic
}

// shopName writes the shop.
func (g *generator) shopName(s shop) string {
	name := s.name
	if s.entity.chain != "" {
		number := strconv.Itoa(s.number)
		return name + g.oneOf(" №| | N|-| # |, маг. | тт ") + number
	}
	if name == "" {
		return g.sortText(s.sort)
	}
	switch g.r.IntN(5) {
	case 0:
		name = "«" + name + "»"
	case 1, 2:
		name = `"` + name + `"`
	}
	switch x := g.r.Float64(); {
	case x < 0.25:
		return name
	case x < 0.4:
		return name + " " + g.sortText(s.sort)
	}
	return g.sortText(s.sort) + g.oneOf(" | |  ") + name
}

func (g *generator) sortText(sort string) string {
	switch sort {
	case "магазин":
		return g.oneOf("магазин|маг.|м-н|маг|Магазин|ТТ|м.")
	case "аптека":
		return g.oneOf("аптека|апт.|Аптека")
	case "минимаркет":
		return g.oneOf("минимаркет|мини-маркет|магазин|м/м")
	case "супермаркет":
		return g.oneOf("супермаркет|с/м|универсам")
	case "павильон":
		return g.oneOf("павильон|пав.|магазин")
	}
	return sort
}

// joined glues an address to a name.
func (g *generator) joined(name, place string) string {
	switch {
	case place == "":
		return name
	case g.odds(0.3):
		return name + " (" + place + ")"
	}
	return name + g.oneOf(", | | - |; |. ") + place
}

// letters makes slips of the pen.
func (g *generator) letters(s string) string {
	if g.hard(0.16) {
		s = g.slip(s)
		if g.odds(0.25) {
			s = g.slip(s)
		}
	}
	if g.hard(0.05) {
		s = lookAlikes(s)
	}
	if g.hard(0.03) {
		if i := strings.IndexByte(s, ' '); i > 0 {
			s = s[:i] + s[i+1:]
		}
	}
	return s
}

// slip makes one slip within a word of four letters or more.
func (g *generator) slip(s string) string {
	const rows = "йцукенгшщзхъ фывапролджэ ячсмитьбю"
	r := []rune(s)
	var at []int
	for i := 1; i+1 < len(r); i++ {
		if isLetter(r[i-1]) && isLetter(r[i]) && isLetter(r[i+1]) {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return s
	}
	i := pick(g, at)
	switch g.r.IntN(4) {
	case 0:
		return string(r[:i]) + string(r[i+1:])
	case 1:
		return string(r[:i]) + string(r[i]) + string(r[i:])
	case 2:
		r[i], r[i+1] = r[i+1], r[i]
		return string(r)
	}
	keys := []rune(rows)
	for k, c := range keys {
		if c == r[i] && k+1 < len(keys) && keys[k+1] != ' ' {
			r[i] = keys[k+1]
			break
		}
	}
	return string(r)
}

func isLetter(r rune) bool {
	return r >= 0x400 && r < 0x500 || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// lookAlikes writes Latin letters for the Cyrillic ones that look alike.
func lookAlikes(s string) string {
	return strings.NewReplacer("о", "o", "а", "a", "е", "e", "с", "c", "р", "p", "О", "O", "С", "C").Replace(s)
}

// transliterate writes a text in Latin letters (passports' system, with «kh» and «ts»).
func transliterate(s string) string {
	const from = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґәғқңөұүһ"
	to := strings.Fields("a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g a g q n o u u h")
	var b strings.Builder
next:
	for _, r := range s {
		low := []rune(strings.ToLower(string(r)))[0]
		for i, f := range []rune(from) {
			if f != low {
				continue
			}
			t := strings.Trim(to[i], "_")
			if low != r && t != "" {
				t = strings.ToUpper(t[:1]) + t[1:]
			}
			b.WriteString(t)
			continue next
		}
		b.WriteRune(r)
	}
	return b.String()
}
