package lines

import "math"

// Bounds of the search for sums.
const (
	reach     = 80     // figures of one sum
	tolerance = 0.0015 // of the sum: figures are rounded
)

// sums is how much of a line is a sum of the lines below or above: the share of its
// figures, whether any is, and of how many parts at most.
type sums struct{ below, above, anyBelow, anyAbove, plainBelow, plainAbove float64 }

// findSums looks for sums in a column, from the last figure up and from the first down.
func (s *sheet) findSums(lines []int32, values []float64) {
	parts := make([]int, len(values)+1)
	chain(values, parts, func(k, n int) {
		f := &s.figures[lines[k]]
		f.below++
		f.plainBelow = math.Max(f.plainBelow, float64(n))
	})
	backward := make([]float64, len(values))
	for k, v := range values {
		backward[len(values)-1-k] = v
	}
	chain(backward, nil, func(k, n int) {
		f := &s.figures[lines[len(values)-1-k]]
		f.above++
		f.plainAbove = math.Max(f.plainAbove, float64(n))
	})
	inside := 0
	for k := range values {
		if inside += parts[k]; inside > 0 {
			s.figures[lines[k]].part++
		}
	}
}

// chain finds the figures that are the sum of those that follow, with the number of
// their parts. A sum swallows its parts, so that totals of totals are found. Where the
// parts begin and end is counted in inside, if given.
func chain(values []float64, inside []int, found func(k, parts int)) {
	next := make([]int, len(values)) // behind the block that begins at a figure
	for i := len(values) - 1; i >= 0; i-- {
		next[i] = i + 1
		want, sum, parts := values[i], 0.0, 0
		if want == 0 {
			continue
		}
		for k := i + 1; k < len(values) && k-i <= reach; k = next[k] {
			sum += values[k]
			parts++
			if parts >= 2 && math.Abs(sum-want) <= tolerance*math.Abs(want) {
				next[i] = next[k]
				if inside != nil {
					inside[i+1]++
					inside[next[i]]--
				}
				found(i, parts)
				break
			}
			if want > 0 && sum > 1.01*want && values[k] >= 0 {
				break
			}
		}
	}
}
