package cube

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/storage"
)

// Result is what a query found: one row a combination of the values of the
// dimensions, ordered by them.
type Result struct {
	Dimensions []string
	Measures   []string
	Rows       []Row
}

// Row is one combination. Keys stand in the order of the dimensions, values in
// that of the measures.
type Row struct {
	Keys   []string
	Values []decimal.Decimal
}

// Run asks the database. A combination that one measure knows and another does
// not has 0 there; without dimensions there is always one row.
func Run(ctx context.Context, q storage.Querier, query Query) (*Result, error) {
	sql, args, err := query.SQL()
	if err != nil {
		return nil, err
	}
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("ask the cube: %w", err)
	}
	result := &Result{Dimensions: slices.Clone(query.By), Measures: slices.Clone(query.Measures)}
	result.Rows, err = pgx.CollectRows(rows, func(found pgx.CollectableRow) (Row, error) {
		row := Row{Keys: make([]string, len(query.By)), Values: make([]decimal.Decimal, len(query.Measures))}
		into := make([]any, 0, len(row.Keys)+len(row.Values))
		for i := range row.Keys {
			into = append(into, &row.Keys[i])
		}
		for i := range row.Values {
			into = append(into, &row.Values[i])
		}
		return row, found.Scan(into...)
	})
	if err != nil {
		return nil, fmt.Errorf("ask the cube: %w", err)
	}
	if query.MaxRows > 0 && len(result.Rows) > query.MaxRows {
		return nil, &TooLargeError{MaxRows: query.MaxRows}
	}
	slices.SortFunc(result.Rows, result.order)
	return result, nil
}

// order compares by bytes, as every database could, but submissions by number.
func (r *Result) order(a, b Row) int {
	for i, d := range r.Dimensions {
		c := cmp.Compare(a.Keys[i], b.Keys[i])
		if d == "submission" {
			x, _ := strconv.ParseInt(a.Keys[i], 10, 64)
			y, _ := strconv.ParseInt(b.Keys[i], 10, 64)
			c = cmp.Compare(x, y)
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// Column is the place of a measure in the values of a row, -1 where there is none.
func (r *Result) Column(measure string) int { return slices.Index(r.Measures, measure) }

// Total adds a measure up over all rows. It means something only for measures
// that are additive: not for active_outlets.
func (r *Result) Total(measure string) decimal.Decimal {
	i, sum := r.Column(measure), decimal.Zero
	if i < 0 {
		return sum
	}
	for _, row := range r.Rows {
		sum = sum.Add(row.Values[i])
	}
	return sum
}
