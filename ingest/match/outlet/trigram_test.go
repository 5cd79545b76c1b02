package outlet_test

import (
	"math"
	"strings"
	"unicode"

	"github.com/distbase/distbase/ingest/match/outlet"
)

// trigramIndex is the peer in tests and benchmarks: an inverted index of
// character trigrams, cosine of TF-IDF vectors, all postings read.
type trigramIndex struct {
	ids      map[string]int32
	idf      []float64
	postings [][]posting
	sums     []float32
	docs     int
}

type posting struct {
	doc    int32
	weight float32
}

func newTrigramIndex(entries []outlet.Entry) *trigramIndex {
	x := &trigramIndex{ids: map[string]int32{}, docs: len(entries), sums: make([]float32, len(entries))}
	docs := make([]map[int32]float64, len(entries))
	for i, e := range entries {
		docs[i] = map[int32]float64{}
		for g, n := range grams(strings.Join([]string{e.Name, e.LegalName, e.City, e.Address}, " ")) {
			id, ok := x.ids[g]
			if !ok {
				id = int32(len(x.idf))
				x.ids[g], x.idf = id, append(x.idf, 0)
			}
			docs[i][id] = 1 + math.Log(n)
			x.idf[id]++
		}
	}
	x.postings = make([][]posting, len(x.idf))
	for id, df := range x.idf {
		x.idf[id] = math.Log(float64(1+len(docs))/(1+df)) + 1
	}
	for i, d := range docs {
		norm := 0.0
		for id, tf := range d {
			norm += tf * x.idf[id] * tf * x.idf[id]
		}
		for id, tf := range d {
			x.postings[id] = append(x.postings[id], posting{int32(i), float32(tf * x.idf[id] / math.Sqrt(norm))})
		}
	}
	return x
}

func grams(text string) map[string]float64 {
	out := map[string]float64{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		r := []rune("  " + w + " ")
		for i := 0; i+3 <= len(r); i++ {
			out[string(r[i:i+3])]++
		}
	}
	return out
}

// nearest is the nearest entry and its cosine, -1 where none has a trigram of the text.
func (x *trigramIndex) nearest(text string) (int, float64) {
	clear(x.sums)
	norm := 0.0
	for g, n := range grams(text) {
		id, ok := x.ids[g]
		if !ok {
			norm += 1
			continue
		}
		w := (1 + math.Log(n)) * x.idf[id]
		norm += w * w
		for _, p := range x.postings[id] {
			x.sums[p.doc] += float32(w) * p.weight
		}
	}
	best := -1
	for i, s := range x.sums {
		if s > 0 && (best < 0 || s > x.sums[best]) {
			best = i
		}
	}
	if best < 0 {
		return -1, 0
	}
	return best, float64(x.sums[best]) / math.Sqrt(norm)
}
