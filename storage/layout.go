package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// How a layout came to be.
const (
	LayoutConfirmed = "confirmed" // a person confirmed a reading
	LayoutCertain   = "certain"   // distbase was certain of a reading
	LayoutFollowed  = "followed"  // columns moved or came, and nothing changed its meaning
	LayoutCopied    = "copied"    // it is another distributor's
	LayoutEdited    = "edited"    // a person changed the document
)

// LayoutRecord is how one distributor lays a report out. The spec is what package
// table reads. A record is never changed: a correction is a new version, and those
// out of force are kept.
type LayoutRecord struct {
	ID            int64
	DistributorID int64
	Fingerprint   string
	Version       int // counts the layouts of one distributor and fingerprint
	Spec          json.RawMessage
	Origin        string
	FromID        *int64 // the layout it was made from
	ConfirmedBy   *int64 // nil: distbase itself
	ConfirmedAt   time.Time
	RetiredAt     *time.Time // nil: in force
	RetiredBy     *int64
}

// LayoutsOf lists the layouts in force of a distributor, newest first.
func LayoutsOf(ctx context.Context, q Querier, distributorID int64) ([]LayoutRecord, error) {
	return layouts(ctx, q, `where distributor_id = $1 and retired_at is null order by id desc`, distributorID)
}

// Layouts lists the layouts of a distributor, of all with 0; those out of force
// too where retired is true. Newest first within a distributor.
func Layouts(ctx context.Context, q Querier, distributorID int64, retired bool) ([]LayoutRecord, error) {
	return layouts(ctx, q, `where ($1 = 0 or distributor_id = $1) and ($2 or retired_at is null) order by distributor_id, id desc`, distributorID, retired)
}

// LayoutsByID lists the layouts of the ids, in force or not, newest first.
func LayoutsByID(ctx context.Context, q Querier, ids []int64) ([]LayoutRecord, error) {
	return layouts(ctx, q, `where id = any($1) order by id desc`, ids)
}

// LayoutVersions lists all versions of the layout of a distributor and fingerprint,
// newest first.
func LayoutVersions(ctx context.Context, q Querier, distributorID int64, fingerprint string) ([]LayoutRecord, error) {
	return layouts(ctx, q, `where distributor_id = $1 and fingerprint = $2 order by version desc, id desc`, distributorID, fingerprint)
}

// LayoutOwner is a distributor that layouts were learned of.
type LayoutOwner struct {
	DistributorID int64
	Code          string
	Name          string
	Active        bool
	InForce       int // layouts; 0: all are retired
}

