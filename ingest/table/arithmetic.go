package table

// preferCounted takes for the quantity the column that makes the amount with the price
// where the one its title chose does not: what was sold beside what was ordered.
func (rd *reading) preferCounted() {
	rd.dropReceiptCount()
	rd.dropSumOfDocument()
	rd.takePriceForSum()
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

// takePriceForSum takes for the price what stands as the sum but makes another column with
// the number of pieces: «Estoque, Venda, Total». That column is the sum.
func (rd *reading) takePriceForSum() {
	count, sum := columnOf(rd.cols, Quantity, StockQty), columnOf(rd.cols, Amount, StockAmount)
	if count == nil || sum == nil || columnOf(rd.cols, Price) != nil {
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		weak := c.role == "" || c != count && c.role == Quantity && c.score < 2*titleScore
		if weak && c.stats.mostlyNumbers() && !hasVeto(titleWords(c.title)) && rd.multiplies(count, sum, c, 3) && !rd.v.alike(sum.col, c.col) {
			c.role, c.score, c.reason = sum.role, sum.score, ReasonArithmetic
			sum.role, sum.reason = Price, ReasonArithmetic
			return
		}
	}
}

// dropSumOfDocument takes another column for the sum where the one chosen tells that of the
// whole document in every row of it: the one that the quantity makes with the price, or
// else the first whose title names a sum. Without another none is told.
func (rd *reading) dropSumOfDocument() {
	count, price, sum := columnOf(rd.cols, Quantity), columnOf(rd.cols, Price), columnOf(rd.cols, Amount)
	if sum == nil || count != nil && price != nil && rd.multiplies(count, price, sum, 3) || !rd.repeatsInDocument(sum) {
		return
	}
	sum.role, sum.score, sum.learned = "", 0, 0
	if made, named := rd.otherSum(count, price); made != nil {
		made.role, made.score, made.reason = Amount, plainScore, ReasonArithmetic
	} else if named != nil {
		named.role, named.score, named.reason = Amount, titleScore, ReasonTitle
	}
}

// otherSum finds among the columns without a role the one that the quantity makes with the
// price, and the first whose title is that of a sum.
func (rd *reading) otherSum(count, price *column) (made, named *column) {
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role != "" || !c.stats.mostlyNumbers() || hasVeto(titleWords(c.title)) {
			continue
		}
		if made == nil && count != nil && price != nil && rd.multiplies(count, price, c, 3) {
			made = c
		}
		if m, ok := bestMatch(c.title); named == nil && ok && m.role == Amount && !rd.repeatsInDocument(c) {
			named = c
		}
	}
	return made, named
}

// repeatsInDocument: in three documents of several different rows or more, and in nine of
// ten, every row tells the same sum.
func (rd *reading) repeatsInDocument(sum *column) bool {
	doc, goods := columnOf(rd.cols, DocNo), columnOf(rd.cols, Product, ProductCode)
	if doc == nil || goods == nil {
		return false
	}
	docs, same := 0, 0
	last := min(len(rd.v.rows), rd.h.last+grossSample)
	for ri := rd.h.last + 1; ri < last; {
		first := text(rd.v.cell(ri, doc.col))
		n, alike, differ := 1, true, false
		for ri+n < last && first != "" && text(rd.v.cell(ri+n, doc.col)) == first {
			alike = alike && text(rd.v.cell(ri+n, sum.col)) == text(rd.v.cell(ri, sum.col))
			differ = differ || text(rd.v.cell(ri+n, goods.col)) != text(rd.v.cell(ri, goods.col))
			n++
		}
		if n > 1 && differ {
			docs++
			if alike {
				same++
			}
		}
		ri += n
	}
	return docs >= 3 && same*10 >= docs*9
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
// itself a price list and counts nothing, and one beside their price for none.
func (rd *reading) priceByName(near kindWords) {
	sum := columnOf(rd.cols, Amount)
	if sum == nil || !near.prices || near.sales || near.stock || columnOf(rd.cols, Product) == nil {
		return
	}
	if stock, price := columnOf(rd.cols, StockQty), columnOf(rd.cols, Price); price != nil && columnOf(rd.cols, Quantity) == nil && (stock == nil || !rd.multiplies(stock, price, sum, 3)) {
		sum.role, sum.score, sum.learned = "", 0, 0 // another price: «Стоимость | Стоимость опт»
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
