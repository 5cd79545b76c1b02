package grid

import (
	"github.com/distbase/distbase/ingest/grid/csv"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

type (
	// Kind is sheet.Kind.
	Kind = sheet.Kind
	// Cell is sheet.Cell.
	Cell = sheet.Cell
	// Range is sheet.Range.
	Range = sheet.Range
	// Warning is sheet.Warning.
	Warning = sheet.Warning
	// Row is sheet.Row.
	Row = sheet.Row
	// Sheet is sheet.Sheet.
	Sheet = sheet.Sheet
	// Options is sheet.Options.
	Options = sheet.Options
	// Sink is sheet.Sink.
	Sink = sheet.Sink
	// Dialect is csv.Dialect.
	Dialect = csv.Dialect
	// ReadError is sheet.ReadError.
	ReadError = sheet.ReadError
)

// The kinds of a cell.
const (
	Empty  = sheet.Empty
	Number = sheet.Number
	Text   = sheet.Text
	Date   = sheet.Date
	Bool   = sheet.Bool
	Error  = sheet.Error
)

// Codes of a ReadError.
const (
	CodeEncrypted   = sheet.CodeEncrypted
	CodeUnsupported = sheet.CodeUnsupported
	CodeBroken      = sheet.CodeBroken
	CodeEmpty       = sheet.CodeEmpty
	CodeTooBig      = sheet.CodeTooBig
	CodeCancelled   = sheet.CodeCancelled
)

// ColumnName turns a 1-based column number into letters: 1 is A, 28 is AB.
func ColumnName(col int) string { return sheet.ColumnName(col) }

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
