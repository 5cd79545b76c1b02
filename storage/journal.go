package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// JournalEntry is one decision: whose, about what, and what it replaced.
type JournalEntry struct {
	ID       int64
	At       time.Time
	PersonID *int64 // nil: distbase itself
	Action   string
	Subject  string // "item:3/17", "submission:31"
	Detail   json.RawMessage
	Undoes   *int64 // the entry that this one takes back
}

// AddJournal writes an entry and returns its id.
func AddJournal(ctx context.Context, q Querier, e JournalEntry) (int64, error) {
	var id int64
	err := q.QueryRow(ctx, `
		insert into journal (person_id, action, subject, detail, undoes) values ($1, $2, $3, $4, $5) returning id`,
		e.PersonID, e.Action, e.Subject, jsonObject(e.Detail), e.Undoes).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("write journal: %w", err)
	}
	return id, nil
}

// JournalByID returns an entry, or ErrNotFound.
func JournalByID(ctx context.Context, q Querier, id int64) (JournalEntry, error) {
	return oneEntry(ctx, q, `where id = $1`, id)
}

// LastUndoable returns a person's newest entry of one of the actions since a
// moment that nobody has undone, or ErrNotFound.
func LastUndoable(ctx context.Context, q Querier, personID int64, actions []string, since time.Time) (JournalEntry, error) {
	return oneEntry(ctx, q, `j where person_id = $1 and action = any($2) and at >= $3
		and not exists (select from journal u where u.undoes = j.id) order by id desc limit 1`, personID, actions, since)
}

// Undone reports whether an entry was taken back.
func Undone(ctx context.Context, q Querier, id int64) (bool, error) {
	var undone bool
	if err := q.QueryRow(ctx, `select exists (select from journal where undoes = $1)`, id).Scan(&undone); err != nil {
		return false, fmt.Errorf("read journal: %w", err)
	}
	return undone, nil
}

// DistributorsOfJournal lists the distributors whose questions entries have answered.
func DistributorsOfJournal(ctx context.Context, q Querier, ids []int64) ([]int64, error) {
	rows, err := q.Query(ctx, `select distinct distributor_id from question where journal_id = any($1) and distributor_id is not null order by 1`, ids)
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	return all, nil
}

// JournalOf lists the entries about a subject, newest first.
func JournalOf(ctx context.Context, q Querier, subject string) ([]JournalEntry, error) {
	return entries(ctx, q, `where subject = $1 order by id desc`, subject)
}

func oneEntry(ctx context.Context, q Querier, where string, args ...any) (JournalEntry, error) {
	all, err := entries(ctx, q, where, args...)
	if err != nil {
		return JournalEntry{}, err
	}
	if len(all) == 0 {
		return JournalEntry{}, fmt.Errorf("journal entry: %w", ErrNotFound)
	}
	return all[0], nil
}

func entries(ctx context.Context, q Querier, where string, args ...any) ([]JournalEntry, error) {
	rows, err := q.Query(ctx, `select id, at, person_id, action, subject, detail, undoes from journal `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[JournalEntry])
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	return all, nil
}
