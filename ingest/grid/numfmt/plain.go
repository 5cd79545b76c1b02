package numfmt

// plainPlan is what a section comes to that shows nothing but one run of digits with
// literals around it, as nearly all of print-outs do; such are written digit by
// digit, without decimal arithmetic.
type plainPlan struct {
	general          bool
	prefix, suffix   string
	whole            int // places before the point
	minWhole         int // digits shown at least before the point
	minFrac, maxFrac int // digits behind it
	point, grouped   bool
	percent          bool
}

// plainOf gives the plan of a section, nil where it is not so plain.
func plainOf(s *formatSection) *plainPlan {
	if len(s.tokens) == 1 && s.tokens[0].kind == 'G' {
		return &plainPlan{general: true}
	}
	p := &plainPlan{}
	const before, within, behind = 0, 1, 2 // the run of digits
	where, pending := before, false        // pending: a comma that no digit follows yet
	for _, t := range s.tokens {
		switch t.kind {
		case '0', '#':
			if where == behind || !p.place(t.kind, pending) {
				return nil
			}
			where, pending = within, false
		case ',':
			if where != within || p.point {
				return nil
			}
			pending = true
		case '.':
			if where == behind || p.point || pending {
				return nil
			}
			where, p.point = within, true
		case '%':
			if p.percent || where == before {
				return nil
			}
			where, p.percent, p.suffix = behind, true, p.suffix+"%"
		case 'l':
			if where == before {
				p.prefix += t.text
				continue
			}
			where, p.suffix = behind, p.suffix+t.text
		default:
			return nil
		}
	}
	if pending || p.whole+p.maxFrac == 0 {
		return nil
	}
	return p
}

// place takes a digit place; false where a place for any digit stands on the inner
// side of one for no zero.
func (p *plainPlan) place(kind byte, comma bool) bool {
	if p.point {
		p.maxFrac++
		if kind == '#' {
			return true
		}
		p.minFrac++
		return p.minFrac == p.maxFrac
	}
	p.whole++
	p.grouped = p.grouped || comma
	if kind == '0' {
		p.minWhole++
	}
	return kind == '0' || p.minWhole == 0
}

// maxDigits is how many digits a number taken apart may have.
const maxDigits = 60

// digits is a decimal number taken apart: the first whole of all before the point.
type digits struct {
	all      [maxDigits + 4]byte
	n, whole int
	negative bool
}

// read takes a plain decimal text apart; false for one with an exponent or too long.
func (d *digits) read(value string) bool {
	if value != "" && value[0] == '-' {
		d.negative, value = true, value[1:]
	}
	if len(value) == 0 || len(value) > maxDigits {
		return false
	}
	d.whole = -1
	for i := range len(value) {
		switch c := value[i]; {
		case c == '.' && d.whole < 0:
			d.whole = d.n
		case c >= '0' && c <= '9':
			d.all[d.n] = c
			d.n++
		default:
			return false
		}
	}
	if d.whole < 0 {
		d.whole = d.n
	}
	return true
}

// shift moves the point two places to the right.
func (d *digits) shift() {
	for d.n < d.whole+2 {
		d.all[d.n] = '0'
		d.n++
	}
	d.whole += 2
}

// round keeps that many digits behind the point, half away from zero.
func (d *digits) round(frac int) {
	keep := d.whole + frac
	if keep >= d.n {
		return
	}
	up := d.all[keep] >= '5'
	d.n = keep
	if !up {
		return
	}
	for i := keep - 1; i >= 0; i-- {
		if d.all[i] < '9' {
			d.all[i]++
			return
		}
		d.all[i] = '0'
	}
	copy(d.all[1:], d.all[:d.n])
	d.all[0] = '1'
	d.n++
	d.whole++
}

// trim drops zeros in front of the number and behind it.
func (d *digits) trim() (whole, frac []byte) {
	whole, frac = d.all[:d.whole], d.all[d.whole:d.n]
	for len(whole) > 0 && whole[0] == '0' {
		whole = whole[1:]
	}
	for len(frac) > 0 && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	return whole, frac
}

// text shows a number under a plain section; false where that takes more.
func (p *plainPlan) text(value string, unsigned bool) (string, bool) {
	var d digits
	if !d.read(value) {
		return "", false
	}
	if p.general {
		return d.general(value, unsigned)
	}
	if p.percent {
		d.shift()
	}
	d.round(p.maxFrac)
	whole, frac := d.trim()
	var buf [2 * maxDigits]byte
	out := buf[:0]
	if d.negative && !unsigned && len(whole)+len(frac) > 0 {
		out = append(out, '-')
	}
	out = append(out, p.prefix...)
	out = p.appendWhole(out, whole)
	if p.point {
		out = append(out, '.')
		out = append(out, frac...)
		for n := len(frac); n < p.minFrac; n++ {
			out = append(out, '0')
		}
	}
	return string(append(out, p.suffix...)), true
}

func (p *plainPlan) appendWhole(out, whole []byte) []byte {
	n := max(len(whole), p.minWhole)
	for i := range n {
		c := byte('0')
		if at := i - (n - len(whole)); at >= 0 {
			c = whole[at]
		}
		out = append(out, c)
		if left := n - 1 - i; p.grouped && left > 0 && left%3 == 0 {
			out = append(out, ',')
		}
	}
	return out
}

// general shows a number without a format, in at most 11 characters.
func (d *digits) general(value string, unsigned bool) (string, bool) {
	whole, frac := d.whole, d.n-d.whole
	small := whole == 1 && frac > 3 && string(d.all[:5]) == "00000"
	switch {
	case whole > 11, small && whole+1+frac > 11, unsigned && d.negative:
		return "", false
	case frac <= max(0, 10-whole):
		return value, true
	}
	d.round(max(0, 10-whole))
	w, f := d.trim()
	var buf [16]byte
	out := buf[:0]
	if d.negative {
		out = append(out, '-')
	}
	if len(w) == 0 {
		out = append(out, '0')
	}
	out = append(out, w...)
	if len(f) > 0 {
		out = append(append(out, '.'), f...)
	}
	return string(out), true
}
