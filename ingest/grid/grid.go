package grid

import (
	"sort"
	"strings"
	"time"
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

// Dialect is how a delimited text is written.
type Dialect struct {
	Delimiter string
	Quote     string
	Escape    string
	// HeaderRow is the line that names the columns, 0 when none does.
	HeaderRow int
}

// Options bounds a read. The zero value means sane defaults.
type Options struct {
	// MaxBytes bounds what a file unpacks to, all members together; 0 means 1 GiB.
	MaxBytes int64
	// MaxCells bounds the non-empty cells of a file; 0 means 5,000,000, which take about 1.1 GB.
	MaxCells int
	// MaxDepth bounds archives inside archives; 0 means 3.
	MaxDepth int
	// Password opens encrypted workbooks.
	Password string
	// Received is when the file came; it is a hint for dates without a year.
	Received time.Time
}

// File is what one file turned out to hold.
type File struct {
	// Name is the base name the file came under.
	Name string
	// Format is a machine word: xlsx, csv, zip, gzip.
	Format   string
	Sheets   []*Sheet
	Warnings []Warning
	// Encoding and Dialect are set for delimited text only.
	Encoding string
	Dialect  *Dialect
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
