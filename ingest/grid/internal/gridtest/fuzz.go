package gridtest

import (
	"context"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Fuzz reads what may be anything and checks what readers promise their sink: one
// sheet ends before the next begins, cells stand in their row and in a column, merged
// areas are such, and without an error there is a sheet; of rows what more is asked
// for ([Filled], [Ordered]). It gives the book, of an error what came before. A
// reader that does not end is told by the fuzzer itself, which gives each input 10
// seconds.
func Fuzz[Data []byte | string](t T, read Reader, data Data, opt sheet.Options, rows ...func(sheet.Row) bool) (*sheet.Book, error) {
	t.Helper()
	c := &checked{t: t, rows: rows}
	b := sheet.NewBudget(context.Background(), opt)
	err := read(b, []byte(data), b.Metered(c))
	if err == nil && (c.open != nil || len(c.Sheets) == 0) {
		t.Fatalf("%d sheets, one open %v, and no error", len(c.Sheets), c.open != nil)
	}
	return &c.Book, err
}

// Filled tells rows that hold a cell.
func Filled(r sheet.Row) bool { return len(r.Cells) > 0 }

// Ordered tells rows with one cell in a column, in the order of columns.
func Ordered(r sheet.Row) bool {
	for i := 1; i < len(r.Cells); i++ {
		if r.Cells[i-1].Col >= r.Cells[i].Col {
			return false
		}
	}
	return true
}

// checked is a book that holds a reader to its promises.
type checked struct {
	sheet.Book
	t    T
	rows []func(sheet.Row) bool
	open *sheet.Sheet
}

func (c *checked) Begin(s *sheet.Sheet) error {
	if c.open != nil {
		c.t.Fatalf("sheet %q begins in %q", s.Name, c.open.Name)
	}
	c.open = s
	return c.Book.Begin(s)
}

func (c *checked) Row(r sheet.Row) error {
	if c.open == nil || r.N < 1 {
		c.t.Fatalf("row %d, sheet open %v", r.N, c.open != nil)
	}
	for i := range r.Cells {
		if r.Cells[i].Row != r.N || r.Cells[i].Col < 1 || r.Cells[i].Kind == sheet.Empty {
			c.t.Fatalf("cell %+v in row %d", r.Cells[i], r.N)
		}
	}
	for _, good := range c.rows {
		if !good(r) {
			c.t.Fatalf("row %d is %+v", r.N, r.Cells)
		}
	}
	return c.Book.Row(r)
}

func (c *checked) End(s *sheet.Sheet) error {
	if c.open != s {
		c.t.Fatalf("sheet %q ends, which is not open", s.Name)
	}
	for _, m := range s.Merges {
		if m.FirstRow < 1 || m.FirstCol < 1 || m.LastRow < m.FirstRow || m.LastCol < m.FirstCol {
			c.t.Fatalf("merged area %+v in %q", m, s.Name)
		}
	}
	c.open = nil
	return c.Book.End(s)
}
