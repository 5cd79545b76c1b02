package table

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// numberStyle says how the numbers of a column are written. The zero value reads
// both "1 234,50" and "1,234.50" and takes a lone comma or point as decimal.
type numberStyle struct {
	commaThousands bool
	pointThousands bool
}

// ParseNumber reads a number as people write it: "1 234,50" with any kind of
// blank, "1,234.50", "1.234,50", "19=30", a minus before or after (U+2212 too), brackets
// for a negative, a unit or currency behind ("2 шт."). It refuses what only
// contains a number ("> 10", "10+", "5%", "400 мл х 2").
func ParseNumber(s string) (decimal.Decimal, bool) { return numberStyle{}.parse(s) }

func (st numberStyle) parse(s string) (decimal.Decimal, bool) {
	t, ok := st.canonical(plainBlanks(s))
	if !ok {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(t)
	return d, err == nil
}

// canonical gives the number as decimal text: digits, a point, a minus.
func (st numberStyle) canonical(s string) (string, bool) {
	w, ok := scanNumber(s)
	if !ok {
		return "", false
	}
	return st.write(w)
}

// maxGroups bounds the runs of digits of a written number.
const maxGroups = 12

// writtenNumber is a text taken apart: runs of digits with one mark between each.
type writtenNumber struct {
	negative bool
	groups   [maxGroups]string
	marks    [maxGroups]byte // after each group; ' ', ',', '.', or 0 at the end
	n        int
	point    bool   // begins with its decimal mark
	exponent string // of "1.5e3"
	unit     bool   // something stands behind the digits
}

// scanNumber takes a text apart; false where it is no number.
func scanNumber(s string) (w writtenNumber, ok bool) {
	if s == "" || len(s) > 64 {
		return w, false
	}
	s = plainSigns(s)
	trailing := false
	if i := strings.IndexByte(s, ')'); i > 1 && s[0] == '(' && (i == len(s)-1 || s[i+1] == ' ') { // "(20)", "(20) шт"
		w.negative, s = true, strings.TrimSpace(s[1:i])+s[i+1:]
	}
	switch {
	case strings.HasPrefix(s, "-"):
		w.negative, s = !w.negative, strings.TrimSpace(s[1:])
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	default:
		trailing = true
	}
	s = pointKopecks(strings.TrimSpace(cutCurrency(s)))
	rest, ok := w.scanDigits(s)
	if !ok {
		return w, false
	}
	return w, w.scanTail(rest, trailing && !w.negative)
}

// plainSigns brings minus signs and apostrophes to ASCII.
func plainSigns(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] == '\'' {
			return signReplacer.Replace(s)
		}
	}
	return s
}

var signReplacer = strings.NewReplacer("−", "-", "–", "-", "﹣", "-", "－", "-", "'", "", "’", "")

// pointKopecks makes "19.30" of «19=30», roubles and kopecks as Russian price lists part them.
func pointKopecks(s string) string {
	if at := len(s) - 3; at > 0 && s[at] == '=' && isDigit(s[at-1]) {
		return s[:at] + "." + s[at+1:]
	}
	return s
}

// cutCurrency takes the sign of a currency off the front.
func cutCurrency(s string) string {
	for _, c := range [...]string{"R$", "US$", "U$S", "u$s", "S/"} {
		if rest, ok := strings.CutPrefix(s, c); ok {
			return rest
		}
	}
	if r, n := utf8.DecodeRuneInString(s); unicode.Is(unicode.Sc, r) {
		return s[n:]
	}
	return s
}

