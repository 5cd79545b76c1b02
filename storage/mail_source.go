package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// MailSource is a folder of a mailbox that is polled, and how far it was read.
type MailSource struct {
	ID          int64
	Account     string // user@host
	Folder      string
	UIDValidity uint32 // 0: never read
	LastUID     uint32 // every letter up to it has a record, or is old
	LastOKAt    *time.Time
	LastError   string
	GapCheckAt  *time.Time
	RescanSince *time.Time // letters below RescanUntil that are older are known from before
	RescanUntil uint32
}

// ErrCursorMoved says that the cursor of a mailbox is not where the caller left
// it: another process polls the same mailbox.
var ErrCursorMoved = errors.New("the mailbox's cursor was changed by another process")

// OpenMailSource returns the record of a mailbox's folder, made when it is new.
func OpenMailSource(ctx context.Context, q Querier, account, folder string) (MailSource, error) {
	_, err := q.Exec(ctx, `insert into mail_source (account, folder) values ($1, $2) on conflict do nothing`, clean(account), clean(folder))
	if err != nil {
		return MailSource{}, fmt.Errorf("open mailbox record: %w", err)
	}
	all, err := mailSources(ctx, q, `where account = $1 and folder = $2`, clean(account), clean(folder))
	if err != nil {
		return MailSource{}, err
	}
	if len(all) == 0 {
		return MailSource{}, fmt.Errorf("mailbox record: %w", ErrNotFound)
	}
	return all[0], nil
}

// MailSources lists the polled folders, for health and metrics.
func MailSources(ctx context.Context, q Querier) ([]MailSource, error) {
	return mailSources(ctx, q, `order by account, folder`)
}

// RestartMailSource begins a folder anew under another UIDVALIDITY: the cursor
// goes back to 0. Letters with a UID below until that are older than since are
// passed over.
func RestartMailSource(ctx context.Context, q Querier, id int64, uidValidity uint32, since *time.Time, until uint32) error {
	_, err := q.Exec(ctx, `
		update mail_source set uidvalidity = $2, last_uid = 0, rescan_since = $3, rescan_until = $4 where id = $1`,
		id, uidValidity, since, until)
	if err != nil {
		return fmt.Errorf("restart mailbox record: %w", err)
	}
	return nil
}

// AdvanceMailSource moves the cursor up to uid; it never goes back.
// ErrCursorMoved: the folder has another UIDVALIDITY by now.
func AdvanceMailSource(ctx context.Context, q Querier, id int64, uidValidity, uid uint32) error {
	tag, err := q.Exec(ctx, `
		update mail_source set last_uid = greatest(last_uid, $3) where id = $1 and uidvalidity = $2`, id, uidValidity, uid)
	if err != nil {
		return fmt.Errorf("move mailbox cursor: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return ErrCursorMoved
	}
	return nil
}

// MailSourceOK records that the folder was read to its end.
func MailSourceOK(ctx context.Context, q Querier, id int64, at time.Time) error {
	if _, err := q.Exec(ctx, `update mail_source set last_ok_at = $2, last_error = null where id = $1`, id, at); err != nil {
		return fmt.Errorf("update mailbox record: %w", err)
	}
	return nil
}

// MailSourceFailed records why the folder could not be read.
func MailSourceFailed(ctx context.Context, q Querier, id int64, why string) error {
	if _, err := q.Exec(ctx, `update mail_source set last_error = $2 where id = $1`, id, clean(why)); err != nil {
		return fmt.Errorf("update mailbox record: %w", err)
	}
	return nil
}

// GapChecked records when the folder was last compared with the records.
func GapChecked(ctx context.Context, q Querier, id int64, at time.Time) error {
	if _, err := q.Exec(ctx, `update mail_source set gap_check_at = $2 where id = $1`, id, at); err != nil {
		return fmt.Errorf("update mailbox record: %w", err)
	}
	return nil
}

func mailSources(ctx context.Context, q Querier, where string, args ...any) ([]MailSource, error) {
	rows, err := q.Query(ctx, `
		select id, account, folder, uidvalidity, last_uid, last_ok_at, coalesce(last_error, ''), gap_check_at, rescan_since, rescan_until
		from mail_source `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list mailboxes: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[MailSource])
	if err != nil {
		return nil, fmt.Errorf("list mailboxes: %w", err)
	}
	return all, nil
}
