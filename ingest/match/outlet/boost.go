package outlet

import (
	"math"
	"slices"
)

// Shape of the boosted trees.
const (
	treeCount    = 160
	treeDepth    = 4
	learningRate = 0.08
	leafPenalty  = 4.0
	leafWeight   = 8.0 // least sum of second derivatives in a leaf
	bins         = 48
)

// booster grows trees by Newton steps on the logistic loss (Friedman 2001; Chen and Guestrin 2016).
type booster struct {
	cuts   [evidences][]float64
	binned [][evidences]uint8
	grad   []float64
	hess   []float64
	tree   Tree
}

// boost gives the base and the trees of a probability.
func boost(rows []evidence, right []bool) (float64, []Tree) {
	b := booster{grad: make([]float64, len(rows)), hess: make([]float64, len(rows))}
	b.bin(rows)
	positive := 1.0
	for _, r := range right {
		positive += flag(r)
	}
	base := math.Log(positive / (float64(len(rows)) + 2 - positive))
	sums := make([]float64, len(rows))
	for i := range sums {
		sums[i] = base
	}
	var trees []Tree
	all := make([]int32, len(rows))
	for range treeCount {
		for i := range rows {
			p := logistic(sums[i])
			b.grad[i], b.hess[i] = flag(right[i])-p, p*(1-p)
			all[i] = int32(i)
		}
		b.tree = nil
		b.grow(all, treeDepth)
		t := b.tree
		trees = append(trees, t)
		for i := range rows {
			sums[i] += t.value(&rows[i])
		}
	}
	return math.Round(base*1e6) / 1e6, trees
}

// bin cuts each piece of evidence at its quantiles.
func (b *booster) bin(rows []evidence) {
	b.binned = make([][evidences]uint8, len(rows))
	values := make([]float64, len(rows))
	for f := range evidences {
		for i := range rows {
			values[i] = rows[i][f]
		}
		slices.Sort(values)
		var cuts []float64
		for k := 1; k < bins; k++ {
			v := math.Round(values[k*len(values)/bins]*1e4) / 1e4
			if v < values[len(values)-1] && (len(cuts) == 0 || v > cuts[len(cuts)-1]) {
				cuts = append(cuts, v)
			}
		}
		if len(cuts) == 0 && values[0] < values[len(values)-1] || len(cuts) > 0 && values[0] < cuts[0] {
			cuts = append([]float64{values[0]}, cuts...)
		}
		b.cuts[f] = cuts
		for i := range rows {
			k, _ := slices.BinarySearch(cuts, rows[i][f])
			b.binned[i][f] = uint8(k)
		}
	}
}

// grow adds a node for the rows, and those under it; it gives the node's place.
func (b *booster) grow(rows []int32, depth int) uint16 {
	at := len(b.tree)
	b.tree = append(b.tree, Node{})
	var g, h float64
	for _, i := range rows {
		g += b.grad[i]
		h += b.hess[i]
	}
	f, k := -1, 0
	if depth > 0 {
		f, k = b.split(rows, g, h)
	}
	if f < 0 {
		b.tree[at].Value = math.Round(learningRate*g/(h+leafPenalty)*1e5) / 1e5
		return uint16(at)
	}
	n := 0
	rows = slices.Clone(rows)
	for i, r := range rows {
		if int(b.binned[r][f]) <= k {
			rows[i], rows[n] = rows[n], r
			n++
		}
	}
	left := b.grow(rows[:n], depth-1)
	right := b.grow(rows[n:], depth-1)
	b.tree[at] = Node{Evidence: uint8(f), At: b.cuts[f][k], Left: left, Right: right}
	return uint16(at)
}

// split finds the evidence and cut that gain most, -1 where none gains.
func (b *booster) split(rows []int32, g, h float64) (evidence, cut int) {
	var sums [evidences][bins + 1][2]float64
	for _, i := range rows {
		for f, k := range b.binned[i] {
			sums[f][k][0] += b.grad[i]
			sums[f][k][1] += b.hess[i]
		}
	}
	best, evidence := 1e-3, -1
	whole := g * g / (h + leafPenalty)
	for f := range evidences {
		var lg, lh float64
		for k := range b.cuts[f] {
			lg += sums[f][k][0]
			lh += sums[f][k][1]
			if lh < leafWeight || h-lh < leafWeight {
				continue
			}
			gain := lg*lg/(lh+leafPenalty) + (g-lg)*(g-lg)/(h-lh+leafPenalty) - whole
			if direction(f)*(lg/(lh+leafPenalty)-(g-lg)/(h-lh+leafPenalty)) > 0 {
				continue
			}
			if gain > best {
				best, evidence, cut = gain, f, k
			}
		}
	}
	return evidence, cut
}

// direction is 1 for evidence that more of can only make surer, -1 for the opposite, 0 for neither.
func direction(f int) float64 {
	switch {
	case f == leadEvidence, f == thirdEvidence, f >= restEvidence:
		return 1
	case f == rivalsEvidence:
		return -1
	}
	switch feature(f) {
	case nameCover, nameSecond, nameAsked, givenEqual, numeralEqual, taxEqual, streetCover, houseSame, placeSame, areaSame, postcodeSame, nameWhole, addressWhole, bothWhole, taxAndAddress, chainWhole:
		return 1
	case nameLost, nameMisspelt, givenDiffers, numeralDiffers, formDiffers, taxDiffers, streetMisspelt, streetDiffers, streetClassDiffers, houseOther, houseOtherPart, placeOther, areaOther, postcodeOther, addressLost:
		return -1
	}
	return 0
}
