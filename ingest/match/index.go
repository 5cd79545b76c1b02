package match

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// Lengths of the n-grams; shorter ones carry too little, longer ones are rare.
const (
	minGram = 2
	maxGram = 4
)

// index is an inverted index of character n-grams with TF-IDF weights
// (Salton & Buckley 1988: logarithmic tf, smoothed idf, cosine normalised).
type index struct {
	grams    map[string]int32
	idf      []float32
	postings [][]posting
	docs     int
	scratch  sync.Pool // *accumulator
}

type posting struct {
	doc    int32
	weight float32
}

// hit is a document and its cosine.
type hit struct {
	doc   int32
	score float64
}

type accumulator struct {
	sums    []float32
	touched []int32
}

func newIndex(docs [][]string) *index {
	x := &index{grams: map[string]int32{}, docs: len(docs)}
	counts := make([]map[int32]int, len(docs))
	var df []int
	for i, words := range docs {
		counts[i] = map[int32]int{}
		eachGram(words, func(g string) {
			id, ok := x.grams[g]
			if !ok {
				id = int32(len(df))
				x.grams[g] = id
				df = append(df, 0)
			}
			if counts[i][id]++; counts[i][id] == 1 {
				df[id]++
			}
		})
	}
	x.idf = make([]float32, len(df))
	x.postings = make([][]posting, len(df))
	for id, n := range df {
		x.idf[id] = float32(math.Log(float64(1+len(docs))/float64(1+n)) + 1)
		x.postings[id] = make([]posting, 0, n)
	}
	for i, c := range counts {
		norm := x.norm(c)
		for id, n := range c {
			x.postings[id] = append(x.postings[id], posting{int32(i), x.weight(id, n) / norm})
		}
	}
	x.scratch.New = func() any { return &accumulator{sums: make([]float32, x.docs)} }
	return x
}

func (x *index) weight(id int32, n int) float32 {
	return (1 + float32(math.Log(float64(n)))) * x.idf[id]
}

func (x *index) norm(counts map[int32]int) float32 {
	sum := 0.0
	for id, n := range counts {
		w := float64(x.weight(id, n))
		sum += w * w
	}
	return float32(math.Sqrt(sum))
}

// search gives the k nearest documents by cosine, best first; equal ones in the order of the catalogue.
func (x *index) search(words []string, k int) []hit {
	counts := map[int32]int{}
	eachGram(words, func(g string) {
		if id, ok := x.grams[g]; ok {
			counts[id]++
			return
		}
	})
	if len(counts) == 0 || k <= 0 {
		return nil
	}
	// Grams no entry has are not part of the vector: they weigh alike on all entries.
	norm := x.norm(counts)
	a := x.scratch.Get().(*accumulator)
	defer x.scratch.Put(a)
	a.touched = a.touched[:0]
	ids := make([]int32, 0, len(counts))
	for id := range counts {
		ids = append(ids, id)
	}
	slices.Sort(ids) // the same sum in the same order, whatever the map does
	for _, id := range ids {
		w := x.weight(id, counts[id]) / norm
		for _, p := range x.postings[id] {
			if a.sums[p.doc] == 0 {
				a.touched = append(a.touched, p.doc)
			}
			a.sums[p.doc] += w * p.weight
		}
	}
	return a.top(k)
}

// top takes the k best out and clears the sums.
func (a *accumulator) top(k int) []hit {
	best := make([]hit, 0, k+1)
	for _, doc := range a.touched {
		h := hit{doc, float64(a.sums[doc])}
		a.sums[doc] = 0
		if len(best) == k && !better(h, best[k-1]) {
			continue
		}
		i, _ := slices.BinarySearchFunc(best, h, func(x, y hit) int {
			if better(x, y) {
				return -1
			}
			return 1
		})
		if best = slices.Insert(best, i, h); len(best) > k {
			best = best[:k]
		}
	}
	return best
}

func better(x, y hit) bool {
	if c := cmp.Compare(x.score, y.score); c != 0 {
		return c > 0
	}
	return x.doc < y.doc
}

// eachGram visits the n-grams of every word with a blank on either side; a word shorter than n gives one.
func eachGram(words []string, visit func(string)) {
	var starts []int
	for _, w := range words {
		padded := " " + w + " "
		starts = starts[:0]
		for i := range padded {
			starts = append(starts, i)
		}
		starts = append(starts, len(padded))
		for n := minGram; n <= maxGram; n++ {
			if len(starts)-1 <= n {
				visit(padded)
				break
			}
			for i := 0; i+n < len(starts); i++ {
				visit(padded[starts[i]:starts[i+n]])
			}
		}
	}
}
