package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// The priorities of what leaves the house: lower goes first.
const (
	PriorityAnswer = iota // somebody waits for it
	PriorityNotice
	PriorityDigest
)

// File is a stored file that goes with an outgoing message.
type File struct {
	SHA256 string `json:"sha256"` // hexadecimal
	Name   string `json:"name"`
	Type   string `json:"type"`            // media type
	Photo  bool   `json:"photo,omitempty"` // show it as a picture where the door can
}

// PayloadButton is a button under a chat message; its token is a row of button.
type PayloadButton struct {
	Text  string `json:"text"`
	Token string `json:"token"`
}

// Payload is what an outgoing message says. Each door shows of it what it can.
type Payload struct {
	Subject string            `json:"subject,omitempty"` // mail only
	HTML    string            `json:"html"`              // Telegram's HTML subset
	Files   []File            `json:"files,omitempty"`
	Buttons [][]PayloadButton `json:"buttons,omitempty"`
	ReplyTo json.RawMessage   `json:"reply_to,omitempty"` // message.reply_to of what is answered
	EditRef string            `json:"edit_ref,omitempty"` // chat: replace this message of ours
	Lang    string            `json:"lang,omitempty"`
}

// Outgoing is a message on its way out.
type Outgoing struct {
	ID         int64
	Door       string
	Address    string // e-mail address or chat id
	PersonID   *int64
	Dedup      string // two messages of the same dedup are one
	Priority   int
	Payload    Payload
	NotBefore  time.Time // zero: now
	Attempts   int
	MaybeTwice bool // an earlier try may have arrived
}

// AddOutgoing puts a message into the outbox and wakes the sender of its door.
// added is false when one with the same dedup was there before; id is that one's.
func AddOutgoing(ctx context.Context, q Querier, o Outgoing) (id int64, added bool, err error) {
	payload, err := json.Marshal(o.Payload)
	if err != nil {
		return 0, false, fmt.Errorf("encode outgoing message: %w", err)
	}
	var notBefore *time.Time
	if !o.NotBefore.IsZero() {
		notBefore = &o.NotBefore
	}
	err = q.QueryRow(ctx, `
		insert into outbox (door, address, person_id, dedup, priority, payload, not_before)
		values ($1, $2, $3, $4, $5, $6, coalesce($7, now()))
		on conflict (dedup) do nothing returning id`,
		o.Door, o.Address, o.PersonID, o.Dedup, o.Priority, payload, notBefore).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		if err := q.QueryRow(ctx, `select id from outbox where dedup = $1`, o.Dedup).Scan(&id); err != nil {
			return 0, false, fmt.Errorf("find outgoing message: %w", err)
		}
		return id, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("store outgoing message: %w", err)
	}
	return id, true, Notify(ctx, q, TopicOutbox)
}

// ClaimOutgoing takes up to n messages of a door that are due, answers first and
// a chat's in their order, and marks them as being sent. It commits before it
// returns, so that a crash while sending is known afterwards.
func (s *Store) ClaimOutgoing(ctx context.Context, door string, n int) ([]Outgoing, error) {
	rows, err := s.pool.Query(ctx, `
		with due as (
			select id from outbox
			where door = $1 and state = 'waiting' and not_before <= now()
			order by priority, id limit $2 for update skip locked
		)
		update outbox o set state = 'sending', sending_at = now(), attempts = attempts + 1
		from due where o.id = due.id
		returning o.id, o.door, o.address, o.person_id, o.dedup, o.priority, o.payload, o.not_before, o.attempts, o.maybe_twice`,
		door, n)
	if err != nil {
		return nil, fmt.Errorf("claim outgoing messages: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Outgoing, error) {
		var o Outgoing
		err := row.Scan(&o.ID, &o.Door, &o.Address, &o.PersonID, &o.Dedup, &o.Priority, &o.Payload,
			&o.NotBefore, &o.Attempts, &o.MaybeTwice)
		return o, err
	})
	if err != nil {
		return nil, fmt.Errorf("claim outgoing messages: %w", err)
	}
	sortOutgoing(all)
	return all, nil
}

// OutgoingSent records that the door took the message; ref is the door's own
// name of it.
func OutgoingSent(ctx context.Context, q Querier, id int64, ref string) error {
	return setOutgoing(ctx, q, id, `state = 'sent', sent_at = now(), sent_ref = $2, error = null`, ref)
}

// RetryOutgoing puts a message back that certainly did not arrive.
func RetryOutgoing(ctx context.Context, q Querier, id int64, notBefore time.Time, why string) error {
	_, err := q.Exec(ctx, `
		update outbox set state = 'waiting', sending_at = null, not_before = $2, error = $3 where id = $1`,
		id, notBefore, clean(why))
	if err != nil {
		return fmt.Errorf("put outgoing message %d back: %w", id, err)
	}
	return nil
}

// ReleaseOutgoing puts a message back that was not tried at all, since its door did
// not answer: the try does not count.
func ReleaseOutgoing(ctx context.Context, q Querier, id int64, notBefore time.Time, why string) error {
	_, err := q.Exec(ctx, `
		update outbox set state = 'waiting', sending_at = null, attempts = greatest(attempts - 1, 0), not_before = $2, error = $3 where id = $1`,
		id, notBefore, clean(why))
	if err != nil {
		return fmt.Errorf("put outgoing message %d back: %w", id, err)
	}
	return nil
}

// DoubtOutgoing puts a message back of which nobody knows whether it arrived; it
// is sent once more, marked. A message in doubt for the second time is failed.
func DoubtOutgoing(ctx context.Context, q Querier, id int64, notBefore time.Time, why string) error {
	_, err := q.Exec(ctx, `
		update outbox set state = case when maybe_twice then 'failed' else 'waiting' end,
			maybe_twice = true, sending_at = null, not_before = $2, error = $3
		where id = $1 and state = 'sending'`, id, notBefore, clean(why))
	if err != nil {
		return fmt.Errorf("put outgoing message %d back: %w", id, err)
	}
	return nil
}

// OutgoingFailed gives a message up.
func OutgoingFailed(ctx context.Context, q Querier, id int64, why string) error {
	return setOutgoing(ctx, q, id, `state = 'failed', error = $2`, why)
}

// RecoverOutgoing finds the messages of a door that a process left half-sent
// when it died, and puts them back in doubt. The door's only sender calls it
// before it starts.
func RecoverOutgoing(ctx context.Context, q Querier, door string) (int64, error) {
	tag, err := q.Exec(ctx, `
		update outbox set state = case when maybe_twice then 'failed' else 'waiting' end,
			maybe_twice = true, sending_at = null, error = 'the process ended while sending'
		where door = $1 and state = 'sending'`, door)
	if err != nil {
		return 0, fmt.Errorf("recover outgoing messages: %w", err)
	}
	return tag.RowsAffected(), nil
}

func setOutgoing(ctx context.Context, q Querier, id int64, set, arg string) error {
	if _, err := q.Exec(ctx, `update outbox set `+set+` where id = $1`, id, clean(arg)); err != nil {
		return fmt.Errorf("update outgoing message %d: %w", id, err)
	}
	return nil
}

// sortOutgoing restores the order that UPDATE ... RETURNING does not keep.
func sortOutgoing(all []Outgoing) {
	slices.SortFunc(all, func(a, b Outgoing) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.ID, b.ID))
	})
}
