package ingest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/storage"
)

// searchable is a product as a person's search looks at it.
type searchable struct {
	code, barcodes string
	names          []string // normalised
	words          []string
}

func searchableOf(p storage.Product) searchable {
	x := searchable{code: fold(p.Code), barcodes: p.Barcode + " " + p.CaseBarcode}
	for _, n := range append([]string{p.Name}, p.OtherNames...) {
		x.names = append(x.names, match.Normalise(n))
		x.words = append(x.words, searchWords(n)...)
	}
	x.words = append(x.words, searchWords(p.Brand)...)
	return x
}

func searchWords(s string) []string {
	return strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// The ranks of what a search finds.
const (
	foundExact  = 100.0 // the whole name, the code, the barcode
	foundCode   = 60.0  // the beginning of a code
	foundAll    = 40.0  // every word that was typed begins a word of the name
	foundSome   = 10.0  // at least half of the words
	foundNearly = 0.0   // spelt in a similar way
)

// rank tells how well the product answers a search, and whether it does at all. Words
// may be begun only, and stand in any order.
func (x *searchable) rank(query, canonical string, words []string) (float64, bool) {
	if x.code == query || strings.Contains(" "+x.barcodes+" ", " "+query+" ") || canonical != "" && slices.Contains(x.names, canonical) {
		return foundExact, true
	}
	if len(query) > 1 && strings.HasPrefix(x.code, query) {
		return foundCode, true
	}
	whole, begun := x.have(words)
	n := float64(len(words))
	near := float64(whole)/max(n, 1) + 1/float64(1+len(x.words))
	switch {
	case len(words) == 0 || 2*begun < len(words) || begun == 0:
		return 0, false
	case begun == len(words):
		return foundAll + near, true
	}
	return foundSome*float64(begun)/n + near, true
}

// have counts the words that the product has whole, and those that it has or that begin
// one of its own.
func (x *searchable) have(words []string) (whole, begun int) {
	for _, w := range words {
		if slices.Contains(x.words, w) {
			whole, begun = whole+1, begun+1
			continue
		}
		if slices.ContainsFunc(x.words, func(v string) bool { return strings.HasPrefix(v, w) }) {
			begun++
		}
	}
	return whole, begun
}

// find gives the codes of products for a search: the exact one first, then those with
// all the words, some of them, and those that are spelt in a similar way.
func (x *productIndex) find(query string, limit int) []string {
	type hit struct {
		code string
		rank float64
	}
	var hits []hit
	folded, canonical, words := fold(query), match.Normalise(query), searchWords(query)
	x.mu.RLock()
	for code, s := range x.search {
		if r, ok := s.rank(folded, canonical, words); ok {
			hits = append(hits, hit{code, r})
		}
	}
	x.mu.RUnlock()
	for _, c := range x.catalog.Rank(match.Query{Name: query}, limit) {
		if !slices.ContainsFunc(hits, func(h hit) bool { return h.code == c.ID }) {
			hits = append(hits, hit{c.ID, foundNearly + c.Confidence})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.code, b.code)) })
	var out []string
	for _, h := range hits[:min(len(hits), limit)] {
		out = append(out, h.code)
	}
	return out
}
