package table

import (
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/distbase/distbase/ingest/grid"
)

// Understand finds the tables of a file, in the order of its sheets. Hidden
// sheets are read only where nothing else is there. Known layouts are tried
// first: columns are found by their titles wherever they stand.
//
// No table at all is no error: the file holds nothing about goods or buyers.
// An error means that a sheet broke the reader.
func Understand(f *grid.File, src Source, known []Layout) (tables []*Table, err error) {
	if f == nil {
		return nil, errors.New("understand: no file")
	}
	hidden := !slices.ContainsFunc(f.Sheets, func(s *grid.Sheet) bool { return !s.Hidden })
	for _, s := range f.Sheets {
		if s.Hidden && !hidden {
			continue
		}
		found, err := understandSheet(s, src, known)
		for _, t := range found {
			t.File = fileOf(f, s, src)
		}
		tables = append(tables, found...)
		if err != nil {
			return tables, err
		}
	}
	tables = dropRetellings(tables)
	joinCatalogues(tables)
	nameSheetBuyers(tables)
	for _, t := range tables {
		t.judge()
	}
	return tables, nil
}

// dropRetellings leaves out tables that tell the sales of another one again without
// its goods (by shop, by manager): the same kind, the same sums. Counting both would
// double them.
func dropRetellings(tables []*Table) []*Table {
	return slices.DeleteFunc(slices.Clone(tables), func(t *Table) bool {
		return slices.ContainsFunc(tables, func(o *Table) bool { return o != t && t.retells(o) })
	})
}

func (t *Table) retells(o *Table) bool {
	if t.Kind != o.Kind || t.has(Product, ProductCode, Barcode) || !o.has(Product, ProductCode, Barcode) || t.File != o.File {
		return false
	}
	same := false
	for r, sum := range t.Totals {
		other, ok := o.Totals[r]
		if ok && !closeTo(sum, other) {
			return false
		}
		same = same || ok && !sum.IsZero()
	}
	return same
}

// understandSheet finds the tables of one sheet. A panic becomes an error: files are
// hostile until read.
func understandSheet(s *grid.Sheet, src Source, known []Layout) (tables []*Table, err error) {
	defer func() {
		if p := recover(); p != nil {
			tables, err = nil, fmt.Errorf("understand sheet %q: %v", s.Name, p)
		}
	}()
	for _, v := range newView(s).windows(known) {
		if t := v.understand(src, known); t != nil {
			tables = append(tables, t)
		}
	}
	sharePeriod(tables)
	return tables, nil
}

// sharePeriod gives the period printed over the first table of a sheet to those that
// tell none.
func sharePeriod(tables []*Table) {
	for _, t := range tables {
		if first := tables[0]; first.PeriodSource == PeriodPrinted && (first.Kind == t.Kind || t.Kind != Stock) && t.PeriodSource != PeriodPrinted && t.PeriodSource != PeriodRecords {
			t.Period, t.PeriodSource = first.Period, first.PeriodSource
		}
	}
}

// understand finds the table of one region, nil where there is none. A heading that a
// layout knows goes before the likeliest one that no layout fits wholly.
func (v *view) understand(src Source, known []Layout) *Table {
	h := v.findHeading()
	if h == nil {
		h = v.findMatrix()
	}
	var t *Table
	if h != nil {
		t = v.understandUnder(h, src, known)
	}
	if o := v.understandKnown(h, t, src, known); o != nil {
		return o
	}
	if h != nil || t != nil {
		return t
	}
	if list := v.readHeadless(src); list != nil {
		return v.understandUnder(list, src, known)
	}
	if list := v.readTitledList(src, known); list != nil {
		return v.understandUnder(list, src, known)
	}
	if w, spoken := v.readSpoken(known); spoken != nil {
		return w.understandUnder(spoken, src, known)
	}
	return nil
}

// understandKnown finds the table under a heading that a layout knows, nil where there
// is none or where t, read under h, fits a layout as well.
func (v *view) understandKnown(h *heading, t *Table, src Source, known []Layout) *Table {
	whole := t != nil && t.isWhole()
	if whole && !t.lacksTitle() {
		return nil
	}
	for _, other := range v.knownHeadings(known, h) {
		if t != nil && t.repeats(v, other) {
			continue
		}
		if o := v.understandUnder(other, src, known); o != nil && o.isWhole() && (!whole || !o.lacksTitle()) {
			return o
		}
	}
	return nil
}

// understandUnder reads the table under a heading.
func (v *view) understandUnder(h *heading, src Source, known []Layout) *Table {
	v = v.withYears(h)
	if f := v.foldMeasures(h); f != nil {
		v, h = f.v, f.h
	}
	rd := v.read(h, src, known)
	if f := rd.foldStack(); f != nil {
		rd = f.v.read(f.h, src, known)
		rd.overArticles = f.overArticles
	}
	rd.findGroups()
	rd.found = rd.levels
	if rd.match != nil {
		rd.applyLevels(rd.match.layout)
		rd.applyDetail(rd.match)
	}
	return rd.table(src, known)
}

