package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// PartSent records that Telegram took a piece of an outgoing message.
func PartSent(ctx context.Context, q Querier, outboxID int64, part, messageID int) error {
	_, err := q.Exec(ctx, `
		insert into tg_part (outbox_id, part, message_id) values ($1, $2, $3) on conflict do nothing`, outboxID, part, messageID)
	if err != nil {
		return fmt.Errorf("record piece of message %d: %w", outboxID, err)
	}
	return nil
}

// PartsSent returns the pieces of an outgoing message that Telegram took: piece
// to message id.
func PartsSent(ctx context.Context, q Querier, outboxID int64) (map[int]int, error) {
	rows, err := q.Query(ctx, `select part, message_id from tg_part where outbox_id = $1`, outboxID)
	if err != nil {
		return nil, fmt.Errorf("list pieces of message %d: %w", outboxID, err)
	}
	parts := map[int]int{}
	var part, message int
	if _, err := pgx.ForEachRow(rows, []any{&part, &message}, func() error {
		parts[part] = message
		return nil
	}); err != nil {
		return nil, fmt.Errorf("list pieces of message %d: %w", outboxID, err)
	}
	return parts, nil
}

// SentMessage finds what became of an outgoing message: the door's name of it
// when it was sent after a moment. One that still waits is cancelled, since what
// is about to be said says more. ErrNotFound: there is nothing to replace.
func SentMessage(ctx context.Context, q Querier, dedup string, after time.Time) (ref string, err error) {
	if _, err := q.Exec(ctx, `update outbox set state = 'cancelled' where dedup = $1 and state = 'waiting'`, dedup); err != nil {
		return "", fmt.Errorf("find sent message: %w", err)
	}
	err = q.QueryRow(ctx, `
		select sent_ref from outbox where dedup = $1 and state = 'sent' and sent_at > $2 and sent_ref <> ''`, dedup, after).Scan(&ref)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", fmt.Errorf("sent message: %w", ErrNotFound)
	}
	if err != nil {
		return "", fmt.Errorf("find sent message: %w", err)
	}
	return ref, nil
}
