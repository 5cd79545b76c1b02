package match

import (
	"math"
	"slices"
)

// level is how the prices of a distributor stand to those of the catalogue.
type level struct {
	usual  float64 // logarithm of the ratio, the median
	spread float64 // median of the distances to it
	names  int
}

// batch is the names of one distributor, ranked together: what is known of one
// helps the others.
type batch struct {
	asked []*asked
	lists [][]found // by the first score, best first
}

// confident is the share from which a candidate tells of its distributor's prices.
const confident = 0.8

// learnLevel measures the distributor's prices by the names that are nearly certain.
func (b *batch) learnLevel() level {
	var ratios []float64
	for _, list := range b.lists {
		if len(list) > 0 && list[0].share >= confident {
			if r := float64(list[0].features[fPrice]); r == r {
				ratios = append(ratios, r)
			}
		}
	}
	if len(ratios) < 8 {
		return level{}
	}
	usual := median(ratios)
	for i, r := range ratios {
		ratios[i] = math.Abs(r - usual)
	}
	return level{usual, median(ratios), len(ratios)}
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

// inContext fills the features that the other names of the distributor tell.
func (b *batch) inContext(l level) {
	type best struct {
		share  float64
		name   string
		second float64 // of another name
	}
	taken := map[int32]best{}
	for i, list := range b.lists {
		name := b.asked[i].canonical
		for _, x := range list {
			t := taken[x.entry]
			switch {
			case name == t.name:
				t.share = max(t.share, x.share)
			case x.share > t.share:
				t = best{x.share, name, t.share}
			default:
				t.second = max(t.second, x.share)
			}
			taken[x.entry] = t
		}
	}
	for i, list := range b.lists {
		name := b.asked[i].canonical
		for k := range list {
			t := taken[list[k].entry]
			other := t.share
			if t.name == name {
				other = t.second
			}
			list[k].features[fTaken] = float32(other)
		}
		levelled(list, l)
	}
}

// levelled measures prices against the usual level, and takes the first scores down.
func levelled(list []found, l level) {
	nan := float32(math.NaN())
	for k := range list {
		v := &list[k].features
		v[fPriceLevel], v[fPriceUsual] = nan, nan
		if l.names > 0 {
			v[fPriceLevel] = v[fPrice] - float32(l.usual)
			v[fPriceUsual] = abs(v[fPriceLevel]) / float32(l.spread+leastSpread)
		}
		v[fFirstScore] = float32(list[k].score)
	}
	relative(list)
}

// leastSpread is what prices scatter at least, as a logarithm: they are rounded.
const leastSpread = 0.02

// relative compares what the context tells of a candidate with the others.
func relative(list []found) {
	nearest, most := float32(math.Inf(1)), float32(math.Inf(-1))
	for k := range list {
		v := &list[k].features
		if d := abs(v[fPriceLevel]); d == d {
			nearest = min(nearest, d)
		}
		most = max(most, v[fFirstScore])
	}
	for k := range list {
		v := &list[k].features
		v[fPriceBest] = nearest - abs(v[fPriceLevel])
		v[fFirst] = v[fFirstScore] - most
	}
}

func abs(x float32) float32 { return float32(math.Abs(float64(x))) }
