package lines

import "math"

// sequence is the likeliest one (Viterbi 1967).
func (m *Model) sequence(odds [][classes]float64) []Label {
	out := make([]Label, len(odds))
	if len(odds) == 0 {
		return out
	}
	from := make([][classes]uint8, len(odds))
	score := m.follow[classes]
	for i := range odds {
		next := score
		if i > 0 {
			for c := range next {
				next[c] = math.Inf(-1)
				for p := range score {
					if v := score[p] + m.follow[p][c]; v > next[c] {
						next[c], from[i][c] = v, uint8(p)
					}
				}
			}
		}
		for c := range next {
			next[c] += odds[i][c]
		}
		score = next
	}
	last := 0
	for c := range score {
		if score[c] > score[last] {
			last = c
		}
	}
	for i := len(odds) - 1; i >= 0; i-- {
		out[i] = Label(last)
		last = int(from[i][last])
	}
	return out
}