// scanDigits reads the runs of digits and gives what follows them.
func (w *writtenNumber) scanDigits(s string) (rest string, ok bool) {
	i := 0
	if len(s) > 1 && (s[0] == '.' || s[0] == ',') && isDigit(s[1]) {
		w.point, i = true, 1
	}
	for i < len(s) && isDigit(s[i]) {
		from := i
		for i < len(s) && isDigit(s[i]) {
			i++
		}
		if w.n == maxGroups {
			return "", false
		}
		w.groups[w.n] = s[from:i]
		w.n++
		if i+1 < len(s) && isMark(s[i]) && isDigit(s[i+1]) {
			w.marks[w.n-1] = s[i]
			i++
			continue
		}
		break
	}
	return s[i:], w.n > 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isMark(c byte) bool { return c == ' ' || c == ',' || c == '.' }

// scanTail accepts what may stand behind the digits: a lone decimal mark, a minus,
// an exponent, a unit or a currency.
func (w *writtenNumber) scanTail(s string, minus bool) bool {
	if len(s) > 0 && (s[0] == '.' || s[0] == ',') && w.n == 1 && len(s) == 1 {
		return true
	}
	if minus && strings.TrimSpace(s) == "-" {
		w.negative = true
		return true
	}
	if len(s) > 1 && (s[0] == 'e' || s[0] == 'E') {
		if _, err := strconv.ParseInt(s[1:], 10, 8); err == nil {
			w.exponent = s[1:]
			return w.n <= 2 && w.marks[0] != ' '
		}
	}
	if s == "" {
		return true
	}
	w.unit = true
	if minus && strings.HasSuffix(s, "-") {
		w.negative, s = true, strings.TrimSuffix(s, "-")
	}
	return isUnitTail(strings.TrimSpace(strings.TrimLeft(s, ".,")))
}

// isUnitTail: one short word, with a point perhaps, or a sign of a currency.
func isUnitTail(s string) bool {
	if s != "" && cutCurrency(s) == "" {
		return true
	}
	s = strings.TrimSuffix(s, ".")
	n := 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
		n++
	}
	return n > 0 && n <= 12
}

// write settles which marks part thousands and which is decimal.
func (st numberStyle) write(w writtenNumber) (string, bool) {
	whole := w.n // groups before the decimal mark
	if w.n > 1 {
		var ok bool
		if whole, ok = st.wholeGroups(&w); !ok {
			return "", false
		}
	}
	if w.point && w.n > 1 {
		return "", false
	}
	if w.n == 1 && !w.negative && !w.point && w.exponent == "" {
		return w.groups[0], true
	}
	var b strings.Builder
	if w.negative {
		b.WriteByte('-')
	}
	if w.point {
		b.WriteByte('0')
		whole = 0
	}
	for i := range w.n {
		if i == whole {
			b.WriteByte('.')
		}
		b.WriteString(w.groups[i])
	}
	if w.exponent != "" {
		b.WriteByte('e')
		b.WriteString(w.exponent)
	}
	return b.String(), true
}

// wholeGroups counts the groups before the decimal mark; false where the marks make no number.
func (st numberStyle) wholeGroups(w *writtenNumber) (int, bool) {
	last := w.marks[w.n-2]
	mixed, uniform := false, w.marks[0]
	for i := range w.n - 1 {
		mixed = mixed || w.marks[i] != uniform
	}
	switch {
	case mixed: // the last one is decimal, the others part thousands and are alike
		for i := range w.n - 2 {
			if w.marks[i] != uniform {
				return 0, false
			}
		}
		return w.n - 1, last != ' ' && thousands(w.groups[:w.n-1])
	case uniform == ' ':
		return w.n, thousands(w.groups[:w.n])
	case w.n > 2:
		return w.n, thousands(w.groups[:w.n])
	case (uniform == ',' && st.commaThousands || uniform == '.' && st.pointThousands) && thousands(w.groups[:2]):
		return 2, true
	}
	return 1, true
}

// thousands: the first group has one to three digits, the others three.
func thousands(groups []string) bool {
	if len(groups[0]) > 3 {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return true
}

// plainBlanks makes every kind of blank a space, drops invisible marks and trims.
func plainBlanks(s string) string {
	if isPlain(s) {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u202f', '\u2007', '\u2009', '\u2002', '\u2003', '\u2008', '\u200a', '\u3000', '\t', '\n', '\r', '\v', '\f', '\u0085':
			return ' '
		case '\ufeff', '\u200b', '\u200e', '\u200f', '\u00ad', '\u2060':
			return -1
		}
		return r
	}, s))
}

// isPlain: no byte may begin a blank or a mark that needs cleaning.
func isPlain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ', c == 0xE3 || c == 0xEF:
			return false
		case c == 0xE2 && i+1 < len(s) && (s[i+1] == 0x80 || s[i+1] == 0x81): // not the number sign and other signs
			return false
		case c == 0xC2 && i+1 < len(s) && (s[i+1] == 0xA0 || s[i+1] == 0x85 || s[i+1] == 0xAD):
			return false
		}
	}
	return true
}
