// Package learn makes up what package outlet learns its numbers from.
//
// In: confirmed mappings, where there are some. Out: lessons, always the same ones for
// the same mappings.
//
// # Method
//
// Bases of many sizes and ways of keeping, with queries written by two generators that
// know nothing of each other (sample, clerk), so that neither one's idea of what is
// usual is taken for the truth; they alternate, since [outlet.Train] takes the lessons
// in their order for its three purposes.
//
// # What it refuses
//
// Nothing.
package learn

import (
	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/ingest/match/outlet/clerk"
	"github.com/distbase/distbase/ingest/match/outlet/sample"
)

// How many lessons each generator gives, and queries a lesson has.
const (
	ofEach  = 42
	queries = 2500
)

// Lessons are samples of many sizes, styles and degrees of corruption, and confirmed
// mappings, of which each purpose of [outlet.Train] gets a third.
func Lessons(confirmed ...outlet.Lesson) []outlet.Lesson {
	thirds := [3][]outlet.Lesson{}
	for _, l := range confirmed {
		for k := range thirds {
			part := outlet.Lesson{Entries: l.Entries}
			for i := k; i < len(l.Examples); i += len(thirds) {
				part.Examples = append(part.Examples, l.Examples[i])
			}
			thirds[k] = append(thirds[k], part)
		}
	}
	out := thirds[0]
	for i := range ofEach {
		if i == ofEach/2 {
			out = append(out, thirds[1]...)
		}
		out = append(out, sampled(i), clerks(i))
	}
	return append(out, thirds[2]...)
}

func sampled(i int) outlet.Lesson {
	s := sample.New(sample.Options{
		Seed: uint64(100 + i), Half: sample.Training, Outlets: [...]int{2000, 100, 4000, 1000, 400, 6000, 30}[i%7], Queries: queries,
		Strangers: [...]float64{0.05, 0.15, 0.3}[i%3], Hardness: [...]float64{0.25, 0.5, 0.75, 0.5}[i%4],
	})
	l := outlet.Lesson{Entries: s.Entries}
	for _, c := range s.Cases {
		l.Examples = append(l.Examples, outlet.Example(c))
	}
	return l
}

func clerks(i int) outlet.Lesson {
	w := clerk.New(clerk.Options{
		Seed: uint64(500 + i), Outlets: [...]int{6000, 300, 2000, 60, 4000}[i%5], Cases: queries,
		Keeping: clerk.Keeping(i % int(clerk.Keepings)), Mixed: i%2 == 1, Ambiguous: i%4 == 1, Strangers: [...]float64{0.1, 0.25, 0.05, 0.15}[i%4],
	})
	l := outlet.Lesson{Entries: w.Entries}
	for _, c := range w.Cases {
		l.Examples = append(l.Examples, outlet.Example{Query: c.Query, Want: c.Want})
	}
	return l
}
