package table

import (
	"strconv"
	"time"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/shopspring/decimal"
)

// Source is what came with a file. Every part may be empty; they are hints for
// the period, asked in the order file name, subject, body.
type Source struct {
	FileName string
	Subject  string
	Body     string
	// Received is when the report came. A date without a year is the latest one not after it.
	Received time.Time
}

// Table is one table found in a sheet.
type Table struct {
	// File is the path inside an archive or letter, else the name of the file.
	File, Sheet string
	// Index counts the sheets from 1.
	Index int
	Kind  Kind
	// HeaderRows is the first and last row of the heading, zeros where there is none.
	HeaderRows        [2]int
	FirstRow, LastRow int
	Columns           map[Role]ColumnRef
	// Header is the title of every column of the sheet, rows of a heading joined by a space.
	Header  []string
	Period  *Period
	Records []Record
	// PeriodSource is where the period was told: printed, sheet, file, subject, body, records; "" for none.
	PeriodSource string
	// Totals are sums over the records, PrintedTotals what the file itself says.
	Totals, PrintedTotals map[Role]decimal.Decimal
	// Reconciled is nil where nothing is printed that could be compared.
	Reconciled *bool
	// Certain means that the table may be loaded without asking: there are no Doubts.
	Certain bool
	Doubts  []Issue
	// Problems are cells and rows that a person has to look at; they do not stop the table.
	Problems []Issue
	Skipped  []SkippedRow
	// Fingerprint tells layouts apart: titles of the heading and kind, not their order, never the data.
	Fingerprint string
	// KnownAs is the fingerprint of the layout the table was read by, "" where it is new.
	KnownAs string
	// Drift is how the file differs from that layout.
	Drift []Drift

	layout Layout
	src    *source
}

// ColumnRef is where a role stands: a letter, "group:N" (1 the outermost) or "across:WHAT".
type ColumnRef string

// Column makes the reference of a 1-based column number.
func Column(col int) ColumnRef { return ColumnRef(grid.ColumnName(col)) }

// Group makes the reference of a level of group rows.
func Group(level int) ColumnRef { return ColumnRef("group:" + strconv.Itoa(level)) }

// Across makes the reference of a cross-tab's heading.
func Across(what Role) ColumnRef {
	if what == Date {
		return "across:month"
	}
	return ColumnRef("across:" + string(what))
}

// Issue is something a person should know. Code is a machine word; Found and
// Expected are its arguments. Row and Col are 0 where it is not about a cell.
type Issue struct {
	Code     string
	Sheet    string
	Row, Col int
	Role     Role
	Found    string
	Expected string
}

// Codes of doubts: why a table is not certain.
const (
	DoubtNoProduct       = "no_product"        // no column names the goods
	DoubtNoClient        = "no_client"         // sales, and nothing says to whom or where
	DoubtNoQuantity      = "no_quantity"       // no quantity and no amount
	DoubtKind            = "kind_unknown"      // nothing says what is reported
	DoubtPeriod          = "period_unknown"    // neither the file nor the letter tells the period
	DoubtTotal           = "total_mismatch"    // a printed total differs: Found printed, Expected the sum
	DoubtSubtotal        = "subtotal_mismatch" // a group's figure differs from the sum of its rows
	DoubtSumRow          = "sum_row"           // a record, Found, is the sum of those above it
	DoubtOddRow          = "odd_row"           // a record, Found, lacks all that the others tell
	DoubtThousands       = "in_thousands"      // money, Role, is told in thousands or millions: Found says so
	DoubtTwoColumns      = "two_columns"       // two columns could be Role: Found and Expected are their titles
	DoubtUnreadNumbers   = "unread_numbers"    // many cells of a measure are no numbers
	DoubtGroups          = "groups_unclear"    // group rows whose meaning is not told by the heading
	DoubtCrosstab        = "crosstab_unclear"  // what stands across the heading is a guess
	DoubtNumberStyle     = "number_style"      // "1,234" may be a thousand or a decimal comma
	DoubtRepeatedAmount  = "repeated_amount"   // an amount of the whole document stands in each of its lines
	DoubtWeakColumn      = "weak_column"       // Role is told by little: Found is the title; no printed total proves it
	DoubtUnknownColumn   = "unknown_column"    // a column whose title, Found, says nothing may be Role
	DoubtDrift           = "drift"             // the file differs from its layout in what figures mean; see Drift
	DoubtNotDistribution = "not_a_report_kind" // neither sales nor stock
)

// Codes of problems: what is wrong in a cell.
const (
	ProblemNotNumber    = "not_a_number"
	ProblemNegative     = "negative_price"
	ProblemNotDate      = "not_a_date"
	ProblemOutOfPeriod  = "date_out_of_period"
	ProblemBlankProduct = "blank_product"
	ProblemErrorCell    = "error_cell"
)

// Reasons of skipped rows.
const (
	SkipTitle    = "title"
	SkipGroup    = "group"
	SkipDetail   = "detail" // it is a part of a record
	SkipSubtotal = "subtotal"
	SkipTotal    = "total"
	SkipNote     = "note"
	SkipBlank    = "blank"
	SkipHeader   = "repeated header"
)

// SkippedRow is a row that is no record, and why.
type SkippedRow struct {
	Row    int
	Reason string
}
