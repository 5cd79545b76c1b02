package table

// nameParties finds the buyer in lists that only have a plain name: documents with
// number and sum ("Particulars"), lists of buyers with codes and addresses.
func nameParties(cols []column) {
	nameBuyerCode(cols)
	nameCodeBeside(cols)
	name := columnOf(cols, Product)
	if name == nil || name.score > 10.5 || namesGoodsBeside(cols, name) || namesVoucherParty(cols, name) {
		return
	}
	code := columnOf(cols, ProductCode)
	switch {
	case listsBuyers(cols):
		if columnOf(cols, Client) != nil {
			name.role = Outlet
			return
		}
	case columnOf(cols, ClientINN) != nil && columnOf(cols, Amount) == nil && code != nil && code.score <= 10 && !measuresGoods(cols):
		code.role = ClientCode // a list of buyers: code, name, tax number
		if countsGoods(cols) {
			return
		}
	case columnOf(cols, DocNo) == nil || columnOf(cols, Amount) == nil || countsGoods(cols):
		return
	}
	name.role = Client
}

// buyersByName takes a plain name and a plain code for those of the buyer, and the number
// of a document for theirs, where the file calls itself a list of buyers and nothing counts, prices or dates anything.
func (rd *reading) buyersByName(near kindWords) {
	if !near.buyers {
		return
	}
	for i := range rd.cols {
		switch r := rd.cols[i].role; {
		case (r == Product || r == ProductCode) && rd.cols[i].score > plainScore, r == Date, r == Unit, r == Barcode, r == Brand,
			r.IsNumber() && rd.cols[i].stats.filled > 0:
			return
		}
	}
	if name := columnOf(rd.cols, Product); name != nil && columnOf(rd.cols, Client) == nil {
		name.role = Client
	}
	if code := columnOf(rd.cols, ProductCode); code != nil && columnOf(rd.cols, Client) != nil && columnOf(rd.cols, ClientCode) == nil {
		code.role = ClientCode
	}
	if doc := columnOf(rd.cols, DocNo); doc != nil && columnOf(rd.cols, ClientINN) == nil {
		doc.role = ClientINN
	}
}

// namesGoodsBeside gives "Particulars" of a voucher to the buyer where the goods have a
// column of their own.
func namesGoodsBeside(cols []column, name *column) bool {
	if name.title != "Particulars" || columnOf(cols, Client) != nil {
		return false
	}
	for i := range cols {
		c := &cols[i]
		if m, ok := bestMatch(c.title); ok && c.role == "" && m.role == Product && c.stats.letters > 0 {
			name.role, c.role, c.score, c.reason = Client, Product, m.score, ReasonTitle
			return true
		}
	}
	return false
}

// namesVoucherParty gives "Particulars" to the other party where the rows are vouchers of
// some type, which name no goods.
func namesVoucherParty(cols []column, name *column) bool {
	if name.title != "Particulars" || columnOf(cols, Client) != nil {
		return false
	}
	for i := range cols {
		if w := titleWords(cols[i].title); len(w) == 2 && (w[0] == "vch" || w[0] == "voucher") && w[1] == "type" {
			name.role = Client
			return true
		}
	}
	return false
}

// nameCodeBeside gives the second of two columns with the title of the code of goods to
// the buyer or the outlet that stands beside it.
func nameCodeBeside(cols []column) {
	code := columnOf(cols, ProductCode)
	if code == nil {
		return
	}
	for i := range cols {
		c := &cols[i]
		if c.role != "" || c.title != code.title || c.stats.filled == 0 {
			continue
		}
		for _, k := range [...]int{i + 1, i - 1} {
			if k < 0 || k >= len(cols) {
				continue
			}
			if r := codeOf(cols[k].role); (r == ClientCode || r == OutletCode) && columnOf(cols, r) == nil {
				c.role, c.score, c.reason = r, code.score, ReasonTitle
				return
			}
		}
	}
}

// countsGoods: a column tells of goods, or a buyer has one already.
func countsGoods(cols []column) bool {
	for _, r := range []Role{Client, Quantity, StockQty, Price, Unit, ProductCode, Barcode} {
		if columnOf(cols, r) != nil {
			return true
		}
	}
	return false
}

// measuresGoods: a column counts goods or prices them.
func measuresGoods(cols []column) bool {
	return columnOf(cols, Quantity) != nil || columnOf(cols, StockQty) != nil || columnOf(cols, Price) != nil
}

// listsBuyers: a list of buyers with their codes and addresses, and nothing of goods
// but a plain name.
func listsBuyers(cols []column) bool {
	for i := range cols {
		switch r := cols[i].role; {
		case r == ProductCode, r == Barcode, r == Unit, r == Brand, r.IsNumber():
			return false
		}
	}
	coded := columnOf(cols, ClientCode) != nil || columnOf(cols, ClientINN) != nil || columnOf(cols, OutletCode) != nil
	return coded && (columnOf(cols, OutletAddress) != nil || columnOf(cols, ClientAddress) != nil)
}

// nameBuyerCode gives a plain «Code» to the buyer where nothing names goods, counts
// them or prices them.
func nameBuyerCode(cols []column) {
	code, other := columnOf(cols, ProductCode), columnOf(cols, ClientCode)
	if code == nil || code.score > 10 || other != nil && other.stats.filled > 0 && other.learned == 0 || columnOf(cols, Client) == nil {
		return
	}
	for i := range cols {
		c := &cols[i]
		if r := c.role; r == Product && c.score >= 0.9*plainScore || r == Barcode || r == Brand || r == Unit || r.IsNumber() && c.stats.mostlyNumbers() {
			return
		}
	}
	if other != nil {
		other.role, other.score, other.learned = "", 0, 0
	}
	code.role = ClientCode
}
