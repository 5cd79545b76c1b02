package reports

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/reports/cube"
	"github.com/distbase/distbase/storage"
)

// spread is the result of a query by day, submission and more, without the
// submission, in which reports without dates lie evenly over the days of their
// period. Such a report is loaded with its last day, and a comparison of "the
// same days" would count all of it or none. The sums of the span stay as they
// were. estimated: there was such a report.
func spread(ctx context.Context, q storage.Querier, r *cube.Result, span Span) (even *cube.Result, estimated bool, err error) {
	days, err := undated(ctx, q, r)
	if err != nil {
		return nil, false, err
	}
	even = &cube.Result{Dimensions: append([]string{"day"}, r.Dimensions[2:]...), Measures: r.Measures}
	for _, row := range r.Rows {
		d, ok := days[row.Keys[1]]
		if ok && d.From.Before(span.From) {
			d.From = span.From
		}
		if !ok || !d.From.Before(d.To) {
			even.Rows = append(even.Rows, cube.Row{Keys: append([]string{row.Keys[0]}, row.Keys[2:]...), Values: row.Values})
			continue
		}
		estimated = true
		even.Rows = append(even.Rows, portions(row, d)...)
	}
	folded, err := even.Fold(nil, even.Dimensions...)
	return folded, estimated, err
}

// portions are the row on every day; the last one takes what rounding leaves.
func portions(row cube.Row, d storage.Days) []cube.Row {
	n := int(d.To.Sub(d.From).Hours()/24) + 1
	left := append([]decimal.Decimal(nil), row.Values...)
	out := make([]cube.Row, 0, n)
	for i := range n {
		keys := append([]string{d.From.AddDate(0, 0, i).Format(time.DateOnly)}, row.Keys[2:]...)
		values := make([]decimal.Decimal, len(left))
		for j := range left {
			values[j] = left[j]
			if i < n-1 {
				values[j] = row.Values[j].DivRound(decimal.NewFromInt(int64(n)), 2)
				left[j] = left[j].Sub(values[j])
			}
		}
		out = append(out, cube.Row{Keys: keys, Values: values})
	}
	return out
}

// undated are the periods of the submissions whose every row lies on the last
// day of a longer period, by their key.
func undated(ctx context.Context, q storage.Querier, r *cube.Result) (map[string]storage.Days, error) {
	last, several := map[string]string{}, map[string]bool{}
	for _, row := range r.Rows {
		day, key := row.Keys[0], row.Keys[1]
		if seen, ok := last[key]; ok && seen != day {
			several[key] = true
		}
		last[key] = day
	}
	var ids []int64
	for key := range last {
		if id, err := strconv.ParseInt(key, 10, 64); err == nil && !several[key] {
			ids = append(ids, id)
		}
	}
	periods, err := storage.ReportDays(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	out := map[string]storage.Days{}
	for id, d := range periods {
		key := fmt.Sprint(id)
		if d.From.Before(d.To) && d.To.Format(time.DateOnly) == last[key] {
			out[key] = d
		}
	}
	return out, nil
}
