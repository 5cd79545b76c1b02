package table

import (
	"slices"
	"strings"
)

// findSum takes for the amount what only its figures or a bare «Total» tell, where no
// title names a sum: what the quantity makes with the price, what stands beside the
// quantity, or what documents come to where no goods are told. Where it is the quantity
// and the sum that make a further column, the sum is the price of one.
func (rd *reading) findSum() {
	if rd.cross != nil {
		return
	}
	count, price, sum := columnOf(rd.cols, Quantity), columnOf(rd.cols, Price), columnOf(rd.cols, Amount)
	switch {
	case count == nil:
	case bareTotal(count.title) && columnOf(rd.cols, Product, ProductCode, Barcode) == nil:
		rd.sumOfDocument(count, sum)
	case sum == nil:
		rd.sumBesideCount(count, price)
	case price == nil && countsMany(count):
		rd.priceBySum(count, sum)
	}
}

// sumOfDocument takes what a row without goods comes to for its sum, which a subtotal
// is not.
func (rd *reading) sumOfDocument(total, sum *column) {
	if sum == nil || bareTotal(sum.title) {
		if sum != nil {
			sum.role, sum.score = "", 0
		}
		total.role = Amount
		return
	}
	total.role, total.score = "", 0
}

// priceBySum makes the sum the price where the quantity and it make a column without a role.
func (rd *reading) priceBySum(count, sum *column) {
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role == "" && c.stats.mostlyNumbers() && !hasVeto(titleWords(c.title)) && rd.multiplies(count, sum, c, 3) {
			c.role, c.score, c.reason = Amount, sum.score, ReasonArithmetic
			sum.role, sum.reason = Price, ReasonArithmetic
			return
		}
	}
}

// sumBesideCount takes a bare total beside the quantity for the sum: by the price where
// that proves it, else where no other column of figures may be a part of it.
func (rd *reading) sumBesideCount(count, price *column) {
	var total *column
	parts := 0
	for i := range rd.cols {
		switch c := &rd.cols[i]; {
		case c.role != "" || !c.stats.mostlyNumbers() || hasVeto(titleWords(c.title)):
		case bareTotal(c.title) && total == nil:
			total = c
		default:
			parts++
		}
	}
	switch {
	case total == nil:
	case price != nil && rd.multiplies(count, price, total, 2):
		total.role, total.score, total.reason = Amount, plainScore, ReasonArithmetic
	case parts == 0:
		total.role, total.score, total.reason = Amount, titleScore, ReasonTitle
	}
}

// countsMany: some row counts another number than one.
func countsMany(c *column) bool {
	return len(c.stats.distinct) > 2 || len(c.stats.distinct) > 1 && c.stats.zeros == 0
}

// bareTotal: the title says no more than that it is a total, or of what in money:
// «Итого», «Total, USD», «Order lines/Subtotal».
func bareTotal(title string) bool {
	if at := strings.LastIndexByte(title, '/'); at >= 0 {
		title = title[at+1:]
	}
	w := titleWords(title)
	return anyOf(w, totalWords) && !slices.ContainsFunc(w, func(s string) bool { return !totalWords[s] && !moneyWords[s] })
}
