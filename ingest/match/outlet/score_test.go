package outlet_test

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/ingest/match/outlet/sample"
)

// verdict is what became of one query.
type verdict struct {
	confidence   float64
	right, known bool
	decision     outlet.Decision
}

// report are the figures of a set of verdicts.
type report struct {
	recall1                        float64 // first candidates right, of the queries whose outlet is in the base
	cover99, cover995              float64 // of them, accepted in the largest prefix by confidence of that precision
	mapped, precision, calibration float64 // of them mapped; right of what was mapped; expected calibration error
}

func summarise(list []verdict) report {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b verdict) int { return cmp.Compare(b.confidence, a.confidence) })
	var r report
	var known, right, mapped, mappedRight float64
	for _, v := range list {
		known += number(v.known)
		right += number(v.right)
		if v.decision == outlet.Map {
			mapped++
			mappedRight += number(v.right)
		}
	}
	good := 0.0
	for i, v := range list {
		good += number(v.right)
		if i+1 < len(list) && list[i+1].confidence == v.confidence {
			continue
		}
		if good >= 0.99*float64(i+1) {
			r.cover99 = good / known
		}
		if good >= 0.995*float64(i+1) {
			r.cover995 = good / known
		}
	}
	for b := range 10 {
		var p, y float64
		bin := list[b*len(list)/10 : (b+1)*len(list)/10]
		for _, v := range bin {
			p += v.confidence
			y += number(v.right)
		}
		r.calibration += math.Abs(p-y) / float64(len(list))
	}
	r.recall1, r.mapped, r.precision = right/known, mappedRight/known, mappedRight/max(mapped, 1)
	return r
}

func number(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func judge(s sample.Sample) []verdict {
	x := outlet.New(s.Entries, outlet.Options{})
	out := make([]verdict, len(s.Cases))
	for i, c := range s.Cases {
		out[i] = verdict{known: c.Want != "", decision: outlet.None}
		if r := x.Rank(c.Query, 1); len(r) > 0 {
			out[i].confidence, out[i].right, out[i].decision = r[0].Confidence, r[0].ID == c.Want, r[0].Decision
		}
	}
	return out
}

// trigrams is the peer: cosine of TF-IDF vectors of character trigrams over name and address.
func trigrams(s sample.Sample) []verdict {
	index := newTrigramIndex(s.Entries)
	out := make([]verdict, len(s.Cases))
	for i, c := range s.Cases {
		best, cosine := index.nearest(strings.Join([]string{c.Query.Name, c.Query.LegalName, c.Query.City, c.Query.Address}, " "))
		out[i] = verdict{confidence: cosine, right: best >= 0 && s.Entries[best].ID == c.Want, known: c.Want != ""}
	}
	return out
}

// Outlets, streets, surnames and towns of this half were not seen in training.
func TestMadeUpOutletsAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		hardness float64
		seeds    []uint64
		floor    report
	}{
		{"as distributors write", 0.3, []uint64{21, 22, 23}, report{recall1: 0.988, cover99: 0.975, cover995: 0.965, mapped: 0.90, precision: 0.995, calibration: 0.02}},
		{"carelessly", 0.6, []uint64{31, 32, 33}, report{recall1: 0.98, cover99: 0.95, cover995: 0.935, mapped: 0.86, precision: 0.995, calibration: 0.02}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var ours, peers []verdict
			for _, seed := range c.seeds {
				s := sample.New(sample.Options{Seed: seed, Half: sample.Test, Outlets: 1500, Queries: 800, Strangers: 0.12, Hardness: c.hardness})
				ours = append(ours, judge(s)...)
				peers = append(peers, trigrams(s)...)
			}
			got := summarise(ours)
			t.Logf("outlets  %+v", got)
			t.Logf("trigrams %+v", summarise(peers))
			f := c.floor
			if got.recall1 < f.recall1 || got.cover99 < f.cover99 || got.cover995 < f.cover995 || got.mapped < f.mapped || got.precision < f.precision || got.calibration > f.calibration {
				t.Errorf("got %+v, want at least %+v", got, f)
			}
		})
	}
}
