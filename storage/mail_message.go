package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// MailState is what became of one UID of a mailbox.
type MailState string

// The states of a UID.
const (
	MailStored     MailState = "stored"      // a message, handed over to be read
	MailNothing    MailState = "nothing"     // looked at; nothing in it for us
	MailDuplicate  MailState = "duplicate"   // the same bytes came before
	MailTooBig     MailState = "too_big"     // over the limit; somebody was told
	MailFailing    MailState = "failing"     // could not be fetched, is tried again
	MailNeedsHuman MailState = "needs_human" // failed too often; tried again every night
)

// MailMessage is the record of one UID ever seen in a mailbox.
type MailMessage struct {
	SourceID     int64
	UIDValidity  uint32
	UID          uint32
	MessageID    *int64
	State        MailState
	RawSHA256    *SHA256
	HeaderID     string // Message-ID of the letter
	Size         int64
	InternalDate *time.Time
	Error        string
}

// SaveMailMessage writes the record of a UID, over the one there was.
func SaveMailMessage(ctx context.Context, q Querier, m MailMessage) error {
	_, err := q.Exec(ctx, `
		insert into mail_message (source_id, uidvalidity, uid, message_id, state, raw_sha256, header_id, size, internaldate, error)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (source_id, uidvalidity, uid) do update set message_id = excluded.message_id, state = excluded.state,
			raw_sha256 = excluded.raw_sha256, header_id = excluded.header_id, size = excluded.size,
			internaldate = excluded.internaldate, error = excluded.error`,
		m.SourceID, m.UIDValidity, m.UID, m.MessageID, m.State, hashBytes(m.RawSHA256), nullText(m.HeaderID), m.Size, m.InternalDate, nullText(m.Error))
	if err != nil {
		return fmt.Errorf("store mail record: %w", err)
	}
	return nil
}

// FailMailMessage counts a failed try at a UID and returns how many there were.
// The state becomes failing, but stays needs_human where it was.
func FailMailMessage(ctx context.Context, q Querier, sourceID int64, uidValidity, uid uint32, why string) (failures int, err error) {
	err = q.QueryRow(ctx, `
		insert into mail_message (source_id, uidvalidity, uid, state, failures, error) values ($1, $2, $3, 'failing', 1, $4)
		on conflict (source_id, uidvalidity, uid) do update set failures = mail_message.failures + 1, error = excluded.error
		returning failures`, sourceID, uidValidity, uid, clean(why)).Scan(&failures)
	if err != nil {
		return 0, fmt.Errorf("count failed letter: %w", err)
	}
	return failures, nil
}

// MailNeedsPerson marks a UID as one that somebody has to look at.
func MailNeedsPerson(ctx context.Context, q Querier, sourceID int64, uidValidity, uid uint32) error {
	_, err := q.Exec(ctx, `
		update mail_message set state = 'needs_human' where source_id = $1 and uidvalidity = $2 and uid = $3`, sourceID, uidValidity, uid)
	if err != nil {
		return fmt.Errorf("update mail record: %w", err)
	}
	return nil
}

// MailOfHash returns an earlier record of a letter with the same bytes that was
// taken or passed over, or ErrNotFound. The one with a message is preferred.
func MailOfHash(ctx context.Context, q Querier, sum SHA256) (MailMessage, error) {
	m := MailMessage{RawSHA256: &sum}
	err := q.QueryRow(ctx, `
		select source_id, uidvalidity, uid, message_id, state from mail_message
		where raw_sha256 = $1 and state in ('stored', 'nothing', 'duplicate')
		order by message_id is null, message_id limit 1`, sum[:]).Scan(&m.SourceID, &m.UIDValidity, &m.UID, &m.MessageID, &m.State)
	if errors.Is(err, pgx.ErrNoRows) {
		return m, fmt.Errorf("letter %s: %w", sum, ErrNotFound)
	}
	if err != nil {
		return m, fmt.Errorf("look for the same letter: %w", err)
	}
	return m, nil
}

// KnownUIDs tells which of uids have a record that is final: all states but
// failing and needs_human.
func KnownUIDs(ctx context.Context, q Querier, sourceID int64, uidValidity uint32, uids []uint32) (map[uint32]bool, error) {
	wide := make([]int64, len(uids))
	for i, uid := range uids {
		wide[i] = int64(uid)
	}
	found, err := uidsOf(ctx, q, `
		select uid from mail_message
		where source_id = $1 and uidvalidity = $2 and uid = any($3) and state not in ('failing', 'needs_human')`,
		sourceID, uidValidity, wide)
	if err != nil {
		return nil, err
	}
	known := make(map[uint32]bool, len(found))
	for _, uid := range found {
		known[uid] = true
	}
	return known, nil
}

// MailToRetry lists the UIDs of a folder that wait for another try.
func MailToRetry(ctx context.Context, q Querier, sourceID int64, uidValidity uint32) ([]uint32, error) {
	return uidsOf(ctx, q, `
		select uid from mail_message where source_id = $1 and uidvalidity = $2 and state = 'needs_human' order by uid`,
		sourceID, uidValidity)
}

// MailToMark lists UIDs of letters that were taken and that the server was not
// told about yet, at most limit.
func MailToMark(ctx context.Context, q Querier, sourceID int64, uidValidity uint32, limit int) ([]uint32, error) {
	return uidsOf(ctx, q, `
		select uid from mail_message
		where source_id = $1 and uidvalidity = $2 and state in ('stored', 'duplicate') and message_id is not null and moved_at is null
		order by uid limit $3`, sourceID, uidValidity, limit)
}

// MailMarked records that the server knows of the letters.
func MailMarked(ctx context.Context, q Querier, sourceID int64, uidValidity uint32, uids []uint32, at time.Time) error {
	wide := make([]int64, len(uids))
	for i, uid := range uids {
		wide[i] = int64(uid)
	}
	_, err := q.Exec(ctx, `
		update mail_message set moved_at = $4 where source_id = $1 and uidvalidity = $2 and uid = any($3)`, sourceID, uidValidity, wide, at)
	if err != nil {
		return fmt.Errorf("update mail records: %w", err)
	}
	return nil
}

func uidsOf(ctx context.Context, q Querier, sql string, args ...any) ([]uint32, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("list mail records: %w", err)
	}
	uids, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (uint32, error) {
		var uid int64
		err := row.Scan(&uid)
		return uint32(uid), err //nolint:gosec // UIDs have 32 bits
	})
	if err != nil {
		return nil, fmt.Errorf("list mail records: %w", err)
	}
	return uids, nil
}
