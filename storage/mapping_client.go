package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// ClientMapping says which outlet a client is.
type ClientMapping struct {
	ID            int64
	DistributorID int64
	ClientID      int64
	Verdict       string
	OutletID      *int64
	DecidedBy     *int64 // nil: distbase was certain
	Reason        string // machine words, parted by "; "
	Confidence    decimal.NullDecimal
	Model         string // which matcher decided; empty: a person
}

// SetClientMapping makes m the mapping in force of its client; the earlier one is
// kept, superseded. It returns the ids of both, 0 where there was none.
func SetClientMapping(ctx context.Context, q Querier, m ClientMapping) (id, before int64, err error) {
	if before, err = EndClientMapping(ctx, q, m.DistributorID, m.ClientID, m.DecidedBy); err != nil {
		return 0, 0, err
	}
	if err = q.QueryRow(ctx, addClientMapping+` returning id`, m.values()...).Scan(&id); err != nil {
		return 0, 0, fmt.Errorf("map client %d: %w", m.ClientID, err)
	}
	return id, before, nil
}

const addClientMapping = `
	insert into client_mapping (distributor_id, client_id, verdict, outlet_id, decided_by, reason, confidence, model)
	values ($1, $2, $3, $4, $5, $6, $7, $8)`

func (m ClientMapping) values() []any {
	return []any{m.DistributorID, m.ClientID, m.Verdict, m.OutletID, m.DecidedBy, clean(m.Reason), m.Confidence, m.Model}
}

// MapClients puts mappings in force of clients that have none; others stay as they
// are.
func MapClients(ctx context.Context, q Querier, list []ClientMapping) error {
	batch := &pgx.Batch{}
	for _, m := range list {
		batch.Queue(addClientMapping+` on conflict (distributor_id, client_id) where superseded_at is null do nothing`, m.values()...)
	}
	if err := q.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("map clients: %w", err)
	}
	return nil
}

// EndClientMapping leaves a client without a mapping in force and returns the id of
// the one that was, or 0. by is who takes it back, nil for distbase.
func EndClientMapping(ctx context.Context, q Querier, distributorID, clientID int64, by *int64) (before int64, err error) {
	err = q.QueryRow(ctx, `
		update client_mapping set superseded_at = now(), ended_by = $3
		where distributor_id = $1 and client_id = $2 and superseded_at is null returning id`, distributorID, clientID, by).Scan(&before)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, fmt.Errorf("end mapping of client %d: %w", clientID, err)
	}
	return before, nil
}

// ClientMappingByID returns a mapping, be it in force or superseded.
func ClientMappingByID(ctx context.Context, q Querier, distributorID, id int64) (ClientMapping, error) {
	rows, err := q.Query(ctx, `
		select id, distributor_id, client_id, verdict, outlet_id, decided_by, reason, confidence, model
		from client_mapping where distributor_id = $1 and id = $2`, distributorID, id)
	return oneMapping[ClientMapping](rows, err, id)
}

// ConfirmedClient is a client that a person has tied to an outlet.
type ConfirmedClient struct {
	Client
	MappingID   int64
	InForce     bool
	Distributor string // code
	OutletID    int64
}

// ConfirmedClients is ConfirmedNames for clients.
func ConfirmedClients(ctx context.Context, q Querier, since string) ([]ConfirmedClient, error) {
	rows, err := q.Query(ctx, `
		select c.id, c.distributor_id, c.key, coalesce(c.code, ''), c.name, coalesce(c.inn, ''), coalesce(c.outlet_name, ''),
			coalesce(c.address, ''), coalesce(c.city, ''), coalesce(c.region, ''), coalesce(c.channel, ''),
			m.id, m.superseded_at is null, d.code, m.outlet_id
		from client_mapping m join distributor d on d.id = m.distributor_id join client c on c.distributor_id = m.distributor_id and c.id = m.client_id
		where m.decided_by is not null and m.verdict = 'outlet' and m.changed >= coalesce(nullif($1, ''), '0')::xid8 and ($1 <> '' or m.superseded_at is null)
		order by m.id`, since)
	if err != nil {
		return nil, fmt.Errorf("list confirmed clients: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (ConfirmedClient, error) {
		var c ConfirmedClient
		err := row.Scan(&c.ID, &c.DistributorID, &c.Key, &c.Code, &c.Name, &c.INN, &c.OutletName, &c.Address, &c.City, &c.Region, &c.Channel,
			&c.MappingID, &c.InForce, &c.Distributor, &c.OutletID)
		return c, err
	})
	if err != nil {
		return nil, fmt.Errorf("list confirmed clients: %w", err)
	}
	return all, nil
}
