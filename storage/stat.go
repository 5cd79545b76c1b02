package storage

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Stat is one figure about the installation's work: a number of records in a
// state.
type Stat struct {
	Name  string // messages, attachments, submissions, questions, outbox, jobs
	State string
	Count int64
}

// Stats counts the records by state.
func Stats(ctx context.Context, q Querier) ([]Stat, error) {
	rows, err := q.Query(ctx, `
		select 'messages', state, count(*) from message group by state
		union all select 'attachments', state, count(*) from attachment group by state
		union all select 'submissions', state, count(*) from submission group by state
		union all select 'questions', state, count(*) from question group by state
		union all select 'outbox', door || '_' || state, count(*) from outbox group by door, state
		union all select 'jobs', state::text, count(*) from river_job group by state
		order by 1, 2`)
	if err != nil {
		return nil, fmt.Errorf("count records: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Stat])
	if err != nil {
		return nil, fmt.Errorf("count records: %w", err)
	}
	return all, nil
}
