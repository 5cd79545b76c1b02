package table

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// numberStyle says how the numbers of a column are written. The zero value reads
// both "1 234,50" and "1,234.50" and takes a lone comma or point as decimal.
type numberStyle struct {
	commaThousands bool
	pointThousands bool
}

var (
	// A unit or currency after the number: "2 шт.", "1 234,50 руб". A percent sign is no unit.
	unitTail   = regexp.MustCompile(`^\s*(?:\p{L}{1,12}\.?|₽|₴|₸|€|\$|£)$`)
	groupComma = regexp.MustCompile(`^\d{1,3}(,\d{3})+$`)
	groupPoint = regexp.MustCompile(`^\d{1,3}(\.\d{3})+$`)
	spaceInNum = regexp.MustCompile(`^\d{1,3}(?: \d{3})+(?:[.,]\d*)?$`)
	plainNum   = regexp.MustCompile(`^(?:\d+(?:[.,]\d*)?|[.,]\d+)$`)
	scienceNum = regexp.MustCompile(`^\d+(?:\.\d+)?[eE][+-]?\d{1,2}$`)
	leadSign   = regexp.MustCompile(`^(?:₽|₴|₸|€|\$|£)\s*`)
)

// ParseNumber reads a number as people write it: "1 234,50" with any kind of
// blank, "1,234.50", "1.234,50", a minus before or after (U+2212 too), brackets
// for a negative, a unit or currency behind ("2 шт."). It refuses what only
// contains a number ("> 10", "10+", "5%", "400 мл х 2").
func ParseNumber(s string) (decimal.Decimal, bool) {
	return numberStyle{}.parse(s)
}

func (st numberStyle) parse(s string) (decimal.Decimal, bool) {
	s = plainBlanks(s)
	if s == "" || len(s) > 64 {
		return decimal.Decimal{}, false
	}
	neg := false
	s = strings.NewReplacer("−", "-", "–", "-", "﹣", "-", "－", "-", "'", "", "’", "").Replace(s)
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		neg, s = true, strings.TrimSpace(s[1:len(s)-1])
	}
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		neg, s = !neg, strings.TrimSpace(rest)
	} else {
		s = strings.TrimPrefix(s, "+")
	}
	s = leadSign.ReplaceAllString(s, "")
	s = cutUnit(s)
	if rest, ok := strings.CutSuffix(s, "-"); ok && !neg {
		neg, s = true, strings.TrimSpace(rest)
	}
	digits, ok := st.canonical(s)
	if !ok {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(digits)
	if err != nil {
		return decimal.Decimal{}, false
	}
	if neg {
		d = d.Neg()
	}
	return d, true
}

// cutUnit takes a unit off the end; what is left must still be checked.
func cutUnit(s string) string {
	end := strings.LastIndexAny(s, "0123456789")
	if end < 0 {
		return s
	}
	tail := s[end+1:]
	trimmed := strings.TrimLeft(tail, ".,")
	if trimmed != "" && unitTail.MatchString(trimmed) && !scienceNum.MatchString(s) {
		return s[:end+1]
	}
	return s
}

// canonical gives the digits with a point, without thousands marks.
func (st numberStyle) canonical(s string) (string, bool) {
	if scienceNum.MatchString(s) {
		return s, true
	}
	if strings.ContainsRune(s, ' ') {
		if !spaceInNum.MatchString(s) {
			return "", false
		}
		s = strings.ReplaceAll(s, " ", "")
	}
	comma, point := strings.Count(s, ","), strings.Count(s, ".")
	switch {
	case comma > 0 && point > 0:
		if strings.LastIndex(s, ",") > strings.LastIndex(s, ".") {
			head, frac, _ := strings.Cut(s, ",")
			if comma > 1 || !groupPoint.MatchString(head) {
				return "", false
			}
			s = strings.ReplaceAll(head, ".", "") + "." + frac
			break
		}
		head, frac, _ := strings.Cut(s, ".")
		if point > 1 || !groupComma.MatchString(head) {
			return "", false
		}
		s = strings.ReplaceAll(head, ",", "") + "." + frac
	case comma > 1 || comma == 1 && st.commaThousands && groupComma.MatchString(s):
		if !groupComma.MatchString(s) {
			return "", false
		}
		s = strings.ReplaceAll(s, ",", "")
	case point > 1 || point == 1 && st.pointThousands && groupPoint.MatchString(s):
		if !groupPoint.MatchString(s) {
			return "", false
		}
		s = strings.ReplaceAll(s, ".", "")
	}
	if !plainNum.MatchString(s) {
		return "", false
	}
	s = strings.ReplaceAll(s, ",", ".")
	if strings.HasPrefix(s, ".") {
		s = "0" + s
	}
	return strings.TrimSuffix(s, "."), true
}

// styleOf learns from all texts of a column how its numbers are written.
// Ambiguous is true where "1,234" stands beside nothing that settles it.
//
// Three digits after every comma are a decimal comma printed to three places
// (1C writes 24,000 for 24); beside whole numbers without any mark they are thousands.
func styleOf(texts []string) (st numberStyle, ambiguous bool) {
	var grouped, groupedPoint, decimalComma, decimalPoint, bare int
	for _, t := range texts {
		t = strings.Trim(cutUnit(strings.NewReplacer("−", "-", "(", "", ")", "").Replace(plainBlanks(t))), "-+ ")
		hasComma, hasPoint := strings.Contains(t, ","), strings.Contains(t, ".")
		switch {
		case hasComma && hasPoint:
			if strings.LastIndex(t, ",") > strings.LastIndex(t, ".") {
				decimalComma++
			} else {
				decimalPoint++
			}
		case strings.Count(t, ",") > 1:
			decimalPoint++
		case strings.Count(t, ".") > 1:
			decimalComma++
		case hasComma && groupComma.MatchString(t) && !strings.HasPrefix(t, "0"):
			grouped++
		case hasComma:
			decimalComma++
		case hasPoint && groupPoint.MatchString(t) && !strings.HasPrefix(t, "0"):
			groupedPoint++
		case hasPoint:
			decimalPoint++
		case plainNum.MatchString(t) && len(t) <= 3:
			bare++
		}
	}
	if grouped > 0 && decimalComma == 0 {
		st.commaThousands = decimalPoint > 0 || bare > 0
		ambiguous = decimalPoint == 0 && grouped < 4
	}
	if groupedPoint > 0 && decimalPoint == 0 && decimalComma > 0 {
		st.pointThousands = true
	}
	return st, ambiguous
}

// plainBlanks makes every kind of blank a space, drops invisible marks and trims.
func plainBlanks(s string) string {
	clean := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 || s[i] < ' ' {
			clean = false
			break
		}
	}
	if clean {
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
