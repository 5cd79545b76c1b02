package lines

import "math"

// Bounds of what is looked at around a figure.
const (
	figureColumns = 12
	near          = 10 // figures to both sides
	window        = 60 // figures whose mean counts
)

// figures is how a line's figures stand among those of their columns: shares of them
// or means over them. They are sums over the columns until [figures.mean].
type figures struct {
	count float64
	sums
	part                 float64 // a part of a sum
	greatest             float64 // none near exceeds it
	hundred              float64 // just 100
	farBelow, farAbove   float64 // from the mean of those that follow or go before, in deviations
	farthest             float64 // of the distances from the mean of those that follow
	next, previous, most float64 // logarithm of the ratio to the next, the one before, the greatest of the next
	whole                float64 // sum of those that follow to it
}

// findFigures looks at each column of figures.
func (s *sheet) findFigures() {
	s.figures = make([]figures, len(s.lines))
	lines, values := make([]int32, 0, len(s.lines)), make([]float64, 0, len(s.lines))
	seen := 0
	for c := s.code + 1; c < s.width && seen < figureColumns; c++ {
		if s.usual[c] != numberCell {
			continue
		}
		seen++
		lines, values = lines[:0], values[:0]
		for i := range s.lines {
			l := &s.lines[i]
			if l.from+c < l.to && s.kinds[l.from+c] == numberCell {
				lines, values = append(lines, int32(i)), append(values, s.values[l.from+c])
			}
		}
		s.findSums(lines, values)
		s.compare(lines, values)
	}
	for i := range s.figures {
		f := &s.figures[i]
		f.mean()
		if math.Max(f.below, f.above) >= 0.5 {
			s.sumLines += 1 / float64(len(s.lines))
		}
	}
}

// compare holds every figure of a column against those around it.
func (s *sheet) compare(lines []int32, values []float64) {
	sum, squares := make([]float64, len(values)+1), make([]float64, len(values)+1)
	for k, v := range values {
		sum[k+1], squares[k+1] = sum[k]+v, squares[k]+v*v
	}
	far := func(v float64, from, to int) float64 {
		n := float64(to - from)
		if n < 3 {
			return 3
		}
		mean := (sum[to] - sum[from]) / n
		deviation := math.Sqrt(math.Max(0, (squares[to]-squares[from])/n-mean*mean))
		if deviation <= 1e-9*math.Abs(mean) {
			return 3
		}
		return math.Min(3, math.Abs(v-mean)/deviation)
	}
	for k, v := range values {
		f := &s.figures[lines[k]]
		f.count++
		d := far(v, k+1, min(len(values), k+1+window))
		f.farBelow += d
		f.farthest = math.Max(f.farthest, d)
		f.farAbove += far(v, max(0, k-window), k)
		if v == 100 {
			f.hundred++
		}
		f.greatest += greatest(values, k)
		if v <= 0 {
			continue
		}
		f.whole += math.Max(-5, math.Min(5, (sum[min(len(values), k+1+window)]-sum[k+1])/v))
		if k+1 < len(values) {
			f.next += ratio(v, values[k+1])
			top := values[k+1]
			for _, x := range values[k+1 : min(len(values), k+1+near)] {
				top = max(top, x)
			}
			f.most += ratio(v, top)
		}
		if k > 0 {
			f.previous += ratio(v, values[k-1])
		}
	}
}

// greatest is 1 where no figure near the k-th exceeds it; the nearest are most likely to.
func greatest(values []float64, k int) float64 {
	for d := 1; d <= near; d++ {
		if k+d < len(values) && values[k+d] > values[k] || k-d >= 0 && values[k-d] > values[k] {
			return 0
		}
	}
	return 1
}

func ratio(a, b float64) float64 {
	if b <= 0 {
		return 5
	}
	return math.Max(-5, math.Min(5, math.Log(a/b)))
}

// mean makes of sums what they are for one figure.
func (f *figures) mean() {
	f.anyBelow, f.anyAbove = math.Min(f.below, 3), math.Min(f.above, 3)
	if f.count == 0 {
		return
	}
	for _, v := range [...]*float64{&f.below, &f.above, &f.part, &f.greatest, &f.hundred, &f.farBelow, &f.farAbove, &f.next, &f.previous, &f.most, &f.whole} {
		*v /= f.count
	}
}
