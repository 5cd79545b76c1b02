package boost

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Classes is a sum of trees whose leaves say how much each of several classes is
// backed, so that one walk of a tree serves all classes. It is safe for several goroutines.
type Classes struct {
	count  int // of classes
	nodes  []fork
	leaves []float32 // count values a leaf
	roots  []int32
}

// fork parts rows: those with a value over threshold go to next+1, others to next,
// and so do missing ones. A next below zero is a leaf, ^next its number.
type fork struct {
	threshold float32
	feature   int32
	left      int32
	right     int32
}

// Scores adds up what the trees say of a row; out has one place a class. Their softmax
// is the odds.
func (m *Classes) Scores(row []float32, out []float32) {
	out = out[:m.count]
	clear(out)
	nodes := m.nodes
	for _, n := range m.roots {
		for n >= 0 {
			f := &nodes[n]
			next := f.left
			if row[f.feature] > f.threshold {
				next = f.right
			}
			n = next
		}
		at := int(^n) * len(out)
		for c, v := range m.leaves[at : at+len(out)] {
			out[c] += v
		}
	}
}

// Features is how many values a row must have at least.
func (m *Classes) Features() int {
	most := int32(-1)
	for _, n := range m.nodes {
		most = max(most, n.feature)
	}
	return int(most) + 1
}

// Count is how many classes there are.
func (m *Classes) Count() int { return m.count }

// Trees is how many trees the model has.
func (m *Classes) Trees() int { return len(m.roots) }

// MarshalBinary writes the model, little endian. A model of more forks or leaves than
// the written form can count is refused.
func (m *Classes) MarshalBinary() ([]byte, error) {
	if len(m.nodes) > math.MaxInt16 || len(m.leaves) > math.MaxInt16*m.count {
		return nil, fmt.Errorf("write %d forks: too many", len(m.nodes))
	}
	out := binary.LittleEndian.AppendUint32(nil, uint32(m.count))
	for _, n := range [...]int{len(m.roots), len(m.nodes), len(m.leaves)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	for _, r := range m.roots {
		out = binary.LittleEndian.AppendUint32(out, uint32(r))
	}
	for _, n := range m.nodes {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(n.threshold))
		for _, v := range [...]int32{n.feature, n.left, n.right} {
			out = binary.LittleEndian.AppendUint16(out, uint16(v))
		}
	}
	for _, v := range m.leaves {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
	}
	return out, nil
}

// forkSize is the bytes of a fork in the written form: places are of 16 bits.
const forkSize = 4 + 3*2

// UnmarshalBinary reads what MarshalBinary wrote. Children stand behind their
// parents, so that no bytes can make Scores run forever.
func (m *Classes) UnmarshalBinary(b []byte) error {
	if len(b) < 16 {
		return fmt.Errorf("read %d bytes: %w", len(b), ErrBroken)
	}
	var head [4]uint64
	for i := range head {
		head[i] = uint64(binary.LittleEndian.Uint32(b[4*i:]))
	}
	count, roots, nodes, leaves := head[0], head[1], head[2], head[3]
	if count == 0 || leaves%count != 0 || nodes > math.MaxInt16 || uint64(len(b)) != 16+4*roots+forkSize*nodes+4*leaves {
		return fmt.Errorf("%d trees of %d forks in %d bytes: %w", roots, nodes, len(b), ErrBroken)
	}
	b = b[16:]
	n := &Classes{count: int(count), roots: make([]int32, roots), nodes: make([]fork, nodes), leaves: make([]float32, leaves)}
	for i := range n.roots {
		if n.roots[i] = int32(binary.LittleEndian.Uint32(b)); !n.leads(-1, n.roots[i]) {
			return fmt.Errorf("tree %d: %w", i, ErrBroken)
		}
		b = b[4:]
	}
	for i := range n.nodes {
		place := func(k int) int32 { return int32(int16(binary.LittleEndian.Uint16(b[4+2*k:]))) }
		f := fork{threshold: math.Float32frombits(binary.LittleEndian.Uint32(b)), feature: place(0), left: place(1), right: place(2)}
		if f.feature < 0 || !n.leads(int32(i), f.left) || !n.leads(int32(i), f.right) {
			return fmt.Errorf("fork %d: %w", i, ErrBroken)
		}
		n.nodes[i] = f
		b = b[forkSize:]
	}
	for i := range n.leaves {
		n.leaves[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	*m = *n
	return nil
}

// leads says whether a fork at from may have to as its child.
func (m *Classes) leads(from, to int32) bool {
	if to < 0 {
		return int(^to) < len(m.leaves)/m.count
	}
	return to > from && int(to) < len(m.nodes)
}
