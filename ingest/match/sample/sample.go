// Package sample makes up catalogues and the names that distributors use for them, for
// benchmarks and tests of package match.
//
// In: how many. Out: entries, and queries of which the ID of the right entry is kept
// beside. The same numbers give the same sample.
//
// # What it refuses
//
// Nothing. It is no measure of quality: its names are dirty in three ways only.
package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/distbase/distbase/ingest/match"
)

// Catalogue makes a catalogue of names as the trade writes them: a kind of goods, a
// brand, a line, a scent, a size, a code. Words are made up, so that nothing is known of them.
func Catalogue(n int) []match.Entry {
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

// Names writes names of a catalogue otherwise: shortened, in another order, with a letter wrong.
func Names(entries []match.Entry, n int) []match.Query {
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
