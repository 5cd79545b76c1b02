package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Reported says up to which day a distributor's sales are there.
type Reported struct {
	DistributorID int64
	LoadedTo      *time.Time // the last day of what is loaded; nil: nothing
	WaitingTo     *time.Time // of what has come and is not loaded yet; nil: nothing waits
}

// ReportedSales lists it for the distributors that ever sent sales. A report
// whose period is not known yet counts to the day before it came.
func ReportedSales(ctx context.Context, q Querier) ([]Reported, error) {
	rows, err := q.Query(ctx, `
		select distributor_id, max(period_to) filter (where state = 'loaded'),
			max(coalesce(period_to, created_at::date - 1)) filter (where state in ('understood', 'asked'))
		from submission where kind = 'sales' group by distributor_id`)
	if err != nil {
		return nil, fmt.Errorf("list what was reported: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Reported])
	if err != nil {
		return nil, fmt.Errorf("list what was reported: %w", err)
	}
	return all, nil
}

// Days are the first and the last day of a report.
type Days struct{ From, To time.Time }

// ReportDays are the periods of submissions that have one.
func ReportDays(ctx context.Context, q Querier, ids []int64) (map[int64]Days, error) {
	rows, err := q.Query(ctx, `
		select id, period_from, period_to from submission
		where id = any($1) and period_from is not null and period_to is not null`, ids)
	if err != nil {
		return nil, fmt.Errorf("read periods of reports: %w", err)
	}
	out := make(map[int64]Days, len(ids))
	var id int64
	var d Days
	_, err = pgx.ForEachRow(rows, []any{&id, &d.From, &d.To}, func() error {
		out[id] = d
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read periods of reports: %w", err)
	}
	return out, nil
}
