package grid

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// numberText is a number as a text writes it, before it is decided what its signs mean.
type numberText struct {
	negative, trailingMinus bool
	digits                  []string // parts between signs, blanks taken out
	sign                    byte     // the last of . and , or 0
	groupSign               byte     // an earlier . or , that parts thousands for certain
	ambiguous               bool     // one sign with three digits behind it: 6,000
	spaced                  bool
	leadingZero             bool // 00012
}

// parseNumberText takes apart "1 234,50", "-1,234.5", "12-", "+5". Blanks of all kinds part thousands.
func parseNumberText(t string) (numberText, bool) {
	var n numberText
	if t == "" || len(t) > 40 {
		return n, false
	}
	t = n.takeSign(t)
	t, ok := n.takeBlanks(t)
	if !ok || t == "" {
		return n, false
	}
	seps := []byte{}
	start := 0
	for i := 0; i <= len(t); i++ {
		if i < len(t) && t[i] >= '0' && t[i] <= '9' {
			continue
		}
		if i < len(t) && t[i] != '.' && t[i] != ',' {
			return n, false
		}
		n.digits = append(n.digits, t[start:i])
		if i < len(t) {
			seps = append(seps, t[i])
		}
		start = i + 1
	}
	return n, n.judge(seps)
}

func (n *numberText) takeSign(t string) string {
	for _, minus := range []string{"-", "\u2212", "+"} {
		if rest, ok := strings.CutPrefix(t, minus); ok {
			n.negative = minus != "+"
			return strings.TrimLeft(rest, " ")
		}
	}
	if rest, ok := strings.CutSuffix(t, "-"); ok {
		n.negative, n.trailingMinus = true, true
		return rest
	}
	return t
}

