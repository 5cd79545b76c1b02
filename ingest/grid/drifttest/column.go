package drifttest

import (
	"slices"

	"github.com/distbase/distbase/ingest/grid"
)

// Heading is the first and the last row of titles. Rows above it belong to no column.
type Heading struct{ First, Last int }

// Blocks are the columns that can stand elsewhere, from left to right: those that
// merges in the heading or below hold together are one, and those under one upper title.
func (h Heading) Blocks(s *grid.Sheet) []grid.Range {
	w := width(s)
	joined := make([]bool, w+2) // by column: it stands together with the one before it
	for _, m := range s.Merges {
		for col := m.FirstCol + 1; m.LastRow >= h.First && col <= min(m.LastCol, w); col++ {
			joined[col] = true
		}
	}
	if upper, ok := s.Row(h.First); ok && h.Last > h.First {
		for n := h.First + 1; n <= h.Last; n++ {
			lower, _ := s.Row(n)
			for _, c := range lower.Cells {
				titled := slices.ContainsFunc(upper.Cells, func(u grid.Cell) bool { return u.Col == c.Col && u.Kind != grid.Empty })
				joined[c.Col] = joined[c.Col] || c.Kind != grid.Empty && !titled
			}
		}
	}
	var out []grid.Range
	for col := 1; col <= w; col++ {
		if joined[col] && len(out) > 0 {
			out[len(out)-1].LastCol = col
		} else {
			out = append(out, grid.Range{FirstCol: col, LastCol: col})
		}
	}
	return out
}

// Moved puts the block of a column in front of another place in [Heading.Blocks],
// counted from 0; -1 is behind all of them.
func (h Heading) Moved(col, place int) Change {
	return func(s *grid.Sheet) *grid.Sheet {
		blocks := h.Blocks(s)
		from := slices.IndexFunc(blocks, func(b grid.Range) bool { return b.FirstCol <= col && col <= b.LastCol })
		if from < 0 {
			return s
		}
		order := slices.Delete(slices.Clone(blocks), from, from+1)
		if place < 0 || place > len(order) {
			place = len(order)
		}
		order = slices.Insert(order, place, blocks[from])
		to := make([]int, width(s)+1)
		next := 1
		for _, b := range order {
			for c := b.FirstCol; c <= b.LastCol; c++ {
				to[c] = next
				next++
			}
		}
		return h.shifted(s, func(c int) int {
			if c < len(to) {
				return to[c]
			}
			return c
		})
	}
}

// shifted renames the columns of the heading and of what is below it.
func (h Heading) shifted(s *grid.Sheet, to func(int) int) *grid.Sheet {
	rows := s.Rows()
	for k := range rows {
		for i := range rows[k].Cells {
			if c := &rows[k].Cells[i]; rows[k].N >= h.First {
				c.Col = to(c.Col)
			}
		}
	}
	merges := slices.Clone(s.Merges)
	for i := range merges {
		if m := &merges[i]; m.LastRow >= h.First {
			wide := m.LastCol - m.FirstCol
			m.FirstCol = to(m.FirstCol)
			m.LastCol = m.FirstCol + wide
		}
	}
	return rebuild(s, rows, merges)
}

// Column is a column to be added.
type Column struct {
	Title string
	// Value is the cell of a row that holds a record, counted from 0.
	Value func(i int) grid.Cell
	// Records are the rows that have a value, Headings those of all tables of the sheet.
	Records  map[int]bool
	Headings []Heading
}

// Added puts a new column in front of a place in [Heading.Blocks]; -1 is behind all of
// them. Its title is merged over all rows of the heading.
func (h Heading) Added(place int, added Column) Change {
	return func(s *grid.Sheet) *grid.Sheet {
		blocks := h.Blocks(s)
		at := width(s) + 1
		if place >= 0 && place < len(blocks) {
			at = blocks[place].FirstCol
		}
		out := h.shifted(s, func(c int) int {
			if c >= at {
				return c + 1
			}
			return c
		})
		rows, merges := out.Rows(), out.Merges
		n := 0
		for k := range rows {
			r := &rows[k]
			for _, head := range added.Headings {
				if r.N == head.First {
					r.Cells = append(r.Cells, textCell(at, added.Title))
				}
			}
			if added.Records[r.N] {
				c := added.Value(n)
				c.Col = at
				r.Cells = append(r.Cells, c)
				n++
			}
		}
		for _, head := range added.Headings {
			if head.Last > head.First {
				merges = append(merges, grid.Range{FirstRow: head.First, FirstCol: at, LastRow: head.Last, LastCol: at})
			}
		}
		return rebuild(s, rows, merges)
	}
}

// Retitled changes the titles of a column. It does nothing where none says so.
func (h Heading) Retitled(col int, title func(string) string) Change {
	return func(s *grid.Sheet) *grid.Sheet {
		rows := s.Rows()
		for k := range rows {
			for i := range rows[k].Cells {
				c := &rows[k].Cells[i]
				if rows[k].N >= h.First && rows[k].N <= h.Last && c.Col == col && c.Kind == grid.Text {
					c.Value = title(c.Value)
					c.Text = c.Value
				}
			}
		}
		return rebuild(s, rows, slices.Clone(s.Merges))
	}
}

// Swapped gives two columns each other's titles; their cells stay.
func (h Heading) Swapped(a, b int) Change {
	return func(s *grid.Sheet) *grid.Sheet {
		rows := s.Rows()
		for k := range rows {
			for i := range rows[k].Cells {
				c := &rows[k].Cells[i]
				if rows[k].N < h.First || rows[k].N > h.Last {
					continue
				}
				switch c.Col {
				case a:
					c.Col = b
				case b:
					c.Col = a
				}
			}
		}
		return rebuild(s, rows, slices.Clone(s.Merges))
	}
}
