package table

import "github.com/distbase/distbase/ingest/grid"

// matrixColumns is how many columns of numbers make a matrix of values.
const matrixColumns = 3

// findMatrix finds the heading of a sheet whose titles name no roles at all, but
// stand in one or two rows over a block of numbers: points of sale over goods, say.
// Nil where there is no such block.
func (v *view) findMatrix() *heading {
	for ri := 1; ri < len(v.rows) && ri < headerSearch; ri++ {
		if !v.isMatrixRow(ri) {
			continue
		}
		h := &heading{first: ri - 1, last: ri - 1}
		if len(v.filled(ri-1)) == 1 && ri > 1 && v.titleOnly(ri-1) { // the title of the names stands lower
			h.first--
		}
		if !v.titleOnly(h.first) || len(v.filled(h.first)) < matrixColumns {
			continue
		}
		if up := ri - 2; up >= 0 && v.titleOnly(up) && len(v.filled(up)) >= 2 && v.rows[up].N == v.rows[ri-1].N-1 {
			h.first = up
		}
		h.parts = v.titleParts(h)
		return h
	}
	return nil
}

// isMatrixRow: numbers in most cells, behind a day or a name.
func (v *view) isMatrixRow(ri int) bool {
	cells := v.filled(ri)
	n := 0
	for i := range cells {
		if looksNumeric(&cells[i]) {
			n++
		}
	}
	return n >= matrixColumns && n >= len(cells)-3 && len(cells) > n && cells[0].kind != grid.Number
}

// twoRows finds values in two rows over plain numbers: every lower one stands under
// several upper ones («S1» over «P1, P2», «S2» over «P1, P2»).
func (rd *reading) twoRows(words kindWords) *crosstab {
	x := &crosstab{}
	uppers, lowers := map[string]int{}, map[string]map[string]bool{}
	for i := range rd.cols {
		parts := rd.h.parts[i]
		if len(parts) != 2 || !rd.cols[i].stats.mostlyNumbers() || rd.cols[i].role.IsNumber() {
			continue
		}
		upper, lower := parts[0], parts[1]
		if !isMatrixValue(upper) || !isMatrixValue(lower) {
			continue
		}
		uppers[upper]++
		if lowers[lower] == nil {
			lowers[lower] = map[string]bool{}
		}
		lowers[lower][upper] = true
		x.groups = append(x.groups, crossGroup{value: upper, second: lower, col: i + 1, cols: map[Role]int{words.measure(): i + 1}})
	}
	if len(uppers) < 2 || len(lowers) < 2 {
		return nil
	}
	for _, under := range lowers {
		if 2*len(under) <= len(uppers) {
			return nil
		}
	}
	return x
}

// isMatrixValue: the title is neither a total nor a measure.
func isMatrixValue(title string) bool {
	m, ok := bestMatch(title)
	return (!ok || !m.role.IsNumber() || !m.exact) && !hasVeto(titleWords(title)) && !isTotal(title)
}

// nameTwoRows decides what the two rows of values are: places and buyers stand over
// goods, unless their words say otherwise.
func (rd *reading) nameTwoRows() {
	x := rd.cross
	x.what, x.second = Client, Product
	votes := map[Role]int{}
	for _, g := range x.groups {
		votes[guessValue(g.value)]++
	}
	for _, r := range []Role{Date, Warehouse, Outlet, City} {
		if 2*votes[r] > len(x.groups) {
			x.what = r
		}
	}
	if columnOf(rd.cols, Product) != nil {
		x.second = Warehouse
	}
	rd.doubt(Issue{Code: DoubtCrosstab, Role: x.what, Found: x.groups[0].value})
}
