package outlet

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
)

// Model is what was learned: numbers only.
type Model struct {
	// Rank weighs the features of a pair; their sum is the score.
	Rank Weights
	// Sure are trees over the evidence for the first candidate; the logistic of
	// the sum of their leaves and Base is the confidence.
	Sure []Tree
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

// Tree is a decision tree: its nodes in the order of a heap without gaps.
type Tree []Node

// Node asks whether a piece of evidence is at most At; then Left is next, else
// Right. A leaf has Left 0 and adds Value.
type Node struct {
	Evidence    uint8   `json:"e,omitempty"`
	At          float64 `json:"a,omitempty"`
	Left, Right uint16  `json:",omitempty"`
	Value       float64 `json:"v,omitempty"`
}

// value follows the tree. Broken trees end where they break.
func (t Tree) value(e *evidence) float64 {
	at := 0
	for range 64 {
		if at >= len(t) {
			return 0
		}
		n := &t[at]
		if n.Left == 0 {
			return n.Value
		}
		if int(n.Evidence) < len(e) && e[n.Evidence] <= n.At {
			at = int(n.Left)
		} else {
			at = int(n.Right)
		}
	}
	return 0
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
	s := m.Base
	for _, t := range m.Sure {
		s += t.value(e)
	}
	return logistic(s)
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
