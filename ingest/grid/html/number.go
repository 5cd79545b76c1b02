package html

import (
	"strings"
)

// evidence is what is known of the way numbers are written.
type evidence struct {
	decimal      byte // '.' or ',' where it is certain, else 0
	commaNumbers bool // the text is of a country that writes a decimal comma
	codes        bool // the column has numbers that begin with 0: codes
	dates        order
}

// evidence is what Excel wrote into the style sheet.
func (s *styles) evidence() evidence {
	if s.decimal == "." || s.decimal == "," {
		return evidence{decimal: s.decimal[0]}
	}
	return evidence{}
}

// maxDigits is how long a number may be; longer ones are codes.
const maxDigits = 15

// number is one as a text writes it.
type number struct {
	negative, percent bool
	whole, fraction   string
	// sign is the one . or , that has three digits behind it and may be either.
	sign byte
	// certain is a . or , that can only be the decimal sign.
	certain     byte
	leadingZero bool
}

// parse takes a number apart: sign, currency and percent signs, thousands parted by
// blanks, apostrophes, points or commas.
func parse(s string) (number, bool) {
	var n number
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 40 {
		return n, false
	}
	if rest, ok := strings.CutSuffix(s, "%"); ok {
		n.percent, s = true, strings.TrimSpace(rest)
	}
	for _, minus := range []string{"-", "\u2212", "+"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			n.negative, s = minus != "+", strings.TrimSpace(rest)
			break
		}
	}
	s = strings.TrimSpace(strings.TrimRight(strings.TrimLeft(s, "$€£₽"), "$€£₽"))
	if s == "" || s[0] < '0' || s[0] > '9' || s[len(s)-1] < '0' || s[len(s)-1] > '9' {
		return n, false
	}
	return n, n.split(s)
}

// split finds what parts thousands and what the fraction.
func (n *number) split(s string) bool {
	s, blanks, ok := joinGroups(s)
	if !ok || strings.Trim(s, "0123456789.,") != "" {
		return false
	}
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		n.whole = s
		n.leadingZero = !blanks && len(s) > 1 && s[0] == '0'
		return len(s) <= maxDigits
	}
	if strings.ContainsAny(s[:last], ".,") {
		return !blanks && n.splitGrouped(s, last)
	}
	n.whole, n.fraction = s[:last], s[last+1:]
	if len(n.fraction) == 3 && len(n.whole) <= 3 && n.whole != "0" && !blanks {
		n.sign = s[last]
	} else {
		n.certain = s[last]
	}
	n.leadingZero = len(n.whole) > 1 && n.whole[0] == '0'
	return len(n.whole) <= maxDigits
}

// splitGrouped splits what has more than one sign: 1,234.5 or 1,234,567.
func (n *number) splitGrouped(s string, last int) bool {
	sign, before := s[last], s[:last]
	if strings.IndexByte(before, sign) < 0 {
		parted := strings.FieldsFunc(before, func(r rune) bool { return r == '.' || r == ',' })
		n.whole, n.fraction, n.certain = strings.Join(parted, ""), s[last+1:], sign
		return thousands(parted)
	}
	n.whole, n.certain = strings.ReplaceAll(s, string(sign), ""), '.'+','-sign
	return strings.Trim(before, string(sign)+"0123456789") == "" && thousands(strings.Split(s, string(sign)))
}

// joinGroups takes out the blanks and apostrophes that part thousands; not ok where
// they part anything else.
func joinGroups(s string) (joined string, parted, ok bool) {
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\u202f' || r == '\u2009' || r == '\'' || r == '’' })
	if len(groups) < 2 {
		return s, false, true
	}
	joined = strings.Join(groups, "")
	tail := groups[len(groups)-1]
	groups[len(groups)-1] = tail[:min(3, len(tail))]
	return joined, true, thousands(groups)
}

// thousands tells groups of three digits, the first of one to three.
func thousands(groups []string) bool {
	for i, g := range groups {
		if strings.Trim(g, "0123456789") != "" || len(g) > 3 || len(g) == 0 || i > 0 && len(g) != 3 {
			return false
		}
	}
	return groups[0] != "0"
}

// parseNumber gives the value of a number that can be read in one way.
func parseNumber(s string, e evidence) (string, bool) {
	n, ok := parse(s)
	if !ok || n.leadingZero || e.codes && n.certain == 0 && n.sign == 0 {
		return "", false
	}
	if e.decimal != 0 && n.certain != 0 && n.certain != e.decimal {
		return "", false
	}
	if n.sign != 0 {
		switch {
		case e.decimal == 0 && n.sign == ',' && !e.commaNumbers:
			return "", false
		case e.decimal != 0 && e.decimal != n.sign:
			n.whole, n.fraction = n.whole+n.fraction, ""
		}
	}
	return n.value(), true
}

// value is the shortest decimal text.
func (n *number) value() string {
	whole, fraction := n.whole, n.fraction
	if n.percent { // two places to the left
		whole = "00" + whole
		whole, fraction = whole[:len(whole)-2], whole[len(whole)-2:]+fraction
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if n.negative && whole != "0" {
		return "-" + whole
	}
	return whole
}
