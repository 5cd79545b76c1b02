package cube

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/distbase/distbase/storage"
)

// Query asks for measures cut by dimensions.
type Query struct {
	Measures []string
	By       []string  // dimensions; none: one row of totals
	From, To time.Time // days, both inclusive; zero: open
	Where    []Filter  // all of them hold
	MaxRows  int       // more combinations are a TooLargeError; 0: no limit
}

// Filter keeps what has one of the values in a dimension.
type Filter struct {
	Dimension string
	Values    []string // "" is what is not mapped
}

// ParseFilters reads filters as people write them, D=V. Several values of one
// dimension are alternatives, an empty V stands for what is not mapped.
func ParseFilters(args []string) ([]Filter, error) {
	var filters []Filter
	for _, arg := range args {
		dimension, value, ok := strings.Cut(arg, "=")
		if !ok {
			return nil, fmt.Errorf("filter %q is not DIMENSION=VALUE", arg)
		}
		i := slices.IndexFunc(filters, func(f Filter) bool { return f.Dimension == dimension })
		if i < 0 {
			filters = append(filters, Filter{Dimension: dimension})
			i = len(filters) - 1
		}
		filters[i].Values = append(filters[i].Values, value)
	}
	return filters, nil
}

// Within is the query limited to what a person may see.
func (q Query) Within(cut storage.Cut) Query {
	q.Where = slices.Clone(q.Where)
	for _, f := range []Filter{
		{"distributor", cut.Distributors}, {"region", cut.Regions}, {"brand", cut.Brands},
	} {
		if len(f.Values) > 0 {
			q.Where = append(q.Where, f)
		}
	}
	return q
}

// Measures lists the names of all measures.
func Measures() []string {
	return []string{
		"quantity", "amount", "primary_quantity", "primary_amount", "stock_quantity",
		"active_outlets", "documents", "rows", "unmapped_amount",
	}
}

// Dimensions lists the names of all dimensions.
func Dimensions() []string {
	return []string{
		"day", "month", "quarter", "year", "distributor", "brand", "category", "product", "item", "outlet",
		"client", "rep", "agent", "channel", "region", "city", "warehouse", "submission",
	}
}

// UnknownError says that there is no measure or dimension of this name.
type UnknownError struct {
	What  string // "measure" or "dimension"
	Name  string
	Known []string
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("there is no %s %q; there are %s", e.What, e.Name, strings.Join(e.Known, ", "))
}

// CutError says that a measure does not know a dimension.
type CutError struct {
	Measure, Dimension string
}

func (e *CutError) Error() string {
	return fmt.Sprintf("%s cannot be cut by %s", e.Measure, e.Dimension)
}

// TooLargeError says that a result has more rows than the caller wants.
type TooLargeError struct{ MaxRows int }

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("the result has more than %d rows", e.MaxRows)
}

// check refuses what the cube does not know before any SQL is written.
func (q Query) check() error {
	if len(q.Measures) == 0 {
		return fmt.Errorf("name at least one measure of %s", strings.Join(Measures(), ", "))
	}
	for _, m := range q.Measures {
		if !slices.Contains(Measures(), m) {
			return &UnknownError{What: "measure", Name: m, Known: Measures()}
		}
	}
	dimensions := slices.Clone(q.By)
	for _, f := range q.Where {
		dimensions = append(dimensions, f.Dimension)
	}
	for _, d := range dimensions {
		if !slices.Contains(Dimensions(), d) {
			return &UnknownError{What: "dimension", Name: d, Known: Dimensions()}
		}
	}
	for _, name := range slices.Concat(q.Measures, q.By) {
		if count(q.Measures, name)+count(q.By, name) > 1 {
			return fmt.Errorf("%s is named twice", name)
		}
	}
	for _, m := range q.Measures {
		for _, d := range dimensions {
			if _, ok := sourceOf(m).dimension(d); !ok {
				return &CutError{Measure: m, Dimension: d}
			}
		}
	}
	if !q.From.IsZero() && !q.To.IsZero() && q.To.Before(q.From) {
		return fmt.Errorf("the span ends on %s, before it begins on %s", q.To.Format(time.DateOnly), q.From.Format(time.DateOnly))
	}
	return nil
}

func count(names []string, name string) int {
	n := 0
	for _, x := range names {
		if x == name {
			n++
		}
	}
	return n
}
