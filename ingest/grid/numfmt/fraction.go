package numfmt

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// fraction shows a number as "3 1/2": the whole where the section has places
// for it, and the closest fraction whose denominator fits its places.
func (s *formatSection) fraction(d decimal.Decimal) string {
	bar := 0
	for i, t := range s.tokens {
		if t.kind == '/' {
			bar = i
			break
		}
	}
	places, fixed := s.denominator(bar)
	numPlaces := places
	if fixed > 0 {
		numPlaces = s.numerator(bar)
	}
	whole := d.Truncate(0)
	part := d.Sub(whole).InexactFloat64()
	hasWhole := s.wholePlaces(bar)
	if !hasWhole {
		part = d.InexactFloat64()
		whole = decimal.Zero
	}
	num, den := closestFraction(part, places, fixed)
	if hasWhole && num == den && num > 0 {
		whole, num = whole.Add(decimal.New(1, 0)), 0
	}
	switch {
	case num == 0 && hasWhole:
		return whole.String() + strings.Repeat(" ", 2+2*places)
	case hasWhole && whole.IsZero():
		return pad(num, den, numPlaces, places)
	case hasWhole:
		return whole.String() + " " + pad(num, den, numPlaces, places)
	}
	return pad(num, den, numPlaces, places)
}

func pad(num, den, numPlaces, places int) string {
	n, d := strconv.Itoa(num), strconv.Itoa(den)
	return strings.Repeat(" ", max(0, numPlaces-len(n))) + n + "/" + d + strings.Repeat(" ", max(0, places-len(d)))
}

// numerator counts the places right before the bar.
func (s *formatSection) numerator(bar int) int {
	n := 0
	for n < bar && strings.IndexByte("0#?", s.tokens[bar-1-n].kind) >= 0 {
		n++
	}
	return n
}

// denominator counts the places after the bar; a number there is a fixed denominator.
func (s *formatSection) denominator(bar int) (places, fixed int) {
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
	if n, err := strconv.Atoi(strings.Trim(text, "#?")); err == nil && n > 0 {
		return len(strconv.Itoa(n)), n
	}
	return min(max(places, 1), 6), 0
}

// wholePlaces tells whether digit places, then something else, then digit places stand before the bar.
func (s *formatSection) wholePlaces(bar int) bool {
	groups, in := 0, false
	for _, t := range s.tokens[:bar] {
		digit := t.kind == '0' || t.kind == '#' || t.kind == '?'
		if digit && !in {
			groups++
		}
		in = digit
	}
	return groups > 1
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
		a := int(rest)
		if n, d := a*n1+n0, a*d1+d0; d < limit {
			n0, d0, n1, d1 = n1, d1, n, d
		} else {
			return n1, d1
		}
		if rest -= float64(a); rest < 1e-9 {
			return n1, d1
		}
		rest = 1 / rest
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
