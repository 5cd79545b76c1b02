package table

import (
	"slices"
	"strings"
)

// crosstab is a heading whose values (months, warehouses, buyers) stand over equal measures.
type crosstab struct {
	what Role
	// second is what the lower of two rows of values names, "" for one row.
	second Role
	groups []crossGroup
	cover  map[int]bool
}

// crossGroup is one value of the heading and the columns under it.
type crossGroup struct {
	value string
	// second is the value of the lower row where two rows hold values.
	second string
	col    int // where the value stands
	cols   map[Role]int
	total  bool
}

// covers says whether a column belongs to the cross-tab; a nil cross-tab covers none.
func (x *crosstab) covers(col int) bool { return x != nil && x.cover[col] }

// roleAt is the measure of a covered column of a value, "" for columns of totals.
func (x *crosstab) roleAt(col int) Role {
	for _, g := range x.groups {
		for r, c := range g.cols {
			if c == col && !g.total {
				return r
			}
		}
	}
	return ""
}

// findCrosstab looks for measures repeated under several values, then for titles
// that are months, then for number columns whose titles say no role at all.
func (rd *reading) findCrosstab(words kindWords) {
	x := rd.repeatedMeasures()
	if x == nil {
		x = rd.monthsUnderMeasures()
	}
	if x == nil {
		x = rd.spelledMeasures()
	}
	if x == nil {
		x = rd.dayTitles(words)
	}
	if x == nil {
		x = rd.monthTitles(words)
	}
	if x == nil {
		x = rd.twoRows(words)
	}
	if x == nil {
		x = rd.plainValues(words)
	}
	if x == nil {
		x = rd.partsOfStock(words)
	}
	if x == nil {
		return
	}
	rd.cross = x
	rd.markSumColumns()
	rd.markWholeSpans()
	x.cover = map[int]bool{}
	for _, g := range x.groups {
		for _, c := range g.cols {
			x.cover[c] = true
		}
	}
	for i := range rd.cols {
		if x.cover[i+1] {
			rd.cols[i].role = ""
		}
	}
	rd.doubts = slices.DeleteFunc(rd.doubts, func(d Issue) bool { return x.cover[d.Col] })
	if x.groups[0].second != "" {
		rd.nameTwoRows()
	} else {
		rd.nameAcross(words)
	}
	rd.blanksAreZeros = rd.balancesProveZeros()
}

// repeatedMeasures: the same measures stand under two or more different titles.
func (rd *reading) repeatedMeasures() *crosstab {
	x := &crosstab{}
	byValue := map[string]int{}
	for i := range rd.cols {
		parts := rd.h.parts[i]
		if len(parts) < 2 {
			continue
		}
		m, ok := bestMatch(parts[len(parts)-1])
		if _, ledger := ledgerRole(parts); !ok || !m.role.IsNumber() || ledger {
			continue
		}
		value, ok := crossValue(parts[:len(parts)-1])
		if !ok {
			continue
		}
		k, ok := byValue[value]
		if !ok || x.groups[k].cols[m.role] != 0 {
			k = len(x.groups)
			byValue[value] = k
			x.groups = append(x.groups, crossGroup{value: value, col: i + 1, cols: map[Role]int{}, total: isTotal(value)})
		}
		x.groups[k].cols[m.role] = i + 1
	}
	if len(x.groups) == 1 && rd.standsWide(&x.groups[0]) {
		return x
	}
	if len(x.groups) < 2 || !x.alike() {
		return nil
	}
	return x
}

// standsWide: the one value is a place or a person and stands over several columns.
func (rd *reading) standsWide(g *crossGroup) bool {
	switch guessValue(g.value) {
	case Warehouse, SalesRep, Outlet, Client:
	default:
		return false
	}
	for ri := rd.h.first; ri < rd.h.last; ri++ {
		for _, c := range rd.v.filled(ri) {
			if c.col <= g.col && oneLine(c.text) == g.value && rd.v.spanEnd(ri, c.col) > c.col && rd.v.spanEnd(ri, c.col) >= g.col {
				return true
			}
		}
	}
	return false
}

