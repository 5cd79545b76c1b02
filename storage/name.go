package storage

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Item is a product as the distributor names it.
type Item struct {
	ID            int64
	DistributorID int64
	Key           string // identity among the distributor's items
	Code          string
	Name          string
	Barcode       string
	Unit          string
	Brand         string
}

// Client is a buyer, with its place of delivery, as the distributor names it.
type Client struct {
	ID            int64
	DistributorID int64
	Key           string
	Code          string
	Name          string
	INN           string
	OutletName    string
	Address       string
	City          string
	Region        string
	Channel       string
}

// Agent is a sales rep as the distributor names them.
type Agent struct {
	ID            int64
	DistributorID int64
	Key           string
	Name          string
}

// EnsureItems stores items that are not there yet and returns the ids of all by
// their key. Keys must not repeat.
func EnsureItems(ctx context.Context, q Querier, submissionID int64, distributorID int64, list []Item) (map[string]int64, error) {
	batch := &pgx.Batch{}
	for _, x := range list {
		batch.Queue(`
			insert into item (distributor_id, key, code, name, barcode, unit, brand, first_seen) values ($1, $2, $3, $4, $5, $6, $7, $8)
			on conflict (distributor_id, key) do update set barcode = coalesce(item.barcode, excluded.barcode)
			returning id`,
			distributorID, clean(x.Key), nullText(x.Code), clean(x.Name), nullText(x.Barcode), nullText(x.Unit), nullText(x.Brand), submissionID)
	}
	return ensure(ctx, q, batch, len(list), func(i int) string { return list[i].Key })
}

// EnsureClients is EnsureItems for clients.
func EnsureClients(ctx context.Context, q Querier, submissionID int64, distributorID int64, list []Client) (map[string]int64, error) {
	batch := &pgx.Batch{}
	for _, x := range list {
		batch.Queue(`
			insert into client (distributor_id, key, code, name, inn, outlet_name, address, city, region, channel, first_seen)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
			on conflict (distributor_id, key) do update set inn = coalesce(client.inn, excluded.inn), address = coalesce(client.address, excluded.address)
			returning id`,
			distributorID, clean(x.Key), nullText(x.Code), clean(x.Name), nullText(x.INN), nullText(x.OutletName), nullText(x.Address),
			nullText(x.City), nullText(x.Region), nullText(x.Channel), submissionID)
	}
	return ensure(ctx, q, batch, len(list), func(i int) string { return list[i].Key })
}

// EnsureAgents is EnsureItems for agents.
func EnsureAgents(ctx context.Context, q Querier, submissionID int64, distributorID int64, list []Agent) (map[string]int64, error) {
	batch := &pgx.Batch{}
	for _, x := range list {
		batch.Queue(`
			insert into agent (distributor_id, key, name, first_seen) values ($1, $2, $3, $4)
			on conflict (distributor_id, key) do update set key = excluded.key returning id`,
			distributorID, clean(x.Key), clean(x.Name), submissionID)
	}
	return ensure(ctx, q, batch, len(list), func(i int) string { return list[i].Key })
}

func ensure(ctx context.Context, q Querier, batch *pgx.Batch, n int, key func(int) string) (map[string]int64, error) {
	ids := make(map[string]int64, n)
	if n == 0 {
		return ids, nil
	}
	results := q.SendBatch(ctx, batch)
	defer func() { _ = results.Close() }()
	for i := range n {
		var id int64
		if err := results.QueryRow().Scan(&id); err != nil {
			return nil, fmt.Errorf("store name %q: %w", key(i), err)
		}
		ids[key(i)] = id
	}
	return ids, results.Close()
}

// Weight is what a distributor's name weighs in the loaded sales.
type Weight struct {
	Amount   string // decimal text, roubles
	Quantity string
	Lines    int
	Clients  int // different buyers of an item
}

// hashJoins keeps the planner from nested loops in this transaction, until it is told
// so no more: of a distributor whose names were only just loaded it has no statistics,
// expects one row, and would read all its sales once a name.
func hashJoins(ctx context.Context, q Querier, on bool) error {
	sql := `set local enable_nestloop = on`
	if on {
		sql = `set local enable_nestloop = off`
	}
	if _, err := q.Exec(ctx, sql); err != nil {
		return fmt.Errorf("tell the planner: %w", err)
	}
	return nil
}

// UnmappedItem is an item without a verdict.
type UnmappedItem struct {
	Item
	Weight
	FirstSeen int64 // the submission that brought it
	Refused   bool  // a person took a mapping of it back: distbase does not decide again
}