// read gives columns their roles and looks at every row by itself.
func (v *view) read(h *heading, src Source, known []Layout) *reading {
	rd := &reading{v: v, h: h, problemCount: map[string]int{}, received: src.Received, file: cutExtension(src.FileName)}
	rd.cols, rd.doubts = v.readColumns(h)
	rd.dropDaysToCome()
	rd.preferCounted()
	near := readKindWords(v.preamble(h), v.sheet.Name, v.fileName(src))
	rd.toldBy = readBreakdown(v.preamble(h), v.sheet.Name, v.fileName(src))
	rd.dropUnfilled(near)
	rd.priceByName(near)
	rd.buyersByName(near)
	rd.dropReturned(near)
	rd.near = rd.withTitles(near)
	rd.far = readKindWords(src.Subject, src.Body)
	own, _ := kindOf(func(r Role) bool { return columnOf(rd.cols, r) != nil }, rd.near, rd.far)
	if rd.match = rd.matchLayout(known, own); rd.match != nil {
		rd.apply(rd.match)
		rd.near = rd.withTitles(near)
	}
	if rd.match == nil || !rd.match.layout.tellsAll() {
		rd.findUnnamed()
	}
	rd.year = rd.yearOf(src)
	rd.keepMonths()
	if rd.match == nil || rd.match.layout.crossed() {
		rd.findCrosstab(rd.near)
		if rd.match == nil && rd.namelessCross() {
			rd.findUnnamed()
		}
	}
	if rd.match != nil {
		rd.leaveOut()
	} else {
		rd.readContent()
		rd.findSum()
		rd.takeLatestPrice()
		rd.takeLoneFigure()
		rd.preferGross()
		rd.preferFuller()
		rd.preferWhole()
		rd.doubtNet(near)
		rd.pairBalances()
		rd.soldByIssue()
		rd.boughtByReceipt()
		if h.pointed {
			rd.guessRoles()
		}
	}
	rd.prepare()
	rd.rate()
	rd.readLines()
	rd.markUnnamedTotals()
	rd.markNotes()
	return rd
}

// fileName is the name under which the sheet came: in an archive its own, where that
// says what it is about.
func (v *view) fileName(src Source) string {
	if own := path.Base(v.sheet.Path); v.sheet.Path != "" && readKindWords(own).kind() != "" {
		return own
	}
	return src.FileName
}

// withTitles adds what the titles of the columns taken say about the kind.
func (rd *reading) withTitles(near kindWords) kindWords {
	toBuyer := columnOf(rd.cols, Client) != nil || columnOf(rd.cols, Outlet) != nil ||
		columnOf(rd.cols, StockQty) == nil && columnOf(rd.cols, OpeningQty) == nil && columnOf(rd.cols, StockAmount) == nil
	for i := range rd.h.parts {
		title := rd.h.title(i + 1)
		w, role := readKindWords(title), rd.cols[i].role
		near.sales = near.sales || role == Quantity && soldTitle(title, toBuyer)
		near.ordered = near.ordered || w.orders && (role == Quantity || role == DocNo && !w.sales && columnOf(rd.cols, Client) == nil)
	}
	return near
}

// table builds what is handed out; nil where the sheet is about nothing of interest.
func (rd *reading) table(src Source, known []Layout) *Table {
	m := rd.match
	kind, sure := kindOf(rd.has, rd.near, rd.far)
	if m != nil {
		m.told = rd.toldKind(m)
		kind, sure = m.layout.Kind, true
	}
	if kind == None || rd.keepsAccounts() {
		return nil
	}
	if !sure {
		rd.doubt(Issue{Code: DoubtKind})
	}
	rd.markSumRows()
	grand := rd.splitTotals()
	t := &Table{
		Sheet: rd.v.sheet.Name, Index: rd.v.sheet.Index, Kind: kind,
		HeaderRows: rd.headerRows(),
		Totals:     rd.sumRecords(kind),
	}
	rd.docDates = rd.dateFromDocuments()
	rd.keepConstants(kind)
	t.Records, t.src = rd.records(kind)
	t.Columns = rd.columnRefs(kind)
	if len(t.Records) == 0 {
		return nil
	}
	for i := range rd.h.parts {
		t.Header = append(t.Header, rd.h.title(i+1))
	}
	t.FirstRow, t.LastRow = t.Records[0].Row, t.Records[len(t.Records)-1].Row
	t.PrintedTotals = rd.printedTotals(grand, kind)
	for r := range t.PrintedTotals {
		if _, ok := t.Totals[r]; !ok {
			delete(t.PrintedTotals, r)
		}
	}
	t.Skipped = rd.skipped()
	rd.findProblems()
	t.Doubts, t.Problems = rd.doubts, rd.problems
	t.reconcile()
	rd.findPeriod(t, src)
	t.checkRecords(rd)
	t.doubtColumns(rd)
	t.Fingerprint = rd.fingerprint(kind)
	t.layout = rd.learned(t)
	if m != nil {
		rd.follow(t, m, src.Received)
	} else {
		t.Drift = rd.replaced(known)
	}
	return t
}

// has says whether a role was found anywhere: in a column, on group rows, across.
func (rd *reading) has(r Role) bool {
	if c := columnOf(rd.cols, r); c != nil && (r != DocNo && r != Price && !rd.isBlankMeasure(c) || c.stats.filled > 0) || slices.Contains(rd.levels, r) {
		return true
	}
	if rd.cross == nil {
		return false
	}
	if rd.cross.what == r || rd.cross.second == r {
		return true
	}
	for _, g := range rd.cross.groups {
		if !g.total && g.cols[r] != 0 {
			return true
		}
	}
	return false
}

// isBlankMeasure: nothing stands in the column, and something in another that adds up.
func (rd *reading) isBlankMeasure(c *column) bool {
	return c.role.IsSummed() && c.stats.filled == 0 &&
		slices.ContainsFunc(rd.cols, func(o column) bool { return o.role.IsSummed() && o.stats.filled > 0 })
}
