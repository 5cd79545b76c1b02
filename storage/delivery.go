package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Delivery is one summary of one due time: what became of it.
type Delivery struct {
	SubscriptionID int64
	DueAt          time.Time
	OutboxID       *int64 // nil: nothing was sent, Note says why
	Note           string // what was left out
}

// ClaimDelivery makes the delivery of a due time. It reports false when it was
// made before: then the summary has been sent, or is being sent by another
// process, and the caller leaves it alone. A concurrent claim waits for the
// transaction of the first.
func ClaimDelivery(ctx context.Context, tx pgx.Tx, d Delivery) (bool, error) {
	tag, err := tx.Exec(ctx, `
		insert into delivery (subscription_id, due_at, note) values ($1, $2, $3)
		on conflict do nothing`, d.SubscriptionID, d.DueAt, clean(d.Note))
	if err != nil {
		return false, fmt.Errorf("claim delivery: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// SetDeliveryOutbox ties a delivery to its message in the outbox.
func SetDeliveryOutbox(ctx context.Context, q Querier, d Delivery) error {
	if _, err := q.Exec(ctx, `
		update delivery set outbox_id = $3 where subscription_id = $1 and due_at = $2`,
		d.SubscriptionID, d.DueAt, d.OutboxID); err != nil {
		return fmt.Errorf("tie delivery to its message: %w", err)
	}
	return nil
}

// DeliveryAt returns the delivery of a due time, or ErrNotFound: it was not made
// yet.
func DeliveryAt(ctx context.Context, q Querier, subscriptionID int64, dueAt time.Time) (Delivery, error) {
	rows, err := q.Query(ctx, `
		select subscription_id, due_at, outbox_id, note from delivery where subscription_id = $1 and due_at = $2`,
		subscriptionID, dueAt)
	if err != nil {
		return Delivery{}, fmt.Errorf("read delivery: %w", err)
	}
	d, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Delivery])
	if errors.Is(err, pgx.ErrNoRows) {
		return d, fmt.Errorf("delivery of subscription %d: %w", subscriptionID, ErrNotFound)
	}
	if err != nil {
		return d, fmt.Errorf("read delivery: %w", err)
	}
	return d, nil
}

// DeliveriesOf lists what a subscription brought, newest first.
func DeliveriesOf(ctx context.Context, q Querier, subscriptionID int64) ([]Delivery, error) {
	rows, err := q.Query(ctx, `
		select subscription_id, due_at, outbox_id, note from delivery where subscription_id = $1 order by due_at desc`, subscriptionID)
	if err != nil {
		return nil, fmt.Errorf("list deliveries: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Delivery])
	if err != nil {
		return nil, fmt.Errorf("list deliveries: %w", err)
	}
	return all, nil
}
