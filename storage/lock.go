package storage

import (
	"context"
	"fmt"
	"time"
)

// Hold waits until this process is the only one that holds the advisory lock
// name, runs f, and gives the lock back. The lock lives in a database session
// of its own; when that session is lost f's context is cancelled, since another
// process may then hold the lock. Hold returns f's error, or ctx's.
func (s *Store) Hold(ctx context.Context, name string, f func(ctx context.Context) error) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("borrow connection for lock %q: %w", name, err)
	}
	raw := conn.Hijack()
	defer func() { _ = raw.Close(context.WithoutCancel(ctx)) }()
	for {
		var got bool
		if err := raw.QueryRow(ctx, `select pg_try_advisory_lock(hashtextextended($1, 0))`, name).Scan(&got); err != nil {
			return fmt.Errorf("take lock %q: %w", name, err)
		}
		if got {
			break
		}
		if wait(ctx, time.Second); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	held, lose := context.WithCancelCause(ctx)
	defer lose(nil)
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		for held.Err() == nil {
			if wait(held, 5*time.Second); held.Err() != nil {
				return
			}
			if err := raw.Ping(held); err != nil {
				lose(fmt.Errorf("lock %q lost: %w", name, err))
			}
		}
	}()
	err = f(held)
	lose(nil)
	<-watching
	return err
}
