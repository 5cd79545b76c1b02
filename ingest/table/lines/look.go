package lines

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cellKind is what a cell looks like.
type cellKind uint8

const (
	blankCell cellKind = iota
	textCell
	numberCell
)

// line is a row that holds something.
type line struct {
	row    int
	kinds  []cellKind
	values []float64

	text                                          string // of the first cell
	filled, numbers, texts, years, first          int
	firstLen, length, words, indent, distinct     int
	blanksAbove, blanksBelow                      int
	capitals, colon, stop, total, note, mark, has bool
	startsDigit, lower, units                     bool
}

func (l *line) kind(c int) cellKind {
	if c >= len(l.kinds) {
		return blankCell
	}
	return l.kinds[c]
}

// sheet is all lines and what they have in common.
type sheet struct {
	lines               []line
	width, indent       int
	usual               []cellKind // by column
	firsts              map[string]int
	firstData, lastData int // of lines that look like data
	totals              int // lines with a word of sums
	sums                []sums
	sumLines            float64 // share of lines that are sums in half of their figures
}

// look describes the rows one by one, then together.
func look(rows [][]string) *sheet {
	s := &sheet{firsts: map[string]int{}}
	blanks := 0
	for r, cells := range rows {
		l := lineOf(r, cells)
		if l.filled == 0 {
			blanks++
			continue
		}
		l.blanksAbove = min(blanks, 5)
		if n := len(s.lines); n > 0 {
			s.lines[n-1].blanksBelow = l.blanksAbove
		}
		blanks = 0
		s.width = max(s.width, len(l.kinds))
		s.firsts[l.text]++
		s.lines = append(s.lines, l)
	}
	s.columns()
	s.firstData, s.lastData = len(s.lines), -1
	s.findSums()
	for i := range s.lines {
		if s.lines[i].total {
			s.totals++
		}
		if s.lines[i].looksLikeData() {
			s.firstData = min(s.firstData, i)
			s.lastData = i
		}
	}
	return s
}

// looksLikeData: two cells or more, a third of them numbers, and not a row of years.
func (l *line) looksLikeData() bool {
	return l.filled >= 2 && 3*l.numbers >= l.filled && (l.numbers != l.filled || l.years != l.numbers)
}

func lineOf(r int, cells []string) line {
	l := line{row: r, first: -1}
	seen := map[string]bool{}
	for c, cell := range cells {
		t := strings.TrimSpace(cell)
		if t == "" {
			continue
		}
		for len(l.kinds) <= c {
			l.kinds, l.values = append(l.kinds, blankCell), append(l.values, 0)
		}
		l.filled++
		l.length += utf8.RuneCountInString(t)
		seen[t] = true
		v, ok := number(t)
		l.kinds[c], l.values[c] = textCell, v
		if ok {
			l.kinds[c] = numberCell
			l.numbers++
			if v >= 1900 && v <= 2100 && len(t) == 4 {
				l.years++
			}
		} else {
			l.texts++
		}
		if l.first < 0 {
			l.first = c
			l.describe(cell, t)
		}
		low := strings.ToLower(t)
		l.units = l.units || strings.HasPrefix(t, "(") && strings.HasSuffix(t, ")") || low == "%" || low == "шт" || low == "percent"
	}
	l.distinct = len(seen)
	return l
}

// describe looks at the first text of a line.
func (l *line) describe(cell, t string) {
	l.text = t
	l.indent = len(cell) - len(strings.TrimLeft(cell, " .\u00a0"))
	l.firstLen = utf8.RuneCountInString(t)
	l.words = len(strings.Fields(t))
	l.colon, l.stop = strings.HasSuffix(t, ":"), strings.HasSuffix(t, ".")
	low := strings.ToLower(strings.TrimLeft(t, " ."))
	l.total = startsWith(low, totalWords)
	l.has = strings.Contains(low, "total") || strings.Contains(low, "итог") || strings.Contains(low, "всего")
	l.note = startsWith(low, noteWords)
	r, _ := utf8.DecodeRuneInString(t)
	l.startsDigit, l.lower = unicode.IsDigit(r), unicode.IsLower(r)
	l.mark = strings.ContainsRune(`\*[#¹²³†‡`, r) || len(t) > 1 && l.startsDigit && strings.ContainsAny(t[:min(len(t), 4)], `\/)`)
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, t)
	l.capitals = len(letters) > 1 && letters == strings.ToUpper(letters)
}

// Words by which sums and notes begin in the languages of reports.
var (
	totalWords = []string{"total", "subtotal", "sum ", "all ", "average", "grand", "итог", "всего", "разом", "усього", "сумма", "жиыны", "барлығы", "média", "in total"}
	noteWords  = []string{"note", "source", "footnote", "symbol", "for more", "http", "see ", "internet", "прим", "источник", "сноск", "джерело", "nota", "fuente", "fonte", "ескерту", "back to"}
)

func startsWith(t string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(t, w) {
			return true
		}
	}
	return false
}

// number reads a figure of any usual writing; brackets and footnotes do not matter.
func number(t string) (float64, bool) {
	if isMissing(t) {
		return 0, true
	}
	t = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "$", "", "%", "", "(", "", ")", "", "\u2212", "-").Replace(t)
	if strings.Count(t, ",") == 1 && !strings.Contains(t, ".") && len(t)-strings.IndexByte(t, ',') != 4 {
		t = strings.ReplaceAll(t, ",", ".")
	}
	t = strings.ReplaceAll(t, ",", "")
	if t == "" || len(t) > 24 || !strings.ContainsAny(t[:1], "+-.0123456789") {
		return 0, false
	}
	v, err := strconv.ParseFloat(t, 64)
	return v, err == nil
}

// isMissing tells what stands where a figure is not known: (NA), (X), n/a, a dash, or
// the mark of a footnote alone.
func isMissing(t string) bool {
	switch strings.ToLower(t) {
	case "-", "--", "---", "–", "—", "...", "…", "x", "х", "na", "n/a", "n.a.", "н/д", "нет":
		return true
	}
	return len(t) <= 5 && len(t) >= 3 && t[0] == '(' && t[len(t)-1] == ')' && strings.ToUpper(t) == t || len(t) <= 3 && t[0] == '\\'
}

// columns finds the usual kind of each column's cells and the least indent.
func (s *sheet) columns() {
	counts := make([][3]int, s.width)
	s.indent = 1 << 20
	for i := range s.lines {
		for c, k := range s.lines[i].kinds {
			counts[c][k]++
		}
		s.indent = min(s.indent, s.lines[i].indent)
	}
	s.usual = make([]cellKind, s.width)
	for c, n := range counts {
		if s.usual[c] = textCell; n[numberCell] > n[textCell] {
			s.usual[c] = numberCell
		}
	}
}
