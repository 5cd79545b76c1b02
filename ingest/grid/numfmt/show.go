package numfmt

import (
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Text shows a text under the format: the fourth section or one with @ decorates it.
func (f *Format) Text(s string) string {
	sec := &f.sections[len(f.sections)-1]
	if !sec.has('@') && len(f.sections) < 4 {
		return s
	}
	var b strings.Builder
	for _, t := range sec.tokens {
		switch t.kind {
		case '@', 'G':
			b.WriteString(s)
		case 'l':
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// NumberText shows a number under the format, as Excel in English does.
func (f *Format) NumberText(value string, x float64) string {
	sec, negative := f.pick(x)
	if sec == nil {
		return value
	}
	if sec.plain != nil {
		if text, ok := sec.plain.text(value, negative); ok {
			return text
		}
	}
	return sec.decimalText(value, negative)
}

// decimalText shows a number by decimal arithmetic, as any section may need it.
func (sec *formatSection) decimalText(value string, negative bool) string {
	d, err := decimal.NewFromString(value)
	if err != nil {
		return value
	}
	if negative {
		d = d.Abs()
	}
	if sec.has('@') && !sec.hasDigits() {
		return (&Format{sections: []formatSection{*sec}}).Text(generalNumber(d))
	}
	return sec.number(d)
}

// pick chooses the section for a number; negative tells that the section writes the sign itself.
func (f *Format) pick(x float64) (sec *formatSection, negative bool) {
	for i := range f.sections {
		if s := &f.sections[i]; s.op != "" && s.holds(x) {
			return s, x < 0 && i > 0
		}
	}
	n := len(f.sections)
	if f.sections[0].op != "" {
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

func (s *formatSection) holds(x float64) bool {
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

func (s *formatSection) hasDigits() bool { return s.has('0') || s.has('#') || s.has('?') }

// numberPlan is what the digit places of a section ask for.
type numberPlan struct {
	whole, frac, exp int // digit places before the point, after it, in the exponent
	grouped          bool
	scale            int32 // powers of ten: percent up, trailing commas down
	point            int   // index of the point or the end of the places
	last             int   // index of the last digit place before the point
}

func (s *formatSection) plan() numberPlan {
	p := numberPlan{point: -1, last: -1}
	commas, inExp := 0, false
	for i, t := range s.tokens {
		switch t.kind {
		case '0', '#', '?':
			switch {
			case inExp:
				p.exp++
			case p.point >= 0:
				p.frac++
			default:
				p.grouped = p.grouped || commas > 0 && p.whole > 0
				p.whole++
				p.last = i
			}
			commas = 0
		case ',':
			commas++
		case '.':
			if p.point < 0 {
				p.point = i
				p.scale -= int32(3 * commas)
				commas = 0
			}
		case '%':
			p.scale += 2
		case 'E':
			inExp = true
		}
	}
	if p.whole+p.frac > 0 {
		p.scale -= int32(3 * commas)
	}
	return p
}

func (s *formatSection) number(d decimal.Decimal) string {
	switch {
	case s.has('G'):
		return s.literalsAround('G', generalNumber(d))
	case !s.hasDigits():
		return s.sign(d, s.literalsAround(0, ""))
	case s.has('/'):
		return s.sign(d, s.fraction(d.Abs()))
	}
	p := s.plan()
	d = d.Shift(p.scale)
	exp := 0
	if p.exp > 0 {
		d, exp = s.exponent(d, p)
	}
	d = d.Round(int32(p.frac))
	whole, frac, _ := strings.Cut(d.Abs().StringFixed(int32(p.frac)), ".")
	return s.sign(d, s.lay(p, whole, frac, exp))
}

func (s *formatSection) sign(d decimal.Decimal, text string) string {
	if d.IsNegative() {
		return "-" + text
	}
	return text
}

// exponent splits off the power of ten, a multiple of the digit places before the point.
func (s *formatSection) exponent(d decimal.Decimal, p numberPlan) (decimal.Decimal, int) {
	if d.IsZero() {
		return d, 0
	}
	step := max(p.whole, 1)
	magnitude := d.NumDigits() + int(d.Exponent()) - 1
	exp := int(math.Floor(float64(magnitude)/float64(step))) * step
	m := d.Shift(int32(-exp))
	if m.Abs().Round(int32(p.frac)).GreaterThanOrEqual(decimal.New(1, int32(step))) {
		exp += step
		m = d.Shift(int32(-exp))
	}
	return m, exp
}

// lay puts the digits into their places, with the literals that stand between them.
func (s *formatSection) lay(p numberPlan, whole, frac string, exp int) string {
	if whole == "0" {
		whole = ""
	}
	var b strings.Builder
	seen, fracSeen, inExp := 0, 0, false
	for i, t := range s.tokens {
		switch t.kind {
		case '0', '#', '?':
			switch {
			case inExp:
			case p.point >= 0 && i > p.point:
				b.WriteString(fracDigit(t.kind, frac, fracSeen))
				fracSeen++
			default:
				seen++
				b.WriteString(wholeDigits(t.kind, whole, p, seen))
			}
		case '.':
			if i == p.point {
				if p.whole == 0 {
					b.WriteString(group(whole, 0, false))
				}
				b.WriteByte('.')
			}
		case 'E':
			inExp = true
			b.WriteString(exponentText(t.text, exp, p.exp))
		case '%':
			b.WriteByte('%')
		case 'l':
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// wholeDigits gives what one place before the point shows; the first place shows all digits over the count of places.
func wholeDigits(kind byte, whole string, p numberPlan, place int) string {
	right := p.whole - place // places to the right of this one
	var digits string
	switch {
	case place == 1 && len(whole) > p.whole:
		digits = whole[:len(whole)-right]
	case len(whole) > right:
		digits = whole[len(whole)-right-1 : len(whole)-right]
	case kind == '0':
		digits = "0"
	case kind == '?':
		return " "
	}
	return group(digits, right, p.grouped)
}

// group writes digits with a comma after every one that has a multiple of three digits to its right.
func group(digits string, right int, grouped bool) string {
	if !grouped {
		return digits
	}
	var b strings.Builder
	for i := range len(digits) {
		b.WriteByte(digits[i])
		if after := right + len(digits) - 1 - i; after > 0 && after%3 == 0 {
			b.WriteByte(',')
		}
	}
	return b.String()
}

func fracDigit(kind byte, frac string, i int) string {
	if kind == '0' || strings.Trim(frac[i:], "0") != "" {
		return frac[i : i+1]
	}
	if kind == '?' {
		return " "
	}
	return ""
}

func exponentText(token string, exp, places int) string {
	sign := ""
	if exp < 0 {
		sign = "-"
		exp = -exp
	} else if strings.HasSuffix(token, "+") {
		sign = "+"
	}
	digits := strconv.Itoa(exp)
	return "E" + sign + strings.Repeat("0", max(0, places-len(digits))) + digits
}

// literalsAround writes the literals of a section and text at the places of kind.
func (s *formatSection) literalsAround(kind byte, text string) string {
	var b strings.Builder
	for _, t := range s.tokens {
		switch t.kind {
		case kind:
			b.WriteString(text)
		case 'l':
			b.WriteString(t.text)
		case '/', '.', ',', '%':
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// generalNumber is how Excel shows a number without a format: in at most 11 characters.
func generalNumber(d decimal.Decimal) string {
	if d.IsZero() {
		return "0"
	}
	a := d.Abs()
	if a.GreaterThanOrEqual(decimal.New(1, 11)) || a.LessThan(decimal.New(1, -4)) && len(a.String()) > 11 {
		x := d.InexactFloat64()
		m, e, _ := strings.Cut(strconv.FormatFloat(x, 'E', 5, 64), "E")
		if strings.Contains(m, ".") {
			m = strings.TrimRight(strings.TrimRight(m, "0"), ".")
		}
		return m + "E" + e
	}
	whole := len(a.Truncate(0).String())
	return d.Round(int32(max(0, 10-whole))).String()
}
