package lines

import "math"

// featureCount is how many numbers describe a line.
const featureCount = 96

// features describes line i of the sheet: itself, its place, its neighbours.
func (s *sheet) features(i int) []float32 {
	f := make([]float32, 0, featureCount)
	l := &s.lines[i]
	add := func(v ...float64) {
		for _, x := range v {
			f = append(f, float32(x))
		}
	}
	n := float64(len(s.lines))
	add(float64(l.filled), float64(l.numbers), share(l.numbers, l.filled), share(l.filled, s.width), float64(l.first), flag(l.filled == 1 && l.first == 0),
		float64(l.firstLen), float64(l.length), share(l.length, l.filled), share(l.years, l.filled), flag(l.capitals), float64(l.indent-s.indent),
		float64(l.words), flag(l.colon), flag(l.stop), flag(l.total), flag(l.note), flag(l.mark), flag(l.startsDigit), flag(l.lower), float64(l.texts),
		share(l.distinct, l.filled), flag(l.units), float64(l.indent))
	add(float64(i)/n, math.Min(float64(i), 30), math.Min(n-float64(i), 30), float64(l.blanksAbove), float64(l.blanksBelow),
		capped(i-s.firstData), capped(i-s.lastData), capped(s.firstData), capped(len(s.lines)-1-s.lastData), flag(i > s.firstData && i < s.lastData))
	add(s.agreement(l), s.sums[i].below, s.sums[i].above, s.sums[i].anyBelow, s.sums[i].anyAbove, s.sums[i].plainBelow, s.sums[i].plainAbove, s.greatest(i), s.deeper(i), s.repeats(i))
	for _, d := range [...]int{-2, -1, 1, 2, 3} {
		k := i + d
		if k < 0 || k >= len(s.lines) {
			add(-1, -1, -1, -1, -1, -1, -1)
			continue
		}
		o := &s.lines[k]
		add(share(o.filled, s.width), share(o.numbers, o.filled), flag(o.filled == 1 && o.first == 0), flag(o.total || o.note), alike(l, o), float64(o.indent-l.indent), s.sums[k].below)
	}
	add(s.years(i), s.since(i, func(l *line) bool { return l.filled == 1 }), s.since(i, func(l *line) bool { return l.note }), s.since(i, func(l *line) bool { return l.total }), flag(i == s.firstData), share(s.totals, len(s.lines)), flag(l.has), s.share(i), s.sumLines, s.ratio(i, 1, 1), s.ratio(i, 1, 5), s.ratio(i, 1, 40), s.ratio(i, -1, 1), s.ratio(i, -1, 5))
	return f
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

func capped(n int) float64 { return math.Max(-30, math.Min(30, float64(n))) }

// alike is the share of cells that are filled in both or in none, of those filled in one.
func alike(a, b *line) float64 {
	both, any := 0, 0
	for c := range max(len(a.kinds), len(b.kinds)) {
		x, y := a.kind(c), b.kind(c)
		if x != blankCell || y != blankCell {
			any++
		}
		if x == y && x != blankCell {
			both++
		}
	}
	return share(both, any)
}

// agreement is the share of the line's cells that are of the kind most cells of their column are.
func (s *sheet) agreement(l *line) float64 {
	right, all := 0, 0
	for c, k := range l.kinds {
		if k == blankCell {
			continue
		}
		all++
		if s.usual[c] == k {
			right++
		}
	}
	return share(right, all)
}

// greatest is the share of the line's figures that no figure within ten lines exceeds.
func (s *sheet) greatest(i int) float64 {
	l := &s.lines[i]
	top, all := 0, 0
	for c, kind := range l.kinds {
		if kind != numberCell {
			continue
		}
		all++
		most := true
		for k := max(0, i-10); k < min(len(s.lines), i+11) && most; k++ {
			o := &s.lines[k]
			most = k == i || o.kind(c) != numberCell || o.values[c] <= l.values[c]
		}
		if most {
			top++
		}
	}
	return share(top, all)
}

// deeper is how many of the next lines are indented further, at most ten.
func (s *sheet) deeper(i int) float64 {
	n := 0
	for k := i + 1; k < len(s.lines) && n < 10 && s.lines[k].indent > s.lines[i].indent; k++ {
		n++
	}
	return float64(n)
}

// repeats is how many lines have the same first text.
func (s *sheet) repeats(i int) float64 {
	return math.Min(5, float64(s.firsts[s.lines[i].text]))
}

// years says whether the line's figures are years that rise.
func (s *sheet) years(i int) float64 {
	l := &s.lines[i]
	n, last := 0, 0.0
	for c, kind := range l.kinds {
		if kind == numberCell && l.values[c] >= 1900 && l.values[c] <= 2100 && l.values[c] > last {
			n, last = n+1, l.values[c]
		}
	}
	return share(n, l.numbers)
}

// since is how far above the nearest line of a kind is, at most 30.
func (s *sheet) since(i int, is func(*line) bool) float64 {
	for d := 1; d <= 30 && i-d >= 0; d++ {
		if is(&s.lines[i-d]) {
			return float64(d)
		}
	}
	return 31
}

// share is how much of the figures below the line's first figure is of their sum.
func (s *sheet) share(i int) float64 {
	l := &s.lines[i]
	for c, kind := range l.kinds {
		if kind != numberCell || s.usual[c] != numberCell || l.values[c] == 0 {
			continue
		}
		sum := 0.0
		for k := i + 1; k < min(len(s.lines), i+reach); k++ {
			if s.lines[k].kind(c) == numberCell {
				sum += s.lines[k].values[c]
			}
		}
		return math.Max(-5, math.Min(5, sum/l.values[c]))
	}
	return -6
}

// ratio is the line's first figure to the greatest of the next n lines in a direction,
// as a logarithm.
func (s *sheet) ratio(i, step, n int) float64 {
	l := &s.lines[i]
	for c, kind := range l.kinds {
		if kind != numberCell || s.usual[c] != numberCell || l.values[c] <= 0 {
			continue
		}
		top := 0.0
		for k := i + step; k >= 0 && k < len(s.lines) && (k-i)*step <= n; k += step {
			if s.lines[k].kind(c) == numberCell {
				top = math.Max(top, s.lines[k].values[c])
			}
		}
		if top > 0 {
			return math.Log(l.values[c] / top)
		}
		return 20
	}
	return -20
}
