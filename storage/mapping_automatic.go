package storage

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// AutomaticMapping is a mapping in force that distbase made by itself, nobody has
// looked at and nobody has been asked about.
type AutomaticMapping struct {
	Kind          string // AskItem, AskClient, AskAgent
	ID            int64
	DistributorID int64
	NameID        int64
	Verdict       string
	Name          string // as the distributor writes it
	Unit          string
	TargetCode    string // of the product, outlet or rep; empty where it is none of ours
	TargetName    string
	Address       string // of the outlet; department of the rep
	OwnAddress    string // of the client
	Factor        decimal.Decimal
	Reason        string
	Confidence    decimal.NullDecimal
}

// uncheckedRead is how many automatic mappings an audit chooses from.
const uncheckedRead = 20000

// UncheckedMappings lists automatic mappings of the last days, by chance, but the same
// whenever it is asked.
func UncheckedMappings(ctx context.Context, q Querier, days int) ([]AutomaticMapping, error) {
	rows, err := q.Query(ctx, `
		select * from (
		select 'item' as kind, m.id, m.distributor_id, m.item_id, m.verdict, i.name, coalesce(i.unit, ''), coalesce(p.code, ''), coalesce(p.name, ''), '', '', m.factor, m.reason, m.confidence
		from item_mapping m join item i on i.distributor_id = m.distributor_id and i.id = m.item_id left join product p on p.id = m.product_id
		where m.superseded_at is null and m.decided_by is null and m.decided_at > now() - make_interval(days => $1)
			and not exists (select from question q where q.kind = 'audit' and q.subject = 'item:' || m.distributor_id || '/' || m.id)
		union all
		select 'client', m.id, m.distributor_id, m.client_id, m.verdict, c.name, '', coalesce(o.code, ''), coalesce(o.name, ''), concat_ws(', ', o.city, o.address),
			concat_ws(', ', c.city, c.address), 1, m.reason, m.confidence
		from client_mapping m join client c on c.distributor_id = m.distributor_id and c.id = m.client_id left join outlet o on o.id = m.outlet_id
		where m.superseded_at is null and m.decided_by is null and m.decided_at > now() - make_interval(days => $1)
			and not exists (select from question q where q.kind = 'audit' and q.subject = 'client:' || m.distributor_id || '/' || m.id)
		union all
		select 'agent', m.id, m.distributor_id, m.agent_id, m.verdict, a.name, '', coalesce(r.code, ''), coalesce(r.name, ''), concat_ws(', ', r.department, r.region), '', 1, m.reason, m.confidence
		from agent_mapping m join agent a on a.distributor_id = m.distributor_id and a.id = m.agent_id left join rep r on r.id = m.rep_id
		where m.superseded_at is null and m.decided_by is null and m.decided_at > now() - make_interval(days => $1)
			and not exists (select from question q where q.kind = 'audit' and q.subject = 'agent:' || m.distributor_id || '/' || m.id)
		) x order by hashint8(x.id), x.kind, x.id limit $2`, days, uncheckedRead)
	if err != nil {
		return nil, fmt.Errorf("list automatic mappings: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[AutomaticMapping])
	if err != nil {
		return nil, fmt.Errorf("list automatic mappings: %w", err)
	}
	return all, nil
}
