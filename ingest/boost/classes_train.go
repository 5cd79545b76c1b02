package boost

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Lesson is a row of numbers and the class it is of.
type Lesson struct {
	Row    []float32
	Class  int
	Weight float64 // how much it counts; 0 means 1
}

// TrainClasses grows trees that tell classes apart. Directions of the settings do not
// matter, and Lists is the share of lessons that a tree sees.
func TrainClasses(lessons []Lesson, classes int, s Settings) (*Classes, error) {
	s = s.withDefaults()
	m := &Classes{count: classes}
	if len(lessons) == 0 {
		return m, nil
	}
	for i, l := range lessons {
		if len(l.Row) != len(lessons[0].Row) {
			return nil, ErrRagged
		}
		if l.Class < 0 || l.Class >= classes {
			return nil, fmt.Errorf("lesson %d is of class %d of %d", i, l.Class, classes)
		}
	}
	t := newTeacher(lessons, classes, s)
	for range s.Trees {
		t.grow(m)
	}
	return m, nil
}

// teacher grows trees one behind another, each on what those before it left wrong.
type teacher struct {
	s       Settings
	lessons []Lesson
	classes int
	width   int
	bins    []uint8 // of the features of a row, row by row
	cuts    [][]float32
	scores  []float32 // classes a row
	slopes  []bucket  // classes a row: derivatives of the loss
	random  *rand.Rand
}

func newTeacher(lessons []Lesson, classes int, s Settings) *teacher {
	width := len(lessons[0].Row)
	t := &teacher{
		s: s, lessons: lessons, classes: classes, width: width,
		bins: make([]uint8, width*len(lessons)), cuts: make([][]float32, width),
		scores: make([]float32, classes*len(lessons)), slopes: make([]bucket, classes*len(lessons)),
		random: rand.New(rand.NewPCG(s.Seed, 0x9e3779b97f4a7c15)),
	}
	values := make([]float32, len(lessons))
	for f := range width {
		for i, l := range lessons {
			values[i] = l.Row[f]
		}
		t.cuts[f] = cutsOf(values)
		for i, v := range values {
			t.bins[i*width+f] = binOf(t.cuts[f], v)
		}
	}
	return t
}

// Rows whose other classes have together less odds than settled teach little: of
// them a tree sees only the share keep, which counts for all (Ke et al. 2017, GOSS).
const settled, keep = 0.02, 0.2

// derive computes the derivatives of the cross entropy and picks the rows a tree sees.
func (t *teacher) derive() []int32 {
	var rows []int32
	odds := make([]float64, t.classes)
	for i, l := range t.lessons {
		draw := t.random.Float64() / t.s.Lists
		if draw >= 1 {
			continue
		}
		scores := t.scores[i*t.classes:][:t.classes]
		most, sum := float64(slices.Max(scores)), 0.0
		for c, x := range scores {
			odds[c] = math.Exp(float64(x) - most)
			sum += odds[c]
		}
		w := orFloat(l.Weight, 1)
		if sum-odds[l.Class] < settled*sum {
			if draw >= keep {
				continue
			}
			w /= keep
		}
		rows = append(rows, int32(i))
		for c := range odds {
			p, y := odds[c]/sum, 0.0
			if c == l.Class {
				y = 1
			}
			t.slopes[i*t.classes+c] = bucket{w * (p - y), w * max(p*(1-p), 1e-6)}
		}
	}
	return rows
}

// patch is rows that are not parted yet.
type patch struct {
	rows      []int32
	histogram []bucket // bins a feature that the tree sees, classes a bin
	sums      []bucket // a class
	split     split
	parent    int32 // the fork it hangs from, -1 at the root
	right     bool  // on which side
}

func (t *teacher) grow(m *Classes) {
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
	first := &patch{rows: rows, histogram: t.histogram(rows, features), parent: -1}
	t.best(first, features)
	patches := []*patch{first}
	root := int32(len(m.nodes))
	for len(patches) < t.s.Leaves {
		k := 0
		for i, p := range patches {
			if p.split.gain > patches[k].split.gain {
				k = i
			}
		}
		if patches[k].split.gain <= 1e-9 {
			break
		}
		left, right := t.part(m, patches[k], features)
		patches[k] = left
		patches = append(patches, right)
	}
	for _, p := range patches {
		to := ^int32(len(m.leaves) / t.classes)
		for _, b := range p.sums {
			m.leaves = append(m.leaves, float32(-t.s.Rate*b.grad/(b.hess+t.s.Lambda)))
		}
		if p.parent < 0 {
			root = to
		}
		m.hang(p, to)
	}
	m.roots = append(m.roots, root)
	t.follow(m)
}

