package outlet_test

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/ingest/match/outlet/sample"
)

// benchmarkOutlets is the size of the base; DISTBASE_BENCH_OUTLETS sets another.
func benchmarkOutlets() int {
	if n, err := strconv.Atoi(os.Getenv("DISTBASE_BENCH_OUTLETS")); err == nil {
		return n
	}
	return 1_000_000
}

// processorTime is what this process has used of the processors.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkMillion builds an index of a million outlets, asks it and adds to
// it. In the same run a trigram index of a tenth of them is asked the same.
func BenchmarkMillion(b *testing.B) {
	n := benchmarkOutlets()
	s := sample.New(sample.Options{Seed: 9, Half: sample.Test, Outlets: n, Queries: 2000, Strangers: 0.1, Hardness: 0.4})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start, startCPU := time.Now(), processorTime()
	x := outlet.New(s.Entries, outlet.Options{})
	built, builtCPU := time.Since(start), processorTime()-startCPU
	runtime.GC()
	runtime.ReadMemStats(&after)
	peer := newTrigramIndex(s.Entries[:n/10])

	b.Run("build", func(b *testing.B) {
		for b.Loop() {
		}
		b.ReportMetric(built.Seconds()/float64(n)*1e5, "s/100k")
		b.ReportMetric(builtCPU.Seconds()/float64(n)*1e5, "cpu-s/100k")
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "B/outlet")
	})
	var ours time.Duration // processor time, since other programs share the machine
	b.Run("rank", func(b *testing.B) {
		i, start := 0, processorTime()
		for b.Loop() {
			x.Rank(s.Cases[i%len(s.Cases)].Query, 5)
			i++
		}
		ours = (processorTime() - start) / time.Duration(i)
		b.ReportMetric(float64(ours.Nanoseconds()), "cpu-ns/op")
	})
	b.Run("rank/trigrams of a tenth", func(b *testing.B) {
		i, start := 0, processorTime()
		for b.Loop() {
			q := s.Cases[i%len(s.Cases)].Query
			peer.nearest(strings.Join([]string{q.Name, q.LegalName, q.City, q.Address}, " "))
			i++
		}
		if ours > 0 {
			b.ReportMetric(float64(processorTime()-start)/float64(i)/float64(ours), "x_slower")
		}
	})
	b.Run("put", func(b *testing.B) {
		i := 0
		for b.Loop() {
			e := s.Entries[i%n]
			e.ID = "new" + strconv.Itoa(i)
			x.Put(e)
			i++
		}
	})
	runtime.KeepAlive(x)
}
