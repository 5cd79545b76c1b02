package ingest

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/match"
	outletsample "github.com/distbase/distbase/ingest/match/outlet/sample"
	matchsample "github.com/distbase/distbase/ingest/match/sample"
	"github.com/distbase/distbase/storage"
)

// BenchmarkHouseAtFullSize maps a report of 5,000 items and 5,000 clients in a house of
// 50,000 products and 1,000,000 outlets, and tells what it takes to build the indexes, to
// follow a change of master data, to map the report, and how much memory that needs.
func BenchmarkHouseAtFullSize(b *testing.B) {
	const outlets, products, served, names = 1_000_000, 50_000, 20_000, 5_000
	x := newShelf(b)
	x.exec(`insert into distributor (code, name) values ('A', 'A')`)
	submission := fillHouse(x, products, outlets, names)
	x.exec(`insert into outlet_service (outlet_id, distributor_id, valid) select id, 1, '[2020-01-01,)' from outlet where id <= $1`, served)
	x.exec(`analyze`)
	debug.FreeOSMemory()
	base := resident()
	peak := watchResident(b)
	took := func(what string, f func() error) {
		began, cpu := time.Now(), processor()
		if err := f(); err != nil {
			b.Fatal(err)
		}
		seconds, used := time.Since(began).Seconds(), processor()-cpu
		top := peak()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(seconds, "s/"+what)
		b.Logf("%-16s %7.2f s, %7.2f s of processors; resident at most %5d MiB, then %5d MiB, live %5d MiB (%d before all)",
			what, seconds, used.Seconds(), top>>20, resident()>>20, m.HeapAlloc>>20, base>>20)
	}
	b.ResetTimer()
	took("products", func() error { _, err := x.productIndex(x.ctx); return err })
	took("outlets", func() error { _, err := x.outletIndex(x.ctx); return err })
	took("nothing-new", func() error { _, err := x.outletIndex(x.ctx); return err })
	x.exec(`update outlet set name = name || ' 2' where id % 1000 = 0`)
	took("1000-outlets-new", func() error { _, err := x.outletIndex(x.ctx); return err })
	x.exec(`update product set price = 1 where id % 50 = 0`)
	took("1000-products-new", func() error { _, err := x.productIndex(x.ctx); return err })
	took("report", func() error { return x.mapNames(x.ctx, submission) })
	b.Logf("items mapped %s, asked %s; clients mapped %s, asked %s", x.scan(`select count(*) from item_mapping`), x.scan(`select count(*) from question where kind = 'item'`),
		x.scan(`select count(*) from client_mapping`), x.scan(`select count(*) from question where kind = 'client'`))
	took("rank-again", func() error { return x.rankNames(x.ctx, 1) })
	for b.Loop() { //nolint:revive // everything has been measured
	}
}

// fillHouse stores master data and a report of names made of them.
func fillHouse(x *shelf, products, outlets, names int) (submission int64) {
	entries := matchsample.Catalogue(products)
	fillProducts(x, entries)
	clients := fillOutlets(x, outlets, names)
	var items []storage.Item
	for i, q := range matchsample.Names(entries, names) {
		items = append(items, storage.Item{Name: q.Name, Unit: "шт", Code: fmt.Sprint("i", i)})
	}
	return x.stores("A", items, clients)
}

func fillProducts(x *shelf, entries []match.Entry) {
	codes, names := make([]string, len(entries)), make([]string, len(entries))
	for i, e := range entries {
		codes[i], names[i] = e.ID, e.Name
	}
	x.exec(`insert into product (code, name, unit) select * from unnest($1::text[], $2::text[]), (select 'шт') u`, codes, names)
}

// fillOutlets stores outlets in portions and gives clients who are some of the first.
func fillOutlets(x *shelf, n, clients int) []storage.Client {
	const portion = 50_000
	var out []storage.Client
	for from := 0; from < n; from += portion {
		opt := outletsample.Options{Seed: uint64(from + 1), Outlets: portion, Hardness: 0.5}
		if from == 0 {
			opt.Queries, opt.Strangers = clients, 0.1
		}
		s := outletsample.New(opt)
		_, err := x.store.Pool().CopyFrom(x.ctx, pgx.Identifier{"outlet"}, []string{"code", "name", "legal_name", "inn", "address", "city", "region", "chain"},
			pgx.CopyFromSlice(len(s.Entries), func(i int) ([]any, error) {
				e := s.Entries[i]
				return []any{fmt.Sprint(from, e.ID), e.Name, e.LegalName, e.INN, e.Address, e.City, e.Region, e.Chain}, nil
			}))
		if err != nil {
			x.t.Fatal(err)
		}
		for i, c := range s.Cases {
			out = append(out, storage.Client{Name: c.Query.Name, INN: c.Query.INN, Address: c.Query.Address, City: c.Query.City, Region: c.Query.Region, Code: fmt.Sprint("c", i)})
		}
	}
	return out
}

// resident is the memory that the process holds now, in bytes; 0 where the system does
// not tell.
func resident() int64 {
	raw, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages int64
	_, _ = fmt.Sscan(strings.TrimSpace(string(raw)), &size, &pages)
	return pages * int64(os.Getpagesize())
}

// processor is the time of processors that the process has used.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// watchResident gives the most that was resident since it was last asked.
func watchResident(b *testing.B) func() int64 {
	ask, answer := make(chan struct{}), make(chan int64)
	done := make(chan struct{})
	b.Cleanup(func() { close(done) })
	go func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		top := resident()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				top = max(top, resident())
			case <-ask:
				answer <- max(top, resident())
				top = 0
			}
		}
	}()
	return func() int64 {
		ask <- struct{}{}
		return <-answer
	}
}