// hang puts a place where a patch was.
func (m *Classes) hang(p *patch, to int32) {
	switch {
	case p.parent < 0:
	case p.right:
		m.nodes[p.parent].right = to
	default:
		m.nodes[p.parent].left = to
	}
}

// part splits a patch in two. The histogram of the bigger one is what the smaller
// leaves of their parent's.
func (t *teacher) part(m *Classes, p *patch, features []int) (left, right *patch) {
	n := int32(len(m.nodes))
	m.nodes = append(m.nodes, fork{threshold: t.cuts[p.split.feature][p.split.bin-1], feature: int32(p.split.feature)})
	m.hang(p, n)
	left, right = &patch{parent: n}, &patch{parent: n, right: true}
	for _, r := range p.rows {
		if t.bins[int(r)*t.width+p.split.feature] <= p.split.bin {
			left.rows = append(left.rows, r)
			continue
		}
		right.rows = append(right.rows, r)
	}
	small, big := left, right
	if len(small.rows) > len(big.rows) {
		small, big = big, small
	}
	small.histogram, big.histogram = t.histogram(small.rows, features), p.histogram
	for i, b := range small.histogram {
		big.histogram[i].grad -= b.grad
		big.histogram[i].hess -= b.hess
	}
	t.best(left, features)
	t.best(right, features)
	return left, right
}

func (t *teacher) histogram(rows []int32, features []int) []bucket {
	h := make([]bucket, len(features)*bins*t.classes)
	for _, r := range rows {
		slopes := t.slopes[int(r)*t.classes:][:t.classes]
		row := t.bins[int(r)*t.width:][:t.width]
		for k, f := range features {
			sums := h[(k*bins+int(row[f]))*t.classes:][:len(slopes)]
			for c := range slopes {
				sums[c].grad += slopes[c].grad
				sums[c].hess += slopes[c].hess
			}
		}
	}
	return h
}

// best finds where a patch is best parted.
func (t *teacher) best(p *patch, features []int) {
	p.sums = make([]bucket, t.classes)
	for _, r := range p.rows {
		for c, b := range t.slopes[int(r)*t.classes:][:t.classes] {
			p.sums[c].grad += b.grad
			p.sums[c].hess += b.hess
		}
	}
	whole := t.worth(p.sums)
	left, right := make([]bucket, t.classes), make([]bucket, t.classes)
	for k, f := range features {
		clear(left)
		t.gather(left, p.histogram[k*bins*t.classes:][:t.classes])
		for b := 1; b <= len(t.cuts[f]); b++ {
			t.gather(left, p.histogram[(k*bins+b)*t.classes:][:t.classes])
			for c, x := range p.sums {
				right[c] = bucket{x.grad - left[c].grad, x.hess - left[c].hess}
			}
			if weight(left) < t.s.MinChild || weight(right) < t.s.MinChild {
				continue
			}
			if gain := t.worth(left) + t.worth(right) - whole; gain > p.split.gain {
				p.split = split{gain: gain, feature: f, bin: uint8(b)}
			}
		}
	}
}

func (t *teacher) gather(to, from []bucket) {
	for c, b := range from {
		to[c].grad += b.grad
		to[c].hess += b.hess
	}
}

// worth is by how much the loss falls where rows of these sums have a leaf of their own.
func (t *teacher) worth(sums []bucket) float64 {
	out := 0.0
	for _, b := range sums {
		out += b.grad * b.grad / (b.hess + t.s.Lambda)
	}
	return out
}

func weight(sums []bucket) float64 {
	out := 0.0
	for _, b := range sums {
		out += b.hess
	}
	return out
}

// follow adds the last tree to the scores of all rows, seen or not.
func (t *teacher) follow(m *Classes) {
	last := Classes{count: m.count, nodes: m.nodes, leaves: m.leaves, roots: m.roots[len(m.roots)-1:]}
	out := make([]float32, t.classes)
	for i, l := range t.lessons {
		last.Scores(l.Row, out)
		for c, v := range out {
			t.scores[i*t.classes+c] += v
		}
	}
}
