package table

import (
	"time"

	"github.com/shopspring/decimal"
)

// Value is what a record holds for a role.
type Value struct {
	// Text is a text's own value, a number as the source shows it, a date in ISO 8601.
	Text string
	// Number is set for roles that are numbers.
	Number decimal.Decimal
	// Row and Col are where it stands in the sheet: on the record's own row, on
	// a group row above it or in the heading.
	Row, Col int
}

// Record is one detail row, or one cell of an unpivoted cross-tab, with the
// values of the groups it stands under. It takes 32 bytes: what it holds is read
// off the sheet when it is asked for.
type Record struct {
	// Row is the 1-based row of the sheet.
	Row int
	src *source
	// line is the index of its line, across that of its value of the cross-tab, -1 for none.
	line, across int32
	// part is the rule of the layout that shares the record out, counted from 1: negative
	// for what stays, positive for what moves; 0 for none.
	part int16
}

// Get finds the value of a role; false where the record has none, or what stands
// there is no number or no date as the role asks.
func (r Record) Get(role Role) (Value, bool) {
	if r.src == nil {
		return Value{}, false
	}
	return r.src.value(r, role)
}

// Text gives the text of a role, "" where the record has none.
func (r Record) Text(role Role) string {
	v, _ := r.Get(role)
	return v.Text
}

// Decimal gives the number of a role; false where the record has none.
func (r Record) Decimal(role Role) (decimal.Decimal, bool) {
	v, ok := r.Get(role)
	return v.Number, ok && role.IsNumber()
}

// Day gives the date of the record; false where it has none.
func (r Record) Day() (time.Time, bool) {
	v, ok := r.Get(Date)
	if !ok {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, v.Text)
	return t, err == nil
}
