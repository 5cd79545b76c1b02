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
	s, ok := st.dropThousands(s)
	if !ok || !plainNum.MatchString(s) {
		return "", false
	}
	s = strings.ReplaceAll(s, ",", ".")
	if strings.HasPrefix(s, ".") {
		s = "0" + s
	}
	return strings.TrimSuffix(s, "."), true
}

// dropThousands takes the marks between thousands out; at most one decimal mark is left.
func (st numberStyle) dropThousands(s string) (string, bool) {
	comma, point := strings.Count(s, ","), strings.Count(s, ".")
	switch {
	case comma > 0 && point > 0 && strings.LastIndex(s, ",") > strings.LastIndex(s, "."):
		return dropGroups(s, ",", ".", groupPoint)
	case comma > 0 && point > 0:
		return dropGroups(s, ".", ",", groupComma)
	case comma > 1 || comma == 1 && st.commaThousands && groupComma.MatchString(s):
		return strings.ReplaceAll(s, ",", ""), groupComma.MatchString(s)
	case point > 1 || point == 1 && st.pointThousands && groupPoint.MatchString(s):
		return strings.ReplaceAll(s, ".", ""), groupPoint.MatchString(s)
	}
	return s, true
}

// dropGroups reads "1.234,50" and "1,234.50": groups before the one decimal mark.
func dropGroups(s, mark, group string, groups *regexp.Regexp) (string, bool) {
	head, frac, _ := strings.Cut(s, mark)
	if !groups.MatchString(head) || !plainNum.MatchString("0."+frac) {
		return "", false
	}
	return strings.ReplaceAll(head, group, "") + "." + frac, true
}

// styleOf learns from all texts of a column how its numbers are written.
// Ambiguous is true where "1,234" stands beside nothing that settles it.
//
// Three digits after every comma are a decimal comma printed to three places
// (1C writes 24,000 for 24); beside whole numbers without any mark they are thousands.
func styleOf(texts []string) (st numberStyle, ambiguous bool) {
	var n [markKinds]int
	for _, t := range texts {
		n[marksOf(t)]++
	}
	if n[groupedComma] > 0 && n[decimalComma] == 0 {
		st.commaThousands = n[decimalPoint] > 0 || n[shortWhole] > 0
		ambiguous = n[decimalPoint] == 0 && n[groupedComma] < 4
	}
	st.pointThousands = n[groupedPoint] > 0 && n[decimalPoint] == 0 && n[decimalComma] > 0
	return st, ambiguous
}

// What the marks of one number say about its column.
const (
	nothingMarked = iota
	decimalComma
	decimalPoint
	groupedComma // "1,234": a thousand or three places
	groupedPoint
	shortWhole // "950": would have no mark if commas were thousands
	markKinds
)

func marksOf(t string) int {
	t = strings.Trim(cutUnit(strings.NewReplacer("−", "-", "(", "", ")", "").Replace(plainBlanks(t))), "-+ ")
	comma, point := strings.LastIndex(t, ","), strings.LastIndex(t, ".")
	switch {
	case comma < 0 && point < 0:
		if plainNum.MatchString(t) && len(t) <= 3 {
			return shortWhole
		}
		return nothingMarked
	case comma >= 0 && point >= 0: // the last of two kinds is decimal
		if comma > point {
			return decimalComma
		}
		return decimalPoint
	case strings.Count(t, ",") > 1: // what repeats is not
		return decimalPoint
	case strings.Count(t, ".") > 1:
		return decimalComma
	case groupComma.MatchString(t) && t[0] != '0':
		return groupedComma
	case groupPoint.MatchString(t) && t[0] != '0':
		return groupedPoint
	case comma >= 0:
		return decimalComma
	}
	return decimalPoint
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
