package outlet

import (
	"cmp"
	"slices"
)

// scored is an outlet on its way to become a candidate.
type scored struct {
	doc    int32
	vector vector
	score  float64
}

// Rank gives the k likeliest outlets for a query, best first, fewer where fewer
// have anything in common with it.
func (x *Index) Rank(q Query, k int) []Candidate {
	if k <= 0 {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	a := x.ask(q)
	list := x.scored(a)
	return x.decide(q, a, list, k)
}

// scored compares what retrieve found, best first.
func (x *Index) scored(a *asked) []scored {
	found := x.retrieve(a)
	list := make([]scored, len(found))
	for i, n := range found {
		v := x.compare(a, &x.docs[n])
		list[i] = scored{n, v, x.model.score(&v)}
	}
	slices.SortStableFunc(list, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(x.docs[a.doc].id, x.docs[b.doc].id))
	})
	return list
}
