package pdf

import (
	"cmp"
	"slices"
	"strings"
)

// piece is a run of words that belongs to one cell.
type piece struct {
	text   string
	x0, x1 float64
	y      float64 // baseline
	size   float64
	bold   bool
}

// line is the pieces of one baseline, from left to right.
type line struct {
	y      float64
	size   float64
	pieces []piece
}

// Gaps in shares of the font's size.
const (
	wordGap  = 0.15    // wider is a blank
	pieceGap = 0.9     // wider parts cells within one text object
	objGap   = wordGap // wider parts cells of text that was placed anew
	lineGap  = 0.35    // baselines nearer than this are one
)

// lines groups the characters of a page.
func (p *page) lines() []line {
	slices.SortStableFunc(p.chars, func(a, b char) int { return cmp.Compare(a.y, b.y) })
	var out []line
	for i := 0; i < len(p.chars); {
		j := i + 1
		for j < len(p.chars) && p.chars[j].y-p.chars[j-1].y <= 0.05*p.chars[i].size+0.1 ||
			j < len(p.chars) && p.chars[j].y-p.chars[i].y <= lineGap*min(p.chars[i].size, p.chars[j].size) {
			j++
		}
		if l := p.line(p.chars[i:j]); len(l.pieces) > 0 {
			out = append(out, l)
		}
		i = j
	}
	return out
}

func (p *page) line(cs []char) line {
	slices.SortStableFunc(cs, func(a, b char) int { return cmp.Compare(a.x0, b.x0) })
	var l line
	var cur []char
	flush := func() {
		if pc, ok := join(cur); ok {
			l.pieces = append(l.pieces, pc)
			l.y, l.size = pc.y, max(l.size, pc.size)
		}
		cur = cur[:0]
	}
	var prev char
	for _, c := range cs {
		if len(cur) > 0 && doubled(prev, c) {
			continue
		}
		if len(cur) > 0 && p.parts(prev, c) {
			flush()
		}
		cur = append(cur, c)
		prev = c
	}
	flush()
	return l
}

// doubled is a character shown twice a hair apart: bold as poor generators make it.
func doubled(a, b char) bool {
	return a.text == b.text && b.x0-a.x0 < 0.1*a.size && a.run != b.run
}

func (p *page) parts(a, b char) bool {
	gap := b.x0 - a.x1
	em := max(a.size, b.size)
	if gap > pieceGap*em || a.block != b.block && gap > objGap*em && !blank(a.text) && !blank(b.text) {
		return true
	}
	left, right := (a.x0+a.x1)/2, (b.x0+b.x1)/2
	y := a.y - 0.3*a.size
	i, _ := slices.BinarySearchFunc(p.ups, left, func(r rule, v float64) int { return cmp.Compare(r.at, v) })
	for _, r := range p.ups[i:] {
		if r.at >= right {
			return false
		}
		if r.from <= y && r.upto >= y {
			return true
		}
	}
	return false
}

// join makes text of neighbours; blanks that are only places become one space.
func join(cs []char) (piece, bool) {
	var b strings.Builder
	var pc piece
	for i, c := range cs {
		if i > 0 && c.x0-cs[i-1].x1 > wordGap*c.size && c.text != " " && cs[i-1].text != " " {
			b.WriteByte(' ')
		}
		b.WriteString(c.text)
		pc.size = max(pc.size, c.size)
	}
	pc.text = ligatures().Replace(b.String())
	pc.text = strings.Map(func(r rune) rune {
		if r < ' ' || r == '\u00AD' {
			return -1
		}
		return r
	}, pc.text)
	pc.text = strings.Trim(pc.text, " \u00a0")
	if pc.text == "" {
		return pc, false
	}
	for len(cs) > 1 && blank(cs[0].text) {
		cs = cs[1:]
	}
	for len(cs) > 1 && blank(cs[len(cs)-1].text) {
		cs = cs[:len(cs)-1]
	}
	pc.x0, pc.x1, pc.y, pc.bold = cs[0].x0, cs[len(cs)-1].x1, cs[0].y, cs[0].bold
	return pc, true
}

func blank(s string) bool { return strings.Trim(s, " \u00a0") == "" }

// ligatures takes apart what fonts put together; "fi" is two letters of the source.
func ligatures() *strings.Replacer {
	return strings.NewReplacer("\uFB00", "ff", "\uFB01", "fi", "\uFB02", "fl", "\uFB03", "ffi", "\uFB04", "ffl")
}
