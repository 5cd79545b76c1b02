package table

import (
	"math"
	"slices"
)

// rate says how sure every column's role is: by how plainly its title names it and
// how well its cells carry it, more where arithmetic agrees.
func (rd *reading) rate() {
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role == "" || c.reason == ReasonLayout {
			continue
		}
		switch c.reason {
		case ReasonArithmetic:
			c.confidence = 0.98
		case ReasonLearned:
			c.confidence = c.learned
		case ReasonContent:
			c.confidence = math.Max(c.confidence, 0.7)
		default:
			c.confidence = titleConfidence(c.score)
		}
		if slices.Contains(rd.h.moved, c.col) {
			c.confidence = math.Min(c.confidence, besideConfidence)
		}
	}
}

// titleConfidence turns the score of a title into a share of certainty: full matches
// (10 and more) come near 1, half understood ones (5) to about three quarters.
func titleConfidence(score float64) float64 {
	return math.Min(0.99, 0.55+0.042*math.Min(score, 10.4))
}

// besideConfidence is that of a title from another column: an important one is asked about.
const besideConfidence = 0.7

// weakConfidence is under what a column that matters is asked about.
const weakConfidence = 0.75

// doubtColumns asks about columns that matter and are told by little, where no
// printed total proves them, and about texts that may be the buyers or the goods.
func (t *Table) doubtColumns(rd *reading) {
	proved := t.Reconciled != nil && *t.Reconciled
	for i := range rd.cols {
		c := &rd.cols[i]
		switch c.role {
		case Product, Client, Quantity, Amount, StockQty:
			if c.confidence < weakConfidence && c.stats.filled > 0 && !proved {
				t.Doubts = append(t.Doubts, Issue{Code: DoubtWeakColumn, Sheet: t.Sheet, Col: rd.v.letterOf(c.col), Role: c.role, Found: c.title})
			}
		}
	}
	t.doubtFigures(rd)
	t.doubtOtherFigures(rd)
	t.doubtMeasures(rd)
	t.doubtValues(rd)
	t.doubtList(rd)
	t.doubtRows(rd)
	t.doubtThousands(rd)
	t.doubtKinds(rd)
	t.doubtJournal(rd)
	t.doubtDays(rd)
	t.doubtBalances(rd)
	missing := Role("")
	switch {
	case !t.has(Product):
		missing = Product
	case t.Kind == Sales && !t.has(Client, Outlet, OutletAddress):
		missing = Client
	}
	if missing == "" || rd.match != nil {
		return
	}
	for i := range rd.cols {
		if c := &rd.cols[i]; c.role == "" && !rd.cross.covers(c.col) && c.namesThings() {
			t.Doubts = append(t.Doubts, Issue{Code: DoubtUnknownColumn, Sheet: t.Sheet, Col: rd.v.letterOf(c.col), Role: missing, Found: c.title})
			return
		}
	}
}

// doubtFigures asks about a column of figures whose title says nothing where the
// quantity or the sum of sales is told by no other, and about every column of a list
// without a heading.
func (t *Table) doubtFigures(rd *reading) {
	if rd.match != nil {
		return
	}
	missing := Role("")
	switch {
	case rd.h.guessed:
		t.Doubts = append(t.Doubts, Issue{Code: DoubtWeakColumn, Sheet: t.Sheet, Col: rd.v.letterOf(columnOf(rd.cols, Product).col), Role: Product})
		return
	case t.Kind != Sales && t.Kind != Catalogue || rd.cross != nil:
		return
	case !t.sums(Quantity):
		missing = Quantity
	case !t.sums(Amount):
		missing = Amount
	default:
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

// sums: some record tells the measure; a column may tell it in rows of totals only.
func (t *Table) sums(r Role) bool {
	_, ok := t.Totals[r]
	return ok
}

// unknownMeasure: the title may be that of a measure, for all that is known.
func unknownMeasure(title string) bool {
	w := titleWords(title)
	if len(w) == 0 {
		return true // a title of signs, or none
	}
	if rowNumberWords[w[0]] || hasVeto(w) || isTotal(title) || anyOf(w, nameVetoes) || anyOf(w, codeWords) {
		return false
	}
	m, known := bestMatch(title)
	return !known || (m.role == Quantity || m.role == Amount) && plainness(title) == 1
}

// codeWords are in titles of what identifies and counts nothing.
var codeWords = wordSet("ид id код code номер артикул key guid uid")

// doubtMeasures asks whether a list of goods or buyers without figures has them in a
// column that is not understood.
func (t *Table) doubtMeasures(rd *reading) {
	switch t.Kind {
	case Pricelist, Clients, Catalogue:
	default:
		return
	}
	if rd.match == nil && (t.Kind != Pricelist || !rd.near.prices) {
		switch k := rd.near.kind(); {
		case k == Sales, k == Stock && t.Kind != Pricelist: // it says to be about figures, and none are found
			t.doubt(DoubtKind, "")
		}
	}
	if rd.match != nil || t.has(Quantity, Amount, StockQty) {
		return
	}
	if t.Kind == Catalogue && rd.namesFigures() {
		t.doubt(DoubtKind, "")
		return
	}
	for i := range rd.cols {
		if c := &rd.cols[i]; !rd.cross.covers(c.col) && c.mayMeasure() {
			t.Doubts = append(t.Doubts, Issue{Code: DoubtUnknownColumn, Sheet: t.Sheet, Col: rd.v.letterOf(c.col), Role: Quantity, Found: c.title})
			return
		}
	}
}

// doubtList asks about a list of goods whose figures cannot be read though a title tells
// them, and about prices of goods that only the first row of a block names: what tells
// them apart stands elsewhere.
func (t *Table) doubtList(rd *reading) {
	switch product := columnOf(rd.cols, Product); {
	case t.Kind == Pricelist && product != nil && product.fill && !t.has(ProductCode, Barcode):
		t.Doubts = append(t.Doubts, Issue{Code: DoubtWeakColumn, Sheet: t.Sheet, Col: rd.v.letterOf(product.col), Role: Product, Found: product.title})
		return
	case t.Kind != Catalogue:
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		if m, ok := bestMatch(c.title); ok && m.exact && c.role == "" && m.role.IsNumber() && 2*c.stats.filled > len(t.Records) && !rd.cross.covers(c.col) {
			t.doubt(DoubtUnreadNumbers, m.role)
		}
	}
}

// namesFigures: numbers stand under a lowest title that names a quantity or a sum, though
// all titles over the column together do not.
func (rd *reading) namesFigures() bool {
	for i := range rd.cols {
		parts := rd.h.parts[i]
		if rd.cols[i].role != "" || len(parts) < 2 || !rd.cols[i].stats.mostlyNumbers() {
			continue
		}
		if m, ok := bestMatch(parts[len(parts)-1]); ok && m.role.IsSummed() {
			return true
		}
	}
	return false
}

// namesThings: different texts of several words in most rows.
func (c *column) namesThings() bool {
	st := &c.stats
	return st.filled > 1 && st.letters*10 >= st.filled*8 && st.spaced*2 >= st.filled && len(st.distinct) >= max(2, min(8, st.filled/2)) &&
		!anyOf(titleWords(c.title), nameVetoes)
}
