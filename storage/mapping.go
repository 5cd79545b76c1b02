package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// The verdicts on a distributor's name.
const (
	VerdictProduct = "product"  // it is this product of ours
	VerdictOutlet  = "outlet"   // it is this outlet of ours
	VerdictRep     = "rep"      // it is this rep of ours
	VerdictNotOurs = "not_ours" // another manufacturer's product; no outlet or rep of ours
	VerdictNew     = "new"      // ours, but not in the master data yet
)

// ItemMapping says what an item is. Factor is the number of base units of the
// product in one unit of the report.
type ItemMapping struct {
	ID               int64
	DistributorID    int64
	ItemID           int64
	Verdict          string
	ProductID        *int64
	Factor           decimal.Decimal
	FactorConfidence decimal.NullDecimal
	FactorReason     string // machine words
	DecidedBy        *int64 // nil: distbase was certain
	Reason           string // machine words, parted by "; "
	Confidence       decimal.NullDecimal
	Model            string // which matcher decided; empty: a person
}

// SetItemMapping makes m the mapping in force of its item; the earlier one is
// kept, superseded. It returns the ids of both, 0 where there was none.
func SetItemMapping(ctx context.Context, q Querier, m ItemMapping) (id, before int64, err error) {
	if before, err = EndItemMapping(ctx, q, m.DistributorID, m.ItemID, m.DecidedBy); err != nil {
		return 0, 0, err
	}
	if err = q.QueryRow(ctx, addItemMapping+` returning id`, m.values()...).Scan(&id); err != nil {
		return 0, 0, fmt.Errorf("map item %d: %w", m.ItemID, err)
	}
	return id, before, nil
}

const addItemMapping = `
	insert into item_mapping (distributor_id, item_id, verdict, product_id, factor, factor_confidence, factor_reason, decided_by, reason, confidence, model)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`

func (m ItemMapping) values() []any {
	return []any{
		m.DistributorID, m.ItemID, m.Verdict, m.ProductID, m.Factor, m.FactorConfidence, m.FactorReason, m.DecidedBy, clean(m.Reason), m.Confidence, m.Model,
	}
}

// MapItems puts mappings in force of items that have none; others stay as they are.
func MapItems(ctx context.Context, q Querier, list []ItemMapping) error {
	batch := &pgx.Batch{}
	for _, m := range list {
		batch.Queue(addItemMapping+` on conflict (distributor_id, item_id) where superseded_at is null do nothing`, m.values()...)
	}
	if err := q.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("map items: %w", err)
	}
	return nil
}

// EndItemMapping leaves an item without a mapping in force and returns the id of
// the one that was, or 0. by is who takes it back, nil for distbase.
func EndItemMapping(ctx context.Context, q Querier, distributorID, itemID int64, by *int64) (before int64, err error) {
	err = q.QueryRow(ctx, `
		update item_mapping set superseded_at = now(), ended_by = $3
		where distributor_id = $1 and item_id = $2 and superseded_at is null returning id`, distributorID, itemID, by).Scan(&before)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, fmt.Errorf("end mapping of item %d: %w", itemID, err)
	}
	return before, nil
}

// ItemMappingByID returns a mapping, be it in force or superseded.
func ItemMappingByID(ctx context.Context, q Querier, distributorID, id int64) (ItemMapping, error) {
	rows, err := q.Query(ctx, `
		select m.id, m.distributor_id, m.item_id, m.verdict, m.product_id, m.factor, m.factor_confidence, m.factor_reason, m.decided_by, m.reason, m.confidence, m.model
		from item_mapping m where m.distributor_id = $1 and m.id = $2`, distributorID, id)
	return oneMapping[ItemMapping](rows, err, id)
}

func oneMapping[T any](rows pgx.Rows, err error, id int64) (T, error) {
	var m T
	if err != nil {
		return m, fmt.Errorf("read mapping: %w", err)
	}
	m, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[T])
	if errors.Is(err, pgx.ErrNoRows) {
		return m, fmt.Errorf("mapping %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return m, fmt.Errorf("read mapping: %w", err)
	}
	return m, nil
}

// MappingInForce is the id of the mapping in force of an item, client or agent (AskItem,
// AskClient, AskAgent), 0 where there is none.
func MappingInForce(ctx context.Context, q Querier, kind string, distributorID, nameID int64) (id int64, err error) {
	sql, ok := map[string]string{
		AskItem:   `select id from item_mapping where distributor_id = $1 and item_id = $2 and superseded_at is null`,
		AskClient: `select id from client_mapping where distributor_id = $1 and client_id = $2 and superseded_at is null`,
		AskAgent:  `select id from agent_mapping where distributor_id = $1 and agent_id = $2 and superseded_at is null`,
	}[kind]
	if !ok {
		return 0, fmt.Errorf("mapping of a %s", kind)
	}
	err = q.QueryRow(ctx, sql, distributorID, nameID).Scan(&id)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, fmt.Errorf("look for mapping of %s %d: %w", kind, nameID, err)
	}
	return id, nil
}

// ConfirmedName is a distributor's name that a person has tied to a product.
type ConfirmedName struct {
	MappingID   int64
	InForce     bool
	Distributor string // code
	Name        string
	ProductCode string
}

// ConfirmedNames lists the names that people confirmed, or whose confirmation they
// took back, since a moment of the database's history (see Moment); since "" lists
// all that stand.
func ConfirmedNames(ctx context.Context, q Querier, since string) ([]ConfirmedName, error) {
	rows, err := q.Query(ctx, `
		select m.id, m.superseded_at is null, d.code, i.name, p.code
		from item_mapping m join distributor d on d.id = m.distributor_id join item i on i.distributor_id = m.distributor_id and i.id = m.item_id join product p on p.id = m.product_id
		where m.decided_by is not null and m.verdict = 'product' and m.changed >= coalesce(nullif($1, ''), '0')::xid8 and ($1 <> '' or m.superseded_at is null)
		order by m.id`, since)
	if err != nil {
		return nil, fmt.Errorf("list confirmed names: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ConfirmedName])
	if err != nil {
		return nil, fmt.Errorf("list confirmed names: %w", err)
	}
	return all, nil
}
