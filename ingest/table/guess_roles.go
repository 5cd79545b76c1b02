package table

// guessRoles gives columns under titles that a person has pointed to what every report
// has, where nothing tells which they are: the names of the goods, then what is counted.
// Each is doubted; the person sees and corrects them.
func (rd *reading) guessRoles() {
	if columnOf(rd.cols, Product) == nil && columnOf(rd.cols, ProductCode) == nil && columnOf(rd.cols, Barcode) == nil {
		rd.guess(rd.likelyNames(), Product)
	}
	if rd.cross != nil {
		return
	}
	for _, r := range [...]Role{Quantity, Amount} {
		if columnOf(rd.cols, r) == nil && columnOf(rd.cols, StockQty) == nil {
			rd.guess(rd.likelyFigures(), r)
		}
	}
}

func (rd *reading) guess(c *column, r Role) {
	if c == nil {
		return
	}
	c.role, c.reason, c.confidence = r, ReasonContent, 0.3
	rd.doubt(Issue{Code: DoubtWeakColumn, Col: rd.v.letterOf(c.col), Role: r, Found: c.title})
}

// likelyNames is the column of texts without a role that differ most, of several the last:
// buyers stand before what they buy.
func (rd *reading) likelyNames() *column {
	var best *column
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role == "" && 2*c.stats.letters >= c.stats.filled && c.stats.letters > 1 && (best == nil || len(c.stats.distinct) >= len(best.stats.distinct)) {
			best = c
		}
	}
	return best
}

// likelyFigures is the first column of numbers without a role that does not number the rows.
func (rd *reading) likelyFigures() *column {
	for i := range rd.cols {
		c := &rd.cols[i]
		if w := titleWords(c.title); c.role == "" && c.stats.onlyNumbers() && !c.stats.allZero() && (len(w) == 0 || !rowNumberWords[w[0]]) {
			return c
		}
	}
	return nil
}
