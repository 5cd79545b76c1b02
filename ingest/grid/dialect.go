package grid

import (
	"math"
	"strings"
)

// dialectSample is how much of a text is looked at, and how many records of it.
const (
	dialectSample  = 256 << 10
	dialectRecords = 400
)

// detectDialect chooses the delimiter and quote under which the records are most
// regular and their cells look most like values. A separator line decides the delimiter.
func detectDialect(text string, sep byte) dialect {
	sample := text[:min(len(text), dialectSample)]
	if i := strings.LastIndexAny(sample, "\r\n"); i > 0 && len(sample) < len(text) {
		sample = sample[:i]
	}
	best, bestScore := dialect{delimiter: ','}, math.Inf(-1)
	for _, d := range candidates(sample, sep) {
		if s := d.score(sample); s > bestScore+1e-9 {
			best, bestScore = d, s
		}
	}
	if best.quote == 0 && opensField(text, best.delimiter, '"') {
		beyond := !opensField(sample, best.delimiter, '"')
		if beyond || math.IsInf(bestScore, -1) {
			best.quote = '"' // quotes begin behind the sample, or nothing needs a delimiter
		}
	}
	return best
}

// candidates are the dialects whose signs the sample has.
func candidates(sample string, sep byte) []dialect {
	delimiters := []byte{',', ';', '\t', '|'}
	if sep != 0 {
		delimiters = []byte{sep}
	}
	var out []dialect
	for _, delimiter := range delimiters {
		if strings.IndexByte(sample, delimiter) < 0 && sep == 0 {
			continue
		}
		for _, quote := range []byte{'"', '\''} {
			if opensField(sample, delimiter, quote) {
				out = append(out, dialect{delimiter, quote, escapeOf(sample, quote)})
			}
		}
		out = append(out, dialect{delimiter: delimiter})
	}
	return out
}

// opensField tells whether a quote stands where a field begins.
func opensField(s string, delimiter, quote byte) bool {
	for i := 0; i < len(s); i++ {
		if s[i] != quote {
			continue
		}
		j := i - 1
		for j >= 0 && s[j] == ' ' && delimiter != ' ' {
			j--
		}
		if j < 0 || s[j] == delimiter || s[j] == '\n' || s[j] == '\r' {
			return true
		}
	}
	return false
}

// escapeOf tells a text that escapes its quotes by backslash from one that doubles them.
func escapeOf(s string, quote byte) byte {
	q := string(rune(quote))
	if strings.Count(s, `\`+q) > strings.Count(s, q+q) {
		return '\\'
	}
	return 0
}

// score is the product of how regular the records are and how much the cells look like values,
// after van den Burg et al. 2019, 3.3: sum over patterns of count*(length-1)/length, by the number of patterns.
func (d dialect) score(sample string) float64 {
	p := d.split(sample)
	patterns := map[int]int{}
	cells, good := 0, 0.0
	for records := 0; records < dialectRecords; {
		fields, ok := p.next()
		if !ok {
			break
		}
		if len(fields) == 1 && strings.TrimSpace(fields[0]) == "" {
			continue
		}
		records++
		patterns[len(fields)]++
		for _, f := range fields {
			cells++
			good += cellScore(f, d)
		}
	}
	if cells == 0 {
		return math.Inf(-1)
	}
	regular := 0.0
	for length, n := range patterns {
		regular += float64(n) * (math.Max(0.001, float64(length-1)) / float64(length))
	}
	regular /= float64(len(patterns))
	s := regular * good / float64(cells)
	if p.unclosed > 0 {
		s *= 0.5
	}
	return s
}

// cellScore is how much a cell looks like one value: leftovers of other delimiters and quotes speak against it.
func cellScore(cell string, d dialect) float64 {
	t := strings.TrimSpace(cell)
	switch {
	case t == "":
		return 1
	case isValue(t):
		return 1
	case d.quote == 0 && (t[0] == '"' || t[len(t)-1] == '"'):
		return 0.1
	case strings.ContainsAny(t, ";\t|") && d.quote == 0:
		return 0.3
	case strings.ContainsAny(t, "\t|"):
		return 0.3
	case strings.Contains(t, ";") && d.delimiter != ';':
		return 0.5
	case strings.ContainsAny(t[:1], ",)]}%") || strings.HasSuffix(t, "("):
		return 0.6
	}
	return 0.95
}

// isValue tells a number or a date in any of the usual ways of writing it.
func isValue(t string) bool {
	if _, ok := parseNumberText(t); ok {
		return true
	}
	_, _, ok := parseDateText(t)
	return ok
}
