package table

import (
	"sort"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

// view is a sheet as the rest of the package looks at it: rows by position,
// blanks told apart from values, merges by row.
type view struct {
	sheet  *grid.Sheet
	rows   []grid.Row
	maxCol int
	merges map[int][]grid.Range // by first row
}

func newView(s *grid.Sheet) *view {
	v := &view{sheet: s, rows: s.Rows(), merges: map[int][]grid.Range{}}
	for _, r := range v.rows {
		for i := len(r.Cells) - 1; i >= 0; i-- {
			if !blank(&r.Cells[i]) {
				v.maxCol = max(v.maxCol, r.Cells[i].Col)
				break
			}
		}
	}
	for _, m := range s.Merges {
		v.merges[m.FirstRow] = append(v.merges[m.FirstRow], m)
	}
	return v
}

// cell finds a non-blank cell of the row at position ri; nil where there is none.
func (v *view) cell(ri, col int) *grid.Cell {
	cells := v.rows[ri].Cells
	i := sort.Search(len(cells), func(i int) bool { return cells[i].Col >= col })
	if i == len(cells) || cells[i].Col != col || blank(&cells[i]) {
		return nil
	}
	return &cells[i]
}

// filled lists the non-blank cells of a row.
func (v *view) filled(ri int) []*grid.Cell {
	var out []*grid.Cell
	for i := range v.rows[ri].Cells {
		if c := &v.rows[ri].Cells[i]; !blank(c) {
			out = append(out, c)
		}
	}
	return out
}

// text is what a cell says, trimmed; "" for nil.
func text(c *grid.Cell) string {
	if c == nil {
		return ""
	}
	if c.Kind == grid.Text {
		return plainBlanks(c.Value)
	}
	if t := plainBlanks(c.Text); t != "" {
		return t
	}
	return c.Value
}

// blank: nothing to see. A lone dash stands for nothing too, but is kept where texts are printed.
func blank(c *grid.Cell) bool {
	return c.Kind == grid.Empty || c.Kind == grid.Text && plainBlanks(c.Value) == ""
}

// isLine: a row drawn of dashes.
func isLine(s string) bool { return len(s) > 3 && strings.Trim(s, "-=_*—– |+") == "" }

// looksNumeric says whether a cell could be a measure.
func looksNumeric(c *grid.Cell) bool {
	if c.Kind == grid.Number {
		return true
	}
	if c.Kind != grid.Text {
		return false
	}
	_, ok := ParseNumber(c.Value)
	return ok
}

// columnStats says what stands in a column of the body.
type columnStats struct {
	filled, numbers, numericTexts, dates, letters, spaced int
	distinct                                              map[string]struct{}
}

// mostlyNumbers: at least half of the cells are numbers, and there are some.
func (st columnStats) mostlyNumbers() bool {
	n := st.numbers + st.numericTexts
	return n > 0 && 2*n >= st.filled
}

// maxDistinct bounds the values remembered per column.
const maxDistinct = 64

// stats looks at one column of the rows from position first on.
func (v *view) stats(first, col int) columnStats {
	st := columnStats{distinct: map[string]struct{}{}}
	for ri := first; ri < len(v.rows); ri++ {
		c := v.cell(ri, col)
		if c == nil {
			continue
		}
		st.filled++
		t := text(c)
		if len(st.distinct) < maxDistinct {
			st.distinct[t] = struct{}{}
		}
		switch c.Kind {
		case grid.Number:
			st.numbers++
		case grid.Date:
			st.dates++
		case grid.Text:
			if looksNumeric(c) {
				st.numericTexts++
			}
			if _, ok := parseDay(t, false); ok {
				st.dates++
			}
			if lettersIn(t) > 2 {
				st.letters++
			}
			if strings.ContainsRune(t, ' ') {
				st.spaced++
			}
		}
	}
	return st
}

func lettersIn(s string) int {
	n := 0
	for _, r := range s {
		if runeKind(r) == wordToken {
			n++
		}
	}
	return n
}
