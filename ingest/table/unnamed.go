package table

import "slices"

// findUnnamed takes the column that names the rows where no title does: pivot tables,
// sheets of accounts and print-outs leave the cell over the names blank. It is the
// leftmost column of texts without a title, or else, where pieces are counted or figures
// stand across, the one of most different texts whose title is not understood.
func (rd *reading) findUnnamed() {
	for _, r := range []Role{Product, Client, Outlet, ProductCode, ClientCode, Barcode} {
		if columnOf(rd.cols, r) != nil {
			return
		}
	}
	if rd.namesLevels() || rd.cross == nil && !rd.counts() {
		return
	}
	counted := rd.cross != nil || columnOf(rd.cols, Quantity) != nil || columnOf(rd.cols, StockQty) != nil
	if best := rd.mostNames(counted); best != nil {
		best.role, best.reason, best.confidence = Product, ReasonContent, 0.7
	}
}

// mostNames is the leftmost column of names without a title, or else, where titled ones
// count, the one of most different names; nil for none.
func (rd *reading) mostNames(titled bool) *column {
	var best *column
	for i := range rd.cols {
		c := &rd.cols[i]
		if !rd.mayName(c) || c.title != "" && !titled {
			continue
		}
		if best == nil || best.title != "" && (c.title == "" || len(c.stats.distinct) > len(best.stats.distinct)) {
			best = c
		}
	}
	return best
}

// takeLoneFigure counts goods by the only column of figures beside them, whatever its
// title, where the sheet, the file or a line of title says what is reported. In a list of
// prices it is the first column that prices them.
func (rd *reading) takeLoneFigure() {
	prices := rd.near.kind() == Pricelist
	if rd.cross != nil || rd.near.kind() == "" || columnOf(rd.cols, Product) == nil && columnOf(rd.cols, ProductCode) == nil {
		return
	}
	lone, others := rd.loneFigure()
	if lone == nil || others && !prices {
		return
	}
	if lone.stats.onlyNumbers() && unknownMeasure(lone.title) {
		lone.role, lone.reason, lone.confidence = rd.near.measure(), ReasonContent, 0.6
		if prices {
			lone.role = Price
			rd.doubt(Issue{Code: DoubtWeakColumn, Col: rd.v.letterOf(lone.col), Role: Price, Found: lone.title})
		}
	}
}

// loneFigure is the first column of figures that nothing tells, and whether there are
// others; nil where a column is known to be of figures.
func (rd *reading) loneFigure() (lone *column, others bool) {
	for i := range rd.cols {
		c := &rd.cols[i]
		switch {
		case c.role.IsNumber():
			return nil, false
		case c.role != "" || !c.stats.mostlyNumbers() || rd.v.countsRows(rd.h, c.col):
		case lone == nil:
			lone = c
		default:
			others = true
		}
	}
	return lone, others
}

// namesLevels: the titles of one column name levels of groups.
func (rd *reading) namesLevels() bool {
	return slices.ContainsFunc(rd.h.parts, func(parts []string) bool { return stackRoles(levelTitles(parts)) != nil })
}

// counts: some column is a measure, and what is measured is told.
func (rd *reading) counts() bool {
	measures := 0
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role.IsSummed() {
			return true
		}
		if c.stats.mostlyNumbers() && c.title != "" {
			measures++
		}
	}
	return measures > 1 && rd.near.kind() != ""
}

// mayName: texts that differ stand in nearly every row of a column that is nothing else.
func (rd *reading) mayName(c *column) bool {
	st := &c.stats
	if c.role != "" || st.filled < 2 || st.letters*10 < st.filled*8 || st.dates > 0 {
		return false
	}
	if w := titleWords(c.title); anyOf(w, nameVetoes) || len(w) > 0 && rowNumberWords[w[0]] {
		return false
	}
	rows := 0
	for ri := rd.h.last + 1; ri < len(rd.v.rows); ri++ {
		if len(rd.v.filled(ri)) > 1 {
			rows++
		}
	}
	return st.filled*10 >= rows*8 && len(st.distinct)*2 >= min(st.filled, maxDistinct)
}

// namelessCross: figures stand across, the report says what they are, and nothing else is
// told: a time sheet tells whose hours they are.
func (rd *reading) namelessCross() bool {
	return rd.cross != nil && rd.near.kind() != "" && !slices.ContainsFunc(rd.cols, func(c column) bool { return c.role != "" })
}
