package reports

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// How often the scheduler looks, and how much it takes at once.
const (
	lookEvery = 15 * time.Second
	takeAtMax = 100
)

// Run looks for subscriptions that are due until ctx ends. Any number of
// processes may run it.
func (s *Service) Run(ctx context.Context) error {
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		if _, err := s.EnqueueDue(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("look for summaries that are due", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// EnqueueDue turns every subscription that is due into a job, sets when it is
// due again, and returns how many there were. Of several due times that have
// passed only the last is served.
func (s *Service) EnqueueDue(ctx context.Context) (int, error) {
	total := 0
	for {
		var taken int
		err := s.store.InTx(ctx, func(tx pgx.Tx) error {
			now := s.now()
			due, err := storage.LockDueSubscriptions(ctx, tx, now, takeAtMax)
			if err != nil {
				return err
			}
			taken = len(due)
			for _, sub := range due {
				if err := s.enqueue(ctx, tx, sub, now); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return total, fmt.Errorf("enqueue summaries: %w", err)
		}
		if total += taken; taken < takeAtMax {
			return total, nil
		}
	}
}

func (s *Service) enqueue(ctx context.Context, tx pgx.Tx, sub storage.Subscription, now time.Time) error {
	schedule, err := ParseSchedule(sub.Cron, sub.TZ)
	if err != nil {
		// It was read when it was stored; a zone may have gone since. Another day is
		// better than every fifteen seconds.
		s.log.Error("schedule of subscription", "subscription", sub.ID, "error", err)
		return storage.SetNextDue(ctx, tx, sub.ID, now.Add(24*time.Hour))
	}
	due := schedule.Last(sub.NextDue, now)
	if err := storage.SetNextDue(ctx, tx, sub.ID, schedule.Next(now)); err != nil {
		return err
	}
	return s.store.Enqueue(ctx, tx, storage.MakeSummary{SubscriptionID: sub.ID, DueAt: due.UTC()})
}