// LayoutOwners lists the distributors that have layouts, in force or not, by name;
// those that report no more too.
func LayoutOwners(ctx context.Context, q Querier) ([]LayoutOwner, error) {
	rows, err := q.Query(ctx, `
		select d.id, d.code, d.name, d.active, count(*) filter (where l.retired_at is null)
		from layout l join distributor d on d.id = l.distributor_id group by d.id order by d.name, d.id`)
	if err != nil {
		return nil, fmt.Errorf("list owners of layouts: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[LayoutOwner])
	if err != nil {
		return nil, fmt.Errorf("list owners of layouts: %w", err)
	}
	return all, nil
}

// LayoutByID returns a layout, or ErrNotFound.
func LayoutByID(ctx context.Context, q Querier, id int64) (LayoutRecord, error) {
	all, err := layouts(ctx, q, `where id = $1`, id)
	if err != nil {
		return LayoutRecord{}, err
	}
	if len(all) == 0 {
		return LayoutRecord{}, fmt.Errorf("layout %d: %w", id, ErrNotFound)
	}
	return all[0], nil
}

// SameLayouts lists the layouts in force of other distributors that have the
// fingerprint; those that a person confirmed first, then the newest.
func SameLayouts(ctx context.Context, q Querier, fingerprint string, exceptDistributor int64) ([]LayoutRecord, error) {
	return layouts(ctx, q, `where fingerprint = $1 and distributor_id <> $2 and retired_at is null
		order by (confirmed_by is null), id desc limit 10`, fingerprint, exceptDistributor)
}

// Learned is what became of a layout that was to be learned.
type Learned struct {
	ID       int64 // of the layout in force now
	Made     bool  // false: the same spec was in force already, and nothing changed
	Replaced int64 // the version it took the place of, 0 for none
}

// LearnLayout makes a layout the one in force of its fingerprint. The same spec again
// changes nothing.
func LearnLayout(ctx context.Context, q Querier, l LayoutRecord) (Learned, error) {
	var out Learned
	if _, err := q.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 2))`, fmt.Sprintf("layout %d/%s", l.DistributorID, l.Fingerprint)); err != nil {
		return out, fmt.Errorf("lock layouts: %w", err)
	}
	err := q.QueryRow(ctx, `
		select id from layout where distributor_id = $1 and fingerprint = $2 and retired_at is null and spec = $3`,
		l.DistributorID, l.Fingerprint, l.Spec).Scan(&out.ID)
	if !errors.Is(err, pgx.ErrNoRows) {
		if err != nil {
			return out, fmt.Errorf("find layout: %w", err)
		}
		return out, nil
	}
	err = q.QueryRow(ctx, `
		update layout set retired_at = now(), retired_by = $3 where distributor_id = $1 and fingerprint = $2 and retired_at is null returning id`,
		l.DistributorID, l.Fingerprint, l.ConfirmedBy).Scan(&out.Replaced)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return out, fmt.Errorf("retire layout: %w", err)
	}
	if l.Origin == "" {
		l.Origin = LayoutConfirmed
	}
	err = q.QueryRow(ctx, `
		insert into layout (distributor_id, fingerprint, version, spec, origin, from_id, confirmed_by)
		select $1, $2, coalesce((select max(version) from layout where distributor_id = $1 and fingerprint = $2), 0) + 1, $3, $4, $5, $6
		returning id`,
		l.DistributorID, l.Fingerprint, l.Spec, l.Origin, l.FromID, l.ConfirmedBy).Scan(&out.ID)
	if err != nil {
		return out, fmt.Errorf("learn layout: %w", err)
	}
	out.Made = true
	return out, nil
}

// RetireLayout takes a layout out of force, and reports whether it was in force.
func RetireLayout(ctx context.Context, q Querier, id int64, by *int64) (bool, error) {
	tag, err := q.Exec(ctx, `update layout set retired_at = now(), retired_by = $2 where id = $1 and retired_at is null`, id, by)
	if err != nil {
		return false, fmt.Errorf("retire layout %d: %w", id, err)
	}
	return tag.RowsAffected() == 1, nil
}

// RestoreLayout brings a layout back into force. Another version that took its
// place meanwhile stays, and false is returned.
func RestoreLayout(ctx context.Context, q Querier, id int64) (bool, error) {
	tag, err := q.Exec(ctx, `
		update layout l set retired_at = null, retired_by = null where id = $1 and retired_at is not null
			and not exists (select from layout o where o.distributor_id = l.distributor_id and o.fingerprint = l.fingerprint and o.retired_at is null)`, id)
	if err != nil {
		return false, fmt.Errorf("restore layout %d: %w", id, err)
	}
	return tag.RowsAffected() == 1, nil
}

func layouts(ctx context.Context, q Querier, where string, args ...any) ([]LayoutRecord, error) {
	rows, err := q.Query(ctx, `
		select id, distributor_id, fingerprint, version, spec, origin, from_id, confirmed_by, confirmed_at, retired_at, retired_by
		from layout `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list layouts: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[LayoutRecord])
	if err != nil {
		return nil, fmt.Errorf("list layouts: %w", err)
	}
	return all, nil
}

// LockLayout is LayoutByID that keeps others from changing the layout
// until the transaction ends.
func LockLayout(ctx context.Context, q Querier, id int64) (LayoutRecord, error) {
	all, err := layouts(ctx, q, `where id = $1 for update`, id)
	if err != nil {
		return LayoutRecord{}, err
	}
	if len(all) == 0 {
		return LayoutRecord{}, fmt.Errorf("layout %d: %w", id, ErrNotFound)
	}
	return all[0], nil
}
