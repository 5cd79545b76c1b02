package boost

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Model is a sum of trees. The zero value scores everything 0.
type Model struct {
	nodes []node
	roots []int32
}

// node is a split, or a leaf where feature is negative. Rows with a value at most
// threshold go to left, others to left+1; missing ones as missing says.
type node struct {
	feature   int16
	missing   bool // to the left
	threshold float32
	left      int32
	value     float32
}

// Trees is how many trees the model has.
func (m *Model) Trees() int { return len(m.roots) }

// Score is the sum of the trees for a row.
func (m *Model) Score(row []float32) float64 {
	sum := float32(0)
	for _, i := range m.roots {
		n := &m.nodes[i]
		for n.feature >= 0 {
			next := n.left
			v := row[n.feature]
			if v > n.threshold || v != v && !n.missing {
				next++
			}
			n = &m.nodes[next]
		}
		sum += n.value
	}
	return float64(sum)
}

// nodeSize is the bytes of a node in the written form.
const nodeSize = 2 + 1 + 4 + 4 + 4

// MarshalBinary writes the model, little endian.
func (m *Model) MarshalBinary() ([]byte, error) {
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(m.roots)))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(m.nodes)))
	for _, r := range m.roots {
		out = binary.LittleEndian.AppendUint32(out, uint32(r))
	}
	for _, n := range m.nodes {
		out = binary.LittleEndian.AppendUint16(out, uint16(n.feature))
		missing := byte(0)
		if n.missing {
			missing = 1
		}
		out = append(out, missing)
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(n.threshold))
		out = binary.LittleEndian.AppendUint32(out, uint32(n.left))
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(n.value))
	}
	return out, nil
}

// ErrBroken says that bytes are no model.
var ErrBroken = errors.New("not a model")

// UnmarshalBinary reads what MarshalBinary wrote. Children stand behind their
// parents, so that no bytes can make Score run forever.
func (m *Model) UnmarshalBinary(b []byte) error {
	if len(b) < 8 {
		return fmt.Errorf("read %d bytes: %w", len(b), ErrBroken)
	}
	roots, nodes := uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[4:]))
	if uint64(len(b)) != 8+4*roots+nodeSize*nodes {
		return fmt.Errorf("%d trees of %d nodes in %d bytes: %w", roots, nodes, len(b), ErrBroken)
	}
	m.roots, m.nodes = make([]int32, roots), make([]node, nodes)
	b = b[8:]
	for i := range m.roots {
		m.roots[i] = int32(binary.LittleEndian.Uint32(b))
		if m.roots[i] < 0 || uint64(m.roots[i]) >= nodes {
			return fmt.Errorf("tree %d: %w", i, ErrBroken)
		}
		b = b[4:]
	}
	for i := range m.nodes {
		n := node{
			feature: int16(binary.LittleEndian.Uint16(b)), missing: b[2] == 1,
			threshold: math.Float32frombits(binary.LittleEndian.Uint32(b[3:])),
			left:      int32(binary.LittleEndian.Uint32(b[7:])),
			value:     math.Float32frombits(binary.LittleEndian.Uint32(b[11:])),
		}
		if n.feature >= 0 && (int(n.left) <= i || uint64(n.left)+1 >= nodes) {
			return fmt.Errorf("node %d: %w", i, ErrBroken)
		}
		m.nodes[i] = n
		b = b[nodeSize:]
	}
	return nil
}

// Features is how many values a row must have at least.
func (m *Model) Features() int {
	most := -1
	for _, n := range m.nodes {
		most = max(most, int(n.feature))
	}
	return most + 1
}
