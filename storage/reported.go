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
