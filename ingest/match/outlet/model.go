package outlet

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"

	"github.com/distbase/distbase/ingest/boost"
)

// Model is what was learned: numbers only.
type Model struct {
	// Rank weighs the features of a pair; their sum is the score.
	Rank Weights
	// Sure are trees over the evidence for the first candidate; the logistic of
	// the sum of their leaves and Base is the confidence.
	Sure *boost.Model
	Base float64
	// MapFrom is the confidence from which the first candidate is mapped, NoneUnder that under which it is nobody.
	MapFrom, NoneUnder float64
}

// Weights are learned numbers by feature.
type Weights [features]float64

// MarshalJSON writes the weights by name, so that a reader sees what was learned.
func (w Weights) MarshalJSON() ([]byte, error) {
	byName := make(map[string]float64, features)
	for i, x := range w {
		byName[featureNames[i]] = x
	}
	return json.Marshal(byName)
}

// UnmarshalJSON reads weights by name; a name that is no feature is an error.
func (w *Weights) UnmarshalJSON(b []byte) error {
	byName := map[string]float64{}
	if err := json.Unmarshal(b, &byName); err != nil {
		return err
	}
	for i, name := range featureNames {
		w[i] = byName[name]
		delete(byName, name)
	}
	for name := range byName {
		return fmt.Errorf("weight of unknown feature %q", name)
	}
	return nil
}

// written is a model as its file holds it: the trees in their binary form.
type written struct {
	Rank               Weights
	Sure               []byte
	Base               float64
	MapFrom, NoneUnder float64
}

// MarshalJSON writes the model.
func (m Model) MarshalJSON() ([]byte, error) {
	trees, err := m.Sure.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return json.Marshal(written{m.Rank, trees, m.Base, m.MapFrom, m.NoneUnder})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (m *Model) UnmarshalJSON(b []byte) error {
	var w written
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	*m = Model{w.Rank, &boost.Model{}, w.Base, w.MapFrom, w.NoneUnder}
	if err := m.Sure.UnmarshalBinary(w.Sure); err != nil {
		return err
	}
	if n := m.Sure.Features(); n > evidences {
		return fmt.Errorf("%d pieces of evidence: %w", n, boost.ErrBroken)
	}
	return nil
}

func (m *Model) score(v *vector) float64 {
	s := 0.0
	for i, w := range m.Rank {
		s += w * v[i]
	}
	return s
}

// confidence is the probability that the first candidate is right.
func (m *Model) confidence(e *evidence) float64 {
	if m.Sure == nil { // still learning
		return logistic(m.Base)
	}
	return logistic(m.Base + m.Sure.Score(e[:]))
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

//go:embed model.json
var shipped []byte

// DefaultModel is the shipped model; ReadModel says why it cannot be read, which a test rules out.
func DefaultModel() Model {
	m, _ := ReadModel(shipped)
	return m
}

// ReadModel reads a model as Train's command wrote it.
func ReadModel(b []byte) (Model, error) {
	var m Model
	if err := json.Unmarshal(b, &m); err != nil {
		return Model{}, fmt.Errorf("read model: %w", err)
	}
	return m, nil
}
