package storage

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// workerLock is the advisory lock that a worker of the job queue holds as long as
// it lives.
func workerLock(id string) string { return "worker:" + id }

// HoldWorker tells other processes that the worker id lives, while f runs.
func (s *Store) HoldWorker(ctx context.Context, id string, f func(ctx context.Context) error) error {
	return s.Hold(ctx, workerLock(id), f)
}

// RescueJobs gives back what workers had begun that live no more: a process that
// was killed leaves its jobs marked as running, and the queue by itself waits for
// the longest that any job may take. It returns how many jobs there were.
func (s *Store) RescueJobs(ctx context.Context, own string) (int64, error) {
	rows, err := s.pool.Query(ctx, `
		select distinct attempted_by[cardinality(attempted_by)] from river_job
		where state = 'running' and attempted_by[cardinality(attempted_by)] <> $1`, own)
	if err != nil {
		return 0, fmt.Errorf("look for jobs of dead workers: %w", err)
	}
	workers, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return 0, fmt.Errorf("look for jobs of dead workers: %w", err)
	}
	var rescued int64
	for _, id := range workers {
		err := s.InTx(ctx, func(tx pgx.Tx) error {
			var dead bool
			err := tx.QueryRow(ctx, `select pg_try_advisory_xact_lock(hashtextextended($1, 0))`, workerLock(id)).Scan(&dead)
			if err != nil || !dead {
				return err
			}
			tag, err := tx.Exec(ctx, `
				update river_job set state = 'available', scheduled_at = now()
				where state = 'running' and attempted_by[cardinality(attempted_by)] = $1`, id)
			rescued += tag.RowsAffected()
			return err
		})
		if err != nil {
			return rescued, fmt.Errorf("rescue jobs of worker %s: %w", id, err)
		}
	}
	return rescued, nil
}
