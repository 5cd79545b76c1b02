package table

import (
	"slices"

	"github.com/distbase/distbase/ingest/grid"
)

// windows parts a sheet into the regions that hold one table each: tables beside
// each other first, those below each other then. A sheet of one table is one window.
func (v *view) windows(known []Layout) []*view {
	h := v.headingBy(known)
	if h == nil {
		return []*view{v}
	}
	var out []*view
	for _, beside := range v.beside(h) {
		out = append(out, beside.below()...)
	}
	return out
}

// window is the part of a view in rows [from,to) and columns [first,last]; it shares
// the cells where all columns are meant.
func (v *view) window(from, to, first, last int) *view {
	w := &view{sheet: v.sheet, merges: v.merges}
	if first <= 1 && last >= v.maxCol {
		w.rows, w.cells, w.maxCol = v.rows[from:to:to], v.cells, v.maxCol
		if to < len(v.rows) {
			w.cells = v.cells[:v.rows[to].first]
		}
		return w
	}
	for ri := from; ri < to; ri++ {
		r := v.rows[ri]
		r.first = len(w.cells)
		w.rows = append(w.rows, r)
		for _, c := range v.filled(ri) {
			if c.col >= first && c.col <= last {
				w.cells = append(w.cells, c)
				w.maxCol = max(w.maxCol, c.col)
			}
		}
	}
	return w
}

// beside parts columns where blank ones divide headings that name goods or buyers each.
func (v *view) beside(h *heading) []*view {
	used := make([]bool, v.maxCol+2)
	for ri := h.first; ri < len(v.rows); ri++ {
		for _, c := range v.filled(ri) {
			used[c.col] = true
		}
	}
	type block struct{ first, last int }
	var blocks []block
	for col := 1; col <= v.maxCol; col++ {
		if !used[col] {
			continue
		}
		if n := len(blocks); n > 0 && blocks[n-1].last == col-1 {
			blocks[n-1].last = col
		} else {
			blocks = append(blocks, block{col, col})
		}
	}
	if len(blocks) < 2 {
		return []*view{v}
	}
	var out []*view
	from := 1
	for i, b := range blocks {
		if i > 0 && h.namesTable(b.first, b.last) && h.namesTable(from, blocks[i-1].last) {
			out = append(out, v.window(0, len(v.rows), from, blocks[i-1].last))
			from = b.first
		}
	}
	if len(out) == 0 {
		return []*view{v}
	}
	return append(out, v.window(0, len(v.rows), from, v.maxCol))
}

// namesTable: the titles of the columns name goods or buyers by name, and a measure.
func (h *heading) namesTable(first, last int) bool {
	name, measure := false, false
	for col := first; col <= last && col <= len(h.parts); col++ {
		m, ok := bestMatch(h.title(col))
		name = name || ok && (m.role == Product || m.role == Client)
		measure = measure || ok && m.role.IsNumber()
	}
	return name && measure
}

// below parts rows where a heading of other titles begins after a gap.
func (v *view) below() []*view {
	h := v.findHeading()
	if h == nil {
		return []*view{v}
	}
	var out []*view
	from := 0
	for ri := h.last + 2; ri < len(v.rows); ri++ {
		if !v.beginsTable(h, ri) {
			continue
		}
		start := v.aboveTable(ri)
		if start <= h.last+1 {
			continue
		}
		w := v.window(start, len(v.rows), 1, v.maxCol)
		next := w.findHeading()
		if next == nil || start+next.first > ri+maxHeaderRows {
			continue
		}
		out = append(out, v.window(from, start, 1, v.maxCol))
		from, h = start, &heading{first: start + next.first, last: start + next.last, parts: next.parts}
		ri = h.last + 1
	}
	return append(out, v.window(from, len(v.rows), 1, v.maxCol))
}

// beginsTable: the row looks like titles, others than those of h, and stands after a gap.
func (v *view) beginsTable(h *heading, ri int) bool {
	cells := v.filled(ri)
	if len(cells) < 2 || !v.afterGap(ri) {
		return false
	}
	same := 0
	for i := range cells {
		c := &cells[i]
		if c.kind != grid.Text || c.shape&(numericText|dayText) != 0 {
			return false
		}
		if c.col <= len(h.parts) && slices.Contains(h.parts[c.col-1], oneLine(c.text)) {
			same++
		}
	}
	return 3*same < 2*len(cells) && v.titleRowScore(ri, bestMatch) >= 3
}

// afterGap: blank rows stand before the row, or one with a single text, or a total.
func (v *view) afterGap(ri int) bool {
	if v.rows[ri].N > v.rows[ri-1].N+1 {
		return true
	}
	above := v.filled(ri - 1)
	return len(above) <= 1 || isTotal(above[0].text)
}

// aboveTable is the first row of the lines of title that stand directly above a heading.
func (v *view) aboveTable(ri int) int {
	for n := 0; ri > 0 && n < 8; n++ {
		above := v.filled(ri - 1)
		if len(above) != 1 || isTotal(above[0].text) || v.rows[ri-1].N < v.rows[ri].N-2 {
			return ri
		}
		ri--
	}
	return ri
}
