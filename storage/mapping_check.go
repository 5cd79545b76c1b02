package storage

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// Check is what a person said of what the matcher took for the likeliest.
type Check struct {
	DistributorID int64
	Kind          string // AskItem, AskClient
	NameID        int64  // of the item or client
	Confidence    float64
	Automatic     bool // it had been mapped without asking
	Right         bool
	PersonID      int64
	JournalID     int64 // the answer that says so
}

// AddCheck stores a check.
func AddCheck(ctx context.Context, q Querier, c Check) error {
	_, err := q.Exec(ctx, `
		insert into mapping_check (distributor_id, kind, name_id, confidence, automatic, is_right, person_id, journal_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, c.DistributorID, c.Kind, c.NameID, c.Confidence, c.Automatic, c.Right, c.PersonID, c.JournalID)
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
		select distributor_id, kind, name_id, confidence, automatic, is_right, person_id, journal_id from mapping_check
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

// AutomaticMapping is a mapping in force that distbase made by itself, nobody has
// looked at and nobody has been asked about.
type AutomaticMapping struct {
	Kind          string // AskItem, AskClient
	ID            int64
	DistributorID int64
	NameID        int64
	Name          string // as the distributor writes it
	Unit          string
	TargetCode    string // of the product or outlet
	TargetName    string
	Address       string // of the outlet
	OwnAddress    string // of the client
	Factor        decimal.Decimal
	Reason        string
	Confidence    decimal.NullDecimal
}

// uncheckedRead is how many automatic mappings an audit chooses from.
const uncheckedRead = 20000

// UncheckedMappings lists automatic mappings of the last days, by chance, but the same
// whenever it is asked.
func UncheckedMappings(ctx context.Context, q Querier, days int) ([]AutomaticMapping, error) {
	rows, err := q.Query(ctx, `
		select * from (select 'item' as kind, m.id, m.distributor_id, m.item_id, i.name, coalesce(i.unit, ''), p.code, p.name, '', '', m.factor, m.reason, m.confidence
		from item_mapping m join item i on i.distributor_id = m.distributor_id and i.id = m.item_id join product p on p.id = m.product_id
		where m.superseded_at is null and m.decided_by is null and m.decided_at > now() - make_interval(days => $1)
			and not exists (select from question q where q.kind = 'audit' and q.subject = 'item:' || m.distributor_id || '/' || m.id)
		union all
		select 'client', m.id, m.distributor_id, m.client_id, c.name, '', o.code, o.name, concat_ws(', ', o.city, o.address), concat_ws(', ', c.city, c.address), 1, m.reason, m.confidence
		from client_mapping m join client c on c.distributor_id = m.distributor_id and c.id = m.client_id join outlet o on o.id = m.outlet_id
		where m.superseded_at is null and m.decided_by is null and m.decided_at > now() - make_interval(days => $1)
			and not exists (select from question q where q.kind = 'audit' and q.subject = 'client:' || m.distributor_id || '/' || m.id)
		) x order by hashint8(x.id), x.kind, x.id limit $2`, days, uncheckedRead)
	if err != nil {
		return nil, fmt.Errorf("list automatic mappings: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[AutomaticMapping])
	if err != nil {
		return nil, fmt.Errorf("list automatic mappings: %w", err)
	}
	return all, nil
}
