package match_test

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/ingest/match/sample"
)

// processorTime is what this process has used of the processors: what counts where other
// programs share the machine.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkRank finds one name among 22,000 products, and tells how many times longer
// the peer takes in the same run: cosine of TF-IDF vectors of trigrams, all postings read.
func BenchmarkRank(b *testing.B) {
	entries := sample.Catalogue(22000)
	c := match.NewCatalog(entries, match.Options{})
	queries := sample.Names(entries, 500)
	peer := newTrigrams(entries)
	began := processorTime()
	for _, q := range queries {
		peer.nearest(q.Name)
	}
	other := (processorTime() - began).Seconds() / float64(len(queries))
	i := 0
	for began = processorTime(); b.Loop(); i++ {
		c.Rank(queries[i%len(queries)], 5)
	}
	ours := (processorTime() - began).Seconds() / float64(i)
	b.ReportMetric(ours*1e9, "cpu-ns/op")
	b.ReportMetric(other/ours, "x-tfidf")
}

func BenchmarkBuild(b *testing.B) {
	entries := sample.Catalogue(100000)
	began, n := processorTime(), 0
	for ; b.Loop(); n++ {
		match.NewCatalog(entries, match.Options{})
	}
	b.ReportMetric((processorTime()-began).Seconds()/float64(n), "cpu-s/100k")
}

func BenchmarkAdd(b *testing.B) {
	entries := sample.Catalogue(22000)
	c := match.NewCatalog(entries, match.Options{})
	began, i := processorTime(), 0
	for ; b.Loop(); i++ {
		e := entries[i%len(entries)]
		e.ID = fmt.Sprint("new ", i)
		c.Add(e)
	}
	b.ReportMetric((processorTime()-began).Seconds()*1e9/float64(i), "cpu-ns/op")
}

func BenchmarkBulk(b *testing.B) {
	entries := sample.Catalogue(20000)
	c := match.NewCatalog(entries, match.Options{})
	queries := sample.Names(entries, 50000)
	for b.Loop() {
		began, beganCPU := time.Now(), processorTime()
		if _, err := c.RankAll(context.Background(), queries, 5, nil); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s/bulk")
		b.ReportMetric((processorTime() - beganCPU).Seconds(), "cpu-s/bulk")
	}
}

// BenchmarkMemory tells what an entry costs in memory.
func BenchmarkMemory(b *testing.B) {
	entries := sample.Catalogue(100000)
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		c := match.NewCatalog(entries, match.Options{})
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(entries)), "B/entry")
		runtime.KeepAlive(c)
	}
}

// trigrams is the peer.
type trigrams struct {
	postings map[string][]int
	norms    []float64
}

func newTrigrams(entries []match.Entry) *trigrams {
	x := &trigrams{postings: map[string][]int{}, norms: make([]float64, len(entries))}
	for i, e := range entries {
		for _, g := range gramsOf(e.Name) {
			x.postings[g] = append(x.postings[g], i)
		}
	}
	for _, list := range x.postings {
		w := x.weight(list)
		for _, i := range list {
			x.norms[i] += w * w
		}
	}
	return x
}

func (x *trigrams) weight(list []int) float64 {
	return math.Log(float64(1+len(x.norms)) / float64(1+len(list)))
}

func (x *trigrams) nearest(name string) int {
	sums := make([]float64, len(x.norms))
	for _, g := range gramsOf(name) {
		w := x.weight(x.postings[g])
		for _, i := range x.postings[g] {
			sums[i] += w * w
		}
	}
	best := 0
	for i := range sums {
		if sums[i] /= math.Sqrt(x.norms[i]); sums[i] > sums[best] {
			best = i
		}
	}
	return best
}

func gramsOf(name string) []string {
	r := []rune("  " + strings.ToLower(name) + " ")
	var out []string
	for i := 0; i+3 <= len(r); i++ {
		out = append(out, string(r[i:i+3]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
