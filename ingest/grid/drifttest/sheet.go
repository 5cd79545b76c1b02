package drifttest

import (
	"slices"

	"github.com/distbase/distbase/ingest/grid"
)

// Change gives a sheet that differs from the one given.
type Change func(*grid.Sheet) *grid.Sheet

// Then makes one change after the other.
func (c Change) Then(next Change) Change {
	return func(s *grid.Sheet) *grid.Sheet { return next(c(s)) }
}

// In makes the change in every sheet of a file that is chosen.
func (c Change) In(f *grid.File, chosen func(*grid.Sheet) bool) *grid.File {
	out := *f
	out.Sheets = nil
	for _, s := range f.Sheets {
		if chosen(s) {
			s = c(s)
		}
		out.Sheets = append(out.Sheets, s)
	}
	return &out
}

// rebuild makes a sheet like s of rows and merges.
func rebuild(s *grid.Sheet, rows []grid.Row, merges []grid.Range) *grid.Sheet {
	out := &grid.Sheet{Path: s.Path, Name: s.Name, Index: s.Index, Hidden: s.Hidden, Merges: merges, Warnings: s.Warnings}
	for _, r := range rows {
		slices.SortFunc(r.Cells, func(a, b grid.Cell) int { return a.Col - b.Col })
		for i := range r.Cells {
			r.Cells[i].Row = r.N
		}
		if err := out.Append(r); err != nil {
			panic(err) // a sheet that was held before can be held again
		}
	}
	return out
}

// width is the last column that holds something.
func width(s *grid.Sheet) int {
	last := 0
	for r := range s.All() {
		for i := range r.Cells {
			if c := &r.Cells[i]; c.Kind != grid.Empty {
				last = max(last, c.Col)
			}
		}
	}
	return last
}

// Renamed gives the sheet another name.
func Renamed(name string) Change {
	return func(s *grid.Sheet) *grid.Sheet {
		out := rebuild(s, s.Rows(), slices.Clone(s.Merges))
		out.Name = name
		return out
	}
}

// Titled puts lines of text over the report.
func Titled(lines ...string) Change {
	return func(s *grid.Sheet) *grid.Sheet {
		var rows []grid.Row
		for i, line := range lines {
			rows = append(rows, grid.Row{N: i + 1, Cells: []grid.Cell{textCell(1, line)}})
		}
		n := len(lines)
		for _, r := range s.Rows() {
			r.N += n
			rows = append(rows, r)
		}
		merges := slices.Clone(s.Merges)
		for i := range merges {
			merges[i].FirstRow += n
			merges[i].LastRow += n
		}
		return rebuild(s, rows, merges)
	}
}

func textCell(col int, text string) grid.Cell {
	return grid.Cell{Col: col, Kind: grid.Text, Value: text, Text: text}
}
