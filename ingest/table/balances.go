package table

// pairBalances tells an opening balance from a closing one where both are called the
// same: by the days in their titles («Остаток на 01.07.2026»), or by what came and
// went between them.
func (rd *reading) pairBalances() {
	known := columnOf(rd.cols, StockQty)
	if known == nil || columnOf(rd.cols, OpeningQty) != nil {
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role != "" || !c.stats.mostlyNumbers() {
			continue
		}
		if m, ok := bestMatch(c.title); !ok || m.role != StockQty || lesser(c.title) {
			continue
		}
		first, second := known, c
		if c.col < known.col {
			first, second = c, known
		}
		switch order := rd.daysOrder(first.title, second.title); {
		case order > 0:
			first, second = second, first
		case order == 0 && !rd.movesBetween(first.col, second.col):
			continue
		}
		first.role, second.role = OpeningQty, StockQty
		c.score, c.reason = known.score, ReasonTitle
		return
	}
}

// daysOrder compares the days two titles tell: below 0 the first is earlier, 0 they tell none.
func (rd *reading) daysOrder(a, b string) int {
	pr := periodReader{received: rd.received}
	x, okX := pr.read("на " + a)
	y, okY := pr.read("на " + b)
	if !okX || !okY {
		return 0
	}
	return x.From.Compare(y.From)
}

// movesBetween: a column of what came or went stands between the two.
func (rd *reading) movesBetween(a, b int) bool {
	for i := a; i < b-1; i++ {
		switch rd.cols[i].role {
		case ReceivedQty, ShippedQty, Quantity:
			return true
		}
	}
	return false
}

// boughtByReceipt: what came in, with nothing else told of the stock, is what a report of
// receipts counts.
func (rd *reading) boughtByReceipt() {
	received := columnOf(rd.cols, ReceivedQty)
	if received == nil || rd.near.kind() != Receipts {
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		if c != received && (isBalance(c.role) || c.role == Quantity) && c.stats.filled > 0 {
			return
		}
	}
	received.role = Quantity
}

// soldByIssue: what is issued to buyers, with no receipts and no balance beside it, is
// what was sold.
func (rd *reading) soldByIssue() {
	issued := columnOf(rd.cols, ShippedQty)
	has := func(r Role) bool { return columnOf(rd.cols, r) != nil }
	if issued == nil || hasAny(has, OpeningQty, ReceivedQty, StockQty, StockAmount, Quantity) {
		return
	}
	if hasAny(has, Client, ClientCode, Outlet, OutletCode, Amount, Region, City) {
		issued.role = Quantity
	}
}
