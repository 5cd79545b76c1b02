package numfmt

// Text shows a text under the format: the fourth section or one with @ decorates it.
func (f *Format) Text(s string) string {
	sec := &f.sections[len(f.sections)-1]
	if !sec.has('@') && len(f.sections) < 4 {
		return s
	}
	var dst []byte
	for _, t := range sec.tokens {
		switch t.kind {
		case '@', 'G':
			dst = append(dst, s...)
		case 'l':
			dst = append(dst, t.text...)
		}
	}
	return string(dst)
}

// NumberText shows a number under the format, as Excel in English does.
func (f *Format) NumberText(value string, x float64) string {
	var buf [48]byte
	return string(f.AppendNumber(buf[:0], value, x))
}

// AppendNumber appends what NumberText gives. The value is the decimal text of x.
func (f *Format) AppendNumber(dst []byte, value string, x float64) []byte {
	sec, bare := f.pick(x)
	if sec.general && len(sec.tokens) == 1 && showsItself(value) {
		if bare && value[0] == '-' {
			value = value[1:]
		}
		return append(dst, value...)
	}
	d, ok := parseDecimal(value)
	if !ok {
		return append(dst, value...)
	}
	if bare {
		d.neg = false
	}
	if sec.has('@') && !sec.hasDigits {
		return sec.appendAround(dst, '@', d)
	}
	return sec.appendNumber(dst, d)
}

// showsItself tells a number that the general format leaves as it is.
func showsItself(value string) bool {
	n := len(value)
	if n > 0 && value[0] == '-' {
		n--
	}
	if n == 0 || n > 11 {
		return false
	}
	for i := range len(value) {
		if value[i]|0x20 == 'e' {
			return false
		}
	}
	return true
}

// pick chooses the section for a number; bare tells that the section writes the sign
// itself. A last section for texts does not count.
func (f *Format) pick(x float64) (sec *section, bare bool) {
	n := len(f.sections)
	if n > 1 && n < 4 && f.sections[n-1].has('@') {
		n--
	}
	conditions := false
	for i := range n {
		s := &f.sections[i]
		if s.op != "" {
			conditions = true
			if s.holds(x) {
				return s, x < 0 && i > 0
			}
		}
	}
	if conditions && f.sections[0].op != "" {
		return &f.sections[min(n-1, 2)], x < 0 && n > 1
	}
	switch {
	case x < 0 && n > 1:
		return &f.sections[1], true
	case x == 0 && n > 2:
		return &f.sections[2], false
	}
	return &f.sections[0], false
}

func (s *section) holds(x float64) bool {
	switch s.op {
	case "<":
		return x < s.operand
	case "<=":
		return x <= s.operand
	case ">":
		return x > s.operand
	case ">=":
		return x >= s.operand
	case "<>":
		return x != s.operand
	}
	return x == s.operand
}

func (s *section) appendNumber(dst []byte, d decimal) []byte {
	negative := d.neg && !d.zero()
	d.neg = false
	if s.general || !s.hasDigits || s.fraction {
		if negative {
			dst = append(dst, '-')
		}
		switch {
		case s.fraction:
			return s.appendFraction(dst, d)
		case s.general:
			return s.appendAround(dst, 'G', d)
		}
		return s.appendAround(dst, 0, d)
	}
	p := &s.plan
	if !d.zero() {
		d.point += p.scale
	}
	exp := 0
	if p.exp > 0 {
		d, exp = p.exponent(d)
	}
	d.round(d.point + p.frac)
	if negative && !d.zero() { // what rounds to zero shows no sign
		dst = append(dst, '-')
	}
	return s.lay(dst, &d, exp)
}

// appendAround writes the literals of a section and the number, in general format, at
// the places of a kind.
func (s *section) appendAround(dst []byte, kind byte, d decimal) []byte {
	for i := range s.tokens {
		switch t := &s.tokens[i]; t.kind {
		case kind:
			dst = d.appendGeneral(dst)
		case 'l', '/', '.', ',', '%':
			dst = append(dst, t.text...)
		}
	}
	return dst
}

// exponent splits off the power of ten, a multiple of the digit places before the point.
func (p *numberPlan) exponent(d decimal) (decimal, int) {
	if d.zero() {
		return d, 0
	}
	step := max(p.whole, 1)
	exp := floorDiv(d.point-1, step) * step
	m := d
	m.point -= exp
	m.round(m.point + p.frac)
	if m.point > step {
		exp += step
	}
	d.point -= exp
	return d, exp
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && a < 0 {
		q--
	}
	return q
}

// lay puts the digits into their places, with the literals that stand between them.
func (s *section) lay(dst []byte, d *decimal, exp int) []byte {
	p := &s.plan
	whole, frac := 0, 0
	inExp := false
	for i := range s.tokens {
		t := &s.tokens[i]
		switch t.kind {
		case '0', '#', '?':
			switch {
			case inExp:
			case p.point >= 0 && i > p.point:
				dst = appendBehind(dst, t.kind, d, frac)
				frac++
			default:
				whole++
				dst = p.appendBefore(dst, t.kind, d, whole)
			}
		case '.':
			if i == p.point {
				if p.whole == 0 {
					dst = p.appendRun(dst, d, 0, d.point)
				}
				dst = append(dst, p.mark)
			}
		case 'E':
			inExp = true
			dst = appendExponent(append(dst, 'E'), exp, t.text[len(t.text)-1] == '+', p.exp)
		case '%':
			dst = append(dst, '%')
		case 'l':
			dst = append(dst, t.text...)
		}
	}
	return dst
}

// appendBefore writes what one place before the point shows, counted from 1; the
// first place shows all digits over the count of places.
func (p *numberPlan) appendBefore(dst []byte, kind byte, d *decimal, place int) []byte {
	right := p.whole - place // places to the right of this one
	switch {
	case place == 1 && d.point > p.whole:
		return p.appendRun(dst, d, 0, d.point-right)
	case d.point > right:
		return p.appendRun(dst, d, d.point-right-1, d.point-right)
	case kind == '0':
		return p.appendGroup(append(dst, '0'), right)
	case kind == '?':
		return append(dst, ' ')
	}
	return dst
}

// appendRun writes the digits from one to another before the point.
func (p *numberPlan) appendRun(dst []byte, d *decimal, from, to int) []byte {
	for i := from; i < to; i++ {
		dst = p.appendGroup(append(dst, d.at(i)), d.point-1-i)
	}
	return dst
}

// appendGroup writes a comma after a digit with a multiple of three to its right.
func (p *numberPlan) appendGroup(dst []byte, right int) []byte {
	if p.group != "" && right > 0 && right%3 == 0 {
		return append(dst, p.group...)
	}
	return dst
}

// appendBehind writes what place i behind the point shows.
func appendBehind(dst []byte, kind byte, d *decimal, i int) []byte {
	switch {
	case kind == '0', d.point+i < d.n:
		return append(dst, d.at(d.point+i))
	case kind == '?':
		return append(dst, ' ')
	}
	return dst
}
