package ingest

import (
	"fmt"
	"testing"
	"time"

	outletsample "github.com/distbase/distbase/ingest/match/outlet/sample"
	matchsample "github.com/distbase/distbase/ingest/match/sample"
	"github.com/distbase/distbase/storage"
)

// BenchmarkNamesOfALargeDistributor maps 5,000 new items against 20,000 products and
// 20,000 new clients against as many outlets, all of it on the real server.
func BenchmarkNamesOfALargeDistributor(b *testing.B) {
	x := newShelf(b)
	entries := matchsample.Catalogue(20000)
	codes, names := make([]string, len(entries)), make([]string, len(entries))
	for i, e := range entries {
		codes[i], names[i] = e.ID, e.Name
	}
	x.exec(`insert into product (code, name, unit) select * from unnest($1::text[], $2::text[]), (select 'шт') u`, codes, names)
	s := outletsample.New(outletsample.Options{Seed: 1, Outlets: 20000, Queries: 20000, Strangers: 0.1, Hardness: 0.5})
	for _, e := range s.Entries {
		_, err := storage.UpsertOutlet(x.ctx, x.store.Pool(), storage.Outlet{Code: e.ID, Name: e.Name, LegalName: e.LegalName, INN: e.INN, Address: e.Address, City: e.City, Region: e.Region, Chain: e.Chain})
		if err != nil {
			b.Fatal(err)
		}
	}
	x.exec(`insert into distributor (code, name) values ('A', 'A')`)
	x.exec(`insert into outlet_service (outlet_id, distributor_id, valid) select id, 1, daterange('2020-01-01', null) from outlet`)
	var items []storage.Item
	for i, q := range matchsample.Names(entries, 5000) {
		items = append(items, storage.Item{Name: q.Name, Unit: "шт", Code: fmt.Sprint("i", i)})
	}
	var clients []storage.Client
	for i, c := range s.Cases {
		clients = append(clients, storage.Client{Name: c.Query.Name, INN: c.Query.INN, Address: c.Query.Address, City: c.Query.City, Region: c.Query.Region, Code: fmt.Sprint("c", i)})
	}
	submission := x.stores("A", items, clients)
	b.ResetTimer()
	began := time.Now()
	if err := x.mapNames(x.ctx, submission); err != nil {
		b.Fatal(err)
	}
	first := time.Since(began).Seconds()
	b.Logf("items mapped %s, asked %s; clients mapped %s, asked %s", x.scan(`select count(*) from item_mapping`), x.scan(`select count(*) from question where kind = 'item'`),
		x.scan(`select count(*) from client_mapping`), x.scan(`select count(*) from question where kind = 'client'`))
	for b.Loop() {
		if err := x.rankNames(x.ctx, 1); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(first, "s/report") // an operation is ranking what is asked about anew
}
