package match

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/distbase/distbase/ingest/boost"
)

// Model is what was learned: how features weigh, and how sure a score is.
type Model struct {
	first  *boost.Model // of a name by itself
	second *boost.Model // of a name among the others of its distributor
	sure   *boost.Model // whether the first candidate is right
}

//go:embed model.bin
var modelBytes []byte

// DefaultModel is the model that comes with distbase: what Train made of the sets
// that docs/match.md names.
var DefaultModel = sync.OnceValue(func() *Model {
	m := &Model{}
	if err := m.UnmarshalBinary(modelBytes); err != nil {
		panic(fmt.Sprintf("the built-in model: %v", err))
	}
	return m
})

func emptyModel() *Model { return &Model{&boost.Model{}, &boost.Model{}, &boost.Model{}} }

// MarshalBinary writes the model.
func (m *Model) MarshalBinary() ([]byte, error) {
	var out []byte
	for _, part := range []*boost.Model{m.first, m.second, m.sure} {
		b, err := part.MarshalBinary()
		if err != nil {
			return nil, err
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(len(b)))
		out = append(out, b...)
	}
	return out, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Model) UnmarshalBinary(b []byte) error {
	*m = *emptyModel()
	for i, part := range []*boost.Model{m.first, m.second, m.sure} {
		if len(b) < 4 || uint64(len(b)-4) < uint64(binary.LittleEndian.Uint32(b)) {
			return fmt.Errorf("part %d: %w", i, boost.ErrBroken)
		}
		n := binary.LittleEndian.Uint32(b)
		if err := part.UnmarshalBinary(b[4 : 4+n]); err != nil {
			return fmt.Errorf("part %d: %w", i, err)
		}
		if part.Features() > [...]int{int(fList), Features, sureFeatures}[i] {
			return fmt.Errorf("part %d asks for %d features: %w", i, part.Features(), boost.ErrBroken)
		}
		b = b[4+n:]
	}
	return nil
}
