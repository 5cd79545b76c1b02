package match

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// breadth is how many names the index brings, and depth how many entries are measured.
const (
	breadth = 50
	depth   = 20
)

// gather finds and measures the entries that a query may mean.
func (c *Catalog) gather(a *asked) []found {
	list := make([]found, 0, depth+4)
	at := make(map[int32]int, depth)
	get := func(entry int32, cosine float32) *found {
		if c.entries[entry].gone {
			return nil
		}
		i, ok := at[entry]
		if !ok {
			i = len(list)
			at[entry] = i
			list = append(list, found{entry: entry})
			list[i].features[fCosine] = cosine
		}
		return &list[i]
	}
	for _, h := range c.index.search(a.grams, breadth) {
		if e := c.docs[h.doc].entry; len(list) < depth {
			get(e, h.score)
		}
	}
	c.addExact(a, get)
	a.bare = c.bareSize(a, list)
	for i := range list {
		list[i] = c.compare(a, list[i])
	}
	compareList(list)
	return list
}

// compareList fills the features that compare a candidate with the others.
func compareList(list []found) {
	for k, f := range compared {
		best := float32(math.Inf(-1))
		for i := range list {
			best = max(best, towards(f, list[i].features[f]))
		}
		for i := range list {
			list[i].features[int(fCompared)+k] = towards(f, list[i].features[f]) - best
		}
	}
	for i := range list {
		v := &list[i].features
		v[fRank], v[fTwins], v[fSizeRivals], v[fRivals] = 0, 0, 0, 0
		for j := range list {
			w := &list[j].features
			if i == j {
				continue
			}
			if w[fCosine] > v[fCosine] {
				v[fRank]++
			}
			if w[fQueryUnion] >= v[fQueryUnion]-0.02 {
				v[fTwins]++
				if contradictions(w) <= contradictions(v) {
					v[fRivals]++
				}
			}
			if w[fQueryUnion] >= v[fQueryUnion]-0.1 && contradictions(w) < contradictions(v) {
				v[fSizeRivals]++
			}
		}
	}
}

// towards turns a feature so that more is better.
func towards(f feature, x float32) float32 {
	switch f {
	case fMissKnown, fExtra, fExtraUnion, fExtraMain, fExtraMean, fLatinExtra, fPriceFar, fContentRatio:
		if x != x {
			return -1
		}
		return -x
	}
	if x != x {
		return 0
	}
	return x
}

// contradictions counts the attributes that contradict.
func contradictions(v *[Features]float32) int {
	n := 0
	for _, f := range []feature{fContent, fCount, fDilution, fLength, fTechnical, fColour, fStrength} {
		if v[f] == contradicts {
			n++
		}
	}
	return n
}

// sortFound puts the likeliest first.
func sortFound(list []found) {
	slices.SortFunc(list, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.features[fCosine], a.features[fCosine]), cmp.Compare(a.entry, b.entry))
	})
}

// shares turns scores into probabilities: a softmax with the null candidate, whose score is 0.
func shares(list []found) (null float64) {
	most := 0.0
	for _, x := range list {
		most = max(most, x.score)
	}
	sum := math.Exp(-most)
	for _, x := range list {
		sum += math.Exp(x.score - most)
	}
	for i := range list {
		list[i].share = math.Exp(list[i].score-most) / sum
	}
	return math.Exp(-most) / sum
}

// addExact looks the query up in the exact tables.
func (c *Catalog) addExact(a *asked, get func(int32, float32) *found) {
	mark := func(list []int32, set func(*evidence)) {
		for _, i := range list[:min(len(list), depth)] {
			if x := get(i, 0); x != nil {
				set(&x.evidence)
			}
		}
	}
	mark(c.names[a.canonical], func(e *evidence) { e.name = true })
	for _, b := range strings.Fields(a.Barcode) {
		key := barcodeKey(b)
		if c.barcode[key] == nil {
			key = containedKey(key)
		}
		mark(c.barcode[key], func(e *evidence) { e.barcode, e.barcodeText = true, b })
	}
	mark(c.codes[codeKey(a.Code)], func(e *evidence) { e.code, e.codeText = true, a.Code })
	own, others := c.history.find(a.canonical, a.Distributor)
	for _, id := range own {
		if i, ok := c.byID[id]; ok {
			mark([]int32{i}, func(e *evidence) { e.confirmed = true })
		}
	}
	for _, id := range others {
		if i, ok := c.byID[id]; ok && !slices.Contains(own, id) {
			mark([]int32{i}, func(e *evidence) { e.confirmedElse = true })
		}
	}
}
