package cube

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Additive reports whether the sum of a measure over the values of any dimension
// is the measure without the dimension.
func Additive(measure string) bool {
	switch measure {
	case "active_outlets", "documents", "stock_quantity":
		return false // an outlet buys more than one brand; stock is no flow
	}
	return true
}

// Fold is the result cut by some of its dimensions only, of the rows that keep
// (nil: all) lets through. Its measures must be additive.
func (r *Result) Fold(keep func(keys []string) bool, dimensions ...string) (*Result, error) {
	for _, m := range r.Measures {
		if !Additive(m) {
			return nil, fmt.Errorf("%s does not add up", m)
		}
	}
	places := make([]int, len(dimensions))
	for i, d := range dimensions {
		if places[i] = slices.Index(r.Dimensions, d); places[i] < 0 {
			return nil, fmt.Errorf("the result is not cut by %s", d)
		}
	}
	out := &Result{Dimensions: dimensions, Measures: r.Measures}
	at := make(map[string]int)
	for _, row := range r.Rows {
		if keep != nil && !keep(row.Keys) {
			continue
		}
		keys := make([]string, len(places))
		for i, p := range places {
			keys[i] = row.Keys[p]
		}
		id := strings.Join(keys, "\x00")
		n, ok := at[id]
		if !ok {
			n = len(out.Rows)
			at[id] = n
			out.Rows = append(out.Rows, Row{Keys: keys, Values: make([]decimal.Decimal, len(r.Measures))})
		}
		for i, v := range row.Values {
			out.Rows[n].Values[i] = out.Rows[n].Values[i].Add(v)
		}
	}
	slices.SortFunc(out.Rows, out.order)
	return out, nil
}

// Rename is the result with the values of a dimension written otherwise: names in
// place of codes. Values that names lacks stay.
func (r *Result) Rename(dimension string, names map[string]string) *Result {
	place := slices.Index(r.Dimensions, dimension)
	if place < 0 {
		return r
	}
	out := &Result{Dimensions: r.Dimensions, Measures: r.Measures, Rows: make([]Row, 0, len(r.Rows))}
	for _, row := range r.Rows {
		if name, ok := names[row.Keys[place]]; ok {
			row.Keys = slices.Clone(row.Keys)
			row.Keys[place] = name
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
