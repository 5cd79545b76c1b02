package table

import "github.com/distbase/distbase/ingest/grid"

// fitness says how well the cells can carry a role: months are days too, and numbers of
// warehouses names.
func (c *column) fitness(r Role) float64 {
	if r == Date && c.months || r == Warehouse && tellsCode(c.title) {
		return 1
	}
	return fitness(r, c.stats)
}

// fitness says how well the cells of a column can carry a role: 1 well, near 0 not at all.
func fitness(r Role, st columnStats) float64 {
	if st.filled == 0 {
		return 0.5
	}
	n := float64(st.filled)
	numeric := float64(st.numbers+st.numericTexts) / n
	switch {
	case r.IsNumber():
		return graded(numeric, 0.5, 0.15, 0.1)
	case r == Date:
		if numeric > 0.8 && st.dates == 0 {
			return 0.8 // serial numbers of days, or 20260706 in a number
		}
		return graded(float64(st.dates)/n, 0.5, 0.5, 0.1)
	case r == Product || r == Client:
		return nameFitness(st)
	case r == ProductCode || r == ClientCode:
		if float64(st.spaced)/n > 0.6 {
			return 0.6
		}
	case numeric > 0.5:
		return numberFitness(r, st)
	}
	return 1
}

// nameFitness is for names of goods and buyers.
func nameFitness(st columnStats) float64 {
	if 2*st.long > st.filled {
		return 0.6
	}
	return graded(float64(st.letters)/float64(st.filled), 0.5, 0.1, 0.45)
}

// numberFitness is for roles of texts whose cells are mostly numbers: different ones are
// codes, which nothing is grouped by.
func numberFitness(r Role, st columnStats) float64 {
	switch {
	case r == Unit:
		return 0.2
	case r == SalesRep:
		return 0.6
	case r == Warehouse && len(st.distinct)*2 > min(st.filled, maxDistinct): // figures of one, and no numbers of many
		return 0.1
	case r == Brand, r == Category && len(st.distinct)*10 >= min(st.filled, maxDistinct)*9:
		return 0.1
	}
	return 1
}

// graded gives 1 to a share that is enough, 0.8 to one that is some, else little.
func graded(share, enough, some, little float64) float64 {
	switch {
	case share >= enough:
		return 1
	case share >= some:
		return 0.8
	}
	return little
}

// twoColumns doubts where another column has nearly the same right to a role that matters.
func (v *view) twoColumns(first, second *column, k candidate) (Issue, bool) {
	switch k.role {
	case Product, Client, Quantity, Amount, StockQty:
	default:
		return Issue{}, false
	}
	enough := 0.93
	if k.role.IsSummed() {
		enough = rivalMeasure
	}
	if k.role == StockQty && second.stats.onlyFlags() {
		return Issue{}, false
	}
	if k.score < enough*first.score || plainness(second.title) < plainness(first.title) || second.stats.filled == 0 || v.alike(first.col, second.col) || second.stats.zeros*10 >= second.stats.filled*9 || lesser(second.title) && !lesser(first.title) {
		return Issue{}, false
	}
	return Issue{Code: DoubtTwoColumns, Sheet: v.sheet.Name, Col: second.col, Role: k.role, Found: first.title, Expected: second.title}, true
}

// alike: two columns hold the same in every row below the heading.
func (v *view) alike(a, b int) bool {
	same := 0
	for ri := range v.rows {
		x, y := v.cell(ri, a), v.cell(ri, b)
		if x == nil && y == nil || x != nil && y != nil && x.kind == grid.Text {
			continue
		}
		if x == nil || y == nil || x.value != y.value {
			return false
		}
		same++
	}
	return same > 1
}

// rivalMeasure is the share of a measure's score from which on another column is asked
// about: a plainer title may stand over the figures of another tax, currency or unit.
const rivalMeasure = 0.6

// lesser: the title says that a quantity is a part or a later state of the plain one:
// delivered of what was ordered, free of what is in stock.
// What came back is less than what was sold, but what is sold less that is not.
func lesser(title string) bool {
	w := titleWords(title)
	return anyOf(w, lesserWords) || anyOf(w, cameBackWords) && !anyOf(w, deductedWords)
}

var lesserWords = wordSet(`entregada entregado delivered доставлено disponible возвращено возвраты available доступно доступный свободный вільний свободно pendientes
	pending осталось возвращено полное полный full`)

// taxBaseWords tell what a tax is reckoned from, which is less than what is paid.
var taxBaseWords = wordSet("taxable assessable")
