package storage

import (
	"context"
	"fmt"
	"time"
)

// CountMailReplies counts the letters that answered something and went to an address
// since a moment.
func CountMailReplies(ctx context.Context, q Querier, address string, since time.Time) (int, error) {
	var n int
	err := q.QueryRow(ctx, `
		select count(*) from outbox
		where door = 'mail' and lower(address) = lower($1) and state = 'sent' and sent_at >= $2 and payload ? 'reply_to'`,
		address, since).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count answers: %w", err)
	}
	return n, nil
}

// OutgoingCancelled records why a message is not sent at all.
func OutgoingCancelled(ctx context.Context, q Querier, id int64, why string) error {
	return setOutgoing(ctx, q, id, `state = 'cancelled', error = $2`, why)
}
