package lines

import (
	_ "embed" // the weights
	"encoding/binary"
	"fmt"
	"math"
	"sync"

	"github.com/distbase/distbase/ingest/boost"
)

// Label is what a row is.
type Label uint8

// The labels. Empty rows hold no text at all.
const (
	Metadata Label = iota
	Header
	Group
	Data
	Derived
	Notes
	Empty
)

// classes is how many labels are learned; Empty is seen.
const classes = int(Empty)

var names = [...]string{"metadata", "header", "group", "data", "derived", "notes", "empty"}

// String is the label in a word.
func (l Label) String() string { return names[l] }

// Parse finds the label of a word.
func Parse(name string) (Label, bool) {
	for i, n := range names {
		if n == name {
			return Label(i), true
		}
	}
	return 0, false
}

// Model is what was learned. It is safe for several goroutines.
type Model struct {
	trees *boost.Classes
	// follow is the weighted log odds of a label behind another; the last row is for the first line.
	follow [classes + 1][classes]float64
}

//go:embed model.bin
var learned []byte

// Learned is the model that comes with the package. It panics where its bytes are
// broken, which a test would have shown.
var Learned = sync.OnceValue(func() *Model { //nolint:gochecknoglobals // a compiled table
	m := &Model{}
	if err := m.UnmarshalBinary(learned); err != nil {
		panic(fmt.Sprintf("lines: %v", err))
	}
	return m
})

// Labels gives every row its label and how probable it is, in [0,1].
func (m *Model) Labels(rows [][]string) ([]Label, []float64) {
	s := look(rows)
	odds := make([][classes]float64, len(s.lines))
	features := make([]float32, 0, featureCount)
	for i := range s.lines {
		features = s.features(features, i)
		odds[i] = m.odds(features)
	}
	best := m.sequence(odds)
	labels, sure := make([]Label, len(rows)), make([]float64, len(rows))
	for i := range labels {
		labels[i], sure[i] = Empty, 1
	}
	for i, l := range s.lines {
		labels[l.row], sure[l.row] = best[i], math.Exp(odds[i][best[i]])
	}
	return labels, sure
}

// odds are the logarithms of the probabilities of the labels of a line.
func (m *Model) odds(features []float32) [classes]float64 {
	var scores [classes]float32
	m.trees.Scores(features, scores[:])
	var out [classes]float64
	total := 0.0
	for c, v := range scores {
		out[c] = float64(v)
		total += math.Exp(out[c])
	}
	for c := range out {
		out[c] -= math.Log(total)
	}
	return out
}

// MarshalBinary writes the odds of sequences, then the trees.
func (m *Model) MarshalBinary() ([]byte, error) {
	trees, err := m.trees.MarshalBinary()
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, row := range m.follow {
		for _, v := range row {
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(v))
		}
	}
	return append(out, trees...), nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Model) UnmarshalBinary(b []byte) error {
	const head = (classes + 1) * classes * 8
	if len(b) < head {
		return boost.ErrBroken
	}
	for i := range m.follow {
		for j := range m.follow[i] {
			m.follow[i][j] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*(i*classes+j):]))
		}
	}
	m.trees = &boost.Classes{}
	if err := m.trees.UnmarshalBinary(b[head:]); err != nil {
		return err
	}
	if m.trees.Count() != classes || m.trees.Features() > featureCount {
		return fmt.Errorf("%w: %d features", boost.ErrBroken, m.trees.Features())
	}
	return nil
}
