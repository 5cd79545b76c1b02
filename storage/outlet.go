package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Outlet is a shop or another buyer, as the manufacturer knows it.
type Outlet struct {
	ID        int64
	Code      string
	Name      string
	LegalName string
	INN       string
	Address   string
	City      string
	Region    string
	ChannelID *int64
	Chain     string
}

// UpsertOutlet stores an outlet by its code and returns the id.
func UpsertOutlet(ctx context.Context, q Querier, o Outlet) (int64, error) {
	var id int64
	err := q.QueryRow(ctx, `
		insert into outlet (code, name, legal_name, inn, address, city, region, channel_id, chain)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (code) do update set name = excluded.name, legal_name = excluded.legal_name, inn = excluded.inn,
			address = excluded.address, city = excluded.city, region = excluded.region,
			channel_id = excluded.channel_id, chain = excluded.chain
		returning id`,
		clean(o.Code), clean(o.Name), nullText(o.LegalName), nullText(o.INN), nullText(o.Address), nullText(o.City),
		nullText(o.Region), o.ChannelID, nullText(o.Chain)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store outlet %q: %w", o.Code, err)
	}
	return id, nil
}

// OutletsOf lists the outlets in a distributor's client base, now or ever.
func OutletsOf(ctx context.Context, q Querier, distributorID int64) ([]Outlet, error) {
	return outlets(ctx, q, `where id in (select outlet_id from outlet_service where distributor_id = $1) order by code`, distributorID)
}

// OutletsChanged lists the outlets that were stored or changed since a moment of the
// database's history (see Moment); since "" lists all. visit gets one after the other:
// there may be a million.
func OutletsChanged(ctx context.Context, q Querier, since string, visit func(Outlet)) error {
	rows, err := q.Query(ctx, outletSelect+`where changed >= coalesce(nullif($1, ''), '0')::xid8`, since)
	if err != nil {
		return fmt.Errorf("list outlets: %w", err)
	}
	var o Outlet
	_, err = pgx.ForEachRow(rows, []any{&o.ID, &o.Code, &o.Name, &o.LegalName, &o.INN, &o.Address, &o.City, &o.Region, &o.ChannelID, &o.Chain}, func() error {
		visit(o)
		return nil
	})
	if err != nil {
		return fmt.Errorf("list outlets: %w", err)
	}
	return nil
}

// OutletsByIDs lists outlets by their ids, in no order.
func OutletsByIDs(ctx context.Context, q Querier, ids []int64) ([]Outlet, error) {
	return outlets(ctx, q, `where id = any($1)`, ids)
}

// OutletsByCode lists the outlet of a code, in whatever case it is written.
func OutletsByCode(ctx context.Context, q Querier, code string) ([]Outlet, error) {
	return outlets(ctx, q, `where code = any($1) order by code limit 2`, []string{clean(code), strings.ToUpper(clean(code))})
}

// OutletByCode returns an outlet, or ErrNotFound.
func OutletByCode(ctx context.Context, q Querier, code string) (Outlet, error) {
	return oneOutlet(ctx, q, `where code = $1`, code)
}

// OutletByID returns an outlet, or ErrNotFound.
func OutletByID(ctx context.Context, q Querier, id int64) (Outlet, error) {
	return oneOutlet(ctx, q, `where id = $1`, id)
}

// Service says which distributor and rep serve an outlet, from From until
// before To; a zero To has no end.
type Service struct {
	OutletID      int64
	DistributorID int64
	RepID         *int64
	From, To      time.Time
}

// SetService writes a span of service. A span of the same outlet and
// distributor that began earlier ends where this one begins; spans that begin
// within it give way.
func SetService(ctx context.Context, q Querier, s Service) error {
	var to *time.Time
	if !s.To.IsZero() {
		to = &s.To
	}
	span := []any{s.OutletID, s.DistributorID, s.From, to}
	if _, err := q.Exec(ctx, `
		delete from outlet_service where outlet_id = $1 and distributor_id = $2
			and valid && daterange($3, $4) and lower(valid) >= $3`, span...); err != nil {
		return fmt.Errorf("clear client base: %w", err)
	}
	if _, err := q.Exec(ctx, `
		update outlet_service set valid = daterange(lower(valid), $3)
		where outlet_id = $1 and distributor_id = $2 and valid && daterange($3, $4)`, span...); err != nil {
		return fmt.Errorf("end earlier service: %w", err)
	}
	if _, err := q.Exec(ctx, `
		insert into outlet_service (outlet_id, distributor_id, valid, rep_id) values ($1, $2, daterange($3, $4), $5)`,
		append(span, s.RepID)...); err != nil {
		return fmt.Errorf("store client base: %w", err)
	}
	return nil
}

const outletSelect = `
	select id, code, name, coalesce(legal_name, ''), coalesce(inn, ''), coalesce(address, ''), coalesce(city, ''),
		coalesce(region, ''), channel_id, coalesce(chain, '') from outlet `

func oneOutlet(ctx context.Context, q Querier, where string, args ...any) (Outlet, error) {
	all, err := outlets(ctx, q, where, args...)
	if err != nil {
		return Outlet{}, err
	}
	if len(all) == 0 {
		return Outlet{}, fmt.Errorf("outlet: %w", ErrNotFound)
	}
	return all[0], nil
}

func outlets(ctx context.Context, q Querier, where string, args ...any) ([]Outlet, error) {
	rows, err := q.Query(ctx, outletSelect+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list outlets: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Outlet])
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("list outlets: %w", err)
	}
	return all, nil
}
