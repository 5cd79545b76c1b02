package table

import (
	"slices"
	"strings"
	"unicode"
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

// balancesProveZeros: every value has an opening, movements and a closing, they
// balance where blanks are taken for zeros, and some are blank. An empty block is
// then a balance of zero.
func (rd *reading) balancesProveZeros() bool {
	x := rd.cross
	first := x.groups[0].cols
	if first[OpeningQty] == 0 || first[StockQty] == 0 || first[ReceivedQty]+first[ShippedQty] == 0 {
		return false
	}
	blocks, right, blanks := 0, 0, 0
	for ri := rd.h.last + 1; ri < len(rd.v.rows); ri++ {
		for k := range x.groups {
			if g := &x.groups[k]; !g.total && rd.filledIn(g, ri) {
				at := func(r Role) float64 {
					col := g.cols[r]
					if col == 0 {
						return 0
					}
					f := rd.figure(&rd.cols[col-1], rd.v.cell(ri, col))
					if f != f {
						blanks++
						return 0
					}
					return f
				}
				blocks++
				if near(at(OpeningQty)+at(ReceivedQty)-at(ShippedQty), at(StockQty)) {
					right++
				}
			}
		}
	}
	return blanks > 0 && blocks > 3 && right*100 >= blocks*98
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

// plainValues: no measure is named, and two number columns or more have titles that name no role.
func (rd *reading) plainValues(words kindWords) *crosstab {
	if words.kind() == "" || words.kind() == Pricelist || columnOf(rd.cols, Product, Client, Outlet) == nil || rd.namesMeasure() {
		return nil
	}
	x := &crosstab{}
	values := 0
	for i := range rd.cols {
		c := &rd.cols[i]
		total := isTotal(c.title)
		if !rd.mayBeValue(i, total) {
			continue
		}
		x.groups = append(x.groups, crossGroup{value: c.title, col: i + 1, cols: map[Role]int{words.measure(): i + 1}, total: total})
		if !total {
			values++
		}
	}
	if values < 2 {
		return nil
	}
	return x
}

// mayBeValue: numbers stand under a title that may be a value of the heading.
func (rd *reading) mayBeValue(i int, total bool) bool {
	c := &rd.cols[i]
	if w := titleWords(c.title); !c.stats.mostlyNumbers() || len(w) == 0 || rowNumberWords[w[0]] || hasVeto(w) {
		return false
	}
	return total || (c.role == "" || rd.namesValue(i)) && (!c.own.IsNumber() || c.own == Price && guessValue(c.title) != "")
}

// namesValue: the title holds the word of a role but is a value of the heading
// («Магазин «Заря», Томск»): numbers stand below it, as in a column nearby whose title
// names no role.
func (rd *reading) namesValue(i int) bool {
	return rd.cols[i].soundsLikeValue() && (rd.unnamedNumbers(i, -1) || rd.unnamedNumbers(i, 1))
}

// soundsLikeValue: the title has words beside that of its role, which names places,
// buyers and the like.
func (c *column) soundsLikeValue() bool {
	switch c.role {
	case Outlet, Client, Warehouse, SalesRep, City, Region, Channel, Brand, Category, DocNo, ProductCode, ClientCode, OutletCode, OutletAddress, ClientAddress:
		return len(titleWords(c.title)) > 1
	}
	return false
}

// unnamedNumbers: the next column that is neither empty nor such a value itself holds
// numbers under a title that names no role.
func (rd *reading) unnamedNumbers(i, step int) bool {
	for k := i + step; k >= 0 && k < len(rd.cols); k += step {
		c := &rd.cols[k]
		if c.stats.filled > 0 && (!c.stats.mostlyNumbers() || !c.soundsLikeValue()) {
			return c.role == "" && c.stats.mostlyNumbers()
		}
	}
	return false
}

// namesMeasure: some column is a measure by its title.
func (rd *reading) namesMeasure() bool {
	return slices.ContainsFunc(rd.cols, func(c column) bool { return c.role.IsNumber() && !isTotal(c.title) })
}

// hasVeto: the title is that of a figure of no interest.
func hasVeto(words []string) bool {
	return anyOf(words, measureVetoes) || countsOthers(words) || otherTime(words) && !anyOf(words, balanceWords)
}

var rowNumberWords = wordSet("n nn пп номер no # id")

// markSumColumns finds values that are the sum of all others in nearly every row:
// a total by another name ("На всех складах").
func (rd *reading) markSumColumns() {
	x := rd.cross
	open := 0
	for _, g := range x.groups {
		if !g.total {
			open++
		}
	}
	if open < 3 {
		return
	}
	for k := range x.groups {
		if !x.groups[k].total && rd.sumsOthers(k) {
			x.groups[k].total = true
			return
		}
	}
}

// sumsOthers: the first measure of value k is the sum of the other values' in 95 of
// 100 rows, and in at least two rows of several values.
func (rd *reading) sumsOthers(k int) bool {
	x := rd.cross
	measure := Role("")
	for _, r := range Roles() {
		if x.groups[0].cols[r] != 0 {
			measure = r
			break
		}
	}
	rows, right, several := 0, 0, 0
	for ri := rd.h.last + 1; ri < len(rd.v.rows); ri++ {
		total, sum, n := 0.0, 0.0, 0
		for j, g := range x.groups {
			col := g.cols[measure]
			if g.total || col == 0 {
				continue
			}
			f := rd.figure(&rd.cols[col-1], rd.v.cell(ri, col))
			switch {
			case f != f:
			case j == k:
				total += f
			default:
				if sum += f; f != 0 {
					n++
				}
			}
		}
		if n == 0 && total == 0 {
			continue
		}
		rows++
		if near(total, sum) {
			right++
			if n > 1 {
				several++
			}
		}
	}
	return several >= 2 && right*100 >= rows*95
}

// nameAcross decides what the values of the heading are.
func (rd *reading) nameAcross(words kindWords) {
	x := rd.cross
	n := 0
	seen := map[Role]int{}
	for _, g := range x.groups {
		if !g.total {
			n++
			seen[guessValue(g.value)]++
		}
	}
	x.what = rd.acrossOf(seen, n, words)
	if x.what != Date && (columnOf(rd.cols, x.what) != nil || x.what == Client && slices.Contains(rd.stackOf(), Client)) {
		rd.doubt(Issue{Code: DoubtCrosstab, Role: x.what, Found: x.groups[0].value})
	}
}

// acrossOf chooses by what most of the n values look like, then by the kind.
func (rd *reading) acrossOf(seen map[Role]int, n int, words kindWords) Role {
	lies := words.kind() == Stock || rd.cross.groups[0].cols[StockQty] != 0
	mostly := func(r Role) bool { return 2*seen[r] >= n }
	switch {
	case seen[Date] == n:
		return Date
	case seen[City] == n || !lies && mostly(City): // goods lie in branches, some of them named after a city
		return City
	case mostly(SalesRep):
		return SalesRep
	case lies || mostly(Warehouse):
		return Warehouse
	case mostly(Outlet) || words.outlets && columnOf(rd.cols, Outlet) == nil:
		return Outlet
	}
	for _, r := range [...]Role{Client, Region, Channel} {
		if mostly(r) {
			return r
		}
	}
	what := rd.guessAcross()
	rd.doubt(Issue{Code: DoubtCrosstab, Role: what, Found: rd.cross.groups[0].value})
	return what
}

// guessAcross is what the values may be where they look like nothing: what the rows do
// not tell.
func (rd *reading) guessAcross() Role {
	buyers := columnOf(rd.cols, Client) != nil
	if rd.namesPeople() && (buyers || slices.Contains(rd.stackOf(), Client)) {
		return SalesRep // buyers down, who serves them across
	}
	if told, ok := rd.toldAcross(); ok {
		return told
	}
	if columnOf(rd.cols, Product) == nil && (buyers || columnOf(rd.cols, Outlet) != nil) {
		return Product // buyers down, goods across
	}
	return Client
}

// namesPeople: most values are two or three words of letters with a capital each, as the
// first name and the surname of a person.
func (rd *reading) namesPeople() bool {
	n, people := 0, 0
	for _, g := range rd.cross.groups {
		if g.total {
			continue
		}
		n++
		w := strings.Fields(g.value)
		if len(w) > 1 && len(w) < 4 && !slices.ContainsFunc(w, func(s string) bool { return !capitalized(s) }) {
			people++
		}
	}
	return 2*people > n
}

// capitalized: a capital and then small letters only.
func capitalized(word string) bool {
	for i, r := range word {
		if i == 0 && !unicode.IsUpper(r) || i > 0 && !unicode.IsLower(r) {
			return false
		}
	}
	return len(word) > 1
}

// stackOf gives the roles that the titles of the rows' names tell.
func (rd *reading) stackOf() []Role {
	for i := range rd.cols {
		if roles := stackRoles(rd.h.parts[i]); roles != nil && !rd.cross.covers(i+1) {
			return roles
		}
	}
	return nil
}

// guessValue tells what a value of a heading is by its words, "" if they say nothing.
func guessValue(value string) Role {
	if _, ok := wholePeriod(value, 2000); ok {
		return Date
	}
	w := titleWords(value)
	switch {
	case cityNames[strings.Join(w, " ")]:
		return City
	case anyOf(w, warehouseWords):
		return Warehouse
	case isPerson(value):
		return SalesRep
	case anyOf(w, outletWords):
		return Outlet
	case anyOf(w, legalForms):
		return Client
	case allOf(w, compassWords):
		return Region
	case allOf(w, channelWords):
		return Channel
	}
	return ""
}

// compassWords make up the names of parts of a country, channelWords those of ways to sell.
var (
	compassWords = wordSet(`центр центральный центральная юг южный южная север северный северная восток восточный восточная запад западный западная
		северо юго дальний дальневосточный урал уральский сибирь сибирский сибирская поволжье приволжский волга кавказ кавказский кавказская северокавказский
		фо цфо сзфо юфо пфо урфо уфо сфо дфо скфо федеральный округ область обл край республика регион north south east west central center`)
	channelWords = wordSet(`опт оптовый оптовая розница розничный розничная horeca хорека сети сеть ка ecom ecommerce интернет магазин маркетплейс маркетплейсы
		тендер тендеры экспорт традиционная традиционный современная современный канал торговля wholesale retail online офлайн онлайн`)
)

func allOf(words []string, set map[string]bool) bool {
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !set[w] })
}