// UnmappedItems lists the items of a submission that nobody has decided on,
// worth the most first. With submissionID 0 it lists those of the distributor that
// nobody is asked about either.
func UnmappedItems(ctx context.Context, q Querier, distributorID, submissionID int64) ([]UnmappedItem, error) {
	if err := hashJoins(ctx, q, true); err != nil {
		return nil, err
	}
	rows, err := q.Query(ctx, `
		with unmapped as materialized (
			select i.* from item i
			where i.distributor_id = $1
				and not exists (select from item_mapping m where m.distributor_id = i.distributor_id and m.item_id = i.id and m.superseded_at is null)
				and case when $2 = 0
					then not exists (select from question q where q.kind = 'item' and q.state = 'open' and q.subject = 'item:' || i.distributor_id || '/' || i.id)
					else i.id in (select s.item_id from sale s where s.distributor_id = $1 and s.submission_id = $2
						union select s.item_id from stock s where s.distributor_id = $1 and s.submission_id = $2) end),
		weight as (
			select s.item_id, sum(s.amount) as amount, sum(s.quantity) as quantity, count(*)::int as lines, count(distinct s.client_id)::int as clients
			from sale s join submission b on b.id = s.submission_id and b.state = 'loaded'
			where s.distributor_id = $1 and s.item_id in (select id from unmapped) group by s.item_id)
		select i.id, i.distributor_id, i.key, coalesce(i.code, ''), i.name, coalesce(i.barcode, ''), coalesce(i.unit, ''),
			coalesce(i.brand, ''), coalesce(f.amount, 0)::text, coalesce(f.quantity, 0)::text, coalesce(f.lines, 0), coalesce(f.clients, 0), i.first_seen,
			exists (select from item_mapping m where m.distributor_id = i.distributor_id and m.item_id = i.id and m.ended_by is not null)
		from unmapped i left join weight f on f.item_id = i.id
		order by coalesce(f.amount, 0) desc, i.id`, distributorID, submissionID)
	if err != nil {
		return nil, fmt.Errorf("list unmapped items: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (UnmappedItem, error) {
		var u UnmappedItem
		err := row.Scan(&u.ID, &u.DistributorID, &u.Key, &u.Code, &u.Name, &u.Barcode, &u.Unit, &u.Brand,
			&u.Amount, &u.Quantity, &u.Lines, &u.Clients, &u.FirstSeen, &u.Refused)
		return u, err
	})
	if err != nil {
		return nil, fmt.Errorf("list unmapped items: %w", err)
	}
	return all, hashJoins(ctx, q, false)
}

// UnmappedClient is a client without a verdict.
type UnmappedClient struct {
	Client
	Weight
	FirstSeen int64
	Refused   bool
}

// UnmappedClients is UnmappedItems for clients.
func UnmappedClients(ctx context.Context, q Querier, distributorID, submissionID int64) ([]UnmappedClient, error) {
	if err := hashJoins(ctx, q, true); err != nil {
		return nil, err
	}
	rows, err := q.Query(ctx, `
		with unmapped as materialized (
			select c.* from client c
			where c.distributor_id = $1
				and not exists (select from client_mapping m where m.distributor_id = c.distributor_id and m.client_id = c.id and m.superseded_at is null)
				and case when $2 = 0
					then not exists (select from question q where q.kind = 'client' and q.state = 'open' and q.subject = 'client:' || c.distributor_id || '/' || c.id)
					else c.id in (select s.client_id from sale s where s.distributor_id = $1 and s.submission_id = $2) end),
		weight as (
			select s.client_id, sum(s.amount) as amount, sum(s.quantity) as quantity, count(*)::int as lines
			from sale s join submission b on b.id = s.submission_id and b.state = 'loaded'
			where s.distributor_id = $1 and s.client_id in (select id from unmapped) group by s.client_id)
		select c.id, c.distributor_id, c.key, coalesce(c.code, ''), c.name, coalesce(c.inn, ''), coalesce(c.outlet_name, ''),
			coalesce(c.address, ''), coalesce(c.city, ''), coalesce(c.region, ''), coalesce(c.channel, ''),
			coalesce(f.amount, 0)::text, coalesce(f.quantity, 0)::text, coalesce(f.lines, 0), c.first_seen,
			exists (select from client_mapping m where m.distributor_id = c.distributor_id and m.client_id = c.id and m.ended_by is not null)
		from unmapped c left join weight f on f.client_id = c.id
		order by coalesce(f.amount, 0) desc, c.id`, distributorID, submissionID)
	if err != nil {
		return nil, fmt.Errorf("list unmapped clients: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (UnmappedClient, error) {
		var u UnmappedClient
		err := row.Scan(&u.ID, &u.DistributorID, &u.Key, &u.Code, &u.Name, &u.INN, &u.OutletName, &u.Address, &u.City, &u.Region, &u.Channel,
			&u.Amount, &u.Quantity, &u.Lines, &u.FirstSeen, &u.Refused)
		return u, err
	})
	if err != nil {
		return nil, fmt.Errorf("list unmapped clients: %w", err)
	}
	return all, hashJoins(ctx, q, false)
}
