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
	VerdictNotOurs = "not_ours" // another manufacturer's product
	VerdictNew     = "new"      // ours, but not in the master data yet
)

// ItemMapping says what an item is. Factor is the number of base units of the
// product in one unit of the report.
type ItemMapping struct {
	ID            int64
	DistributorID int64
	ItemID        int64
	Verdict       string
	ProductID     *int64
	Factor        decimal.Decimal
	DecidedBy     *int64 // nil: distbase was certain
	Reason        string
	Confidence    decimal.NullDecimal
}

// SetItemMapping makes m the mapping in force of its item; the earlier one is
// kept, superseded. It returns the ids of both, 0 where there was none.
func SetItemMapping(ctx context.Context, q Querier, m ItemMapping) (id, before int64, err error) {
	if before, err = EndItemMapping(ctx, q, m.DistributorID, m.ItemID); err != nil {
		return 0, 0, err
	}
	err = q.QueryRow(ctx, `
		insert into item_mapping (distributor_id, item_id, verdict, product_id, factor, decided_by, reason, confidence)
		values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
		m.DistributorID, m.ItemID, m.Verdict, m.ProductID, m.Factor, m.DecidedBy, clean(m.Reason), m.Confidence).Scan(&id)
	if err != nil {
		return 0, 0, fmt.Errorf("map item %d: %w", m.ItemID, err)
	}
	return id, before, nil
}

// EndItemMapping leaves an item without a mapping in force and returns the id of
// the one that was, or 0.
func EndItemMapping(ctx context.Context, q Querier, distributorID, itemID int64) (before int64, err error) {
	err = q.QueryRow(ctx, `
		update item_mapping set superseded_at = now()
		where distributor_id = $1 and item_id = $2 and superseded_at is null returning id`, distributorID, itemID).Scan(&before)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, fmt.Errorf("end mapping of item %d: %w", itemID, err)
	}
	return before, nil
}

// ItemMappingByID returns a mapping, be it in force or superseded.
func ItemMappingByID(ctx context.Context, q Querier, distributorID, id int64) (ItemMapping, error) {
	rows, err := q.Query(ctx, itemMappingSelect+` where m.distributor_id = $1 and m.id = $2`, distributorID, id)
	if err != nil {
		return ItemMapping{}, fmt.Errorf("read mapping: %w", err)
	}
	m, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[ItemMapping])
	if errors.Is(err, pgx.ErrNoRows) {
		return m, fmt.Errorf("mapping %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return m, fmt.Errorf("read mapping: %w", err)
	}
	return m, nil
}

const itemMappingSelect = `select m.id, m.distributor_id, m.item_id, m.verdict, m.product_id, m.factor, m.decided_by, m.reason, m.confidence from item_mapping m`

// ConfirmedName is a distributor's name that a person has tied to a product.
type ConfirmedName struct {
	Distributor string // code
	Name        string
	Unit        string
	ProductCode string
}

// ConfirmedNames lists the names that people confirmed: what the matcher learns
// from.
func ConfirmedNames(ctx context.Context, q Querier) ([]ConfirmedName, error) {
	rows, err := q.Query(ctx, `
		select d.code, i.name, coalesce(i.unit, ''), p.code
		from item_mapping m join distributor d on d.id = m.distributor_id join item i on i.distributor_id = m.distributor_id and i.id = m.item_id join product p on p.id = m.product_id
		where m.superseded_at is null and m.verdict = 'product' and m.decided_by is not null order by m.id`)
	if err != nil {
		return nil, fmt.Errorf("list confirmed names: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ConfirmedName])
	if err != nil {
		return nil, fmt.Errorf("list confirmed names: %w", err)
	}
	return all, nil
}

// SetClientMapping makes an outlet the one in force of a client.
func SetClientMapping(ctx context.Context, q Querier, distributorID, clientID int64, verdict string, outletID, by *int64, reason string, confidence decimal.NullDecimal) error {
	if _, err := q.Exec(ctx, `
		update client_mapping set superseded_at = now() where distributor_id = $1 and client_id = $2 and superseded_at is null`,
		distributorID, clientID); err != nil {
		return fmt.Errorf("end mapping of client %d: %w", clientID, err)
	}
	_, err := q.Exec(ctx, `
		insert into client_mapping (distributor_id, client_id, verdict, outlet_id, decided_by, reason, confidence)
		values ($1, $2, $3, $4, $5, $6, $7)`, distributorID, clientID, verdict, outletID, by, clean(reason), confidence)
	if err != nil {
		return fmt.Errorf("map client %d: %w", clientID, err)
	}
	return nil
}

// SetAgentMapping ties an agent to a rep.
func SetAgentMapping(ctx context.Context, q Querier, distributorID, agentID int64, repID int64, reason string) error {
	if _, err := q.Exec(ctx, `
		update agent_mapping set superseded_at = now() where distributor_id = $1 and agent_id = $2 and superseded_at is null`,
		distributorID, agentID); err != nil {
		return fmt.Errorf("end mapping of agent %d: %w", agentID, err)
	}
	_, err := q.Exec(ctx, `insert into agent_mapping (distributor_id, agent_id, rep_id, reason) values ($1, $2, $3, $4)`,
		distributorID, agentID, repID, clean(reason))
	if err != nil {
		return fmt.Errorf("map agent %d: %w", agentID, err)
	}
	return nil
}
