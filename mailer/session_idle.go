package mailer

import (
	"context"
	"fmt"
	"time"
)

// longestIdle is under what routers and providers allow a quiet connection; the
// library's own restart after 28 minutes comes too late for many.
const longestIdle = 9 * time.Minute

// Idle waits until the server tells of a change, d has passed or ctx ends. A
// change that was told before, during another command, counts. Every error means
// that the connection is to be made anew, whatever it says.
func (s *session) Idle(ctx context.Context, d time.Duration) error {
	select {
	case <-s.news:
		return nil
	default:
	}
	err := s.command(func() error { return s.idle(ctx, min(d, longestIdle)) })
	if err != nil {
		return fmt.Errorf("idle: %w", err)
	}
	return nil
}

func (s *session) idle(ctx context.Context, d time.Duration) error {
	cmd, err := s.client.Idle() // within the patience: a server may never agree
	if err != nil {
		return err
	}
	if err := s.conn.Patience(0); err != nil {
		return err
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-s.news:
	case <-timer.C:
	case <-s.client.Closed():
	case <-ctx.Done():
	}
	if err := s.conn.Patience(s.silent); err != nil {
		return err
	}
	if err := cmd.Close(); err != nil {
		return err
	}
	return cmd.Wait()
}
