package table

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// datePart is a year, a half-year, a quarter, a month or a day; zeros are not told.
type datePart struct {
	year, month, day int
	months           int // length in months where day is 0
}

func (d datePart) before(o datePart) bool {
	return d.month < o.month || d.month == o.month && d.day < o.day
}

func (d datePart) start() (time.Time, bool) {
	if d.year < 1990 || d.year > 2100 || d.month < 1 || d.month > 12 {
		return time.Time{}, false
	}
	if d.day == 0 {
		return day(d.year, d.month, 1), true
	}
	t := day(d.year, d.month, d.day)
	return t, t.Day() == d.day && int(t.Month()) == d.month
}

func (d datePart) end() (time.Time, bool) {
	t, ok := d.start()
	if ok && d.day == 0 {
		t = t.AddDate(0, max(d.months, 1), -1)
	}
	return t, ok
}

// dateSpan is a date or a range over tokens first to last.
type dateSpan struct {
	from, to    datePart
	first, last int
	isRange     bool
	// needsWord: too little to be a date unless a word announces it ("31.07").
	needsWord bool
}

// scanDates finds the dates of a text from left to right, the longest at each place.
func scanDates(toks []token) []dateSpan {
	var out []dateSpan
	for i := 0; i < len(toks); {
		sp, n := dateAt(toks, i)
		if n == 0 {
			i++
			continue
		}
		sp.first, sp.last = i, i+n-1
		out = append(out, sp)
		i += n
	}
	return out
}

// dateAt tries every form at token i; n is the number of tokens taken.
func dateAt(toks []token, i int) (dateSpan, int) {
	for _, form := range [...]func([]token, int) (datePart, bool, int){
		numericDay, compactDay, dayMonthName, monthNameDay, quarter, monthName, numericMonth, yearAlone, shortDay,
	} {
		if d, needs, n := form(toks, i); n > 0 {
			if d.day == 0 && d.months == 0 {
				d.months = 1
			}
			return dateSpan{from: d, to: d, needsWord: needs}, n
		}
	}
	return dateSpan{}, 0
}

func num(toks []token, i, minLen, maxLen int) (int, bool) {
	if i < 0 || i >= len(toks) || toks[i].kind != numberToken || len(toks[i].text) < minLen || len(toks[i].text) > maxLen {
		return 0, false
	}
	n, err := strconv.Atoi(toks[i].text)
	return n, err == nil
}

func sign(toks []token, i int, any string) string {
	if i >= len(toks) {
		return ""
	}
	t := toks[i]
	if t.kind == blankToken && strings.Contains(any, " ") {
		return " "
	}
	if t.kind == signToken && strings.Contains(any, t.text) {
		return t.text
	}
	return ""
}

func isWord(toks []token, i int, set map[string]bool) bool {
	return i >= 0 && i < len(toks) && toks[i].kind == wordToken && set[toks[i].text]
}

// glued says that a digit or letter stands directly before token i, so that it is part of a longer word.
func glued(toks []token, i int) bool {
	return i > 0 && (toks[i-1].kind == wordToken || toks[i-1].kind == numberToken)
}

// valid passes a date through if there is such a day.
func valid(d datePart, n int) (datePart, bool, int) {
	if _, ok := d.start(); !ok {
		return datePart{}, false, 0
	}
	return d, false, n
}

// fullYear reads a year of two digits.
func fullYear(y int) int {
	if y < 70 {
		return 2000 + y
	}
	return 1900 + y
}

// skip passes signs, blanks and small words between the parts of a date.
func skip(toks []token, i int) int {
	for i < len(toks) && (sign(toks, i, " .,-'’/") != "" || isWord(toks, i, fillerWords)) {
		i++
	}
	return i
}

func month(toks []token, i int) (int, bool) {
	if i >= len(toks) || toks[i].kind != wordToken {
		return 0, false
	}
	m, ok := monthNames[toks[i].text]
	return m, ok
}

// yearAfter reads a year that follows token i, with two digits too.
func yearAfter(toks []token, i int) (year, n int) {
	j := skip(toks, i)
	if y, ok := num(toks, j, 4, 4); ok && y >= 1990 && y <= 2100 {
		return y, j + 1 - i
	}
	if y, ok := num(toks, j, 2, 2); ok && y >= 15 && y < 70 && j-i <= 2 && sign(toks, j+1, ".:/") == "" && (j == i || !isDayOfMonth(toks, j)) {
		return fullYear(y), j + 1 - i
	}
	return 0, 0
}