// crossValue is the upper title, unless it is a measure itself ("Сальдо на начало" over "Дебет").
func crossValue(parts []string) (string, bool) {
	for _, p := range parts {
		m, ok := bestMatch(p)
		if ok && m.role.IsNumber() && !isTotal(p) && (m.role != Price || guessValue(p) == "") {
			continue
		}
		return p, !hasVeto(titleWords(p)) && !anyOf(titleWords(p), returnWords)
	}
	return "", false
}

// returnWords stand over the figures of what came back: no value of a cross-tab.
var returnWords = wordSet("возврат возвраты возвращено возвратов повернення returns returned devoluciones продано sold")

// alike: every value has the measures of the first.
func (x *crosstab) alike() bool {
	first := x.groups[0].value
	if !slices.ContainsFunc(x.groups, func(g crossGroup) bool { return g.value != first }) { // one title over several balances
		return false
	}
	values := 0
	for _, g := range x.groups {
		if len(g.cols) != len(x.groups[0].cols) && !g.total {
			return false
		}
		for r := range x.groups[0].cols {
			if g.cols[r] == 0 && !g.total {
				return false
			}
		}
		if !g.total {
			values++
		}
	}
	return values > 0
}

// monthTitles: two titles or more are months or days.
func (rd *reading) monthTitles(words kindWords) *crosstab {
	x := &crosstab{}
	months := 0
	for i := range rd.cols {
		t := rd.h.title(i + 1)
		if rd.cols[i].stats.numbers+rd.cols[i].stats.numericTexts == 0 || t == "" {
			continue
		}
		if _, ok := wholePeriod(t, rd.yearHint()); ok {
			months++
			x.groups = append(x.groups, crossGroup{value: t, col: i + 1, cols: map[Role]int{words.measure(): i + 1}})
		} else if isTotal(t) && months > 0 {
			x.groups = append(x.groups, crossGroup{value: t, col: i + 1, cols: map[Role]int{words.measure(): i + 1}, total: true})
		}
	}
	if months < 2 {
		return nil
	}
	return x
}

// yearHint is the year titles without one are read with; any will do to see that they are months.
func (rd *reading) yearHint() int {
	if rd.year != 0 {
		return rd.year
	}
	return 2000
}

// wholePeriod reads a title that is a month or a day and nothing else.
func wholePeriod(t string, year int) (Period, bool) {
	toks := scanTokens(cutRemark(t))
	if p, ok := wholeWeek(toks, year); ok {
		return p, true
	}
	spans := joinRanges(toks, scanDates(toks))
	if len(spans) != 1 {
		return Period{}, false
	}
	for i, tk := range toks {
		if (i < spans[0].first || i > spans[0].last) && (tk.kind == numberToken || tk.kind == wordToken && !yearWords[tk.text] && !spanWords[tk.text]) {
			return Period{}, false
		}
	}
	h, ok := periodReader{year: year}.resolve(spans[0])
	return h.Period, ok
}

// spanWords stand beside a month or a day and say nothing more.
var spanWords = wordSet("месяц месяцы неделя нед дата день период month week date day period за")

// cutRemark takes a remark in brackets off the end: «Январь 2026 (корр.)».
func cutRemark(t string) string {
	if i := strings.LastIndexByte(t, '('); i > 0 && strings.HasSuffix(t, ")") && !strings.ContainsAny(t[i:], "0123456789") {
		return t[:i]
	}
	return t
}

// compassWords make up the names of parts of a country, channelWords those of ways to sell.
var (
	compassWords = wordSet(`центр центральный центральная юг южный южная север северный северная восток восточный восточная запад западный западная
		северо юго дальний дальневосточный урал уральский сибирь сибирский сибирская поволжье приволжский волга кавказ кавказский кавказская северокавказский
		фо цфо сзфо юфо пфо урфо уфо сфо дфо скфо федеральный округ область обл край республика регион north south east west central center`)
	channelWords = wordSet(`опт оптовый оптовая розница розничный розничная horeca хорека сети сеть ка ecom ecommerce интернет магазин маркетплейс маркетплейсы
		тендер тендеры экспорт традиционная традиционный современная современный канал торговля wholesale retail online офлайн онлайн`)
)
