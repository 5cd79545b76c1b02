package table

import "github.com/distbase/distbase/ingest/grid"

// grossSample is how many rows show that a sum is another one with its tax.
const grossSample = 500

// preferGross takes the sum with VAT for the amount where the sum without it and the
// tax stand in columns of their own: the one that is their sum in every row.
func (rd *reading) preferGross() {
	net, tax := columnOf(rd.cols, Amount), columnOf(rd.cols, VAT)
	if net == nil {
		return
	}
	if tax == nil {
		rd.preferTaxed(net)
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

// preferTaxed does so where the tax has no column: the title of the amount says that it
// is left out, and a column of totals holds the same sums with a usual rate on top.
func (rd *reading) preferTaxed(net *column) {
	if _, vat := meaningOf(net.title); vat != "without" {
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		weak := c.role == "" || c.role == Quantity && c.score < 2*titleScore
		if _, vat := meaningOf(c.title); !weak || !isTotal(c.title) && vat != "with" || !rd.isTaxed(c, net) {
			continue
		}
		c.role, c.score, c.reason = Amount, net.score, ReasonArithmetic
		net.role, net.score = "", 0
		return
	}
}

// usualRates are those of VAT in the countries whose reports come, in hundredths.
var usualRates = [...]float64{0, 5, 7, 8, 10, 12, 14, 16, 18, 19, 20, 21, 22}

// isTaxed: wherever both are told, c is net with one of the usual rates, in two rows at
// least with one that is not zero.
func (rd *reading) isTaxed(c, net *column) bool {
	taxed := 0
	for ri := rd.h.last + 1; ri < min(len(rd.v.rows), rd.h.last+grossSample); ri++ {
		x, z := rd.plainFigure(ri, net), rd.plainFigure(ri, c)
		if x != x || z != z || x == 0 {
			continue
		}
		if !hasUsualRate(x, z) {
			return false
		}
		if z != x {
			taxed++
		}
	}
	return taxed >= 2
}

// hasUsualRate: gross is net and the tax, to a hundredth.
func hasUsualRate(net, gross float64) bool {
	for _, rate := range usualRates {
		if d := net*(1+rate/100) - gross; d < 0.02 && d > -0.02 {
			return true
		}
	}
	return false
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