// monthName reads "июль 2026", "июль'26", "2026 июль" and a full name alone.
func monthName(toks []token, i int) (datePart, bool, int) {
	if y, ok := num(toks, i, 4, 4); ok && y >= 1990 && y <= 2100 {
		j := skip(toks, i+1)
		if isWord(toks, j, yearWords) {
			j = skip(toks, j+1)
		}
		m, ok := month(toks, j)
		if _, n := yearAfter(toks, j+1); ok && n == 0 {
			return datePart{year: y, month: m}, false, j + 1 - i
		}
		return datePart{}, false, 0
	}
	m, ok := month(toks, i)
	if !ok || i > 0 && toks[i-1].kind == wordToken {
		return datePart{}, false, 0
	}
	if y, n := yearAfter(toks, i+1); n > 0 {
		return datePart{year: y, month: m}, false, 1 + n
	}
	if utf8.RuneCountInString(toks[i].text) <= 3 && toks[i].text != "май" {
		return datePart{month: m}, true, 1
	}
	return datePart{month: m}, false, 1
}

// numericMonth reads 07.2026, 2026-07.
func numericMonth(toks []token, i int) (datePart, bool, int) {
	more := i+4 < len(toks) && sign(toks, i+3, "./") != "" && toks[i+4].kind == numberToken
	under := i+1 < len(toks) && toks[i+1].text == "_" // in names of files
	if more || glued(toks, i) || sign(toks, i+1, ".-/") == "" && !under || i > 0 && sign(toks, i-1, "./,") != "" {
		return datePart{}, false, 0
	}
	a, okA := num(toks, i, 2, 2)
	b, okB := num(toks, i+2, 4, 4)
	if !okA || !okB {
		b, okB = num(toks, i, 4, 4)
		a, okA = num(toks, i+2, 2, 2)
	}
	if !okA || !okB || b < 2000 || b > 2079 {
		return datePart{}, false, 0
	}
	return valid(datePart{year: b, month: a}, 3)
}

// quarter reads "1 квартал 2026", "II кв. 2026", "Q1 2026", "2026 Q1", "1 полугодие 2026".
func quarter(toks []token, i int) (datePart, bool, int) {
	year, j := 0, i
	if y, ok := num(toks, i, 4, 4); ok && y >= 1990 && y <= 2100 {
		year, j = y, skip(toks, i+1)
	}
	n, months, k := quarterNumber(toks, j)
	if k == 0 {
		return datePart{}, false, 0
	}
	j += k
	if year == 0 {
		y, taken := yearAfter(toks, j)
		year, j = y, j+taken
	}
	return datePart{year: year, month: (n-1)*months + 1, months: months}, false, j - i
}

func quarterNumber(toks []token, j int) (n, months, taken int) {
	if isWord(toks, j, quarterWords) { // Q1, квартал 1
		if n, ok := num(toks, skip(toks, j+1), 1, 1); ok && n >= 1 && n <= 4 {
			return n, 3, skip(toks, j+1) + 1 - j
		}
		return 0, 0, 0
	}
	n, ok := num(toks, j, 1, 1)
	if !ok && j < len(toks) {
		n, ok = romanQuarters[toks[j].text]
	}
	if !ok || n < 1 || n > 4 {
		return 0, 0, 0
	}
	k := skip(toks, j+1)
	if isWord(toks, k, wordSet("й ый ий е ое")) {
		k = skip(toks, k+1)
	}
	switch {
	case isWord(toks, k, quarterWords):
		if toks[k].text == "кв" && sign(toks, j+1, ",") != "" { // of an address: «Садова 3, кв. 26»
			return 0, 0, 0
		}
		months = 3
	case isWord(toks, k, halfWords) && n <= 2:
		months = 6
	default:
		return 0, 0, 0
	}
	return n, months, k + 1 - j
}

// yearAlone reads "2026 год", and 2026 after a word that announces it.
func yearAlone(toks []token, i int) (datePart, bool, int) {
	y, ok := num(toks, i, 4, 4)
	if !ok || y < 1990 || y > 2100 || glued(toks, i) {
		return datePart{}, false, 0
	}
	j := skip(toks, i+1)
	if isWord(toks, j, yearWords) || isWord(toks, i+1, yearWords) {
		return datePart{year: y, month: 1, months: 12}, false, j + 1 - i
	}
	for k := i + 1; k < i+3 && k < len(toks); k++ {
		if isWord(toks, k, yearWords) {
			return datePart{year: y, month: 1, months: 12}, false, k + 1 - i
		}
	}
	if i >= 2 && toks[i-1].kind == blankToken && isWord(toks, i-2, wordSet("за for")) {
		return datePart{year: y, month: 1, months: 12}, true, 1
	}
	return datePart{}, false, 0
}
