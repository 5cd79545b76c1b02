package match_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/match"
)

// generated makes a catalogue of names as the trade writes them: a kind of goods, a
// brand, a line, a scent, a size, a code. Words are made up, so that nothing is known of them.
func generated(n int) []match.Entry {
	r := rand.New(rand.NewPCG(1, 2))
	word := func(k int) string {
		var b strings.Builder
		for range k {
			b.WriteString([]string{"ка", "ро", "ми", "лу", "те", "си", "на", "во", "бе", "гра", "пло", "шен", "тол", "дир"}[r.IntN(14)])
		}
		return b.String()
	}
	vocabulary := func(n, k int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = word(k)
		}
		return out
	}
	kinds, brands, lines, scents := vocabulary(120, 3), vocabulary(400, 2), vocabulary(3000, 3), vocabulary(300, 3)
	sizes := []string{"0,25 л", "500 мл", "1 л", "2 л", "5 л", "100 г", "1,5 кг", "20 шт"}
	out := make([]match.Entry, n)
	for i := range out {
		out[i] = match.Entry{
			ID: fmt.Sprint(i), Code: fmt.Sprintf("%03d-%d", r.IntN(1000), i), Price: fmt.Sprint(50 + r.IntN(2000)),
			Name: fmt.Sprintf("%s для %s «%s %s» %s, %s", kinds[r.IntN(120)], kinds[r.IntN(120)], brands[r.IntN(400)], lines[r.IntN(3000)], scents[r.IntN(300)], sizes[r.IntN(8)]),
		}
	}
	return out
}

// dirty writes names of a catalogue otherwise: shortened, in another order, with a letter wrong.
func dirty(entries []match.Entry, n int) []match.Query {
	r := rand.New(rand.NewPCG(3, 4))
	out := make([]match.Query, n)
	for i := range out {
		e := entries[r.IntN(len(entries))]
		words := strings.Fields(strings.NewReplacer("«", "", "»", "", "для ", "д/").Replace(e.Name))
		k := r.IntN(len(words))
		if w := []rune(words[k]); len(w) > 5 {
			words[k] = string(append(w[:3:3], w[4:]...))
		}
		words[0], words[1] = words[1], words[0]
		out[i] = match.Query{ID: fmt.Sprint(i), Name: strings.Join(words, " "), Distributor: fmt.Sprint(i % 20), Price: e.Price}
	}
	return out
}

func BenchmarkRank(b *testing.B) {
	entries := generated(22000)
	c := match.NewCatalog(entries, match.Options{})
	queries := dirty(entries, 500)
	for i := 0; b.Loop(); i++ {
		c.Rank(queries[i%len(queries)], 5)
	}
}

func BenchmarkBuild(b *testing.B) {
	entries := generated(100000)
	for b.Loop() {
		match.NewCatalog(entries, match.Options{})
	}
}

func BenchmarkAdd(b *testing.B) {
	entries := generated(22000)
	c := match.NewCatalog(entries, match.Options{})
	for i := 0; b.Loop(); i++ {
		e := entries[i%len(entries)]
		e.ID = fmt.Sprint("new ", i)
		c.Add(e)
	}
}

func BenchmarkBulk(b *testing.B) {
	entries := generated(20000)
	c := match.NewCatalog(entries, match.Options{})
	queries := dirty(entries, 50000)
	for b.Loop() {
		began := time.Now()
		if _, err := c.RankAll(context.Background(), queries, 5, nil); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s/bulk")
	}
}
