package html

import (
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Bounds of a table: of spans as HTML has them (4.9.11), of columns as Excel has,
// and of the work that areas over many cells make.
const (
	maxColumns = 16384
	maxColSpan = 1000
	maxRowSpan = 65534
	maxSteps   = 1 << 24
)

// table is one that is being read.
type table struct {
	sheet   sheet.Sheet // with its rows, packed
	caption text
	titled  bool // the caption is being read
	row     sheet.Row
	rowLook look
	open    bool // a row is
	cell    *cell
	col     int     // the next column
	taken   []int   // the last row that a cell from above takes, by column
	covers  []cover // what cells of the open row take below
	hidden  []bool  // columns, by their number less one
	steps   int
	bold    int // elements around the text that make it bold
}

// cell is one that is being read.
type cell struct {
	text
	hint   hint
	look   look
	col    int
	bold   bool // its first character is
	header bool
}

// cover is an area that a cell takes in rows below.
type cover struct{ first, last, until int }

func (t *table) startRow(l look) {
	t.row.N++
	t.row.Hidden, t.row.Cells = l.hidden, t.row.Cells[:0]
	t.rowLook, t.open, t.col = l, true, 1
}

// endRow closes the row and marks the columns that its cells take below.
func (t *table) endRow() error {
	t.open = false
	for _, c := range t.covers {
		for len(t.taken) <= c.last {
			t.taken = append(t.taken, 0)
		}
		for col := c.first; col <= c.last; col++ {
			t.taken[col] = max(t.taken[col], c.until)
		}
		t.steps += c.last - c.first
	}
	t.covers = t.covers[:0]
	if t.steps > maxSteps {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "spans"}
	}
	if len(t.row.Cells) == 0 {
		return nil
	}
	return t.sheet.Append(t.row)
}

// place puts a cell into the next free columns of its row and tells the first; 0
// where the table is too wide.
func (t *table) place(colspan, rowspan int, merged bool) int {
	for t.col < len(t.taken) && t.taken[t.col] >= t.row.N {
		t.col++
		t.steps++
	}
	if t.col > maxColumns {
		return 0
	}
	first := t.col
	last := min(first+colspan-1, maxColumns)
	t.col = last + 1
	if rowspan > 1 {
		t.covers = append(t.covers, cover{first, last, t.row.N + rowspan - 1})
	}
	if merged && (rowspan > 1 || last > first) {
		t.sheet.Merges = append(t.sheet.Merges, sheet.Range{FirstRow: t.row.N, FirstCol: first, LastRow: t.row.N + rowspan - 1, LastCol: last})
	}
	return first
}

// column notes what a col element says of some columns.
func (t *table) column(span int, hidden bool) {
	for range min(span, maxColumns-len(t.hidden)) {
		t.hidden = append(t.hidden, hidden)
	}
}

func (t *table) isHidden(col int) bool { return col <= len(t.hidden) && t.hidden[col-1] }