// takeBlanks removes blanks that part groups of three digits, and refuses all others.
func (n *numberText) takeBlanks(t string) (string, bool) {
	parts := strings.FieldsFunc(t, func(r rune) bool {
		return r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\u2009' || r == '\''
	})
	if len(parts) < 2 {
		return strings.Join(parts, ""), true
	}
	n.spaced = true
	for i, p := range parts {
		whole := p
		if i == len(parts)-1 {
			if k := strings.IndexAny(p, ".,"); k >= 0 {
				whole = p[:k]
			}
		}
		if !isDigits(whole) || len(whole) > 3 || i > 0 && len(whole) != 3 {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

// judge sees what the signs can mean.
func (n *numberText) judge(seps []byte) bool {
	first, last := n.digits[0], n.digits[len(n.digits)-1]
	n.leadingZero = len(first) > 1 && first[0] == '0'
	switch len(seps) {
	case 0:
		return first != ""
	case 1:
		n.sign = seps[0]
		n.ambiguous = len(last) == 3 && first != "" && first != "0" && len(first) <= 3 && !n.spaced
		return last != "" && (first != "" || n.sign == '.')
	}
	return n.judgeGroups(seps)
}

// judgeGroups is for several signs: all but the last part thousands, and the last one too where it is the same.
func (n *numberText) judgeGroups(seps []byte) bool {
	parts := n.digits
	n.groupSign, n.sign = seps[0], seps[len(seps)-1]
	if n.sign == n.groupSign {
		n.sign = 0
	} else {
		seps, parts = seps[:len(seps)-1], parts[:len(parts)-1]
	}
	for i, s := range seps {
		if s != n.groupSign || len(parts[i+1]) != 3 {
			return false
		}
	}
	return parts[0] != "" && len(parts[0]) <= 3 && n.digits[len(n.digits)-1] != ""
}

// value is the canonical number, where the meaning of the signs is known.
func (n numberText) value(commaDecimal, dotDecimal tri) (string, bool) {
	decimalSign := n.sign != 0
	if n.ambiguous {
		conclusion := dotDecimal
		if n.sign == ',' {
			conclusion = commaDecimal
		}
		if conclusion == unknown {
			return "", false
		}
		decimalSign = conclusion == yes
	}
	whole, frac := strings.Join(n.digits, ""), ""
	if decimalSign {
		whole, frac = strings.Join(n.digits[:len(n.digits)-1], ""), strings.TrimRight(n.digits[len(n.digits)-1], "0")
	}
	v := orZero(strings.TrimLeft(whole, "0"))
	if frac != "" {
		v += "." + frac
	}
	if n.negative && v != "0" {
		v = "-" + v
	}
	return v, true
}

// dateKind is how certain the order of a date's parts is.
type dateKind uint8

const (
	dateISO     dateKind = iota // 2026-03-01
	dateDotted                  // 01.03.2026
	dateShort                   // 01.03.26
	dateSlashed                 // 01/03/2026: either may be the day
)

// dateText is a date as written: a and b are day and month in an order the column must tell.
type dateText struct {
	a, b, year int
	clock      string
}

// parseDateText recognises dates, with or without a time of day behind them.
func parseDateText(t string) (dateText, dateKind, bool) {
	var d dateText
	if len(t) < 8 || len(t) > 30 || t[0] < '0' || t[0] > '9' {
		return d, 0, false
	}
	day, rest := t, ""
	if i := strings.IndexAny(t, " T"); i > 0 {
		day, rest = t[:i], strings.TrimSpace(t[i+1:])
	}
	if rest != "" {
		var ok bool
		if d.clock, ok = parseClock(rest); !ok {
			return d, 0, false
		}
	}
	return parseDay(d, day)
}

func parseDay(d dateText, day string) (dateText, dateKind, bool) {
	for _, sep := range []string{"-", ".", "/"} {
		p := strings.Split(day, sep)
		switch {
		case !isDayParts(p):
		case len(p[0]) == 4 && len(p[2]) <= 2 && sep != "/":
			return d.yearFirst(p)
		case len(p[0]) > 2:
		case sep == "." && len(p[2]) == 4:
			return d.dayFirst(p, dateDotted)
		case sep == "." && len(day) == len("01.03.26"):
			return d.dayFirst(p, dateShort)
		case sep == "/" && len(p[2]) == 4:
			return d.slashed(p)
		}
	}
	return d, 0, false
}

// isDayParts tells three numbers of which the middle one can be a day or month.
func isDayParts(p []string) bool {
	return len(p) == 3 && isDigits(strings.Join(p, "")) && !slices.Contains(p, "") && len(p[1]) <= 2
}

func (d dateText) yearFirst(p []string) (dateText, dateKind, bool) {
	d.year, d.b, d.a = atoi(p[0]), atoi(p[1]), atoi(p[2])
	_, ok := d.iso(d.a, d.b)
	return d, dateISO, ok
}

func (d dateText) dayFirst(p []string, kind dateKind) (dateText, dateKind, bool) {
	d.a, d.b, d.year = atoi(p[0]), atoi(p[1]), atoi(p[2])
	if kind == dateShort {
		if d.year += 2000; d.year >= 2070 {
			d.year -= 100
		}
	}
	_, ok := d.iso(d.a, d.b)
	return d, kind, ok
}

func (d dateText) slashed(p []string) (dateText, dateKind, bool) {
	d.a, d.b, d.year = atoi(p[0]), atoi(p[1]), atoi(p[2])
	_, dayFirst := d.iso(d.a, d.b)
	_, monthFirst := d.iso(d.b, d.a)
	return d, dateSlashed, dayFirst || monthFirst
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// parseClock takes a time of day; zero o'clock is what systems print behind plain dates.
func parseClock(s string) (string, bool) {
	for _, layout := range []string{"15:04:05", "15:04", "15:04:05.999999999"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format("15:04:05.999"), true
		}
	}
	return "", false
}

// iso writes the date with these as day and month; not ok where there is no such day.
func (d dateText) iso(day, month int) (string, bool) {
	t := time.Date(d.year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || day < 1 || t.Day() != day || d.year < 1900 || d.year > 2200 {
		return "", false
	}
	s := fmt.Sprintf("%04d-%02d-%02d", d.year, month, day)
	if d.clock != "" && d.clock != "00:00:00" {
		s += "T" + d.clock
	}
	return s, true
}

func orZero(s string) string {
	if s == "" {
		return "0"
	}
	return s
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
