package match

import (
	"context"
	"sync"
	"sync/atomic"
)

// Rank gives the k likeliest entries for a query, best first, fewer where fewer are similar at all.
func (c *Catalog) Rank(q Query, k int) []Candidate {
	if k <= 0 {
		return nil
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	b := batch{asked: []*asked{c.ask(q)}}
	b.lists = [][]found{c.first(b.asked[0])}
	b.inContext(c.levels.of(q.Distributor))
	return c.second(b.asked[0], b.lists[0], k)
}

// first finds and scores the candidates of a query by themselves.
func (c *Catalog) first(a *asked) []found {
	list := c.gather(a)
	for i := range list {
		list[i].score = c.model.first.Score(list[i].features[:fList])
	}
	sortFound(list)
	shares(list)
	return list
}

// second scores them among the other names of the distributor, and decides.
func (c *Catalog) second(a *asked, list []found, k int) []Candidate {
	if len(list) == 0 {
		return nil
	}
	for i := range list {
		list[i].score = c.model.second.Score(list[i].features[:])
	}
	sortFound(list)
	null := shares(list)
	return c.decide(a, list, null, sureOf(c.model.sure, sureRow(list, null)), k)
}

// RankAll ranks many queries, each like Rank, and lets the names of a distributor
// help each other: what its prices are to those of the catalogue, and that two names
// rarely mean one entry. The result is the same however many processors there are.
// progress, where it is not nil, hears how many are done, from any goroutine.
func (c *Catalog) RankAll(ctx context.Context, queries []Query, k int, progress func(done int)) ([][]Candidate, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	groups := map[string][]int{}
	var order []string
	for i, q := range queries {
		if groups[q.Distributor] == nil {
			order = append(order, q.Distributor)
		}
		groups[q.Distributor] = append(groups[q.Distributor], i)
	}
	out := make([][]Candidate, len(queries))
	var done atomic.Int64
	for _, distributor := range order {
		which := groups[distributor]
		b := batch{asked: make([]*asked, len(which)), lists: make([][]found, len(which))}
		err := Parallel(ctx, len(which), func(i int) {
			b.asked[i] = c.ask(queries[which[i]])
			list := c.first(b.asked[i])
			// A slice of its own: the long list is not kept for all names.
			b.lists[i] = append([]found(nil), list[:min(len(list), kept)]...)
			b.asked[i].slots, b.asked[i].sims = nil, nil
		})
		if err != nil {
			return nil, err
		}
		l := b.learnLevel()
		if l.names == 0 {
			l = c.levels.of(distributor)
		}
		c.levels.set(distributor, l)
		b.inContext(l)
		err = Parallel(ctx, len(which), func(i int) {
			out[which[i]] = c.second(b.asked[i], b.lists[i], k)
			b.lists[i] = nil
			if n := done.Add(1); progress != nil && (n%1000 == 0 || n == int64(len(queries))) {
				progress(int(n))
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// kept is how many candidates of a name are looked at among the other names.
const kept = 12

// levels are the price levels of distributors.
type levels struct {
	mu sync.Mutex
	m  map[string]level // guarded by mu
}

func (l *levels) of(distributor string) level {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.m[distributor]
}

func (l *levels) set(distributor string, v level) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if v.names > 0 {
		l.m[distributor] = v
	}
}
