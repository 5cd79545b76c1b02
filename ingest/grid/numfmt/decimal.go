package numfmt

import "strconv"

// decimal is a number as its digits: 0.d1d2d3… × 10^point. It keeps as many as
// Excel does (ECMA-376 part 1, 18.17.5.4 speaks of doubles; what is shown has 15).
type decimal struct {
	neg    bool
	n      int // digits that count; there is no zero at either end
	point  int
	digits [keptDigits + 1]byte
}

const keptDigits = 15

// parseDecimal reads digits with a point and an exponent.
func parseDecimal(value string) (d decimal, ok bool) {
	i, seen, point := 0, false, -1
	if i < len(value) && (value[i] == '-' || value[i] == '+') {
		d.neg = value[i] == '-'
		i++
	}
	for ; i < len(value); i++ {
		switch c := value[i]; {
		case c >= '0' && c <= '9':
			seen = true
			d.take(c, point >= 0)
		case c == '.' && point < 0:
			point = i
		case (c == 'E' || c == 'e') && seen:
			exp, err := strconv.Atoi(value[i+1:])
			d.point += min(max(exp, -1<<20), 1<<20)
			d.round(keptDigits)
			return d, err == nil
		default:
			return d, false
		}
	}
	d.round(keptDigits)
	return d, seen
}

// take appends a digit, which stands behind the point or before it.
func (d *decimal) take(c byte, behind bool) {
	switch {
	case d.n == 0 && c == '0':
		if behind {
			d.point--
		}
		return
	case d.n < len(d.digits):
		d.digits[d.n] = c
		d.n++
	}
	if !behind {
		d.point++
	}
}

// round keeps k digits, halves away from zero.
func (d *decimal) round(k int) {
	if k < d.n {
		up := k >= 0 && d.digits[k] >= '5'
		d.n = max(k, 0)
		if up {
			d.increment()
		}
	}
	for d.n > 0 && d.digits[d.n-1] == '0' {
		d.n--
	}
	if d.n == 0 {
		d.point = 0
	}
}

// increment adds one to the last digit.
func (d *decimal) increment() {
	for i := d.n - 1; i >= 0; i-- {
		if d.digits[i] < '9' {
			d.digits[i]++
			return
		}
		d.n = i
	}
	d.digits[0], d.n = '1', 1
	d.point++
}

// at is digit i from the first one, which may lie beyond both ends.
func (d *decimal) at(i int) byte {
	if i < 0 || i >= d.n {
		return '0'
	}
	return d.digits[i]
}

func (d *decimal) zero() bool { return d.n == 0 }

// appendPlain writes the number without an exponent.
func (d *decimal) appendPlain(dst []byte) []byte {
	if d.neg && !d.zero() {
		dst = append(dst, '-')
	}
	if d.point <= 0 {
		dst = append(dst, '0')
	}
	for i := range max(d.point, 0) {
		dst = append(dst, d.at(i))
	}
	if d.n > d.point {
		dst = append(dst, '.')
		for i := d.point; i < d.n; i++ {
			dst = append(dst, d.at(i))
		}
	}
	return dst
}

// appendGeneral writes the number as Excel shows it without a format: in at most 11
// characters beside the sign.
func (d decimal) appendGeneral(dst []byte) []byte {
	const width = 11
	if d.zero() {
		return append(dst, '0')
	}
	if d.point > width || d.point < -3 && 2-d.point+d.n > width {
		return d.appendScientific(dst)
	}
	d.round(d.point + max(0, width-1-max(d.point, 1)))
	return d.appendPlain(dst)
}

// appendScientific writes up to six digits and the exponent, as in 1.23457E+15.
func (d decimal) appendScientific(dst []byte) []byte {
	d.round(6)
	exp := d.point - 1
	d.point = 1
	return appendExponent(append(d.appendPlain(dst), 'E'), exp, true, 2)
}

// appendExponent writes the sign, that of plus where it is wanted, and the digits.
func appendExponent(dst []byte, exp int, plus bool, places int) []byte {
	switch {
	case exp < 0:
		dst = append(dst, '-')
		exp = -exp
	case plus:
		dst = append(dst, '+')
	}
	return appendPadded(dst, exp, places)
}

// appendPadded writes a number with zeros up to so many places.
func appendPadded(dst []byte, n, places int) []byte {
	digits := 1
	for rest := n; rest > 9; rest /= 10 {
		digits++
	}
	for ; digits < places; digits++ {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, int64(n), 10)
}
