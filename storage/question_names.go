package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// ItemsAsked are the items that a distributor's open questions are about, by id,
// without their weight.
func ItemsAsked(ctx context.Context, q Querier, distributorID int64) (map[int64]UnmappedItem, error) {
	rows, err := q.Query(ctx, `
		select i.id, i.distributor_id, i.key, coalesce(i.code, ''), i.name, coalesce(i.barcode, ''), coalesce(i.unit, ''), coalesce(i.brand, ''), i.first_seen,
			exists (select from item_mapping m where m.distributor_id = i.distributor_id and m.item_id = i.id and m.ended_by is not null)
		from question q join item i on i.distributor_id = q.distributor_id and i.id = (q.payload->>'item_id')::bigint
		where q.state = 'open' and q.kind = 'item' and q.distributor_id = $1`, distributorID)
	if err != nil {
		return nil, fmt.Errorf("list items asked about: %w", err)
	}
	out := map[int64]UnmappedItem{}
	var u UnmappedItem
	_, err = pgx.ForEachRow(rows, []any{&u.ID, &u.DistributorID, &u.Key, &u.Code, &u.Name, &u.Barcode, &u.Unit, &u.Brand, &u.FirstSeen, &u.Refused}, func() error {
		out[u.ID] = u
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list items asked about: %w", err)
	}
	return out, nil
}

// ClientsByIDs are clients of a distributor by their ids, without their weight.
func ClientsByIDs(ctx context.Context, q Querier, distributorID int64, ids []int64) (map[int64]UnmappedClient, error) {
	rows, err := q.Query(ctx, `
		select c.id, c.distributor_id, c.key, coalesce(c.code, ''), c.name, coalesce(c.inn, ''), coalesce(c.outlet_name, ''),
			coalesce(c.address, ''), coalesce(c.city, ''), coalesce(c.region, ''), coalesce(c.channel, ''), c.first_seen,
			exists (select from client_mapping m where m.distributor_id = c.distributor_id and m.client_id = c.id and m.ended_by is not null)
		from client c where c.distributor_id = $1 and c.id = any($2)`, distributorID, ids)
	if err != nil {
		return nil, fmt.Errorf("list clients: %w", err)
	}
	out := map[int64]UnmappedClient{}
	var u UnmappedClient
	_, err = pgx.ForEachRow(rows, []any{&u.ID, &u.DistributorID, &u.Key, &u.Code, &u.Name, &u.INN, &u.OutletName, &u.Address, &u.City, &u.Region, &u.Channel,
		&u.FirstSeen, &u.Refused}, func() error {
		out[u.ID] = u
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list clients: %w", err)
	}
	return out, nil
}

// DistributorsAsked lists the distributors whose names of a kind are asked about.
func DistributorsAsked(ctx context.Context, q Querier, kind string) ([]int64, error) {
	rows, err := q.Query(ctx, `select distinct distributor_id from question where state = 'open' and kind = $1 and distributor_id is not null order by 1`, kind)
	if err != nil {
		return nil, fmt.Errorf("list distributors asked about: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("list distributors asked about: %w", err)
	}
	return all, nil
}

// Listing narrows the open questions of a kind to those that can be answered together.
type Listing struct {
	SubmissionID int64 // 0: of all reports
	Kind         string
	Least        float64 // of the first candidate's confidence
	Foreign      bool    // instead: those that are held for none of ours
}

// Listed are questions with how many there are in all, and what they are worth.
type Listed struct {
	Questions []Question
	Total     int
	Value     decimal.Decimal
}

// ListQuestions gives the questions of a listing that nobody has put off or holds but the
// person, worth the most first, limit of them from the offset on.
func ListQuestions(ctx context.Context, q Querier, personID int64, x Listing, now time.Time, offset, limit int) (Listed, error) {
	const where = `where state = 'open' and kind = $1 and ($2 = 0 or submission_id = $2) and (later_until is null or later_until <= $6)
		and (leased_by is null or leased_by = $5 or leased_until <= $6)
		and case when $4 then coalesce((payload->>'foreign')::boolean, false)
			else not coalesce((payload->>'foreign')::boolean, false) and (payload->'candidates'->0->>'confidence')::float8 >= $3
				and (payload->'candidates'->0->'factors'->>1 is null or (payload->'candidates'->0->>'factor_confidence')::float8 >= 0.9) end`
	args := []any{x.Kind, x.SubmissionID, x.Least, x.Foreign, personID, now}
	var out Listed
	if err := q.QueryRow(ctx, `select count(*), coalesce(sum(value), 0) from question `+where, args...).Scan(&out.Total, &out.Value); err != nil {
		return out, fmt.Errorf("count listed questions: %w", err)
	}
	var err error
	out.Questions, err = questions(ctx, q, where+` order by value desc, id offset $7 limit $8`, append(args, offset, limit)...)
	return out, err
}

// NewestDecision tells how far people have come with a distributor's names: it changes
// with every answer and every undoing.
func NewestDecision(ctx context.Context, q Querier, distributorID int64) (string, error) {
	var v string
	err := q.QueryRow(ctx, `
		select concat_ws('/',
			(select max(id) from item_mapping where distributor_id = $1 and decided_by is not null),
			(select count(*) from item_mapping where distributor_id = $1 and ended_by is not null),
			(select max(id) from client_mapping where distributor_id = $1 and decided_by is not null),
			(select count(*) from client_mapping where distributor_id = $1 and ended_by is not null),
			(select max(id) from agent_mapping where distributor_id = $1 and decided_by is not null),
			(select count(*) from agent_mapping where distributor_id = $1 and ended_by is not null))`, distributorID).Scan(&v)
	if err != nil {
		return "", fmt.Errorf("read newest decision: %w", err)
	}
	return v, nil
}

// FollowedItems are the items of a distributor that distbase mapped to a product by
// itself because a person had confirmed their name.
func FollowedItems(ctx context.Context, q Querier, distributorID, productID int64) ([]Item, error) {
	rows, err := q.Query(ctx, `
		select i.id, i.distributor_id, i.key, coalesce(i.code, ''), i.name, coalesce(i.barcode, ''), coalesce(i.unit, ''), coalesce(i.brand, '')
		from item_mapping m join item i on i.distributor_id = m.distributor_id and i.id = m.item_id
		where m.distributor_id = $1 and m.product_id = $2 and m.superseded_at is null and m.decided_by is null and split_part(m.reason, ';', 1) = 'confirmed'
		order by i.id`, distributorID, productID)
	if err != nil {
		return nil, fmt.Errorf("list mappings that followed: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Item])
	if err != nil {
		return nil, fmt.Errorf("list mappings that followed: %w", err)
	}
	return all, nil
}

// CancelQuestion closes the open question of a kind about a subject, if there is one.
func CancelQuestion(ctx context.Context, q Querier, kind, subject string) error {
	_, err := q.Exec(ctx, `
		update question set state = 'cancelled', version = version + 1, leased_by = null, leased_until = null
		where kind = $1 and subject = $2 and state = 'open'`, kind, subject)
	if err != nil {
		return fmt.Errorf("cancel question: %w", err)
	}
	return Notify(ctx, q, TopicQuestion)
}

// Waiting is how many names of a report nobody has decided on or is asked about, and what
// they are worth.
type Waiting struct {
	Count int
	Value decimal.Decimal
}

// WaitingClients counts the clients of a report that wait. Sets, not joins: of a report
// that was only just loaded the planner has no statistics.
func WaitingClients(ctx context.Context, q Querier, distributorID, submissionID int64) (Waiting, error) {
	var w Waiting
	err := q.QueryRow(ctx, `
		with buyer as (select client_id as id, sum(amount) as amount from sale where distributor_id = $1 and submission_id = $2 and client_id is not null group by 1)
		select count(*), coalesce(sum(b.amount), 0) from buyer b
		where b.id not in (select client_id from client_mapping where distributor_id = $1 and superseded_at is null)
			and b.id not in (select (payload->>'client_id')::bigint from question where kind = 'client' and state = 'open' and distributor_id = $1 and payload ? 'client_id')`, distributorID, submissionID).Scan(&w.Count, &w.Value)
	if err != nil {
		return w, fmt.Errorf("count clients that wait: %w", err)
	}
	return w, nil
}
