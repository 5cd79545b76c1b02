package boost

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
)

// List is the candidates of one question.
type List struct {
	Rows [][]float32
	// Right is the index of the right row, -1 where none is.
	Right int
	// Weight is how much the list counts; 0 means 1.
	Weight float64
	// Base are scores of the rows to which the trees are added; none means 0.
	Base []float64
}

// Settings of growth. The zero value of a field means its default.
type Settings struct {
	Trees    int     // 120
	Leaves   int     // 12 a tree
	Rate     float64 // 0.1: how far a tree is followed
	MinChild float64 // 3: least sum of second derivatives in a leaf
	Lambda   float64 // 4: L2 penalty on the values of leaves
	Lists    float64 // 0.8: share of the lists that a tree sees
	Columns  float64 // 0.5: share of the features that a tree sees
	Seed     uint64
	// Directions says of a feature that greater values never lower (1) or never raise
	// (-1) the score; 0, or nothing, where it may do both.
	Directions []int8
}

func (s Settings) withDefaults() Settings {
	s.Trees, s.Leaves = orInt(s.Trees, 120), orInt(s.Leaves, 12)
	s.Rate, s.MinChild, s.Lambda = orFloat(s.Rate, 0.1), orFloat(s.MinChild, 3), orFloat(s.Lambda, 4)
	s.Lists, s.Columns = orFloat(s.Lists, 0.8), orFloat(s.Columns, 0.5)
	return s
}

func orInt(v, def int) int {
	if v == 0 {
		return def
	}
	return v
}

func orFloat(v, def float64) float64 {
	if v == 0 {
		return def
	}
	return v
}

// ErrRagged says that rows differ in length.
var ErrRagged = errors.New("rows differ in length")

// Train grows a model on lists.
func Train(lists []List, s Settings) (*Model, error) {
	s = s.withDefaults()
	width, rows := 0, 0
	for _, l := range lists {
		for _, r := range l.Rows {
			if rows > 0 && len(r) != width {
				return nil, ErrRagged
			}
			width = len(r)
			rows++
		}
	}
	m := &Model{}
	if rows == 0 {
		return m, nil
	}
	t := newTrainer(lists, width, rows, s)
	for range s.Trees {
		t.grow(m)
	}
	return m, nil
}

// bins is how many steps a feature is cut into; the first one holds what is missing.
const bins = 64

type trainer struct {
	s      Settings
	lists  []List
	start  []int // first row of a list
	width  int
	bins   []uint8 // of the features of a row, row by row
	cuts   [][]float32
	score  []float64
	grad   []float64
	hess   []float64
	random *rand.Rand
	order  []int32
}

func newTrainer(lists []List, width, rows int, s Settings) *trainer {
	t := &trainer{
		s: s, lists: lists, score: make([]float64, rows), grad: make([]float64, rows), hess: make([]float64, rows),
		random: rand.New(rand.NewPCG(s.Seed, 0x9e3779b97f4a7c15)), bins: make([]uint8, width*rows), cuts: make([][]float32, width), width: width,
	}
	n := 0
	for _, l := range lists {
		t.start = append(t.start, n)
		copy(t.score[n:], l.Base)
		n += len(l.Rows)
	}
	values := make([]float32, 0, rows)
	for f := range width {
		values = values[:0]
		for _, l := range lists {
			for _, r := range l.Rows {
				values = append(values, r[f])
			}
		}
		t.cuts[f] = cutsOf(values)
		for i, v := range values {
			t.bins[i*width+f] = binOf(t.cuts[f], v)
		}
	}
	return t
}

// cutsOf finds at most bins-2 thresholds that part the values evenly.
func cutsOf(values []float32) []float32 {
	v := slices.DeleteFunc(slices.Clone(values), func(x float32) bool { return x != x })
	slices.Sort(v)
	distinct := slices.Compact(slices.Clone(v))
	var cuts []float32
	if len(distinct) <= bins-1 {
		for i := 1; i < len(distinct); i++ {
			cuts = append(cuts, distinct[i-1]+(distinct[i]-distinct[i-1])/2)
		}
		return cuts
	}
	for k := 1; k < bins-1; k++ {
		c := v[k*len(v)/(bins-1)]
		if len(cuts) == 0 || c > cuts[len(cuts)-1] {
			cuts = append(cuts, c)
		}
	}
	return cuts
}

func binOf(cuts []float32, v float32) uint8 {
	if v != v {
		return 0
	}
	i, _ := slices.BinarySearch(cuts, v)
	return uint8(i + 1)
}

// derive computes the derivatives of the listwise loss; a list that the tree does not see has none.
func (t *trainer) derive() []int32 {
	t.order = t.order[:0]
	for i, l := range t.lists {
		if t.random.Float64() >= t.s.Lists || len(l.Rows) == 0 {
			continue
		}
		w := orFloat(l.Weight, 1)
		a, b := t.start[i], t.start[i]+len(l.Rows)
		most := 0.0
		for _, x := range t.score[a:b] {
			most = max(most, x)
		}
		sum := math.Exp(-most)
		for _, x := range t.score[a:b] {
			sum += math.Exp(x - most)
		}
		for r := a; r < b; r++ {
			p := math.Exp(t.score[r]-most) / sum
			y := 0.0
			if r-a == l.Right {
				y = 1
			}
			t.grad[r], t.hess[r] = w*(p-y), w*max(p*(1-p), 1e-6)
			t.order = append(t.order, int32(r))
		}
	}
	return t.order
}

// leaf is rows that are not parted yet.
type leaf struct {
	rows       []int32
	node       int32
	grad, hess float64
	histogram  []bucket // bins a feature that the tree sees
	split      split
	low, high  float64 // between which its value must stay
}

