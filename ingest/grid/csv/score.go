package csv

import (
	"math"
	"strings"
)

// score is the product of how regular the records are and how much the cells look like values,
// after van den Burg et al. 2019, 3.3: sum over patterns of count*(length-1)/length, by the number of patterns.
func (d dialect) score(head string, whole bool) float64 {
	c := newCutter(d, head, whole)
	patterns := map[int]int{}
	cells, good, unclosed, records := 0, 0.0, 0, 0
	for records < sampleRecords && c.record() {
		if c.width == 1 && (len(c.fields) == 0 || strings.TrimSpace(c.fields[0].text) == "") {
			continue
		}
		records++
		patterns[c.width]++
		if c.unclosed {
			unclosed++
		}
		cells += c.width
		good += float64(c.width - len(c.fields))
		for _, f := range c.fields {
			good += d.cellScore(f.text)
		}
	}
	if cells == 0 {
		return math.Inf(-1)
	}
	regular := 0.0
	for length, n := range patterns {
		regular += float64(n) * (math.Max(0.001, float64(length-1)) / float64(length))
	}
	regular /= float64(len(patterns) * records)
	share := float64(unclosed) / float64(records)
	return regular * good / float64(cells) * (1 - 0.5*math.Min(1, 2*share))
}

// cellScore is how much a cell looks like one value: leftovers of other delimiters and quotes speak against it.
func (d dialect) cellScore(cell string) float64 {
	t := trim(cell)
	switch {
	case t == "", isValue(t):
		return 1
	case d.quote == 0 && (t[0] == '"' || t[len(t)-1] == '"'):
		return 0.1
	case strings.ContainsAny(t, "\t|"):
		return 0.3
	case d.delimiter != ';' && strings.Contains(t, ";"):
		return 0.5
	case strings.ContainsAny(t[:1], ",)]}%") || strings.HasSuffix(t, "("):
		return 0.6
	case d.delimiter == ' ':
		return 0.5 // words of a sentence
	}
	return 0.95
}

// isValue tells a number or a date in any of the usual ways of writing it.
func isValue(t string) bool {
	if !mayBeValue(t) {
		return false
	}
	if _, ok := parseNumber(t); ok {
		return true
	}
	_, _, ok := parseDate(t)
	return ok
}

// explainsMore tells that a layout is the better reading of lines: where a
// delimiter cuts them, what is left has wide blanks inside, or a delimiter leaves
// most lines whole.
func explainsMore(l *layout, d dialect, lines []string) bool {
	var fields []field
	cut, bad := 0, 0
	for _, line := range lines {
		c := newCutter(d, line, true)
		if !c.record() || c.width < 2 {
			bad++
			continue
		}
		cut++
		for _, f := range c.fields {
			if hasWideBlank(strings.TrimSpace(f.text)) {
				bad++
				break
			}
		}
	}
	if d.delimiter == ' ' {
		return true // wide blanks would be empty fields
	}
	used := 0
	for _, line := range lines {
		if fields, _ = l.cut(line, fields[:0]); len(fields) > 1 {
			used++
		}
	}
	return 2*bad > len(lines) && 2*used > len(lines)
}
