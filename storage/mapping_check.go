package storage

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Check is what a person said of what the matcher took for the likeliest.
type Check struct {
	DistributorID int64
	Kind          string // AskItem, AskClient, AskAgent
	NameID        int64  // of the item, client or agent
	Confidence    float64
	Automatic     bool // it had been mapped without asking
	Right         bool // the likeliest is right; of an automatic mapping: the mapping is
	HeldForeign   bool // the matcher took the name for none of ours
	Foreign       bool // the person says that it is none of ours
	PersonID      int64
	JournalID     int64 // the answer that says so
}

// AddCheck stores a check.
func AddCheck(ctx context.Context, q Querier, c Check) error {
	_, err := q.Exec(ctx, `
		insert into mapping_check (distributor_id, kind, name_id, confidence, automatic, is_right, held_foreign, is_foreign, person_id, journal_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		c.DistributorID, c.Kind, c.NameID, c.Confidence, c.Automatic, c.Right, c.HeldForeign, c.Foreign, c.PersonID, c.JournalID)
	if err != nil {
		return fmt.Errorf("store check: %w", err)
	}
	return nil
}

// WithdrawChecks takes back what an answer said of the matcher.
func WithdrawChecks(ctx context.Context, q Querier, journalID int64) error {
	if _, err := q.Exec(ctx, `update mapping_check set withdrawn_at = now() where journal_id = $1 and withdrawn_at is null`, journalID); err != nil {
		return fmt.Errorf("withdraw checks: %w", err)
	}
	return nil
}

// checksRead is how many checks of a distributor count: older ones speak of other
// names and of another matcher.
const checksRead = 5000

// Checks lists the newest checks of a distributor's names of a kind, newest first.
func Checks(ctx context.Context, q Querier, distributorID int64, kind string) ([]Check, error) {
	rows, err := q.Query(ctx, `
		select distributor_id, kind, name_id, confidence, automatic, is_right, held_foreign, is_foreign, person_id, journal_id from mapping_check
		where distributor_id = $1 and kind = $2 and withdrawn_at is null order by id desc limit $3`, distributorID, kind, checksRead)
	if err != nil {
		return nil, fmt.Errorf("list checks: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Check])
	if err != nil {
		return nil, fmt.Errorf("list checks: %w", err)
	}
	return all, nil
}
