package storage

import (
	"context"
	"fmt"
)

// Moment is a point of the database's history: whatever a transaction that was not
// over then stores or changes is listed as changed since. Take it before reading, and
// read from it on the next time; some rows may be read twice, none is missed.
func Moment(ctx context.Context, q Querier) (string, error) {
	var m string
	if err := q.QueryRow(ctx, `select pg_snapshot_xmin(pg_current_snapshot())::text`).Scan(&m); err != nil {
		return "", fmt.Errorf("read moment: %w", err)
	}
	return m, nil
}
