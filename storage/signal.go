package storage

import (
	"context"
	"fmt"
	"time"
)

// Topics that Notify and Listen use: something new for whoever serves it.
const (
	TopicOutbox   = "distbase_outbox"   // a message waits to be sent
	TopicQuestion = "distbase_question" // the analyst's queue changed
	TopicUpdate   = "distbase_update"   // a Telegram update waits to be handled
)

// Notify wakes the listeners of topic when the transaction of q commits.
func Notify(ctx context.Context, q Querier, topic string) error {
	if _, err := q.Exec(ctx, `select pg_notify($1, '')`, topic); err != nil {
		return fmt.Errorf("notify %s: %w", topic, err)
	}
	return nil
}

// Listen sends on the returned channel after each notification of topic, and
// every interval besides, since a notification is lost while the connection is
// down. Signals that nobody took yet are merged. The channel is closed when ctx
// ends.
func (s *Store) Listen(ctx context.Context, topic string, interval time.Duration) <-chan struct{} {
	out := make(chan struct{}, 1)
	wake := func() {
		select {
		case out <- struct{}{}:
		default:
		}
	}
	go func() {
		defer close(out)
		for ctx.Err() == nil {
			wake()
			if err := s.listenOnce(ctx, topic, interval, wake); err != nil && ctx.Err() == nil {
				s.log.Warn("listen", "topic", topic, "error", err)
				wait(ctx, interval)
			}
		}
	}()
	return out
}

func (s *Store) listenOnce(ctx context.Context, topic string, interval time.Duration, wake func()) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("borrow connection: %w", err)
	}
	// A connection that listens must not go back to the pool.
	raw := conn.Hijack()
	defer func() { _ = raw.Close(context.WithoutCancel(ctx)) }()
	if _, err := raw.Exec(ctx, "listen "+topic); err != nil {
		return fmt.Errorf("listen %s: %w", topic, err)
	}
	for {
		turn, cancel := context.WithTimeout(ctx, interval)
		_, err := raw.WaitForNotification(turn)
		expired := turn.Err() != nil
		cancel()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && !expired {
			return fmt.Errorf("wait for %s: %w", topic, err)
		}
		wake()
		if raw.IsClosed() {
			return nil
		}
	}
}

func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
