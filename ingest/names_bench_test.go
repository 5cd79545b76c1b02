package ingest_test

import (
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/ingest/match/sample"
	"github.com/distbase/distbase/storage/storagetest"
)

// BenchmarkNameAgainstCatalogue finds names among 22,000 products, and tells how many
// times longer PostgreSQL takes on the same data in the same run: nearest neighbours by
// trigram similarity over a GiST index (pg_trgm, siglen 64).
func BenchmarkNameAgainstCatalogue(b *testing.B) {
	ctx := b.Context()
	entries := sample.Catalogue(22000)
	queries := sample.Names(entries, 200)
	pool := storagetest.New(b).Pool()
	for _, sql := range []string{"create extension if not exists pg_trgm", "create table peer (id int primary key, name text not null)"} {
		if _, err := pool.Exec(ctx, sql); err != nil {
			b.Skip("no pg_trgm:", err)
		}
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name
	}
	if _, err := pool.Exec(ctx, "insert into peer select n, name from unnest($1::text[]) with ordinality as t (name, n)", names); err != nil {
		b.Fatal(err)
	}
	if _, err := pool.Exec(ctx, "create index on peer using gist (name gist_trgm_ops(siglen=64))"); err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	for _, q := range queries {
		if _, err := pool.Exec(ctx, "select id from peer order by name <-> $1 limit 5", q.Name); err != nil {
			b.Fatal(err)
		}
	}
	peer := time.Since(began).Seconds() / float64(len(queries))
	c := match.NewCatalog(entries, match.Options{})
	for i := 0; b.Loop(); i++ {
		c.Rank(queries[i%len(queries)], 5)
	}
	b.ReportMetric(peer/(b.Elapsed().Seconds()/float64(b.N)), "x-pg_trgm")
}
