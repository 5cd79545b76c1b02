package table

// preferCounted takes for the quantity the column that makes the amount with the price
// where the one its title chose does not: what was sold beside what was ordered.
func (rd *reading) preferCounted() {
	rd.dropReceiptCount()
	count, price, sum := columnOf(rd.cols, Quantity), columnOf(rd.cols, Price), columnOf(rd.cols, Amount)
	if count == nil || price == nil || sum == nil || rd.multiplies(count, price, sum, 3) {
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		if m, ok := bestMatch(c.title); ok && c.role == "" && m.role == Quantity && rd.multiplies(c, price, sum, 3) {
			c.role, c.score, c.reason = Quantity, count.score, ReasonArithmetic
			count.role, count.score = "", 0
			return
		}
	}
}

// dropReceiptCount takes no quantity from the column that makes the amount with the
// average receipt: it counts receipts.
func (rd *reading) dropReceiptCount() {
	count, sum := columnOf(rd.cols, Quantity), columnOf(rd.cols, Amount)
	if count == nil || sum == nil {
		return
	}
	for i := range rd.cols {
		if c := &rd.cols[i]; averagesReceipts(c.title) && rd.multiplies(count, c, sum, 1) {
			count.role, count.score = "", 0
			return
		}
	}
}

// averagesReceipts: the title is that of the average receipt.
func averagesReceipts(title string) bool {
	w := titleWords(title)
	return anyOf(w, averageWords) && anyOf(w, receiptWords)
}

var (
	averageWords = wordSet("средний средняя середній average avg promedio")
	receiptWords = wordSet("чек чека заказ заказа receipt ticket order")
)

// multiplies: a times b is c in nine rows of ten where all are told, in so many rows at least.
func (rd *reading) multiplies(a, b, c *column, least int) bool {
	rows, right := 0, 0
	for ri := rd.h.last + 1; ri < min(len(rd.v.rows), rd.h.last+grossSample); ri++ {
		x, y, z := rd.plainFigure(ri, a), rd.plainFigure(ri, b), rd.plainFigure(ri, c)
		if x != x || y != y || z != z || x*y == 0 {
			continue
		}
		rows++
		if d := x*y - z; d <= 0.011*x && d >= -0.011*x {
			right++
		}
	}
	return rows >= least && right*10 >= rows*9
}

// priceByName takes a lone sum beside the goods for their price where the report calls
// itself a price list and counts nothing.
func (rd *reading) priceByName(near kindWords) {
	sum := columnOf(rd.cols, Amount)
	if sum == nil || !near.prices || near.sales || near.stock || columnOf(rd.cols, Product) == nil {
		return
	}
	for i := range rd.cols {
		switch r := rd.cols[i].role; {
		case r == Amount:
		case r.IsNumber(), r == Client, r == ClientCode, r == Outlet, r == Date, r == DocNo, r == SalesRep:
			return
		}
	}
	sum.role = Price
}
