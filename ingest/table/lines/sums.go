package lines

import "math"

// Bounds of the search for sums.
const (
	reach      = 80 // lines of one sum
	sumColumns = 12
	tolerance  = 0.0015 // of the sum: figures are rounded
)

// sums is how much of a line is a sum: the share of its figures, and whether any is.
type sums struct{ below, above, anyBelow, anyAbove, plainBelow, plainAbove float64 }

// findSums looks for sums in each column, from the last line up and from the first
// down. A sum swallows the lines it is made of, so that totals of totals are found.
func (s *sheet) findSums() {
	s.sums = make([]sums, len(s.lines))
	figures := make([]int, len(s.lines))
	for c := range min(s.width, sumColumns) {
		if s.usual[c] != numberCell {
			continue
		}
		for i := range s.lines {
			if s.lines[i].kind(c) == numberCell {
				figures[i]++
			}
		}
		for i, plain := range s.chain(c, 1) {
			s.sums[i].below++
			s.sums[i].plainBelow = math.Max(s.sums[i].plainBelow, plain)
		}
		for i, plain := range s.chain(c, -1) {
			s.sums[i].above++
			s.sums[i].plainAbove = math.Max(s.sums[i].plainAbove, plain)
		}
	}
	for i := range s.sums {
		x := &s.sums[i]
		x.anyBelow, x.anyAbove = math.Min(x.below, 3), math.Min(x.above, 3)
		if figures[i] > 0 {
			x.below /= float64(figures[i])
			x.above /= float64(figures[i])
		}
		if math.Max(x.below, x.above) >= 0.5 {
			s.sumLines += 1 / float64(len(s.lines))
		}
	}
}

// chain finds the lines whose figure in column c is the sum of those that follow in
// the direction of step, with the number of their parts.
func (s *sheet) chain(c, step int) map[int]float64 {
	out := map[int]float64{}
	next := make([]int, len(s.lines)) // behind the block that begins at a line
	from, to := len(s.lines)-1, -1
	if step < 0 {
		from, to = 0, len(s.lines)
	}
	for i := from; i != to; i -= step {
		next[i] = i + step
		l := &s.lines[i]
		if l.kind(c) != numberCell || l.values[c] == 0 {
			continue
		}
		want, sum, parts := l.values[c], 0.0, 0
		for k := i + step; k >= 0 && k < len(s.lines) && (k-i)*step <= reach; k = next[k] {
			o := &s.lines[k]
			if o.kind(c) != numberCell {
				continue
			}
			sum += o.values[c]
			parts++
			if parts >= 2 && math.Abs(sum-want) <= tolerance*math.Abs(want) {
				out[i], next[i] = float64(parts), next[k]
				break
			}
			if want > 0 && sum > 1.01*want && o.values[c] >= 0 {
				break
			}
		}
	}
	return out
}
