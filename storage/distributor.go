package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Distributor buys from the manufacturer and reports its sales to outlets.
type Distributor struct {
	ID       int64
	Code     string
	Name     string
	INN      string
	Region   string
	Calendar string // when reports are due: "daily 10:00", "weekly:mon 12:00", "monthly:3 18:00"
	Active   bool
}

// UpsertDistributor stores a distributor by its code and returns the id.
func UpsertDistributor(ctx context.Context, q Querier, d Distributor) (int64, error) {
	var id int64
	err := q.QueryRow(ctx, `
		insert into distributor (code, name, inn, region, calendar, active) values ($1, $2, $3, $4, $5, $6)
		on conflict (code) do update set name = excluded.name, inn = excluded.inn, region = excluded.region,
			calendar = excluded.calendar, active = excluded.active
		returning id`,
		clean(d.Code), clean(d.Name), nullText(d.INN), nullText(d.Region), nullText(d.Calendar), d.Active).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store distributor %q: %w", d.Code, err)
	}
	return id, nil
}

// DistributorByCode returns a distributor, or ErrNotFound.
func DistributorByCode(ctx context.Context, q Querier, code string) (Distributor, error) {
	return oneDistributor(ctx, q, `where code = $1`, code)
}

// DistributorByID returns a distributor, or ErrNotFound.
func DistributorByID(ctx context.Context, q Querier, id int64) (Distributor, error) {
	return oneDistributor(ctx, q, `where id = $1`, id)
}

// DistributorByContact returns the distributor of a confirmed address, or
// ErrNotFound: then the sender is a stranger.
func DistributorByContact(ctx context.Context, q Querier, door, address string) (Distributor, error) {
	return oneDistributor(ctx, q, `where id = (
		select distributor_id from distributor_contact where door = $1 and address = $2 and revoked_at is null)`,
		door, strings.ToLower(address))
}

// Distributors lists all active distributors by name.
func Distributors(ctx context.Context, q Querier) ([]Distributor, error) {
	return distributors(ctx, q, `where active order by name, id`)
}

// AddContact confirms an address of a distributor. Adding it again changes
// nothing; an address of another distributor is an error.
func AddContact(ctx context.Context, q Querier, distributorID int64, door, address string, by *int64) error {
	address = strings.ToLower(strings.TrimSpace(clean(address)))
	_, err := q.Exec(ctx, `
		insert into distributor_contact (distributor_id, door, address, confirmed_by) values ($1, $2, $3, $4)
		on conflict (door, address) where revoked_at is null do nothing`, distributorID, door, address, by)
	if err != nil {
		return fmt.Errorf("confirm contact: %w", err)
	}
	owner, err := DistributorByContact(ctx, q, door, address)
	if err != nil {
		return err
	}
	if owner.ID != distributorID {
		return &ContactTakenError{Address: address, Owner: owner}
	}
	return nil
}

// ContactTakenError says that an address is another distributor's.
type ContactTakenError struct {
	Address string
	Owner   Distributor
}

func (e *ContactTakenError) Error() string {
	return fmt.Sprintf("contact belongs to distributor %s", e.Owner.Code)
}

// ContactsOf lists a distributor's confirmed addresses of one door.
func ContactsOf(ctx context.Context, q Querier, distributorID int64, door string) ([]string, error) {
	rows, err := q.Query(ctx, `
		select address from distributor_contact where distributor_id = $1 and door = $2 and revoked_at is null order by id`,
		distributorID, door)
	if err != nil {
		return nil, fmt.Errorf("list contacts: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("list contacts: %w", err)
	}
	return all, nil
}

func oneDistributor(ctx context.Context, q Querier, where string, args ...any) (Distributor, error) {
	all, err := distributors(ctx, q, where, args...)
	if err != nil {
		return Distributor{}, err
	}
	if len(all) == 0 {
		return Distributor{}, fmt.Errorf("distributor: %w", ErrNotFound)
	}
	return all[0], nil
}

func distributors(ctx context.Context, q Querier, where string, args ...any) ([]Distributor, error) {
	rows, err := q.Query(ctx, `
		select id, code, name, coalesce(inn, ''), coalesce(region, ''), coalesce(calendar, ''), active from distributor `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list distributors: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Distributor])
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("list distributors: %w", err)
	}
	return all, nil
}

// RevokeContact withdraws a confirmed address.
func RevokeContact(ctx context.Context, q Querier, door, address string) error {
	_, err := q.Exec(ctx, `
		update distributor_contact set revoked_at = now() where door = $1 and address = $2 and revoked_at is null`,
		door, strings.ToLower(address))
	if err != nil {
		return fmt.Errorf("revoke contact: %w", err)
	}
	return nil
}