type split struct {
	gain    float64
	feature int
	bin     uint8 // values of bins up to it go left
	missing bool
	middle  float64 // of the values of both sides
}

type bucket struct{ grad, hess float64 }

func (t *trainer) grow(m *Model) {
	rows := t.derive()
	var features []int
	for f := range t.width {
		if len(t.cuts[f]) > 0 && t.random.Float64() < t.s.Columns {
			features = append(features, f)
		}
	}
	if len(rows) == 0 || len(features) == 0 {
		return
	}
	root := int32(len(m.nodes))
	m.roots = append(m.roots, root)
	m.nodes = append(m.nodes, node{feature: -1})
	first := &leaf{rows: slices.Clone(rows), node: root, histogram: t.histogram(rows, features), low: math.Inf(-1), high: math.Inf(1)}
	t.bestSplit(first, features)
	leaves := []*leaf{first}
	for len(leaves) < t.s.Leaves {
		k := 0
		for i, l := range leaves {
			if l.split.gain > leaves[k].split.gain {
				k = i
			}
		}
		if leaves[k].split.gain <= 1e-9 {
			break
		}
		left, right := t.part(m, leaves[k], features)
		leaves[k] = left
		leaves = append(leaves, right)
	}
	for _, l := range leaves {
		m.nodes[l.node].value = float32(t.s.Rate * t.value(bucket{l.grad, l.hess}, l))
	}
	t.follow(m, root)
}

// part splits a leaf in two. The histogram of the bigger one is what the smaller leaves of their parent's.
func (t *trainer) part(m *Model, l *leaf, features []int) (left, right *leaf) {
	n := int32(len(m.nodes))
	m.nodes[l.node] = node{feature: int16(l.split.feature), missing: l.split.missing, threshold: t.threshold(l.split), left: n}
	m.nodes = append(m.nodes, node{feature: -1}, node{feature: -1})
	left, right = &leaf{node: n, low: l.low, high: l.high}, &leaf{node: n + 1, low: l.low, high: l.high}
	switch middle := l.split.middle; t.direction(l.split.feature) {
	case 1:
		left.high, right.low = middle, middle
	case -1:
		left.low, right.high = middle, middle
	}
	for _, r := range l.rows {
		b := t.bins[int(r)*t.width+l.split.feature]
		if b == 0 && l.split.missing || b > 0 && b <= l.split.bin {
			left.rows = append(left.rows, r)
			continue
		}
		right.rows = append(right.rows, r)
	}
	small, big := left, right
	if len(small.rows) > len(big.rows) {
		small, big = big, small
	}
	small.histogram = t.histogram(small.rows, features)
	big.histogram = l.histogram
	for i, b := range small.histogram {
		big.histogram[i].grad -= b.grad
		big.histogram[i].hess -= b.hess
	}
	t.bestSplit(left, features)
	t.bestSplit(right, features)
	return left, right
}

func (t *trainer) histogram(rows []int32, features []int) []bucket {
	h := make([]bucket, len(features)*bins)
	for _, r := range rows {
		g, s := t.grad[r], t.hess[r]
		row := t.bins[int(r)*t.width : (int(r)+1)*t.width]
		for k, f := range features {
			b := &h[k*bins+int(row[f])]
			b.grad += g
			b.hess += s
		}
	}
	return h
}

// bestSplit finds where a leaf is best parted.
func (t *trainer) bestSplit(l *leaf, features []int) {
	l.grad, l.hess = 0, 0
	for _, b := range l.histogram[:bins] {
		l.grad += b.grad
		l.hess += b.hess
	}
	for k, f := range features {
		h := l.histogram[k*bins : (k+1)*bins]
		t.splitBy(l, f, h, bucket{})
		if h[0].hess > 1e-9 {
			t.splitBy(l, f, h, h[0])
		}
	}
}

// splitBy tries the thresholds of a feature; left is what goes left of all of them.
func (t *trainer) splitBy(l *leaf, f int, h []bucket, left bucket) {
	missing := left.hess > 0
	parent := l.grad * l.grad / (l.hess + t.s.Lambda)
	for b := 1; b <= len(t.cuts[f]); b++ {
		left.grad += h[b].grad
		left.hess += h[b].hess
		right := bucket{l.grad - left.grad, l.hess - left.hess}
		if left.hess < t.s.MinChild || right.hess < t.s.MinChild {
			continue
		}
		gain := left.grad*left.grad/(left.hess+t.s.Lambda) + right.grad*right.grad/(right.hess+t.s.Lambda) - parent
		if gain <= l.split.gain {
			continue
		}
		x, y := t.value(left, l), t.value(right, l)
		if d := float64(t.direction(f)); d*(y-x) >= 0 {
			l.split = split{gain, f, uint8(b), missing, (x + y) / 2}
		}
	}
}

func (t *trainer) threshold(s split) float32 {
	cuts := t.cuts[s.feature]
	if s.bin == 0 { // only what is missing goes left
		return float32(math.Inf(-1))
	}
	if int(s.bin) > len(cuts) {
		return float32(math.Inf(1))
	}
	return cuts[s.bin-1]
}

// follow adds the new tree to the scores of all rows, seen or not.
func (t *trainer) follow(m *Model, root int32) {
	tree := Model{nodes: m.nodes, roots: []int32{root}}
	i := 0
	for _, l := range t.lists {
		for _, r := range l.Rows {
			t.score[i] += tree.Score(r)
			i++
		}
	}
}

// value is what a leaf of these sums says, within the bounds of l.
func (t *trainer) value(b bucket, l *leaf) float64 {
	return min(max(-b.grad/(b.hess+t.s.Lambda), l.low), l.high)
}

func (t *trainer) direction(f int) int8 {
	if f < len(t.s.Directions) {
		return t.s.Directions[f]
	}
	return 0
}
