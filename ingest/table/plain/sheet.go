package plain

import (
	"sort"

	"github.com/distbase/distbase/ingest/grid"
)

// row is a row of a sheet in short; its cells stay in the sheet.
type row struct {
	at     int // index in the sheet
	filled int
	first  int // column of the first filled cell
	last   int
}

// table is a sheet while its first table is looked for.
type table struct {
	sheet    *grid.Sheet
	declared int // columns that the source writes, empty ones at the end too; 0 where unknown
	rows     []row
	usual    int // filled cells of a usual row
	merged   map[[2]int]string

	headFrom, headTo int // rows of the titles; equal where there are none
	columns          []column
	cells            []grid.Cell
}

// read looks over a sheet; ok is false where nothing stands in it.
func read(s *grid.Sheet, declared int) (t *table, ok bool) {
	t = &table{sheet: s, declared: declared}
	var counts []int
	i := 0
	for r := range s.All() {
		x := row{at: i}
		i++
		for _, c := range r.Cells {
			if c.Kind == grid.Empty || c.Text == "" {
				continue
			}
			if x.filled == 0 {
				x.first = c.Col
			}
			x.filled++
			x.last = c.Col
		}
		t.rows = append(t.rows, x)
		if x.filled > 0 {
			counts = append(counts, x.filled)
		}
	}
	if len(counts) == 0 {
		return nil, false
	}
	sort.Ints(counts)
	t.usual = counts[len(counts)/2]
	t.spread()
	return t, true
}

// maxSpread bounds the cells that merged titles are spread over.
const maxSpread = 1 << 14

// spread takes the titles that are merged over several columns.
func (t *table) spread() {
	t.merged = map[[2]int]string{}
	for _, m := range t.sheet.Merges {
		c, ok := t.sheet.Cell(m.FirstRow, m.FirstCol)
		if !ok || c.Text == "" || m.FirstCol == m.LastCol {
			continue
		}
		for col := m.FirstCol + 1; col <= m.LastCol && len(t.merged) < maxSpread; col++ {
			t.merged[[2]int{m.FirstRow, col}] = c.Text
		}
	}
}

// cellsOf are the filled cells of a row, good until the next call.
func (t *table) cellsOf(i int) []grid.Cell {
	r := t.sheet.RowAt(t.rows[i].at, t.cells)
	t.cells = r.Cells
	out := r.Cells[:0]
	for _, c := range r.Cells {
		if c.Kind != grid.Empty && c.Text != "" {
			out = append(out, c)
		}
	}
	return out
}

// statRows is how many rows tell what a column is made of.
const statRows = 2000

// learn looks at the columns from a row on.
func (t *table) learn(from int) {
	t.columns = nil
	for i, n := from, 0; i < len(t.rows) && n < statRows; i++ {
		if 2*t.rows[i].filled < t.usual || t.rows[i].filled == 0 {
			continue
		}
		n++
		for _, c := range t.cellsOf(i) {
			if c.Col > maxSpread {
				break
			}
			for len(t.columns) < c.Col {
				t.columns = append(t.columns, column{})
			}
			t.columns[c.Col-1].see(c.Text)
		}
	}
}

// contrast counts the cells of a row that are made otherwise than their columns,
// as titles are, and those that are made like a column of values.
func (t *table) contrast(i int) (other, same int) {
	for _, c := range t.cellsOf(i) {
		if c.Col > len(t.columns) {
			continue
		}
		col := &t.columns[c.Col-1]
		is, m := makeupOf(c.Text), col.make()
		switch {
		case m == value && is == value && isYear(c.Text) && 2*col.years < col.filled:
			other++
		case m == value && is == value:
			same++
		case m == value, m == mixed && is == words:
			other++
		}
	}
	return other, same
}
