package table

// doubtKinds asks whether a list of stock tells sales too: money that is called that of
// sales stands beside the balance, or the report calls itself one of sales, and what was
// sold is in no column that is understood. So it asks about orders that are told by the
// title of one quantity beside others.
func (t *Table) doubtKinds(rd *reading) {
	if rd.match == nil && t.Kind == Orders && rd.near.ordered && !rd.near.orders && rd.countsMore() {
		t.doubt(DoubtKind, "")
	}
	if rd.match != nil || t.Kind != Stock || t.has(Quantity, ShippedQty) {
		return
	}
	if rd.near.sales && !rd.near.stock {
		t.doubt(DoubtKind, "")
		return
	}
	for i := range rd.cols {
		if c := &rd.cols[i]; c.role == Amount && readKindWords(c.title).sales {
			t.doubt(DoubtKind, "")
			return
		}
	}
}

// countsMore: beside what was ordered a plain quantity, an issue or a stock is told.
func (rd *reading) countsMore() bool {
	if rd.cross != nil {
		return true
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role == ShippedQty || c.role == StockQty {
			return true
		}
		if m, ok := bestMatch(c.title); c.role == "" && ok && c.stats.onlyNumbers() && !lesser(c.title) && !wanted(titleWords(c.title)) &&
			(m.role == Quantity || m.role == StockQty || m.role == ShippedQty) {
			return true
		}
	}
	return false
}

// doubtDays asks about a column of days whose title says nothing, where no other tells
// when the goods were sold.
func (t *Table) doubtDays(rd *reading) {
	if rd.match != nil || t.Kind != Sales || t.has(Date) {
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		st := &c.stats
		if c.role != "" || rd.cross.covers(c.col) || st.filled < 2 || st.dates*10 < st.filled*8 || st.filled*2 < len(t.Records) {
			continue
		}
		if _, known := bestMatch(c.title); known || anyOf(titleWords(c.title), dateVetoes) {
			continue
		}
		t.Doubts = append(t.Doubts, Issue{Code: DoubtUnknownColumn, Sheet: t.Sheet, Col: rd.v.letterOf(c.col), Role: Date, Found: c.title})
		return
	}
}

// doubtBalances asks about a column of figures whose title says nothing beside balances:
// where an opening, a receipt or an issue is told by no other, or where the stock taken
// is by its title only a part of one («Свободно»).
func (t *Table) doubtBalances(rd *reading) {
	missing := t.missingBalance(rd)
	if rd.match != nil || rd.cross != nil || missing == "" {
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role != "" || !c.stats.onlyNumbers() || c.stats.filled*2 < len(t.Records) || !unknownMeasure(c.title) || rd.v.countsRows(rd.h, c.col) {
			continue
		}
		t.Doubts = append(t.Doubts, Issue{Code: DoubtUnknownColumn, Sheet: t.Sheet, Col: rd.v.letterOf(c.col), Role: missing, Found: c.title})
		return
	}
}

// missingBalance is the first balance or movement that the table does not tell, "" for none.
func (t *Table) missingBalance(rd *reading) Role {
	stock := columnOf(rd.cols, StockQty)
	switch {
	case t.Kind == Movement:
		for _, r := range []Role{OpeningQty, ReceivedQty, ShippedQty} {
			if !t.has(r) {
				return r
			}
		}
	case t.Kind == Stock && stock != nil && lesser(stock.title):
		return StockQty
	}
	return ""
}
