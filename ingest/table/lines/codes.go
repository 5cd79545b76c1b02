package lines

import "math"

// Bounds of what is taken for a column of codes.
const (
	leastPairs  = 5
	risingShare = 0.85
)

// findCodes finds the columns of codes left of the first column of other figures: whole
// numbers that rise, by value or as text (33, 331, 3312, 34). The column nearest to the
// figures counts.
func (s *sheet) findCodes() {
	s.code = -1
	code := -1
	for c, kind := range s.usual {
		if kind != numberCell {
			continue
		}
		if !s.isCode(c) {
			s.code = code
			return
		}
		code = c
	}
}

func (s *sheet) isCode(c int) bool {
	pairs, byValue, byText := 0, 0, 0
	last := math.Inf(-1)
	for i := s.firstData; i <= s.lastData; i++ {
		l := &s.lines[i]
		v, ok := s.figure(l, c)
		if !ok || !l.looksLikeData() {
			continue
		}
		if v < 0 || v != math.Trunc(v) || v > 1e12 {
			return false
		}
		if last >= 0 {
			pairs++
			if v > last {
				byValue++
			}
			if before(last, v) {
				byText++
			}
		}
		last = v
	}
	return pairs >= leastPairs && float64(max(byValue, byText)) >= risingShare*float64(pairs)
}

// figure is the number of a line in a column.
func (s *sheet) figure(l *line, c int) (float64, bool) {
	if at := l.from + c; c >= 0 && at < l.to && s.kinds[at] == numberCell {
		return s.values[at], true
	}
	return 0, false
}

// before says whether whole number a stands before b when both are sorted as text.
func before(a, b float64) bool {
	x, y := a, b
	for x > 0 && x*10 <= y {
		x *= 10
	}
	for y > 0 && y*10 <= x {
		y *= 10
	}
	return x < y || x == y && a < b
}

// heads says whether the code of line i begins the code of the next: 331 and 3312.
func (s *sheet) heads(i int) bool {
	if i+1 >= len(s.lines) {
		return false
	}
	a, ok := s.figure(&s.lines[i], s.code)
	b, also := s.figure(&s.lines[i+1], s.code)
	if !ok || !also || a < 1 {
		return false
	}
	for b > a {
		b = math.Trunc(b / 10)
	}
	return a == b
}

// codes is what the line's code says: that it is none, zero, or the head of the next.
func (s *sheet) codes(f []float32, i int) []float32 {
	v, ok := s.figure(&s.lines[i], s.code)
	return append(f, flag(s.code >= 0), flag(s.code >= 0 && !ok), flag(ok && v == 0), flag(s.heads(i)))
}
