package table

import (
	"runtime"
	"strings"
	"sync"

	"github.com/distbase/distbase/ingest/grid"
)

// partRows is how many rows are looked at by one goroutine at least: less is not worth it.
const partRows = 10_000

// newView looks at the cells of a sheet, those of a long one in parts side by side.
func newView(s *grid.Sheet) *view {
	return newViewOf(s, max(1, min(runtime.GOMAXPROCS(0), s.Len()/partRows)))
}

func newViewOf(s *grid.Sheet, shares int) *view {
	n := s.Len()
	v := &view{sheet: s, rows: make([]viewRow, n), cells: make([]cell, s.CellsBefore(n)), merges: map[int][]grid.Range{}}
	parts := make([]viewPart, shares)
	var wg sync.WaitGroup
	for i := range parts {
		p := &parts[i]
		p.from, p.to = n*i/len(parts), n*(i+1)/len(parts)
		if i+1 == len(parts) { // the caller's own share
			p.look(v)
			continue
		}
		wg.Go(func() {
			defer func() { p.broken = recover() }() // goes on in the caller's goroutine
			p.look(v)
		})
	}
	wg.Wait()
	v.join(parts)
	for _, m := range s.Merges {
		v.merges[m.FirstRow] = append(v.merges[m.FirstRow], m)
	}
	return v
}

// viewPart is a share of the rows of a sheet, from and up to a row, and what was found
// in it.
type viewPart struct {
	from, to    int
	first, last int // its cells among those of the view
	maxCol      int
	broken      any
}

// look fills in the rows of the part. Its cells begin where they would if there were
// something to see in all cells before them.
func (p *viewPart) look(v *view) {
	p.first = v.sheet.CellsBefore(p.from)
	p.last = p.first
	var above textsAbove
	var buf []grid.Cell
	for ri := p.from; ri < p.to; ri++ {
		r := v.sheet.RowAt(ri, buf)
		buf = r.Cells
		v.rows[ri] = viewRow{N: r.N, first: p.last, outline: r.Outline, hidden: r.Hidden}
		for i := range r.Cells {
			c, ok := lookAt(&r.Cells[i], above.of(r.Cells[i].Col))
			if !ok {
				continue
			}
			v.cells[p.last] = c
			p.last++
			p.maxCol = max(p.maxCol, c.col)
		}
	}
}

// join closes the gaps between the cells of the parts.
func (v *view) join(parts []viewPart) {
	end := 0
	for _, p := range parts {
		if p.broken != nil {
			panic(p.broken)
		}
		if gap := p.first - end; gap > 0 {
			copy(v.cells[end:], v.cells[p.first:p.last])
			for ri := p.from; ri < p.to; ri++ {
				v.rows[ri].first -= gap
			}
		}
		end += p.last - p.first
		v.maxCol = max(v.maxCol, p.maxCol)
	}
	clear(v.cells[end:]) // they would keep texts
	v.cells = v.cells[:end:end]
}

// textsAbove holds the last text of each column by column: columns repeat themselves.
type textsAbove []seenText

// seenText is a text as it stands and the cell made of it.
type seenText struct {
	value string
	cell  cell
}

// of is the last text of a column; nil far to the right.
func (a *textsAbove) of(col int) *seenText {
	const most = 1024
	if col < 1 || col > most {
		return nil
	}
	for len(*a) < col {
		*a = append(*a, seenText{})
	}
	return &(*a)[col-1]
}

// lookAt makes the cell of the view; false where there is nothing to see. Above is
// the last text of its column, nil for unknown.
func lookAt(c *grid.Cell, above *seenText) (cell, bool) {
	out := cell{value: c.Value, col: c.Col, kind: c.Kind, indent: c.Indent, bold: c.Bold}
	switch c.Kind {
	case grid.Empty:
		return out, false
	case grid.Text:
		if above != nil && above.value == c.Value && above.cell.text != "" {
			out.lead, out.text, out.value, out.shape = above.cell.lead, above.cell.text, above.cell.value, above.cell.shape
			return out, true
		}
		t := plainBlanks(c.Value)
		if t == "" {
			return out, false
		}
		out.lead = leadingBlanks(c.Value)
		out.text, out.value, out.shape = t, t, shapeOf(t)
		if above != nil {
			*above = seenText{c.Value, out}
		}
		return out, true
	}
	if out.text = plainBlanks(c.Text); out.text == "" {
		out.text = c.Value
	}
	if c.Kind == grid.Number && c.Format != "" && strings.Trim(c.Format, "0") == "" {
		out.shape = shownDigits
	}
	return out, true
}

// leadingBlanks counts the blanks by which print-outs show depth.
func leadingBlanks(s string) uint8 {
	n := uint8(0)
	for _, r := range s {
		if r != ' ' && r != '\u00a0' && r != '\t' || n == 250 {
			break
		}
		n++
	}
	return n
}
