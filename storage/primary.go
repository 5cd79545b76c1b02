package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// PrimarySale is one line of a shipment of the manufacturer to a distributor.
type PrimarySale struct {
	Day           time.Time
	DistributorID int64
	ProductID     int64
	Document      string
	Quantity      decimal.Decimal // base units
	Amount        decimal.Decimal
}

// ReplacePrimary loads primary sales. What was loaded before of the same
// distributor and day is replaced, so that the same file again changes nothing:
// 1C sends whole days.
func ReplacePrimary(ctx context.Context, q Querier, lines []PrimarySale) error {
	type key struct {
		distributor int64
		day         time.Time
	}
	seen := make(map[key]bool)
	var distributors []int64
	var days []time.Time
	for _, l := range lines {
		if k := (key{l.DistributorID, l.Day}); !seen[k] {
			seen[k] = true
			distributors, days = append(distributors, l.DistributorID), append(days, l.Day)
		}
	}
	if _, err := q.Exec(ctx, `
		delete from primary_sale p using unnest($1::bigint[], $2::date[]) as d (distributor_id, day)
		where p.distributor_id = d.distributor_id and p.day = d.day`, distributors, days); err != nil {
		return fmt.Errorf("replace primary sales: %w", err)
	}
	_, err := q.CopyFrom(ctx, pgx.Identifier{"primary_sale"},
		[]string{"distributor_id", "day", "document", "product_id", "line_no", "quantity", "amount"},
		pgx.CopyFromSlice(len(lines), func(i int) ([]any, error) {
			l := lines[i]
			return []any{l.DistributorID, l.Day, clean(l.Document), l.ProductID, int32(i), l.Quantity, l.Amount}, nil //nolint:gosec // a file has fewer lines
		}))
	if err != nil {
		return fmt.Errorf("load primary sales: %w", err)
	}
	return nil
}
