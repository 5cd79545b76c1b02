package table

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

// filledIn: some measure of the value is not blank in the row. A zero is not blank.
func (rd *reading) filledIn(g *crossGroup, ri int) bool {
	for _, col := range g.cols {
		if rd.v.cell(ri, col) != nil {
			return true
		}
	}
	return false
}
