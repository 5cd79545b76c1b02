package lines

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is a row that holds something.
type line struct {
	row      int
	pattern  uint64 // of the kinds of its cells
	from, to int    // its cells in the sheet's

	text                                 string // of the first cell
	filled, numbers, years, first        int
	missing, bracketed, distinct         int
	firstLen, length, words, indent      int
	blanksAbove, blanksBelow             int
	capitals, colon, stop, total, note   bool
	mark, has, startsDigit, lower, units bool
}

// sheet is all lines and what they have in common.
type sheet struct {
	lines         []line
	kinds         []cellKind // of all cells, line by line
	values        []float64
	width, indent int
	usual         []cellKind // by column
	code          int        // the column of codes, or -1
	full          []bool     // by column: filled in most of the lines that look like data
	firsts        map[string]int
	patterns      map[uint64]int // lines of the body by the kinds of their cells

	firstData, lastData int // of lines that look like data
	totals              int // lines with a word of sums
	figures             []figures
	sumLines            float64 // share of lines that are sums in half of their figures
	before              []distances
	untilBlank          []int
	untilWide           []int
}

// look describes the rows one by one, then together.
func look(rows [][]string) *sheet {
	s := &sheet{firsts: make(map[string]int, len(rows)), patterns: map[uint64]int{}, lines: make([]line, 0, len(rows))}
	blanks := 0
	for r, cells := range rows {
		l, ok := s.read(r, cells)
		if !ok {
			blanks++
			continue
		}
		l.blanksAbove = min(blanks, 5)
		if n := len(s.lines); n > 0 {
			s.lines[n-1].blanksBelow = l.blanksAbove
		}
		blanks = 0
		s.width = max(s.width, l.to-l.from)
		s.firsts[l.text]++
		s.lines = append(s.lines, l)
	}
	s.columns()
	s.findCodes()
	s.findFigures()
	s.findDistances()
	return s
}

// cells are the kinds of a line's cells up to its last filled one.
func (s *sheet) cells(l *line) []cellKind { return s.kinds[l.from:l.to] }

// looksLikeData: two cells or more, a third of them numbers, and neither a row of years
// nor one of units in brackets, (1,000).
func (l *line) looksLikeData() bool {
	return l.filled >= 2 && 3*l.numbers >= l.filled && (l.numbers != l.filled || l.years != l.numbers) && l.bracketed < l.numbers
}

// compared is how many earlier cells a cell is compared with.
const compared = 8

// read describes a row and keeps its cells; an empty one is no line.
func (s *sheet) read(r int, cells []string) (line, bool) {
	l := line{row: r, first: -1, from: len(s.kinds), pattern: 0xcbf29ce484222325}
	var earlier [compared]string
	for c, cell := range cells {
		t := strings.TrimSpace(cell)
		if t == "" {
			continue
		}
		for len(s.kinds) < l.from+c {
			s.kinds, s.values = append(s.kinds, blankCell), append(s.values, 0)
		}
		known := false
		for _, e := range earlier[:min(l.filled, compared)] {
			known = known || e == t
		}
		if !known {
			l.distinct++
		}
		earlier[l.filled%compared] = t
		l.filled++
		l.length += utf8.RuneCountInString(t)
		s.keep(&l, t)
		if l.first < 0 {
			l.first = c
			l.describe(cell, t)
		}
	}
	l.to = len(s.kinds)
	for _, k := range s.cells(&l) {
		l.pattern = (l.pattern ^ uint64(k)) * 0x100000001b3
	}
	return l, l.filled > 0
}

// keep adds a cell to the line's.
func (s *sheet) keep(l *line, t string) {
	kind := textCell
	v, ok := number(t)
	if ok {
		kind = numberCell
		l.numbers++
		if isYear(v) {
			l.years++
		}
		if t[0] > '9' || t[0] < '0' && v == 0 {
			l.missing++
		}
	}
	if t[0] == '(' && t[len(t)-1] == ')' {
		l.bracketed++
		l.units = true
	}
	l.units = l.units || t == "%" || t == "шт" || strings.EqualFold(t, "percent")
	s.kinds, s.values = append(s.kinds, kind), append(s.values, v)
}

// describe looks at the first text of a line.
func (l *line) describe(cell, t string) {
	l.text = t
	l.indent = len(cell) - len(strings.TrimLeft(cell, " .\u00a0"))
	l.firstLen = utf8.RuneCountInString(t)
	l.colon, l.stop = strings.HasSuffix(t, ":"), strings.HasSuffix(t, ".")
	low := strings.ToLower(strings.TrimLeft(t, " ."))
	l.total = startsWith(low, totalWords)
	l.has = strings.Contains(low, "total") || strings.Contains(low, "итог") || strings.Contains(low, "всего")
	l.note = startsWith(low, noteWords)
	r, _ := utf8.DecodeRuneInString(t)
	l.startsDigit, l.lower = unicode.IsDigit(r), unicode.IsLower(r)
	l.mark = strings.ContainsRune(`\*[#¹²³†‡`, r) || len(t) > 1 && l.startsDigit && strings.ContainsAny(t[:min(len(t), 4)], `\/)`)
	letters, lower, inside := 0, 0, false
	for _, r := range t {
		if unicode.IsSpace(r) {
			inside = false
			continue
		}
		if !inside {
			l.words++
		}
		inside = true
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsLower(r) {
				lower++
			}
		}
	}
	l.capitals = letters > 1 && lower == 0
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

// columns finds the usual kind of each column's cells, which columns are full, the
// least indent, and where the lines that look like data begin and end.
func (s *sheet) columns() {
	counts := make([][3]int, s.width)
	filled := make([]int, s.width)
	data := 0
	s.indent = math.MaxInt32
	s.firstData, s.lastData = len(s.lines), -1
	for i := range s.lines {
		l := &s.lines[i]
		like := l.looksLikeData()
		if like {
			s.firstData, s.lastData = min(s.firstData, i), i
			data++
		}
		for c, k := range s.cells(l) {
			counts[c][k]++
			if like && k != blankCell {
				filled[c]++
			}
		}
		s.indent = min(s.indent, l.indent)
		if l.total {
			s.totals++
		}
	}
	for i := s.firstData; i <= s.lastData; i++ {
		s.patterns[s.lines[i].pattern]++
	}
	s.usual, s.full = make([]cellKind, s.width), make([]bool, s.width)
	for c, n := range counts {
		if s.usual[c] = textCell; n[numberCell] > n[textCell] {
			s.usual[c] = numberCell
		}
		s.full[c] = 5*filled[c] > 3*data
	}
}
