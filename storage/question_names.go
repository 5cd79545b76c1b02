package storage

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
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