// isPerson: a name with a patronymic («Иванов Иван Иванович») or with initials («Петрова М.», «Сидоров А.В.»).
func isPerson(value string) bool {
	w := strings.Fields(value)
	if len(w) < 2 || len(w) > 3 || firstWordIn(value, firmForms) {
		return false
	}
	last := strings.ToLower(w[len(w)-1])
	if len(w) == 3 && (patronymics[last] || hasAnySuffix(last, "вич", "вна", "чна", "кызы", "улы", "ұлы", "қызы", "оглы", "оғлы")) {
		return true
	}
	letters := 0
	for _, part := range w[1:] {
		for _, r := range part {
			if r != '.' {
				letters++
			}
		}
		if !strings.HasSuffix(part, ".") {
			return false
		}
	}
	return letters <= 2 && lettersIn(w[0], 3) == 3
}

// patronymics are those that end like other words.
var patronymics = wordSet("ильич кузьмич фомич лукич никитич саввич")

func anyOf(words []string, set map[string]bool) bool {
	return slices.ContainsFunc(words, func(w string) bool { return set[w] })
}

var (
	outletWords = wordSet("магазин магазины маркет супермаркет гипермаркет минимаркет аптека тт store shop outlet")
	cityNames   = citySet(`москва, санкт петербург, новосибирск, екатеринбург, казань, нижний новгород, красноярск, челябинск, самара, уфа,
		ростов на дону, краснодар, омск, воронеж, пермь, волгоград, саратов, тюмень, тольятти, барнаул, махачкала, ижевск, хабаровск,
		ульяновск, иркутск, владивосток, ярославль, севастополь, ставрополь, томск, кемерово, набережные челны, оренбург, новокузнецк,
		балашиха, рязань, калининград, чебоксары, пенза, липецк, киров, астрахань, тула, сочи, курск, тверь, магнитогорск, брянск,
		иваново, улан удэ, сургут, владимир, белгород, чита, архангельск, калуга, смоленск, вологда, саранск, череповец, курган, орел,
		мурманск, тамбов, минск, гомель, брест, гродно, витебск, могилев, киев, київ, харьков, харків, одесса, одеса, днепр, дніпро,
		псков, великий новгород, кострома, майкоп, нальчик, элиста, абакан, якутск, петрозаводск, сыктывкар, йошкар ола, грозный, черкесск,
		владикавказ, симферополь, салехард, ханты мансийск, магадан, петропавловск камчатский, южно сахалинск, благовещенск, биробиджан,
		горно алтайск, кызыл, орск, нижневартовск, новый уренгой, нижний тагил, старый оскол, таганрог, бийск, прокопьевск, ангарск, братск,
		норильск, рыбинск, стерлитамак, энгельс, дзержинск, нижнекамск, альметьевск, подольск, новороссийск, армавир, пятигорск, волгодонск,
		новочеркасск, сызрань, балаково, каменск уральский, златоуст, миасс, комсомольск на амуре, уссурийск, бобруйск, барановичи, борисов,
		пинск, орша, мозырь, семей, усть каменогорск, тараз, кызылорда, кокшетау, талдыкорган, темиртау, экибастуз, туркестан, запорожье,
		запоріжжя, кривой рог, кривий ріг, херсон, полтава, чернигов, чернігів, черкассы, черкаси, житомир, сумы, суми, винница, вінниця,
		тернополь, тернопіль, луцк, луцьк, ужгород, самарканд, бухара, наманган, андижан, фергана, ош, душанбе, ереван, тбилиси, баку, кишинев,
		львов, львів, алматы, астана, шымкент, караганда, актобе, атырау, актау, павлодар, костанай, уральск, ташкент, бишкек`)
)

func citySet(list string) map[string]bool {
	m := map[string]bool{}
	for c := range strings.SplitSeq(list, ",") {
		m[strings.Join(strings.Fields(c), " ")] = true
	}
	return m
}

// acrossValue is the value of a heading as a record holds it: a date in ISO, else the title.
func (rd *reading) acrossValue(g *crossGroup) Value {
	v := Value{Text: g.value, Row: rd.v.rows[rd.h.first].N, Col: rd.v.letterOf(g.col)}
	if rd.cross.what != Date {
		return v
	}
	if p, ok := rd.spanOf(g); ok {
		v.Text = isoDay(p.From)
	}
	return v
}

// filledIn: some measure of the value is not blank in the row. A zero is not blank.
func (rd *reading) filledIn(g *crossGroup, ri int) bool {
	for _, col := range g.cols {
		if rd.v.cell(ri, col) != nil {
			return true
		}
	}
	return false
}
