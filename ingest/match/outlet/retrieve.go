package outlet

import (
	"cmp"
	"math"
	"slices"
)

// What a query may cost: posting lists are read from the shortest on until so
// many postings are read; then the outlets with most weight are compared in full.
const (
	postingsRead = 6000
	compared     = 40
)

// accumulator sums weights by outlet; it is zero between queries.
type accumulator struct {
	sums    []float32
	touched []int32
	lists   []list
	seen    map[uint32]bool
}

// list are the postings of a key and what the key tells.
type list struct {
	pairs  []uint64
	weight float32
}

// retrieve gives the outlets worth comparing, the likeliest first.
func (x *Index) retrieve(a *asked) []int32 {
	acc, _ := x.scratch.Get().(*accumulator)
	if acc == nil {
		acc = &accumulator{seen: map[uint32]bool{}}
	}
	defer x.scratch.Put(acc)
	if len(acc.sums) < len(x.docs) {
		acc.sums = make([]float32, len(x.docs)+len(x.docs)/8)
	}
	acc.lists = acc.lists[:0]
	clear(acc.seen)
	x.collect(a, acc)
	slices.SortFunc(acc.lists, func(p, q list) int {
		return cmp.Or(cmp.Compare(len(p.pairs), len(q.pairs)), cmp.Compare(q.weight, p.weight), cmp.Compare(p.pairs[0], q.pairs[0]))
	})
	budget := postingsRead
	for _, l := range acc.lists {
		if len(l.pairs) > budget {
			l.pairs = l.pairs[:budget]
		}
		for _, p := range l.pairs {
			n := int32(uint32(p))
			if acc.sums[n] == 0 {
				acc.touched = append(acc.touched, n)
			}
			acc.sums[n] += l.weight
		}
		if budget -= len(l.pairs); budget == 0 {
			break
		}
	}
	return acc.top()
}

// top are the heaviest outlets; the sums are zero again.
func (acc *accumulator) top() []int32 {
	slices.SortFunc(acc.touched, func(a, b int32) int {
		return cmp.Or(cmp.Compare(acc.sums[b], acc.sums[a]), cmp.Compare(a, b))
	})
	out := slices.Clone(acc.touched[:min(compared, len(acc.touched))])
	for _, n := range acc.touched {
		acc.sums[n] = 0
	}
	acc.touched = acc.touched[:0]
	return out
}

// collect gathers the posting lists of all keys of a query.
func (x *Index) collect(a *asked, acc *accumulator) {
	add := func(key uint32, similarity float64) {
		if acc.seen[key] {
			return
		}
		acc.seen[key] = true
		if p := x.keys.of(key); len(p) > 0 {
			w := math.Log(1+float64(len(x.docs))/float64(len(p))) * similarity
			acc.lists = append(acc.lists, list{p, float32(w)})
		}
	}
	if tax := packTax(a.tax); tax != 0 {
		add(hashKey(taxKey, tax, 0), 1.5)
	}
	houses := a.houseNumbers()
	for i := range a.words {
		if s := a.words[i].section; s == given || s == area {
			continue
		}
		for _, v := range a.variants[i] {
			add(hashKey(wordKey, uint64(v.stem), 0), v.similarity)
			for _, n := range houses {
				add(hashKey(houseKey, uint64(v.stem), uint64(n)), v.similarity)
			}
			x.collectPairs(a, i, v, add)
		}
	}
	if a.postcode != 0 && a.house.number != 0 {
		add(hashKey(postcodeKey, uint64(a.postcode), uint64(a.house.number)), 1)
	}
}

func (x *Index) collectPairs(a *asked, i int, v variant, add func(uint32, float64)) {
	for j := i + 1; j < len(a.words) && j < i+24; j++ {
		if s := a.words[j].section; s == given || s == area {
			continue
		}
		for _, u := range a.variants[j] {
			if v.stem != u.stem && v.similarity*u.similarity > 0.5 {
				add(hashPair(v.stem, u.stem), v.similarity*u.similarity)
			}
		}
	}
}
