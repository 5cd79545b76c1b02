package csv

import "strings"

// maxNumber is the longest text taken for a number.
const maxNumber = 40

// number is a number as a text writes it, before it is decided what its signs mean.
type number struct {
	negative, trailingMinus bool
	sign                    byte // the last of . and , or 0
	groupSign               byte // an earlier . or , that parts thousands for certain
	ambiguous               bool // one sign with three digits behind it: 6,000
	spaced                  bool
	leadingZero             bool // 00012
	zeroFirst               bool // 0,500
	bare                    bool // digits only: the text is the value
}

// groups are the runs of digits of a number and what stands between them.
type groups struct {
	lengths [16]uint8
	signs   [16]byte // after each run: '.', ',', or ' ' for blanks of all kinds
	n       int
}

// parseNumber takes apart "1 234,50", "-1,234.5", "12-", "+5". Blanks of all kinds part thousands.
func parseNumber(t string) (number, bool) {
	var n number
	if t == "" || len(t) > maxNumber {
		return n, false
	}
	if isDigits(t) {
		n.bare, n.leadingZero = true, t[0] == '0' && len(t) > 1
		return n, true
	}
	if n.takeSimple(t) {
		return n, true
	}
	var g groups
	first, ok := g.cut(n.takeSign(t))
	if !ok {
		return n, false
	}
	if !n.takeBlanks(&g) {
		return n, false
	}
	n.zeroFirst, n.leadingZero = first == '0', first == '0' && g.lengths[0] > 1
	return n, n.judge(&g)
}

// takeSimple takes what most numbers with a sign are: 1234,50.
func (n *number) takeSimple(t string) bool {
	i := 0
	for i < len(t) && t[i] >= '0' && t[i] <= '9' {
		i++
	}
	if i == 0 || i == len(t) || t[i] != ',' && t[i] != '.' || !isDigits(t[i+1:]) {
		return false
	}
	n.sign, n.leadingZero = t[i], t[0] == '0' && i > 1
	n.ambiguous = len(t)-i-1 == 3 && i <= 3 && (i > 1 || t[0] != '0')
	return true
}

// takeSign gives the text without its minus or plus.
func (n *number) takeSign(t string) string {
	switch t[0] {
	case '-', '+':
		n.negative = t[0] == '-'
		return strings.TrimLeft(t[1:], " ")
	case 0xe2:
		if rest, ok := strings.CutPrefix(t, "\u2212"); ok {
			n.negative = true
			return strings.TrimLeft(rest, " ")
		}
	}
	if t[len(t)-1] == '-' {
		n.negative, n.trailingMinus = true, true
		return t[:len(t)-1]
	}
	return t
}

// cut finds the runs of digits; first is the first digit.
func (g *groups) cut(t string) (first byte, ok bool) {
	for i := 0; i < len(t); {
		c := t[i]
		if c >= '0' && c <= '9' {
			if g.n == 0 && g.lengths[0] == 0 {
				first = c
			}
			g.lengths[g.n]++
			i++
			continue
		}
		sign, width := signAt(t[i:])
		if width == 0 || !g.part(sign) {
			return 0, false
		}
		i += width
	}
	if g.n > 0 && g.lengths[g.n] == 0 && g.signs[g.n-1] == ' ' {
		g.n-- // a blank at the end
	}
	g.n++
	return first, true
}

// part begins the next run of digits behind a sign; blanks before and between signs are one.
func (g *groups) part(sign byte) bool {
	if sign == ' ' && g.lengths[g.n] == 0 && (g.n == 0 || g.signs[g.n-1] == ' ') {
		return true
	}
	if g.n+1 == len(g.lengths) {
		return false
	}
	g.signs[g.n] = sign
	g.n++
	return true
}

