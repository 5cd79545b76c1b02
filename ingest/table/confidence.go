package table

import "math"

// rate says how sure every column's role is: by how plainly its title names it and
// how well its cells carry it, more where arithmetic agrees.
func (rd *reading) rate() {
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role == "" || c.reason == ReasonLayout {
			continue
		}
		switch c.reason {
		case ReasonArithmetic:
			c.confidence = 0.98
		case ReasonContent:
			c.confidence = math.Max(c.confidence, 0.7)
		default:
			c.confidence = titleConfidence(c.score)
		}
	}
}

// titleConfidence turns the score of a title into a share of certainty: full matches
// (10 and more) come near 1, half understood ones (5) to about three quarters.
func titleConfidence(score float64) float64 {
	return math.Min(0.99, 0.55+0.042*math.Min(score, 10.4))
}
