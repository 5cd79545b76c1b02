package table

import "github.com/distbase/distbase/ingest/grid"

// grossSample is how many rows show that a sum is another one with its tax.
const grossSample = 500

// preferGross takes the sum with VAT for the amount where the sum without it and the
// tax stand in columns of their own: the one that is their sum in every row.
func (rd *reading) preferGross() {
	net, tax := columnOf(rd.cols, Amount), columnOf(rd.cols, VAT)
	if net == nil || tax == nil {
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		weak := c.role == "" || c.role == Quantity && c.score < 2*titleScore
		if weak && c.stats.mostlyNumbers() && !hasVeto(titleWords(c.title)) && rd.isSumOf(c, net, tax) {
			c.role, c.score, c.reason = Amount, net.score, ReasonArithmetic
			net.role, net.score = "", 0
			return
		}
	}
}

// isSumOf: c is a and b together wherever all three are told, in two rows at least.
func (rd *reading) isSumOf(c, a, b *column) bool {
	right := 0
	for ri := rd.h.last + 1; ri < min(len(rd.v.rows), rd.h.last+grossSample); ri++ {
		x, y, z := rd.plainFigure(ri, a), rd.plainFigure(ri, b), rd.plainFigure(ri, c)
		if x != x || y != y || z != z || y == 0 {
			continue
		}
		if d := x + y - z; d > 0.02 || d < -0.02 {
			return false
		}
		right++
	}
	return right >= 2
}

// plainFigure reads a cell before the style of its column is learned.
func (rd *reading) plainFigure(ri int, c *column) float64 {
	x := rd.v.cell(ri, c.col)
	if x == nil || x.kind == grid.Error {
		return blankFigure
	}
	return rd.figure(c, x)
}
