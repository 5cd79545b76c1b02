package sample

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// entity makes a legal entity up.
func (g *generator) entity() *entity {
	e := &entity{isPerson: g.odds(0.45)}
	switch x := g.r.Float64(); {
	case x < 0.14:
		e.country = ukraine
	case x < 0.28:
		e.country = kazakhstan
	}
	e.town, _ = g.town(e.country)
	e.region = pick(g, g.words.regions)
	e.shop = g.brand()
	if g.odds(0.05) {
		e.isPerson, e.chain = false, pick(g, g.words.chains)
		e.shop = e.chain
	}
	if e.isPerson {
		female := g.odds(0.5)
		e.surname = g.surname(e.country, female)
		e.name, e.patronymic = g.givenNames(female)
	} else {
		e.form = [...]string{"ООО|ООО|ООО|АО|ЗАО|ПАО", "ТОВ|ТОВ|ПП|ПрАТ", "ТОО|ТОО|ЖШС|АО"}[e.country]
		e.form = g.oneOf(e.form)
		e.title = g.brand()
		if g.odds(0.4) {
			e.title += g.oneOf("-Торг| Плюс| и К|-Сервис| Трейд| Маркет|-М|-" + strconv.Itoa(1+g.r.IntN(99)))
		}
		if g.odds(0.3) {
			e.title = e.shop
		}
	}
	e.inn = g.inn(e)
	return e
}

func (g *generator) brand() string {
	if g.odds(0.15) {
		return g.oneOf(commonBrands)
	}
	if g.odds(0.12) {
		return pick(g, g.words.brands) + "-" + strconv.Itoa(1+g.r.IntN(30))
	}
	if g.odds(0.25) {
		return pick(g, g.words.brands) + " " + strings.ToLower(pick(g, g.words.brands))
	}
	return pick(g, g.words.brands)
}

func (g *generator) surname(c country, female bool) string {
	list := g.words.surnames
	switch c {
	case ukraine:
		list = g.words.ukrainianSurnames
	case kazakhstan:
		list = g.words.kazakhSurnames
	}
	s := pick(g, list)
	if !female {
		return s
	}
	switch {
	case strings.HasSuffix(s, "ов"), strings.HasSuffix(s, "ев"), strings.HasSuffix(s, "ин"):
		return s + "а"
	case strings.HasSuffix(s, "ский"), strings.HasSuffix(s, "ський"):
		return strings.TrimSuffix(strings.TrimSuffix(s, "ий"), "ь") + "ая"
	}
	return s
}

// givenNames are a given name and a patronymic of one gender.
func (g *generator) givenNames(female bool) (string, string) {
	list := g.words.men
	if female {
		list = g.words.women
	}
	name, _, _ := strings.Cut(pick(g, list), ":")
	_, patronymic, _ := strings.Cut(pick(g, list), ":")
	return name, patronymic
}

func (g *generator) town(c country) (name, kind string) {
	switch c {
	case ukraine:
		return pick(g, g.words.ukrainianTowns), "м"
	case kazakhstan:
		return pick(g, g.words.kazakhTowns), "г"
	}
	t := pick(g, g.words.towns)
	switch {
	case strings.HasSuffix(t, "ка"), strings.HasSuffix(t, "ое"), strings.HasSuffix(t, "ово"):
		return t, g.oneOf("с|д|п|х")
	}
	return t, "г"
}

// address makes an address up, mostly in the entity's town.
func (g *generator) address(e *entity) address {
	a := address{region: e.region, town: e.town, townKind: "г", street: g.street(e.country)}
	if e.country == ukraine {
		a.townKind = "м"
	}
	if g.odds(0.3) || e.chain != "" && g.odds(0.6) {
		a.town, a.townKind = g.town(e.country)
	}
	a.streetKind = g.weighted("ул", map[string]float64{"пр-т": 0.08, "пер": 0.06, "мкр": 0.04, "б-р": 0.006, "ш": 0.006, "пл": 0.006, "проезд": 0.006, "наб": 0.006})
	a.number = 1 + g.r.IntN(1+g.r.IntN(160))
	switch x := g.r.Float64(); {
	case x < 0.12:
		a.letter = g.oneOf("А|Б|В|Г")
	case x < 0.2:
		a.corpus = 1 + g.r.IntN(5)
	case x < 0.23:
		a.building = 1 + g.r.IntN(4)
	}
	if g.odds(0.05) {
		a.unit = 1 + g.r.IntN(60)
	}
	a.postcode = strconv.Itoa(100000 + g.r.IntN(590000))
	if e.country == ukraine {
		a.postcode = strconv.Itoa(10000 + g.r.IntN(89000))
	}
	return a
}

// weighted is one of several texts by their odds, in the order of the texts, or the usual one.
func (g *generator) weighted(usual string, odds map[string]float64) string {
	x := g.r.Float64()
	for _, text := range slices.Sorted(maps.Keys(odds)) {
		if x -= odds[text]; x < 0 {
			return text
		}
	}
	return usual
}

func (g *generator) street(c country) string {
	switch {
	case c == ukraine:
		return pick(g, g.words.ukrainianStreets)
	case c == kazakhstan && g.odds(0.7):
		return pick(g, g.words.kazakhStreets)
	case g.odds(0.2):
		return g.oneOf(commonStreets)
	}
	return pick(g, g.words.streets)
}

func (g *generator) shop(e *entity, i int) shop {
	s := shop{entity: e, address: g.address(e), sort: g.oneOf("магазин|магазин|магазин|минимаркет|супермаркет|аптека|киоск|павильон|кафе")}
	switch {
	case e.chain != "":
		s.name, s.number = e.chain, 1+g.r.IntN(9999)
	case g.odds(0.2):
	case i > 0 && g.odds(0.3):
		s.name = g.brand()
	default:
		s.name = e.shop
	}
	return s
}

// inn makes a taxpayer number with right check digits up.
func (g *generator) inn(e *entity) string {
	n := [...]int{9, 7, 11}[e.country]
	if e.isPerson {
		n = [...]int{10, 9, 11}[e.country]
	}
	d := make([]int, 0, 12)
	for range n {
		d = append(d, g.r.IntN(10))
	}
	d[0] = 1 + g.r.IntN(8)
	sum := func(weights ...int) int {
		s := 0
		for i, w := range weights {
			s += w * d[i]
		}
		return s
	}
	switch {
	case e.country == kazakhstan:
		c := sum(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) % 11
		if c == 10 {
			c = sum(3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2) % 11
		}
		if c == 10 {
			return g.inn(e)
		}
		d = append(d, c)
	case e.country == ukraine && e.isPerson:
		c := sum(-1, 5, 7, 9, 4, 6, 10, 5, 7)
		if c < 0 {
			return g.inn(e)
		}
		d = append(d, c%11%10)
	case e.country == ukraine:
		w, again := []int{1, 2, 3, 4, 5, 6, 7}, []int{3, 4, 5, 6, 7, 8, 9}
		if d[0] >= 3 && d[0] < 6 {
			w, again = []int{7, 1, 2, 3, 4, 5, 6}, []int{9, 3, 4, 5, 6, 7, 8}
		}
		c := sum(w...) % 11
		if c == 10 {
			c = sum(again...) % 11
		}
		d = append(d, c%10)
	case e.isPerson:
		d = append(d, sum(7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10)
		d = append(d, sum(3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10)
	default:
		d = append(d, sum(2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10)
	}
	var b strings.Builder
	for _, x := range d {
		b.WriteByte(byte('0' + x))
	}
	return b.String()
}
