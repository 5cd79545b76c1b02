package table

// ledgerRole reads the titles of a turnover sheet of accounts: the debit of the
// balance at the beginning is the opening stock, the debit of the turnover what
// came in, its credit what went out, the debit of the balance at the end the
// closing stock. A credit balance is none of these.
func ledgerRole(parts []string) (titleMatch, bool) {
	side, when := "", ""
	measure := Role("")
	for _, p := range parts {
		for _, w := range titleWords(p) {
			side, when = ledgerWord(w, side, when)
		}
		if r := indicated(p); r == Amount || r == Quantity || r == Discount {
			measure = r
		}
	}
	if side == "" || when == "" {
		return titleMatch{}, false
	}
	role := map[string]Role{"openingdebit": OpeningQty, "turnoverdebit": ReceivedQty, "turnovercredit": ShippedQty, "closingdebit": StockQty}[when+side]
	return titleMatch{role: inMeasure(role, measure), score: 12, exact: true}, true
}

// ledgerWord takes up what one word says of the side and the moment.
func ledgerWord(w, side, when string) (string, string) {
	switch {
	case hasAnyPrefix(w, "дебет", "debit", "дебіт"):
		side = "debit"
	case hasAnyPrefix(w, "кредит", "credit"):
		side = "credit"
	case hasAnyPrefix(w, "начал", "поч", "opening"):
		when = "opening"
	case hasAnyPrefix(w, "конец", "кінец", "closing"):
		when = "closing"
	case hasAnyPrefix(w, "оборот", "turnover", "обіг"):
		when = "turnover"
	}
	return side, when
}

// The words of a cash book.
var (
	cashWords     = wordSet("cash bank касса кассе кассу каса caja banco caixa")
	directionsIn  = wordSet("in приход прихід entrada ingreso received receipts receipt")
	directionsOut = wordSet("out расход видаток salida saida egreso paid payments payment")
)

// keepsAccounts: debit and credit stand beside each other and no goods are named: a
// statement of a bank, a reconciliation. So does a book of cash that came and went.
func (rd *reading) keepsAccounts() bool {
	debit, credit, in, out := false, false, false, false // in and out: cash
	for i := range rd.cols {
		c := &rd.cols[i]
		if _, ledger := ledgerRole(rd.h.parts[i]); ledger {
			return !rd.has(Product) && !rd.has(ProductCode)
		}
		for _, w := range titleWords(c.title) {
			debit = debit || hasAnyPrefix(w, "дебет", "debit", "дебіт")
			credit = credit || hasAnyPrefix(w, "кредит", "credit")
		}
		if w := titleWords(c.title); anyOf(w, cashWords) {
			in, out = in || anyOf(w, directionsIn), out || anyOf(w, directionsOut)
		}
	}
	return in && out || debit && credit && (columnOf(rd.cols, Product) == nil || columnOf(rd.cols, Product).reason == ReasonContent)
}

// isLedgerSide: the title is debit or credit and nothing else.
func isLedgerSide(t string) bool {
	w := titleWords(t)
	return len(w) == 1 && hasAnyPrefix(w[0], "дебет", "кредит", "debit", "credit", "дебіт")
}

// inMeasure turns a balance in pieces into one in money; movements in money are none of ours.
func inMeasure(r, measure Role) Role {
	switch {
	case measure == "" || measure == Quantity:
		return r
	case measure == Amount && r == StockQty:
		return StockAmount
	}
	return ""
}
