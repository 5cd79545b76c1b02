package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Subscription says which summary a person gets, when and where.
type Subscription struct {
	ID       int64
	PersonID int64
	Summary  string // daily, weekly, monthly: what it speaks of, not when it comes
	Cron     string // five fields
	TZ       string // the zone of Cron
	Door     string
	Address  string
	Cut      Cut
	NextDue  time.Time
}

// Subscribe stores a subscription and returns its id. A person has one of each
// summary and door: subscribing again changes it.
func Subscribe(ctx context.Context, q Querier, s Subscription) (int64, error) {
	cut, err := json.Marshal(s.Cut)
	if err != nil {
		return 0, fmt.Errorf("encode cut: %w", err)
	}
	var id int64
	err = q.QueryRow(ctx, `
		insert into subscription (person_id, summary, cron, tz, door, address, cut, next_due)
		values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (person_id, summary, door) where ended_at is null do update set cron = excluded.cron,
			tz = excluded.tz, address = excluded.address, cut = excluded.cut, next_due = excluded.next_due
		returning id`,
		s.PersonID, s.Summary, s.Cron, s.TZ, s.Door, clean(s.Address), cut, s.NextDue).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store subscription: %w", err)
	}
	return id, nil
}

// EndSubscription ends a person's subscription, or says ErrNotFound.
func EndSubscription(ctx context.Context, q Querier, personID, id int64, at time.Time) error {
	tag, err := q.Exec(ctx, `update subscription set ended_at = $3 where id = $2 and person_id = $1 and ended_at is null`, personID, id, at)
	if err != nil {
		return fmt.Errorf("end subscription %d: %w", id, err)
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("subscription %d: %w", id, ErrNotFound)
	}
	return nil
}

// SubscriptionsOf lists a person's subscriptions in force.
func SubscriptionsOf(ctx context.Context, q Querier, personID int64) ([]Subscription, error) {
	return subscriptions(ctx, q, `where person_id = $1 and ended_at is null order by id`, personID)
}

// SubscriptionByID returns a subscription in force, or ErrNotFound.
func SubscriptionByID(ctx context.Context, q Querier, id int64) (Subscription, error) {
	all, err := subscriptions(ctx, q, `where id = $1 and ended_at is null`, id)
	if err != nil {
		return Subscription{}, err
	}
	if len(all) == 0 {
		return Subscription{}, fmt.Errorf("subscription %d: %w", id, ErrNotFound)
	}
	return all[0], nil
}

// LockDueSubscriptions takes up to n subscriptions that are due and that no other
// process is about to serve. They stay taken until the transaction ends.
func LockDueSubscriptions(ctx context.Context, tx pgx.Tx, now time.Time, n int) ([]Subscription, error) {
	return subscriptions(ctx, tx, `
		where ended_at is null and next_due <= $1 order by next_due, id limit $2 for update skip locked`, now, n)
}

// SetNextDue writes when a subscription is due again.
func SetNextDue(ctx context.Context, q Querier, id int64, next time.Time) error {
	if _, err := q.Exec(ctx, `update subscription set next_due = $2 where id = $1`, id, next); err != nil {
		return fmt.Errorf("set next due time of subscription %d: %w", id, err)
	}
	return nil
}

func subscriptions(ctx context.Context, q Querier, where string, args ...any) ([]Subscription, error) {
	rows, err := q.Query(ctx, `
		select id, person_id, summary, cron, tz, door, address, cut, next_due from subscription `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list subscriptions: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Subscription])
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("list subscriptions: %w", err)
	}
	return all, nil
}
