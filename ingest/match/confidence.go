package match

import (
	"fmt"
	"math"
)

// What exact agreement is worth as a probability. The promise of distbase is
// 99.5 % for what is mapped without asking; certain must stay over it.
const (
	certain        = 0.997
	contradicted   = 0.6 // exact agreement against other sizes or a second entry
	elsewhere      = 0.97
	maxSimilar     = 0.95 // a similarity alone is never more certain
	noneBelow      = 0.2  // cosine under which nothing is near
	candidateDecay = 0.5  // of the rest of the probability for each later candidate
)

// decide turns the ranked list into candidates with confidence and decision.
func (c *Catalog) decide(list []*scored) []Candidate {
	out := make([]Candidate, 0, len(list))
	rest := 1.0
	for i, s := range list {
		x := Candidate{ID: c.entries[s.entry].ID, Score: s.score, Decision: Ask, Reasons: s.evidence.reasons()}
		if s.sizes.reason != "" {
			x.Reasons = append(x.Reasons, s.sizes.reason)
		}
		if i == 0 {
			x.Confidence, x.Decision = c.first(s, list)
			if n := rivals(list); s.evidence.any() && n > 1 {
				x.Reasons = append(x.Reasons, fmt.Sprintf("several:%d", n))
			}
			rest -= x.Confidence
		} else {
			x.Confidence = rest * candidateDecay
			rest -= x.Confidence
		}
		if !s.evidence.any() {
			x.Reasons = append(x.Reasons, fmt.Sprintf("similar:%.2f", s.cosine))
			if s.cosine < noneBelow {
				x.Decision = None
			}
		}
		out = append(out, x)
	}
	return out
}

// first is the probability that the first candidate is right, and what follows from it.
func (c *Catalog) first(s *scored, list []*scored) (float64, Decision) {
	e, alone := s.evidence, rivals(list) == 1
	switch {
	case alone && c.isCertain(s):
		return certain, Map
	case e.barcode || e.name || e.confirmed:
		return contradicted, Ask
	case e.confirmedElse && alone:
		return elsewhere, Ask
	case e.any():
		return max(contradicted, c.similar(s, list)), Ask
	}
	return c.similar(s, list), Ask
}

// isCertain tells exact agreement that nothing contradicts. A person's word stands over the sizes.
func (c *Catalog) isCertain(s *scored) bool {
	e := s.evidence
	if e.confirmed || s.sizes.differ {
		return e.confirmed
	}
	if e.name && !s.numbers || e.barcode && c.kind == Products {
		return true
	}
	return e.code && (e.name || s.cosine > 0.5 && !s.numbers)
}

// rivals counts the entries with the same kind of exact evidence as the first.
func rivals(list []*scored) int {
	n := 0
	for _, s := range list {
		if s.evidence.bonus() == list[0].evidence.bonus() {
			n++
		}
	}
	return n
}

// similar is the logistic of what similarity knows; the package comment says what it rests on.
func (c *Catalog) similar(s *scored, list []*scored) float64 {
	lead := s.score
	if len(list) > 1 {
		lead = s.score - list[1].score
	}
	z := -3.0 + 3.5*s.cosine + 8*lead
	switch {
	case s.sizes.differ:
		z -= 2
	case s.sizes.equal:
		z += 0.5
	}
	if s.cosine < noneBelow {
		z -= 2
	}
	return min(maxSimilar, 1/(1+math.Exp(-z)))
}
