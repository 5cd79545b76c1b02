package drifttest

import (
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

// Indented changes by how much cells are set in, and the blanks in front of texts too.
func (h Heading) Indented(depth func(uint8) uint8) Change {
	return func(s *grid.Sheet) *grid.Sheet {
		rows := s.Rows()
		for k := range rows {
			for i := range rows[k].Cells {
				c := &rows[k].Cells[i]
				if rows[k].N <= h.Last || c.Kind != grid.Text {
					continue
				}
				c.Indent = depth(c.Indent)
				if bare := strings.TrimLeft(c.Value, " "); len(bare) < len(c.Value) && bare != "" {
					c.Value = strings.Repeat(" ", int(depth(uint8(min(100, len(c.Value)-len(bare)))))) + bare
					c.Text = c.Value
				}
			}
		}
		return rebuild(s, rows, slices.Clone(s.Merges))
	}
}

// IsIndented says whether cells of a column are set in by different depths.
func (h Heading) IsIndented(s *grid.Sheet) bool { return len(h.depths(s)) > 1 }

// depths lists the depths of the first texts of rows.
func (h Heading) depths(s *grid.Sheet) []uint8 {
	var out []uint8
	for r := range s.All() {
		if i := firstText(r); r.N > h.Last && i >= 0 && !slices.Contains(out, r.Cells[i].Indent) {
			out = append(out, r.Cells[i].Indent)
		}
	}
	slices.Sort(out)
	return out
}

func firstText(r grid.Row) int {
	return slices.IndexFunc(r.Cells, func(c grid.Cell) bool { return c.Kind == grid.Text && strings.TrimSpace(c.Value) != "" })
}

// Outlined shows the depth by the outline of rows instead of indents.
func (h Heading) Outlined() Change {
	return func(s *grid.Sheet) *grid.Sheet {
		depths := h.depths(s)
		rows := s.Rows()
		for k := range rows {
			r := &rows[k]
			if i := firstText(*r); r.N > h.Last && i >= 0 {
				r.Outline = uint8(slices.Index(depths, r.Cells[i].Indent))
				for j := range r.Cells {
					r.Cells[j].Indent = 0
				}
			}
		}
		return rebuild(s, rows, slices.Clone(s.Merges))
	}
}

// IsOutlined says whether rows stand at different depths of the outline.
func (h Heading) IsOutlined(s *grid.Sheet) bool {
	first := -1
	for r := range s.All() {
		switch {
		case r.N <= h.Last || firstText(r) < 0:
		case first < 0:
			first = int(r.Outline)
		case int(r.Outline) != first:
			return true
		}
	}
	return false
}

// SetIn shows the depth by indents of the first texts instead of the outline of rows.
func (h Heading) SetIn() Change {
	return func(s *grid.Sheet) *grid.Sheet {
		rows := s.Rows()
		for k := range rows {
			r := &rows[k]
			if i := firstText(*r); r.N > h.Last && i >= 0 {
				r.Cells[i].Indent, r.Outline = 2*r.Outline, 0
			}
		}
		return rebuild(s, rows, slices.Clone(s.Merges))
	}
}
