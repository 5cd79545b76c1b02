package titles

import (
	_ "embed" // the weights
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
)

// None is the role of titles that mean none of ours.
const None = ""

// roles are the classes, in the order of the weights; the last is none of ours.
var roles = [...]string{
	"date", "doc_no", "client", "client_code", "client_address", "client_inn", "outlet", "outlet_code", "outlet_address",
	"product", "product_code", "barcode", "brand", "category", "unit", "quantity", "price", "amount", "vat", "discount",
	"opening_qty", "received_qty", "shipped_qty", "stock_qty", "stock_amount", "sales_rep", "region", "city", "channel", "warehouse", None,
}

const classes = len(roles)

// Roles lists what a title may mean; the last is [None].
func Roles() []string { return slices.Clone(roles[:]) }

// Model is what was learned. It is safe for several goroutines.
type Model struct {
	// weights of a bucket stand together: those of all classes one after another.
	weights []int8
	// scale turns a weight into a logarithm of odds; the temperature is in it.
	scale float64
	bias  [classes]float64
}

// Guess is a role a title may have, and how probable it is.
type Guess struct {
	Role        string
	Probability float64
}

//go:embed model.bin
var learned []byte

// Learned is the model that comes with the package. It panics where its bytes are
// broken, which a test would have shown.
var Learned = sync.OnceValue(func() *Model { //nolint:gochecknoglobals // a compiled table
	m := &Model{}
	if err := m.UnmarshalBinary(learned); err != nil {
		panic(fmt.Sprintf("titles: %v", err))
	}
	return m
})

// Best is the likeliest role of a title, [None] with certainty for one without letters.
// Hints are words for what else is known of the title, the same ones as in the lessons.
func (m *Model) Best(title string, hints ...string) Guess {
	p, ok := m.probabilities(title, hints)
	if !ok {
		return Guess{None, 1}
	}
	best := 0
	for c := range p {
		if p[c] > p[best] {
			best = c
		}
	}
	return Guess{roles[best], p[best]}
}

// Guesses lists the roles of a title that are at least so probable, the likeliest first.
func (m *Model) Guesses(title string, least float64, hints ...string) []Guess {
	p, ok := m.probabilities(title, hints)
	if !ok {
		return nil
	}
	var out []Guess
	for c := range p {
		if p[c] >= least {
			out = append(out, Guess{roles[c], p[c]})
		}
	}
	slices.SortStableFunc(out, func(a, b Guess) int {
		switch {
		case a.Probability > b.Probability:
			return -1
		case a.Probability < b.Probability:
			return 1
		}
		return 0
	})
	return out
}

// probabilities of all classes; false for a title without words.
func (m *Model) probabilities(title string, hints []string) (p [classes]float64, ok bool) {
	fs := features(title, hints)
	if len(fs) == 0 {
		return p, false
	}
	p = m.bias
	for _, f := range fs {
		share := float64(f.value) * m.scale
		for c, w := range m.weights[int(f.bucket)*classes : (int(f.bucket)+1)*classes] {
			p[c] += share * float64(w)
		}
	}
	softmax(p[:])
	return p, true
}

// softmax turns logarithms of odds into probabilities, in place.
func softmax(p []float64) {
	top := slices.Max(p)
	sum := 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}

const magic = "TTL1"

// MarshalBinary writes the scale, the biases and the weights.
func (m *Model) MarshalBinary() ([]byte, error) {
	out := append([]byte(magic), byte(classes))
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(m.scale)))
	for _, b := range m.bias {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(b)))
	}
	for _, w := range m.weights {
		out = append(out, byte(w))
	}
	return out, nil
}

// UnmarshalBinary reads what MarshalBinary wrote. An error means other bytes, or those
// of a model of other classes.
func (m *Model) UnmarshalBinary(data []byte) error {
	const head = len(magic) + 1 + 4 + 4*classes
	if len(data) != head+buckets*classes || string(data[:len(magic)]) != magic || data[len(magic)] != byte(classes) {
		return errors.New("read title model: other format")
	}
	float := func(at int) float64 {
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(data[at:])))
	}
	m.scale = float(len(magic) + 1)
	for c := range m.bias {
		m.bias[c] = float(len(magic) + 5 + 4*c)
	}
	m.weights = make([]int8, buckets*classes)
	for i, b := range data[head:] {
		m.weights[i] = int8(b)
	}
	return nil
}
