package match

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// gramLength is the length of the character n-grams; shorter ones carry too little, longer ones break at every typing error.
const gramLength = 3

// index finds the names that share rare character n-grams with a query: an inverted
// index with squared IDF weights, cosine normalised. Grams are visited from the rarest
// on until a budget of postings is spent: frequent ones move no name to the top.
type index struct {
	grams   map[uint32][]int32 // hash of a gram -> names that hold it
	scales  []float32          // of a name: one by its norm
	names   int                // taken in
	scratch sync.Pool          // *accumulator
}

// budget is how many postings one search looks at; a multiple is spent where one gram holds more.
const budget = 30000

// hit is a name and its cosine.
type hit struct {
	doc   int32
	score float32
}

type accumulator struct {
	sums    []float32
	touched []int32
}

func newIndex() *index {
	x := &index{grams: map[uint32][]int32{}}
	x.scratch.New = func() any { return &accumulator{} }
	return x
}

// add takes a name in; weigh must follow before the next search.
func (x *index) add(doc int32, grams []uint32) {
	x.names++
	for _, g := range grams {
		x.grams[g] = append(x.grams[g], doc)
	}
}

// weigh computes the norm of a name. Later ones change the weights of grams a little;
// norms keep those of their time, as the whole catalogue is weighed when it is built.
func (x *index) weigh(grams []uint32) {
	sum := 0.0
	for _, g := range grams {
		sum += float64(x.squaredIDF(len(x.grams[g])))
	}
	x.scales = append(x.scales, float32(1/math.Sqrt(max(sum, 1e-9))))
}

func (x *index) squaredIDF(df int) float32 {
	idf := math.Log(1 + float64(x.names+1)/float64(df+1))
	return float32(idf * idf)
}

// search gives the k nearest names by cosine, best first; equal ones in the order of the catalogue.
func (x *index) search(grams []uint32, k int) []hit {
	type list struct {
		docs   []int32
		weight float32
		gram   uint32
	}
	lists := make([]list, 0, len(grams))
	norm := float32(0)
	for _, g := range grams {
		docs := x.grams[g]
		w := x.squaredIDF(len(docs))
		norm += w
		if len(docs) > 0 {
			lists = append(lists, list{docs, w, g})
		}
	}
	slices.SortFunc(lists, func(a, b list) int {
		return cmp.Or(cmp.Compare(len(a.docs), len(b.docs)), cmp.Compare(a.gram, b.gram))
	})
	a := x.scratch.Get().(*accumulator)
	defer x.scratch.Put(a)
	if len(a.sums) < len(x.scales) {
		a.sums = make([]float32, len(x.scales)+len(x.scales)/8+16)
	}
	a.touched = a.touched[:0]
	spent := 0
	for i, l := range lists {
		if spent += len(l.docs); spent > budget && i > 0 {
			break
		}
		for _, d := range l.docs {
			if a.sums[d] == 0 {
				a.touched = append(a.touched, d)
			}
			a.sums[d] += l.weight
		}
	}
	return a.top(k, x.scales, float32(1/math.Sqrt(max(float64(norm), 1e-9))))
}

// top takes the k best out and clears the sums; scale is one by the query's norm.
func (a *accumulator) top(k int, scales []float32, scale float32) []hit {
	best := make([]hit, 0, k+1)
	for _, doc := range a.touched {
		h := hit{doc, a.sums[doc] * scales[doc] * scale}
		a.sums[doc] = 0
		if len(best) == k && (h.score < best[k-1].score || !better(h, best[k-1])) {
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

// appendGrams adds the hashes of the grams of a key with a blank on either side, and of the key itself.
func appendGrams(out []uint32, key string) []uint32 {
	padded := " " + key + " "
	for i := 0; i+gramLength <= len(padded); i++ {
		out = append(out, hash(padded[i:i+gramLength]))
	}
	return append(out, hash(padded+"."))
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
