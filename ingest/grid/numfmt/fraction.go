package numfmt

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// appendFraction shows a number as "3 1/2": the whole where the section has places
// for it, and the closest fraction whose denominator fits its places.
func (s *section) appendFraction(dst []byte, d decimal) []byte {
	bar := slices.IndexFunc(s.tokens, func(t formatToken) bool { return t.kind == '/' })
	places, fixed := s.denominator(bar)
	x, _ := strconv.ParseFloat(string(d.appendPlain(nil)), 64)
	if !(x < 1e15) {
		return d.appendGeneral(dst)
	}
	whole, part := math.Modf(x)
	before := s.wholeKind(bar)
	if before == 0 {
		whole, part = 0, x
	}
	num, den := closestFraction(part, places, fixed)
	if before != 0 && num == den && num > 0 {
		whole, num = whole+1, 0
	}
	switch {
	case before != 0 && (whole != 0 || num == 0 || before == '0'):
		dst = strconv.AppendInt(dst, int64(whole), 10)
		dst = append(dst, ' ')
	case before == '?':
		dst = append(dst, "  "...)
	case before != 0:
		dst = append(dst, ' ')
	}
	if before != 0 && num == 0 {
		return append(dst, strings.Repeat(" ", 1+2*places)...)
	}
	n, m := strconv.Itoa(num), strconv.Itoa(den)
	dst = append(dst, strings.Repeat(" ", max(0, s.numerator(bar)-len(n)))...)
	dst = append(append(append(dst, n...), '/'), m...)
	return append(dst, strings.Repeat(" ", max(0, places-len(m)))...)
}

// denominator counts the places after the bar; a number there is a fixed denominator.
func (s *section) denominator(bar int) (places, fixed int) {
	text := ""
	for _, t := range s.tokens[bar+1:] {
		switch {
		case t.kind == '0' || t.kind == '#' || t.kind == '?':
			places++
			text += t.text
		case t.kind == 'l' && isDigits(t.text):
			text += t.text
		}
	}
	if n, err := strconv.Atoi(strings.Trim(text, "#?")); err == nil && n > 0 && n < 1<<30 {
		return len(strconv.Itoa(n)), n
	}
	return min(max(places, 1), 6), 0
}

// numerator counts the places right before the bar.
func (s *section) numerator(bar int) int {
	n := 0
	for i := bar - 1; i >= 0 && (s.tokens[i].kind == '?' || s.tokens[i].kind == '#' || s.tokens[i].kind == '0'); i-- {
		n++
	}
	return n
}

// wholeKind is the kind of the places for the whole: digit places, then something
// else, then digit places stand before the bar. 0 where there are none.
func (s *section) wholeKind(bar int) byte {
	groups, in := 0, false
	kind := byte(0)
	for _, t := range s.tokens[:bar] {
		digit := t.kind == '0' || t.kind == '#' || t.kind == '?'
		if digit && !in {
			groups++
		}
		if digit && groups == 1 {
			kind = t.kind
		}
		in = digit
	}
	if groups < 2 {
		return 0
	}
	return kind
}

// closestFraction walks the continued fraction of x while the denominator fits.
func closestFraction(x float64, places, fixed int) (num, den int) {
	if fixed > 0 {
		return int(x*float64(fixed) + 0.5), fixed
	}
	limit := 1
	for range places {
		limit *= 10
	}
	n0, d0, n1, d1 := 0, 1, 1, 0
	for rest := x; ; {
		a := int(rest + 1e-9)
		if n, d := a*n1+n0, a*d1+d0; d < limit {
			n0, d0, n1, d1 = n1, d1, n, d
		} else {
			return n1, d1
		}
		if rest -= float64(a); rest < 1e-9 {
			return n1, d1
		}
		rest = min(1/rest, 1e12)
	}
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