// signAt tells a sign inside a number and its width in bytes.
func signAt(t string) (byte, int) {
	switch t[0] {
	case '.', ',':
		return t[0], 1
	case ' ', '\'':
		return ' ', 1
	case 0xc2:
		if strings.HasPrefix(t, "\u00a0") {
			return ' ', 2
		}
	case 0xe2:
		if strings.HasPrefix(t, "\u202f") || strings.HasPrefix(t, "\u2009") {
			return ' ', 3
		}
	}
	return 0, 0
}

// takeBlanks joins the groups that blanks part, which have three digits each, and refuses all others.
func (n *number) takeBlanks(g *groups) bool {
	blanks := 0
	for blanks < g.n-1 && g.signs[blanks] == ' ' {
		blanks++
	}
	for i := blanks; i < g.n-1; i++ {
		if g.signs[i] == ' ' {
			return false
		}
	}
	if blanks == 0 {
		return true
	}
	n.spaced = true
	whole := uint8(0)
	for i := range blanks + 1 {
		if l := g.lengths[i]; l == 0 || l > 3 || i > 0 && l != 3 {
			return false
		}
		whole += g.lengths[i]
	}
	copy(g.lengths[:], g.lengths[blanks:])
	copy(g.signs[:], g.signs[blanks:])
	g.lengths[0], g.n = whole, g.n-blanks
	return true
}

// judge sees what the signs can mean.
func (n *number) judge(g *groups) bool {
	first, last := g.lengths[0], g.lengths[g.n-1]
	switch g.n {
	case 1:
		return first > 0
	case 2:
		n.sign = g.signs[0]
		n.ambiguous = last == 3 && first > 0 && first <= 3 && !n.spaced && (first > 1 || !n.zeroFirst)
		return last > 0 && (first > 0 || n.sign == '.')
	}
	return n.judgeGroups(g)
}

// judgeGroups is for several signs: all but the last part thousands, and the last one too where it is the same.
func (n *number) judgeGroups(g *groups) bool {
	n.groupSign, n.sign = g.signs[0], g.signs[g.n-2]
	parts := g.n - 1
	if n.sign == n.groupSign {
		n.sign = 0
		parts = g.n
	}
	for i := 1; i < parts; i++ {
		if g.signs[i-1] != n.groupSign || g.lengths[i] != 3 {
			return false
		}
	}
	return g.lengths[0] > 0 && g.lengths[0] <= 3 && g.lengths[g.n-1] > 0
}

// decimal tells whether the last sign is a decimal one; not ok where nobody knows.
func (n *number) decimal(commaDecimal, dotDecimal tri) (is, ok bool) {
	if !n.ambiguous {
		return n.sign != 0, true
	}
	conclusion := dotDecimal
	if n.sign == ',' {
		conclusion = commaDecimal
	}
	return conclusion == yes, conclusion != unknown
}

// appendValue writes the canonical number. Where decimal, the last sign of the text is the decimal one.
func (n *number) appendValue(dst []byte, t string, decimal bool) []byte {
	whole := len(t)
	if decimal {
		whole = strings.LastIndexByte(t, n.sign)
	}
	start := len(dst)
	if n.negative {
		dst = append(dst, '-')
	}
	digits := len(dst)
	for i := range whole {
		if c := t[i]; c >= '0' && c <= '9' && (c != '0' || len(dst) > digits) {
			dst = append(dst, c)
		}
	}
	if len(dst) == digits {
		dst = append(dst, '0')
	}
	if frac := fraction(t, whole); frac != "" {
		dst = append(append(dst, '.'), frac...)
	} else if len(dst) == digits+1 && dst[digits] == '0' {
		return append(dst[:start], '0') // there is no -0
	}
	return dst
}

// fraction is what stands behind the decimal sign at i, without zeros at its end.
func fraction(t string, i int) string {
	if i >= len(t) {
		return ""
	}
	return strings.TrimRight(strings.TrimRight(t[i+1:], "- \u00a0"), "0")
}

func isDigits(t string) bool {
	for i := range len(t) {
		if t[i] < '0' || t[i] > '9' {
			return false
		}
	}
	return t != ""
}
