package table

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// checkRecords looks over the records for what a person should know.
func (t *Table) checkRecords(rd *reading) {
	blankProducts, outside := t.checkProducts(), t.checkDays()
	n := len(t.Records)
	unread := rd.problemCount[ProblemNotNumber] + rd.problemCount[ProblemNotDate] + rd.problemCount[ProblemErrorCell]
	if t.Kind == Stock && 2*rd.untold < n { // understood, and the sender is told where
		unread -= rd.untold
	}
	if unread*50 > n {
		t.doubt(DoubtUnreadNumbers, "")
	}
	if 10*blankProducts > n {
		t.doubt(DoubtNoProduct, Product)
	}
	if 2*outside > n {
		t.doubt(DoubtPeriod, Date)
	}
	if c := columnOf(rd.cols, Amount); c != nil && rd.has(Product) && ofDocument(c.title) {
		t.Doubts = append(t.Doubts, Issue{Code: DoubtRepeatedAmount, Sheet: t.Sheet, Col: rd.v.letterOf(c.col), Role: Amount, Found: c.title})
	}
}

// checkProducts counts the records that name no goods, where others do.
func (t *Table) checkProducts() int {
	if !t.has(Product, ProductCode, Barcode) {
		return 0
	}
	n := 0
	for _, r := range t.Records {
		if r.Text(Product) == "" && r.Text(ProductCode) == "" && r.Text(Barcode) == "" {
			n++
			t.problem(Issue{Code: ProblemBlankProduct, Row: r.Row, Role: Product})
		}
	}
	return n
}

// checkDays counts the records that are dated outside the period.
func (t *Table) checkDays() int {
	if t.Period == nil || !t.has(Date) {
		return 0
	}
	from, to := isoDay(t.Period.From), isoDay(t.Period.To)
	n := 0
	for _, r := range t.Records {
		if v, ok := r.Get(Date); ok && (v.Text < from || v.Text > to) {
			n++
			t.problem(Issue{Code: ProblemOutOfPeriod, Row: r.Row, Col: v.Col, Role: Date, Found: v.Text, Expected: t.Period.String()})
		}
	}
	return n
}

// ofDocument: the title says that the amount is that of a whole document.
func ofDocument(title string) bool {
	for _, w := range titleWords(title) {
		if hasAnyPrefix(w, "документ", "invoice", "накладн", "чека", "счета", "заказа", "factura", "order") {
			return true
		}
	}
	return false
}

func (t *Table) problem(i Issue) {
	if len(t.Problems) < maxProblems {
		i.Sheet = t.Sheet
		t.Problems = append(t.Problems, i)
	}
}

func (t *Table) doubt(code string, r Role) {
	for _, d := range t.Doubts {
		if d.Code == code && d.Role == r {
			return
		}
	}
	t.Doubts = append(t.Doubts, Issue{Code: code, Sheet: t.Sheet, Role: r})
}

// judge decides whether the table may be taken without asking. A list of stock that
// names no day is that of the day it came; sales without a period are asked about.
func (t *Table) judge() {
	goods := t.has(Product, ProductCode, Barcode)
	switch t.Kind {
	case Sales, Returns, Receipts:
		t.doubtUnless(goods, DoubtNoProduct)
		t.doubtUnless(t.has(Quantity, Amount), DoubtNoQuantity)
		t.doubtUnless(t.Kind != Sales || t.tellsPlace(), DoubtNoClient)
		t.doubtUnless(t.Period != nil, DoubtPeriod)
	case Stock, Movement:
		t.doubtUnless(goods, DoubtNoProduct)
		t.doubtUnless(t.has(StockQty), DoubtNoQuantity)
		t.doubtUnless(t.Period != nil || t.Kind == Stock, DoubtPeriod)
	case Orders, Pricelist:
		t.doubtUnless(goods || t.has(Client, ClientCode), DoubtNoProduct)
		t.doubtUnless(t.Kind != Pricelist || t.pricesGoods(), DoubtKind)
	case Clients: // a list of visits or of drivers has names and addresses too
		t.doubtUnless(len(t.Records) > 1, DoubtKind) // a form or a template
		t.doubtUnless(t.identifies(ClientINN) || t.identifies(ClientCode) || t.identifies(OutletCode), DoubtKind)
	case Catalogue:
	default:
		t.doubt(DoubtNotDistribution, "")
	}
	t.settle()
	t.doubtProof()
	t.learn()
	t.Certain = len(t.Doubts) == 0
}

// doubtProof takes back that the totals agree where another column may be the one that is
// summed: the total below each agrees with it, and proves neither.
func (t *Table) doubtProof() {
	rivals := slices.ContainsFunc(t.Doubts, func(d Issue) bool { return d.Code == DoubtTwoColumns && d.Role.IsSummed() })
	if rivals && t.Reconciled != nil && *t.Reconciled {
		t.Reconciled = nil
	}
}

// pricesGoods: most records of a price list have a price, and not all of these are
// fractions of one: rates and shares are.
func (t *Table) pricesGoods() bool {
	one := decimal.NewFromInt(1)
	seen, priced, whole := 0, 0, 0
	for _, r := range t.Records {
		if seen++; seen > 2000 {
			break
		}
		if p, ok := r.Decimal(Price); ok {
			priced++
			if p.GreaterThanOrEqual(one) {
				whole++
			}
		}
	}
	return 2*priced >= min(seen, 2000) && whole > 0
}

// DatedPeriod is the period, or for a list of stock that names no day the day it came.
// Nil where the analyst has to say.
func (t *Table) DatedPeriod(received time.Time) *Period {
	if t.Period != nil || t.Kind != Stock || received.IsZero() {
		return t.Period
	}
	d := day(received.Year(), int(received.Month()), received.Day())
	return &Period{d, d}
}

// tellsPlace: some column says to whom or where the goods went.
func (t *Table) tellsPlace() bool {
	return t.has(Client, ClientCode, ClientINN, Outlet, OutletCode, OutletAddress, City, Region, Warehouse, Channel)
}

// identifies: most records have a value of the role that no other has.
func (t *Table) identifies(r Role) bool {
	seen := map[string]bool{}
	for i := range t.Records {
		if text := t.Records[i].Text(r); text != "" {
			seen[text] = true
		}
	}
	return 2*len(seen) > len(t.Records)
}

// has says whether one of the roles stands anywhere in the table.
func (t *Table) has(roles ...Role) bool {
	for _, r := range roles {
		if _, ok := t.Columns[r]; ok {
			return true
		}
	}
	return false
}

func (t *Table) doubtUnless(ok bool, code string) {
	if !ok {
		t.doubt(code, "")
	}
}
