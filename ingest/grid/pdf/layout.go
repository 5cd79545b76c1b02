package pdf

import (
	"cmp"
	"math"
	"slices"
)

// row is one row of a page.
type row struct {
	ruled  bool
	y      float64
	pieces []piece
	lefts  []float64 // of ruled cells: the place of the line at their left
}

// rows makes rows of the lines of a page: by rulings where there are any, else line by line.
func (p *page) rows() []row {
	f := p.grid()
	var out []row
	index := map[int]int{} // rows of the frame by the place of their upper line
	for _, l := range p.lines() {
		var free []piece
		for _, pc := range l.pieces {
			x, y, ok := 0.0, 0.0, false
			if f != nil {
				x, y, ok = f.box(pc)
			}
			if !ok {
				free = append(free, pc)
				continue
			}
			key := rowKey(index, y)
			i, known := index[key]
			if !known {
				i = len(out)
				index[key] = i
				out = append(out, row{ruled: true, y: y})
			}
			out[i].add(pc, x)
		}
		if len(free) > 0 {
			out = append(out, row{y: l.y, pieces: free})
		}
	}
	slices.SortStableFunc(out, func(a, b row) int { return cmp.Compare(a.y, b.y) })
	return joinWrapped(out)
}

func rowKey(index map[int]int, y float64) int {
	key := int(math.Round(y))
	for d := -near; d <= near; d++ {
		if _, ok := index[key+d]; ok {
			return key + d
		}
	}
	return key
}

// add puts a piece into a ruled cell, behind what the lines above have put there.
func (r *row) add(pc piece, left float64) {
	for i, l := range r.lefts {
		if math.Abs(l-left) <= near {
			r.pieces[i].text += " " + pc.text
			return
		}
	}
	r.pieces, r.lefts = append(r.pieces, pc), append(r.lefts, left)
}

// joinWrapped joins the lines of wrapped cells where no lines are drawn: rows stand clearly further apart than
// lines within a row.
func joinWrapped(rows []row) []row {
	var gaps []float64
	for i := 1; i < len(rows); i++ {
		if a, b := rows[i-1], rows[i]; !a.ruled && !b.ruled && len(a.pieces) > 1 && len(b.pieces) > 1 {
			gaps = append(gaps, b.y-a.y)
		}
	}
	if len(gaps) < 3 {
		return rows
	}
	slices.Sort(gaps)
	usual := gaps[len(gaps)/2]
	out := rows[:1]
	last := rows[0].y
	for _, r := range rows[1:] {
		up := &out[len(out)-1]
		tight := !r.ruled && !up.ruled && r.y-last < 0.75*usual && (len(r.pieces) == 1) != (len(up.pieces) == 1)
		last = r.y
		if tight && up.overlaps(r) {
			up.absorb(r)
			continue
		}
		out = append(out, r)
	}
	return out
}

func (r *row) overlaps(o row) bool {
	for _, a := range r.pieces {
		for _, b := range o.pieces {
			if a.x0 < b.x1 && b.x0 < a.x1 {
				return true
			}
		}
	}
	return false
}

func (r *row) absorb(o row) {
	for _, b := range o.pieces {
		i := slices.IndexFunc(r.pieces, func(a piece) bool { return a.x0 < b.x1 && b.x0 < a.x1 })
		if i < 0 {
			r.pieces = append(r.pieces, b)
			continue
		}
		r.pieces[i].text += " " + b.text
		r.pieces[i].x1 = max(r.pieces[i].x1, b.x1)
	}
}

// maxColumns bounds columns that only few rows fill.
const maxColumns = 1000

type span struct{ from, upto float64 }

// columns finds the left ends of columns for all pages together: places of lines, and between words the white
// that pieces of table rows leave free.
func columns(rows []row) []span {
	var lefts []float64
	var spans []span
	for _, r := range rows {
		lefts = append(lefts, r.lefts...)
		if !r.ruled && len(r.pieces) > 1 {
			for _, pc := range r.pieces {
				spans = append(spans, span{pc.x0, pc.x1})
			}
		}
	}
	if len(lefts) > 0 {
		slices.Sort(lefts)
		return bands(lefts)
	}
	if len(spans) == 0 {
		return nil
	}
	few := tableRows(rows) * 3 / 100
	return exclusive(white(spans, few), rows, few+2)
}

func tableRows(rows []row) int {
	n := 0
	for _, r := range rows {
		if !r.ruled && len(r.pieces) > 1 {
			n++
		}
	}
	return n
}

func bands(lefts []float64) []span {
	var out []span
	for _, x := range lefts {
		if n := len(out); n == 0 || x-out[n-1].from > near {
			if n > 0 {
				out[n-1].upto = x
			}
			out = append(out, span{x, math.Inf(1)})
		}
	}
	return out
}

// white parts the width where at most few pieces stand in the way: titles over several columns are such.
func white(spans []span, few int) []span {
	type edge struct {
		x    float64
		step int
	}
	edges := make([]edge, 0, 2*len(spans))
	for _, s := range spans {
		edges = append(edges, edge{s.from, 1}, edge{s.upto, -1})
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(b.step, a.step)) })
	var out []span
	depth := 0
	for _, e := range edges {
		before := depth
		depth += e.step
		switch {
		case before <= few && depth > few:
			out = append(out, span{from: e.x})
		case before > few && depth <= few:
			out[len(out)-1].upto = e.x
		}
	}
	for _, s := range spans { // columns that only few rows fill
		if len(out) < maxColumns && !slices.ContainsFunc(out, func(o span) bool { return s.from < o.upto && o.from < s.upto }) {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	return out
}

// column is the 1-based column of a piece: of the one it lies in with the most of its width, of the leftmost where
// it goes over several.
func column(cols []span, pc piece) int {
	best, dist := 1, math.Inf(1)
	for i, c := range cols {
		if pc.x0 < c.upto && c.from < pc.x1 {
			return i + 1
		}
		if d := max(c.from-pc.x1, pc.x0-c.upto); d < dist {
			best, dist = i+1, d
		}
	}
	return best
}

// columnAt is the column that begins at a line.
func columnAt(cols []span, left float64) int {
	best := 1
	for i, c := range cols {
		if c.from <= left+near {
			best = i + 1
		}
	}
	return best
}

// exclusive joins neighbouring columns that no row fills both of, where one of them is filled by few rows only:
// a centred heading over numbers at the right edge.
func exclusive(cols []span, rows []row, few int) []span {
	for i := 0; i+1 < len(cols); {
		left, right, both := 0, 0, 0
		for _, r := range rows {
			inLeft, inRight := r.fills(cols[i]), r.fills(cols[i+1])
			switch {
			case inLeft && inRight:
				both++
			case inLeft:
				left++
			case inRight:
				right++
			}
		}
		if both == 0 && min(left, right) <= few && max(left, right) > few {
			cols[i].upto = cols[i+1].upto
			cols = slices.Delete(cols, i+1, i+2)
			continue
		}
		i++
	}
	return cols
}

func (r *row) fills(c span) bool {
	return len(r.pieces) > 1 && slices.ContainsFunc(r.pieces, func(p piece) bool { return p.x0 < c.upto && c.from < p.x1 })
}
