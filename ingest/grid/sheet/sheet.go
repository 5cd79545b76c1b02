package sheet

import (
	"cmp"
	"iter"
	"slices"
	"sort"
)

// Kind says what a cell holds.
type Kind uint8

// The kinds of a cell.
const (
	Empty Kind = iota
	Number
	Text
	Date
	Bool
	Error
)

// Letter is the kind in one letter, as the command prints it; empty cells have none.
func (k Kind) Letter() string {
	return [...]string{Empty: "", Number: "n", Text: "s", Date: "d", Bool: "b", Error: "e"}[k]
}

// Cell is one non-empty (or formatted) cell. Row and Col are 1-based.
type Cell struct {
	Row, Col int
	Kind     Kind
	// Value is canonical: a number as the shortest decimal text without loss,
	// a date as ISO 8601 (2026-03-01, 2026-03-01T10:20:30, 10:20:30),
	// TRUE or FALSE, an error code, or the text itself.
	Value string
	// Text is the cell as the source shows it.
	Text string
	// Format is the number format code, "" when general.
	Format          string
	Indent, Outline uint8
	Bold, Hidden    bool
}

// Range is a merged area, 1-based and inclusive.
type Range struct{ FirstRow, FirstCol, LastRow, LastCol int }

// Warning is something the reader noticed and went on from.
// Code is a machine word, Text its argument.
type Warning struct {
	Sheet    string
	Row, Col int
	Code     string
	Text     string
}

// Row is one row that holds something. Cells are ordered by Col.
type Row struct {
	// N is the 1-based row number; in CSV it is the line number, blank lines counted.
	N       int
	Outline uint8
	Hidden  bool
	Cells   []Cell
}

// Sheet is one table of cells. Its rows are kept packed, in the order of N: about
// 12 bytes a cell beside the text, which is kept once where it repeats nearby.
// The zero value is an empty sheet. Reading it from several goroutines is safe once
// nothing is appended any more.
type Sheet struct {
	// Path is the path inside an archive or letter, "" for the file itself.
	Path     string
	Name     string
	Index    int
	Hidden   bool
	Merges   []Range
	Warnings []Warning

	rows  []packedRow
	cells packedCells
	texts arena
	looks looks
	loose bool // rows or cells were appended out of order
}

// Append adds a row, whose cells may be reused afterwards. Rows may come in any
// order and in parts: of two cells at one place the last stays. It fails with code
// too_big where the texts exceed 4 GiB.
func (s *Sheet) Append(r Row) error {
	if n := len(s.rows); n > 0 && s.rows[n-1].n >= r.N {
		s.loose = true
	}
	s.rows = append(s.rows, packedRow{n: r.N, first: s.cells.len(), outline: r.Outline, hidden: r.Hidden})
	last := 0
	for i := range r.Cells {
		c := &r.Cells[i]
		s.loose = s.loose || c.Col <= last
		last = c.Col
		p, err := s.pack(c)
		if err != nil {
			return err
		}
		s.cells.append(p, c.Col)
	}
	return nil
}

// Len is the number of rows that hold something.
func (s *Sheet) Len() int {
	s.order()
	return len(s.rows)
}

// CellsBefore is the number of cells in the rows before row i, counted as [Sheet.RowAt]
// does: of all cells where i is Len.
func (s *Sheet) CellsBefore(i int) int {
	s.order()
	if i == len(s.rows) {
		return s.cells.len()
	}
	return s.rows[i].first
}

// RowAt gives row i, counted from 0 over the rows that hold something. Its cells
// are appended to buf[:0], which may be nil.
func (s *Sheet) RowAt(i int, buf []Cell) Row {
	s.order()
	p := s.rows[i]
	end := s.cells.len()
	if i+1 < len(s.rows) {
		end = s.rows[i+1].first
	}
	buf = slices.Grow(buf[:0], end-p.first)
	for k := p.first; k < end; k++ {
		buf = append(buf, s.unpack(&p, k))
	}
	return Row{N: p.n, Outline: p.outline, Hidden: p.hidden, Cells: buf}
}

// All goes over the rows that hold something. The cells of a row are good until
// the next one; their texts stay good.
func (s *Sheet) All() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		var buf []Cell
		for i := range s.Len() {
			r := s.RowAt(i, buf)
			buf = r.Cells
			if !yield(r) {
				return
			}
		}
	}
}

// Row finds a row by its number.
func (s *Sheet) Row(n int) (Row, bool) {
	s.order()
	i := sort.Search(len(s.rows), func(i int) bool { return s.rows[i].n >= n })
	if i == len(s.rows) || s.rows[i].n != n {
		return Row{}, false
	}
	return s.RowAt(i, nil), true
}

// Cell finds a cell by its 1-based row and column.
func (s *Sheet) Cell(row, col int) (Cell, bool) {
	r, _ := s.Row(row)
	i := sort.Search(len(r.Cells), func(i int) bool { return r.Cells[i].Col >= col })
	if i == len(r.Cells) || r.Cells[i].Col != col {
		return Cell{}, false
	}
	return r.Cells[i], true
}

// FullName is the name of a sheet with the path inside the archive it came from.
func (s *Sheet) FullName() string {
	switch {
	case s.Path == "":
		return s.Name
	case s.Name == "":
		return s.Path
	}
	return s.Path + "!" + s.Name
}

// order puts rows and cells that came in no order where they belong.
func (s *Sheet) order() {
	if !s.loose {
		return
	}
	s.loose = false
	type place struct{ row, cell int32 } // indexes into rows and cells
	places := make([]place, 0, s.cells.len()+len(s.rows)/8)
	for i := range s.rows {
		end := s.cells.len()
		if i+1 < len(s.rows) {
			end = s.rows[i+1].first
		}
		for k := s.rows[i].first; k < end; k++ {
			places = append(places, place{int32(i), int32(k)})
		}
		if end == s.rows[i].first {
			places = append(places, place{int32(i), -1})
		}
	}
	col := func(p place) int {
		if p.cell < 0 {
			return 0
		}
		return s.cells.col(int(p.cell))
	}
	slices.SortStableFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(s.rows[a.row].n, s.rows[b.row].n), cmp.Compare(col(a), col(b)))
	})
	var rows []packedRow
	var cells packedCells
	for i, p := range places {
		from := s.rows[p.row]
		if n := len(rows); n == 0 || rows[n-1].n != from.n {
			from.first = cells.len()
			rows = append(rows, from)
		}
		covered := i+1 < len(places) && s.rows[places[i+1].row].n == from.n && col(places[i+1]) == col(p)
		if p.cell >= 0 && !covered {
			cells.append(*s.cells.at(int(p.cell)), col(p))
		}
	}
	s.rows, s.cells = rows, cells
}
