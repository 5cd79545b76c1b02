package docx

import (
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// table is one that is being read, or was.
type table struct {
	number  int // in the order in which tables begin
	title   string
	rows    []sheet.Row
	merges  []sheet.Range
	open    map[int]int // first column of a merged area that may go on downwards: its place in merges
	row     int
	col     int // the first column of the current cell
	rowDel  bool
	rowHide bool
	cell    *cell
}

// cell is what stands between the marks of one.
type cell struct {
	span       int
	vertical   string // "restart" or "continue"
	horizontal string
	text       strings.Builder
	started    bool // a paragraph stands in it
	strong     bool // some of its text is bold
	plain      bool // some is not
	deleted    bool
}

func (t *table) beginRow() {
	t.row++
	t.col, t.rowDel, t.rowHide = 1, false, false
}

// endRow takes a row that is deleted out of the count.
func (t *table) endRow() {
	if t.rowDel {
		t.row--
		return
	}
	for col, at := range t.open {
		if t.merges[at].LastRow < t.row {
			delete(t.open, col)
		}
	}
}

// endCell puts the cell into the grid.
func (t *table) endCell(b *sheet.Budget) error {
	c := t.cell
	t.cell = nil
	first := t.col
	span := max(1, min(c.span, maxColumns))
	last := first + span - 1
	if last > maxColumns {
		return nil
	}
	t.col = last + 1
	if t.rowDel || c.deleted || t.merged(c, first, last) {
		return nil
	}
	text := strings.Trim(c.text.String(), "\n")
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if err := b.SpendCells(1); err != nil {
		return err
	}
	if n := len(t.rows); n == 0 || t.rows[n-1].N < t.row {
		t.rows = append(t.rows, sheet.Row{N: t.row, Hidden: t.rowHide})
	}
	row := &t.rows[len(t.rows)-1]
	row.Cells = append(row.Cells, sheet.Cell{Row: t.row, Col: first, Kind: sheet.Text, Value: text, Text: text, Bold: c.strong && !c.plain, Hidden: t.rowHide})
	return nil
}

// merged keeps merged areas, and reports whether a cell belongs to one that began
// before it: what stands in such a cell Word does not show (17.4.84, 17.4.22).
func (t *table) merged(c *cell, first, last int) bool {
	if c.horizontal == "continue" && first > 1 {
		t.widen(first-1, last)
		return true
	}
	if at, ok := t.open[first]; ok && c.vertical == "continue" && t.merges[at].LastRow == t.row-1 {
		t.merges[at].LastRow = t.row
		return true
	}
	if last > first || c.vertical != "" || c.horizontal == "restart" {
		if t.open == nil {
			t.open = map[int]int{}
		}
		if c.vertical != "" {
			t.open[first] = len(t.merges)
		}
		t.merges = append(t.merges, sheet.Range{FirstRow: t.row, FirstCol: first, LastRow: t.row, LastCol: last})
	}
	return false
}

// widen stretches the last area of this row where it ends at a column.
func (t *table) widen(end, last int) {
	if n := len(t.merges); n > 0 && t.merges[n-1].FirstRow == t.row && t.merges[n-1].LastCol == end {
		t.merges[n-1].LastCol = last
	}
}

// sheet hands the table over. Areas of one cell are none.
func (t *table) sheet() *sheet.Draft {
	s := &sheet.Draft{Sheet: sheet.Sheet{Name: t.title}, Rows: t.rows}
	for _, m := range t.merges {
		if m.FirstRow < m.LastRow || m.FirstCol < m.LastCol {
			s.Merges = append(s.Merges, m)
		}
	}
	return s
}
