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
	role     Role
}

// Role says which role the value has.
func (v Value) Role() Role { return v.role }

// Record is one detail row, or one cell of an unpivoted cross-tab, with the
// values of the groups it stands under. It holds non-blank values only.
type Record struct {
	// Row is the 1-based row of the sheet.
	Row    int
	Values []Value
}

// Get finds the value of a role; false where the record has none.
func (r Record) Get(role Role) (Value, bool) {
	for _, v := range r.Values {
		if v.role == role {
			return v, true
		}
	}
	return Value{}, false
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

// set adds or replaces a value.
func (r *Record) set(role Role, v Value) {
	v.role = role
	for i := range r.Values {
		if r.Values[i].role == role {
			r.Values[i] = v
			return
		}
	}
	r.Values = append(r.Values, v)
}

// add sums to a map of totals.
func (r Record) add(sums map[Role]decimal.Decimal) {
	for _, v := range r.Values {
		if v.role.IsSummed() {
			sums[v.role] = sums[v.role].Add(v.Number)
		}
	}
}
