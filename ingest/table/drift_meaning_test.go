package table

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/grid/drifttest"
)

// changesOfMeaning are what must be asked about wherever a report can change so.
func changesOfMeaning() []drift {
	return []drift{
		retitled("VAT", otherVAT, Amount, StockAmount),
		retitled("unit", otherUnit, Quantity, StockQty),
		retitled("thousands", func(s string) string { return s + ", тыс. руб." }, Amount, StockAmount),
		retitled("sold to stock", func(string) string { return "Остаток на конец" }, Quantity),
		retitled("stock to sold", func(string) string { return "Продано" }, StockQty),
		retitled("amount to discount", func(string) string { return "Сумма скидки" }, Amount),
		{name: "no value across", of: func(s *grid.Sheet, tables []*Table) drifttest.Change {
			t := tables[0]
			rd := t.src.rd
			if rd.cross == nil || rd.cross.what == Date || len(rd.h.parts[rd.cross.groups[1].col-1]) > 1 {
				return nil // a column that no row of titles makes a value is left out
			}
			return added("", "Ретро", placeOf(headingOf(tables).Blocks(s), rd.v.letterOf(rd.cross.groups[1].col)), numbers).of(s, tables)
		}},
		{name: "titles swapped", of: func(s *grid.Sheet, tables []*Table) drifttest.Change {
			h, t := headingOf(tables), tables[0]
			a, b := t.column(Quantity), t.column(Amount)
			if t.Kind == Stock || t.Kind == Movement {
				a, b = t.column(StockQty), t.column(StockAmount)
			}
			if h.First == 0 || a == 0 || b == 0 || a == b || t.alikeFigures(a, b) {
				return nil
			}
			return h.Swapped(a, b)
		}},
	}
}

// placeOf is the place of a column among blocks.
func placeOf(blocks []grid.Range, col int) int {
	return slices.IndexFunc(blocks, func(b grid.Range) bool { return b.FirstCol <= col && col <= b.LastCol })
}

func otherVAT(title string) string {
	for _, p := range [][2]string{{"без НДС", "с НДС"}, {"с НДС", "без НДС"}, {"без ПДВ", "с ПДВ"}, {"с ПДВ", "без ПДВ"}} {
		if strings.Contains(title, p[0]) {
			return strings.Replace(title, p[0], p[1], 1)
		}
	}
	return title + " без НДС"
}

func otherUnit(title string) string {
	if strings.Contains(title, "шт") {
		return strings.Replace(title, "шт", "кор", 1)
	}
	return title + ", кор"
}

// retitled gives the last title over a measure another wording: of its column, or under
// every value of a cross-tab.
func retitled(name string, title func(string) string, roles ...Role) drift {
	return drift{name: name, of: func(s *grid.Sheet, tables []*Table) drifttest.Change {
		h, t := headingOf(tables), tables[0]
		rd := t.src.rd
		var cols []int
		for _, r := range roles {
			if col := t.column(r); col != 0 {
				cols = append(cols, col)
				break
			}
			if rd.cross != nil && len(rd.cross.groups[0].cols) > 1 {
				for _, g := range rd.cross.groups {
					if col := g.cols[r]; col != 0 {
						cols = append(cols, rd.v.letterOf(col))
					}
				}
			}
		}
		if h.First == 0 || len(cols) == 0 {
			return nil
		}
		change := drifttest.Change(func(s *grid.Sheet) *grid.Sheet { return s })
		for _, col := range cols {
			last := 0
			for n := h.First; n <= h.Last; n++ {
				if c, ok := s.Cell(n, col); ok && c.Kind == grid.Text && strings.TrimSpace(c.Value) != "" {
					last = n
				}
			}
			c, _ := s.Cell(last, col)
			if m, ok := bestMatch(c.Value); last == 0 || len(cols) > 1 && (!ok || !slices.Contains(roles, m.role)) {
				return nil // the measure is told elsewhere
			}
			change = change.Then(drifttest.Heading{First: last, Last: last}.Retitled(col, title))
		}
		return change
	}}
}

// alikeFigures: nothing tells the figures of two columns apart.
func (t *Table) alikeFigures(a, b int) bool {
	rd := t.src.rd
	at := func(sheetCol int) int {
		for i := range rd.cols {
			if rd.v.letterOf(i+1) == sheetCol {
				return i + 1
			}
		}
		return 0
	}
	a, b = at(a), at(b)
	return a == 0 || b == 0 || rd.piecesAndMoney([]int{b}, []int{a})
}

func TestChangesOfMeaningOfOwnReportsAreAsked(t *testing.T) {
	t.Parallel()
	askAll(t, ownReports(t))
}

func TestChangesOfMeaningOfRealReportsAreAsked(t *testing.T) {
	t.Parallel()
	all := sharedReports(t)
	if len(all) == 0 {
		t.Skip("the corpus is not here")
	}
	askAll(t, all)
}

func askAll(t *testing.T, all []report) {
	t.Helper()
	var mu sync.Mutex
	n, asked := map[string]int{}, map[string]int{}
	t.Cleanup(func() {
		for _, d := range changesOfMeaning() {
			t.Logf("%s: asked about in %d of %d reports", d.name, asked[d.name], n[d.name])
		}
	})
	for _, r := range all {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			first := r.understand(t, r.file, nil)
			if len(first) == 0 || contradicts(first) || !slices.ContainsFunc(first, isLoaded) {
				return
			}
			if raced && len(first[0].Records) > largeReport {
				t.Skip("a large report is tried without the race detector")
			}
			known := make([]Layout, len(first))
			for i, tb := range first {
				known[i] = tb.Layout()
			}
			for _, d := range changesOfMeaning() {
				file := r.drifted(first, d)
				if file == nil {
					continue
				}
				now := r.understand(t, file, known)
				ok := asksAboutChange(first, now)
				if !ok {
					t.Errorf("%s: not asked: %s", d.name, told(now))
				}
				mu.Lock()
				n[d.name]++
				if ok {
					asked[d.name]++
				}
				mu.Unlock()
			}
		})
	}
}

func isLoaded(t *Table) bool {
	switch t.Kind {
	case Sales, Stock, Movement, Returns:
		return true
	}
	return false
}

// asksAboutChange: a table that was loaded is asked about now, or is not loaded.
func asksAboutChange(first, now []*Table) bool {
	for i, tb := range first {
		if isLoaded(tb) && (i >= len(now) || !isLoaded(now[i]) || len(openDoubts(now[i])) > 0) {
			return true
		}
	}
	return false
}

func told(tables []*Table) string {
	var out []string
	for _, tb := range tables {
		out = append(out, fmt.Sprintf("%s by %q, columns %v, drift %+v", tb.Kind, tb.KnownAs, tb.Columns, tb.Drift))
	}
	return strings.Join(out, "; ")
}
