package sheet

import (
	"sort"
	"strings"
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

// Sheet is one table of cells. Rows are ordered by N.
type Sheet struct {
	// Path is the path inside an archive or letter, "" for the file itself.
	Path     string
	Name     string
	Index    int
	Hidden   bool
	Rows     []Row
	Merges   []Range
	Warnings []Warning
}

// Row finds a row by its number.
func (s *Sheet) Row(n int) (*Row, bool) {
	i := sort.Search(len(s.Rows), func(i int) bool { return s.Rows[i].N >= n })
	if i == len(s.Rows) || s.Rows[i].N != n {
		return nil, false
	}
	return &s.Rows[i], true
}

// Cell finds a cell by its 1-based row and column.
func (s *Sheet) Cell(row, col int) (Cell, bool) {
	r, ok := s.Row(row)
	if !ok {
		return Cell{}, false
	}
	i := sort.Search(len(r.Cells), func(i int) bool { return r.Cells[i].Col >= col })
	if i == len(r.Cells) || r.Cells[i].Col != col {
		return Cell{}, false
	}
	return r.Cells[i], true
}

// ColumnName turns a 1-based column number into letters: 1 is A, 28 is AB.
func ColumnName(col int) string {
	var b strings.Builder
	var letters []byte
	for col > 0 {
		col--
		letters = append(letters, byte('A'+col%26))
		col /= 26
	}
	for i := len(letters) - 1; i >= 0; i-- {
		b.WriteByte(letters[i])
	}
	return b.String()
}

// Letter is the kind in one letter, as the command prints it; empty cells have none.
func (k Kind) Letter() string {
	return [...]string{Empty: "", Number: "n", Text: "s", Date: "d", Bool: "b", Error: "e"}[k]
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
