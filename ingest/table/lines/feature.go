package lines

import "math"

// featureCount is how many numbers describe a line: its own, and five neighbours'.
const featureCount = 79 + len(around)*neighbour

// around are the neighbours that are looked at; neighbour is how many numbers each gives.
var around = [...]int{-2, -1, 1, 2, 3}

const neighbour = 10

// features describes line i of the sheet: itself, its place, its figures, its neighbours.
func (s *sheet) features(f []float32, i int) []float32 {
	f = s.own(f[:0], i)
	f = s.codes(f, i)
	f = s.place(f, i)
	f = s.among(f, i)
	for _, d := range around {
		f = s.beside(f, i, i+d)
	}
	return f
}

// own is what the line says by itself.
func (s *sheet) own(f []float32, i int) []float32 {
	l := &s.lines[i]
	lacks, extra, right := s.agreement(l)
	return append(f, num(l.filled), num(l.numbers), share(l.numbers, l.filled), share(l.filled, s.width), num(l.first), flag(l.lone()),
		num(l.firstLen), num(l.length), share(l.length, l.filled), share(l.years, l.filled), flag(l.capitals), num(l.indent-s.indent),
		num(l.words), flag(l.colon), flag(l.stop), flag(l.total), flag(l.has), flag(l.note), flag(l.mark), flag(l.startsDigit), flag(l.lower), num(l.filled-l.numbers),
		share(l.distinct, min(l.filled, compared)), flag(l.units), share(l.bracketed, l.filled), share(l.missing, l.filled), lacks, extra, right, s.years(l), s.deeper(i), s.repeats(i),
		share(s.patterns[l.pattern], len(s.lines)), num(min(30, s.patterns[l.pattern])), flag(s.cells(l)[l.first] == numberCell))
}

// place is where the line stands.
func (s *sheet) place(f []float32, i int) []float32 {
	l, b := &s.lines[i], &s.before[i]
	n := len(s.lines)
	return append(f, num(i)/num(n), num(min(i, 30)), num(min(n-i, 30)), num(l.blanksAbove), num(l.blanksBelow), num(min(n, 200)), num(min(s.width, 50)),
		capped(i-s.firstData), capped(i-s.lastData), capped(s.firstData), capped(n-1-s.lastData), flag(i > s.firstData && i < s.lastData),
		capped(b.lone), capped(b.note), capped(b.total), capped(b.blank), capped(s.untilBlank[i]), capped(b.wide), capped(s.untilWide[i]), capped(b.data), share(s.totals, n))
}

// among is how the line's figures stand among those of its columns.
func (s *sheet) among(f []float32, i int) []float32 {
	x := &s.figures[i]
	return append(f, float32(x.count), float32(x.below), float32(x.above), float32(x.anyBelow), float32(x.anyAbove), float32(x.plainBelow), float32(x.plainAbove), float32(x.part),
		float32(x.greatest), float32(x.hundred), float32(x.farBelow), float32(x.farthest), float32(x.farAbove), float32(x.next), float32(x.previous), float32(x.most), float32(x.whole), float32(s.sumLines),
		share(len(s.firsts), len(s.lines)))
}

// beside is what line k, which may be none, is to line i.
func (s *sheet) beside(f []float32, i, k int) []float32 {
	if k < 0 || k >= len(s.lines) {
		return append(f, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1)
	}
	l, o := &s.lines[i], &s.lines[k]
	x := &s.figures[k]
	return append(f, share(o.filled, s.width), share(o.numbers, o.filled), flag(o.lone()), flag(o.total || o.note), s.alike(l, o), num(o.indent-l.indent),
		float32(x.below), float32(x.part), flag(o.lower), s.repeats(k))
}

// wide tells a line of several texts, as headings are.
func (l *line) wide() bool { return l.filled >= 2 && !l.looksLikeData() }

// lone tells a line whose only cell is its first.
func (l *line) lone() bool { return l.filled == 1 && l.first == 0 }

func num(n int) float32 { return float32(n) }

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func share(n, of int) float32 {
	if of == 0 {
		return 0
	}
	return float32(n) / float32(of)
}

func capped(n int) float32 { return float32(max(-30, min(30, n))) }

// alike is the share of cells that are of one kind in both, of those filled in either.
func (s *sheet) alike(a, b *line) float32 {
	x, y := s.cells(a), s.cells(b)
	both, either := 0, 0
	for c := range min(len(x), len(y)) {
		if x[c] != blankCell || y[c] != blankCell {
			either++
			if x[c] == y[c] {
				both++
			}
		}
	}
	if len(x) < len(y) {
		x, y = y, x
	}
	for _, k := range x[len(y):] {
		if k != blankCell {
			either++
		}
	}
	return share(both, either)
}

// agreement holds the line against its columns: the shares of full columns that lack a
// cell, of cells in columns that are not full, and of cells of the kind usual there.
func (s *sheet) agreement(l *line) (lacks, extra, right float32) {
	full, filled, more, usual := 0, 0, 0, 0
	cells := s.cells(l)
	for c, is := range s.full {
		if is {
			full++
		}
		if c >= len(cells) || cells[c] == blankCell {
			continue
		}
		if is {
			filled++
		} else {
			more++
		}
		if cells[c] == s.usual[c] {
			usual++
		}
	}
	return share(full-filled, full), share(more, l.filled), share(usual, l.filled)
}

// deeper is how many of the next lines are indented further, at most ten.
func (s *sheet) deeper(i int) float32 {
	n := 0
	for k := i + 1; k < len(s.lines) && n < 10 && s.lines[k].indent > s.lines[i].indent; k++ {
		n++
	}
	return num(n)
}

// repeats is how many lines have the same first text.
func (s *sheet) repeats(i int) float32 { return num(min(5, s.firsts[s.lines[i].text])) }

// years is the share of the line's figures that are years which rise.
func (s *sheet) years(l *line) float32 {
	n, last := 0, 0.0
	for c, kind := range s.cells(l) {
		if v := s.values[l.from+c]; kind == numberCell && v > last && isYear(v) {
			n, last = n+1, v
		}
	}
	return share(n, l.numbers)
}

// distances is how many lines above the nearest of a kind stands, and how many lines
// above look like data; far is none.
type distances struct{ lone, note, total, wide, blank, data int }

const far = math.MaxInt32

// findDistances walks the lines down and, for the blank rows to come, up.
func (s *sheet) findDistances() {
	s.before, s.untilBlank, s.untilWide = make([]distances, len(s.lines)), make([]int, len(s.lines)), make([]int, len(s.lines))
	d := distances{far, far, far, far, 0, 0}
	step := func(n *int, here bool) {
		switch {
		case here:
			*n = 1
		case *n != far:
			*n++
		}
	}
	for i := range s.lines {
		l := &s.lines[i]
		if l.blanksAbove > 0 {
			d.blank = 0
		}
		s.before[i] = d
		step(&d.lone, l.filled == 1)
		step(&d.note, l.note)
		step(&d.total, l.total)
		step(&d.wide, l.wide())
		d.blank++
		if l.looksLikeData() {
			d.data++
		}
	}
	until, wide := 0, far
	for i := len(s.lines) - 1; i >= 0; i-- {
		s.untilWide[i] = wide
		step(&wide, s.lines[i].wide())
		if s.lines[i].blanksBelow > 0 {
			until = 0
		}
		s.untilBlank[i] = until
		until++
	}
}
