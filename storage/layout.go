package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// LayoutRecord is how one distributor lays a report out, as somebody confirmed.
// The spec is what package table reads.
type LayoutRecord struct {
	ID            int64
	DistributorID int64
	Fingerprint   string
	Version       int
	Spec          json.RawMessage
	ConfirmedBy   *int64
}

// LayoutsOf lists the layouts in force of a distributor, newest first.
func LayoutsOf(ctx context.Context, q Querier, distributorID int64) ([]LayoutRecord, error) {
	rows, err := q.Query(ctx, `
		select id, distributor_id, fingerprint, version, spec, confirmed_by from layout
		where distributor_id = $1 and retired_at is null order by id desc`, distributorID)
	if err != nil {
		return nil, fmt.Errorf("list layouts: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[LayoutRecord])
	if err != nil {
		return nil, fmt.Errorf("list layouts: %w", err)
	}
	return all, nil
}

// LearnLayout makes a layout the one in force of its fingerprint and returns its
// id; the same spec again changes nothing.
func LearnLayout(ctx context.Context, q Querier, l LayoutRecord) (int64, error) {
	var id int64
	err := q.QueryRow(ctx, `
		with same as (
			select id from layout where distributor_id = $1 and fingerprint = $2 and retired_at is null and spec = $3
		), gone as (
			update layout set retired_at = now()
			where distributor_id = $1 and fingerprint = $2 and retired_at is null and not exists (select from same)
		), made as (
			insert into layout (distributor_id, fingerprint, version, spec, confirmed_by)
			select $1, $2, coalesce((select max(version) from layout where distributor_id = $1 and fingerprint = $2), 0) + 1, $3, $4
			where not exists (select from same) returning id
		)
		select id from same union all select id from made`,
		l.DistributorID, l.Fingerprint, l.Spec, l.ConfirmedBy).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("learn layout: %w", err)
	}
	return id, nil
}

// RetireLayout takes a layout out of force.
func RetireLayout(ctx context.Context, q Querier, id int64) error {
	if _, err := q.Exec(ctx, `update layout set retired_at = now() where id = $1 and retired_at is null`, id); err != nil {
		return fmt.Errorf("retire layout %d: %w", id, err)
	}
	return nil
}
