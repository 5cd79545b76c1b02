package lines

import (
	"math"
	"strconv"
	"strings"
)

// cellKind is what a cell looks like.
type cellKind uint8

const (
	blankCell cellKind = iota
	textCell
	numberCell
)

// longest is the length of a figure's digits, in bytes; a longer one is a text.
const longest = 24

// number reads a figure of any usual writing; brackets, blanks between digits, signs
// of currency and per cent do not matter, and what stands for an unknown figure is 0.
func number(t string) (float64, bool) {
	if isMissing(t) {
		return 0, true
	}
	var digits [longest]byte
	n, commas, points, comma := 0, 0, 0, 0
	for i := 0; i < len(t); {
		b, size := sign(t[i:])
		i += size
		switch b {
		case ' ':
			continue
		case ',':
			commas, comma = commas+1, n
		case '.':
			points++
		}
		if b == 0 || n == longest || n == 0 && b == 'e' {
			return 0, false
		}
		digits[n] = b
		n++
	}
	return figure(digits[:n], commas, points, comma)
}

// sign is the first sign of a figure and its bytes: a blank for what does not matter,
// 0 for what figures do not have.
func sign(t string) (byte, int) {
	switch b := t[0]; b {
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '-', '.', ',', 'e':
		return b, 1
	case 'E':
		return 'e', 1
	case ' ', '$', '%', '(', ')':
		return ' ', 1
	}
	switch {
	case strings.HasPrefix(t, "\u00a0"):
		return ' ', 2
	case strings.HasPrefix(t, "\u202f"):
		return ' ', 3
	case strings.HasPrefix(t, "\u2212"):
		return '-', 3
	}
	return 0, 1
}

// figure reads digits in which a single comma, the last one being at comma, is a point
// unless it parts thousands.
func figure(digits []byte, commas, points, comma int) (float64, bool) {
	point := commas == 1 && points == 0 && len(digits)-comma != 4
	if commas > 0 {
		kept := digits[:0]
		for _, b := range digits {
			switch {
			case b == ',' && point:
				kept = append(kept, '.')
			case b != ',':
				kept = append(kept, b)
			}
		}
		digits = kept
	}
	if v, ok := short(digits); ok {
		return v, true
	}
	if len(digits) == 0 {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(digits), 64)
	return v, err == nil
}

// short reads at most fifteen digits, which a float64 holds, with a sign and a point.
func short(digits []byte) (float64, bool) {
	if len(digits) == 0 || len(digits) > 16 {
		return 0, false
	}
	sign := 1.0
	if digits[0] == '-' {
		sign, digits = -1, digits[1:]
	}
	whole, places, seen, point := int64(0), 0, 0, false
	for _, b := range digits {
		switch {
		case b == '.' && !point:
			point = true
			continue
		case b < '0' || b > '9':
			return 0, false
		case point:
			places++
		}
		whole = 10*whole + int64(b-'0')
		seen++
	}
	if seen == 0 || seen > 15 {
		return 0, false
	}
	return sign * float64(whole) / tens[places], true
}

// tens are the powers of ten that a float64 holds exactly.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// isMissing tells what stands where a figure is not known: (NA), (X), n/a, a dash, or
// the mark of a footnote alone.
func isMissing(t string) bool {
	if len(t) > 6 {
		return false
	}
	switch t {
	case "-", "--", "---", "–", "—", "...", "…", "x", "X", "х", "Х", "na", "NA", "n/a", "N/A", "n.a.", "N.A.", "н/д", "Н/Д", "нет", "Нет":
		return true
	}
	return len(t) <= 5 && len(t) >= 3 && t[0] == '(' && t[len(t)-1] == ')' && strings.ToUpper(t) == t || len(t) <= 3 && len(t) > 0 && t[0] == '\\'
}

// isYear tells a year written as one, alone or behind a cell's point.
func isYear(v float64) bool { return v >= 1900 && v <= 2100 && v == math.Trunc(v) }
