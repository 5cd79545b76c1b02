package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Rep is one of the manufacturer's own sales representatives.
type Rep struct {
	ID         int64
	Code       string
	Name       string
	Manager    string
	Department string
	Region     string
}

// UpsertRep stores a rep by the code and returns the id.
func UpsertRep(ctx context.Context, q Querier, r Rep) (int64, error) {
	var id int64
	err := q.QueryRow(ctx, `
		insert into rep (code, name, manager, department, region) values ($1, $2, $3, $4, $5)
		on conflict (code) do update set name = excluded.name, manager = excluded.manager,
			department = excluded.department, region = excluded.region
		returning id`,
		clean(r.Code), clean(r.Name), nullText(r.Manager), nullText(r.Department), nullText(r.Region)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store rep %q: %w", r.Code, err)
	}
	return id, nil
}

// Reps lists all reps by code.
func Reps(ctx context.Context, q Querier) ([]Rep, error) { return reps(ctx, q, `order by code`) }

// RepByID returns a rep, or ErrNotFound.
func RepByID(ctx context.Context, q Querier, id int64) (Rep, error) {
	all, err := reps(ctx, q, `where id = $1`, id)
	if err == nil && len(all) == 0 {
		return Rep{}, fmt.Errorf("rep %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return Rep{}, err
	}
	return all[0], nil
}

// TeamOf are the reps who serve outlets of a distributor, now or ever.
func TeamOf(ctx context.Context, q Querier, distributorID int64) (map[int64]bool, error) {
	rows, err := q.Query(ctx, `select distinct rep_id from outlet_service where distributor_id = $1 and rep_id is not null`, distributorID)
	if err != nil {
		return nil, fmt.Errorf("list team: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("list team: %w", err)
	}
	team := make(map[int64]bool, len(ids))
	for _, id := range ids {
		team[id] = true
	}
	return team, nil
}

func reps(ctx context.Context, q Querier, where string, args ...any) ([]Rep, error) {
	rows, err := q.Query(ctx, `
		select id, code, name, coalesce(manager, ''), coalesce(department, ''), coalesce(region, '') from rep `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list reps: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Rep])
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("list reps: %w", err)
	}
	return all, nil
}

// Channel is a kind of outlet: retail, HoReCa, pharmacies.
type Channel struct {
	ID       int64
	Code     string
	Name     string
	ParentID *int64
}

// UpsertChannel stores a channel by its code and returns the id.
func UpsertChannel(ctx context.Context, q Querier, c Channel) (int64, error) {
	var id int64
	err := q.QueryRow(ctx, `
		insert into channel (code, name, parent_id) values ($1, $2, $3)
		on conflict (code) do update set name = excluded.name, parent_id = excluded.parent_id returning id`,
		clean(c.Code), clean(c.Name), c.ParentID).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store channel %q: %w", c.Code, err)
	}
	return id, nil
}

// Channels lists all channels by code.
func Channels(ctx context.Context, q Querier) ([]Channel, error) {
	rows, err := q.Query(ctx, `select id, code, name, parent_id from channel order by code`)
	if err != nil {
		return nil, fmt.Errorf("list channels: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Channel])
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("list channels: %w", err)
	}
	return all, nil
}
