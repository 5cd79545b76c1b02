package csv

import (
	"bytes"
	"math"
	"strings"
)

// sampleRecords is how many records of a text are looked at.
const sampleRecords = 400

// delimiters are the candidates and how readily each is believed. The usual ones
// need no more than a line, the others stand in most lines.
var delimiters = [...]struct {
	c     byte
	prior float64
	usual bool
}{
	{',', 1, true}, {';', 1, true}, {'\t', 1, true}, {'|', 0.98, true},
	{' ', 0.7, false}, {':', 0.35, false}, {'#', 0.6, false}, {'=', 0.35, false},
	{'*', 0.6, false}, {'~', 0.6, false}, {'^', 0.6, false}, {0x1f, 1, false},
}

// detect chooses how a text is cut by its head. skip is how many bytes of it are a
// line that names the delimiter, which decides it and is no row.
func detect(head string, whole bool) (d dialect, skip int) {
	sep, skip := separatorLine(head)
	head = head[skip:]
	lines := linesOf(head)
	if sep == 0 {
		if l := drawnLayout(lines); l != nil {
			return dialect{layout: l}, skip
		}
	}
	d, best := bestDialect(head, lines, sep, whole)
	if d.quote == 0 && opensField(head, d.delimiter, '"') && math.IsInf(best, -1) {
		d.quote = '"' // nothing needs a delimiter, yet fields are quoted
	}
	if sep == 0 && d.quote == 0 {
		if l := fixedLayout(lines); l != nil && explainsMore(l, d, lines) {
			return dialect{layout: l}, skip
		}
	}
	if d.quote == 0 && !whole {
		d.quote = '"' // quotes may begin behind the head
	}
	d.blank = d.quote != 0 && d.delimiter != ' ' && blankBelongs(head, d)
	return d, skip
}

// separatorLine is the line by which Excel is told the delimiter: "sep=;".
func separatorLine(text string) (sep byte, length int) {
	line, _, ok := strings.Cut(text, "\n")
	if !ok {
		line, _, ok = strings.Cut(text, "\r")
	}
	bare := strings.Trim(line, "\"\r")
	if !ok || len(bare) != 5 || !strings.EqualFold(bare[:4], "sep=") || bare[4] >= 0x80 {
		return 0, 0
	}
	return bare[4], len(line) + 1
}

// bestDialect tries all dialects of which the text has the signs.
func bestDialect(head string, lines []string, sep byte, whole bool) (dialect, float64) {
	best, bestScore := dialect{delimiter: ','}, math.Inf(-1)
	if sep != 0 {
		best.delimiter = sep
	}
	for _, x := range delimiters {
		if sep != 0 && x.c != sep || sep == 0 && !occurs(lines, x.c, x.usual) {
			continue
		}
		for _, quote := range quotesOf(head, x.c) {
			d := dialect{delimiter: x.c, quote: quote}
			if quote != 0 {
				d.escape = escapeOf(head, quote)
			}
			s := d.score(head, whole) * x.prior
			if evidence, quotes := wellPlaced(head, x.c, quote); quotes >= 4 {
				s *= 0.1 + 0.9*evidence
			} else if !x.usual && s < leastUnusual {
				continue
			}
			if s > bestScore+1e-9 {
				best, bestScore = d, s
			}
		}
	}
	return best, bestScore
}

// leastUnusual is the score that an unusual delimiter needs where no quotes speak for it.
const leastUnusual = 0.25

// wellPlaced is the share of quotes that begin or end a field under a delimiter, and their number.
func wellPlaced(s string, delimiter, quote byte) (share float64, quotes int) {
	if quote == 0 {
		quote = '"'
	}
	well := 0
	for at := 0; at < len(s); at++ {
		i := strings.IndexByte(s[at:], quote)
		if i < 0 {
			break
		}
		at += i
		if at+1 < len(s) && s[at+1] == quote {
			at++
			continue
		}
		quotes++
		if beginsField(s, at, delimiter) || endsField(s, at, delimiter) {
			well++
		}
	}
	return float64(well) / math.Max(1, float64(quotes)), quotes
}

// occurs tells whether a delimiter stands in enough lines to be one.
func occurs(lines []string, c byte, usual bool) bool {
	n := 0
	for _, l := range lines {
		if strings.IndexByte(l, c) >= 0 {
			n++
		}
	}
	if usual {
		return n > 0
	}
	return len(lines) > 1 && 10*n >= 8*len(lines)
}

// quotesOf are the quotes that fields begin with under a delimiter, and none.
func quotesOf(head string, delimiter byte) []byte {
	out := make([]byte, 0, 4)
	if opensField(head, delimiter, '"') {
		out = append(out, '"')
	}
	for _, quote := range []byte{'\'', '~', '`'} {
		if quote != delimiter && wraps(head, delimiter, quote) {
			out = append(out, quote)
		}
	}
	return append(out, 0)
}

// opensField tells whether a quote stands where a field begins.
func opensField(s string, delimiter, quote byte) bool {
	for at := 0; ; at++ {
		i := strings.IndexByte(s[at:], quote)
		if i < 0 {
			return false
		}
		if at += i; beginsField(s, at, delimiter) {
			return true
		}
	}
}

func beginsField(s string, at int, delimiter byte) bool {
	j := at - 1
	for j >= 0 && s[j] == ' ' && delimiter != ' ' {
		j--
	}
	return j < 0 || s[j] == delimiter || s[j] == '\n' || s[j] == '\r'
}

func endsField(s string, at int, delimiter byte) bool {
	j := at + 1
	for j < len(s) && s[j] == ' ' && delimiter != ' ' {
		j++
	}
	return j >= len(s) || s[j] == delimiter || s[j] == '\n' || s[j] == '\r'
}

// wraps tells whether a mark that is also a letter of texts opens fields about as
// often as it closes them, and does little else.
func wraps(s string, delimiter, quote byte) bool {
	opens, closes, others := 0, 0, 0
	for at := 0; at < len(s); at++ {
		i := strings.IndexByte(s[at:], quote)
		if i < 0 {
			break
		}
		at += i
		switch {
		case beginsField(s, at, delimiter):
			opens++
		case endsField(s, at, delimiter):
			closes++
		default:
			others++
		}
	}
	return opens > 0 && 10*closes >= 7*opens && 10*opens >= 7*closes
}

// escapeOf tells a text that escapes its quotes by backslash from one that doubles them.
func escapeOf(s string, quote byte) byte {
	q := string(rune(quote))
	if strings.Count(s, `\`+q) > strings.Count(s, q+q) {
		return '\\'
	}
	return 0
}

// blankBelongs: every delimiter is followed by a blank and then, somewhere, by a
// quote, which opens a field only right behind a delimiter.
func blankBelongs(head string, d dialect) bool {
	c := newCutter(dialect{delimiter: d.delimiter, quote: d.quote, escape: d.escape}, head, true)
	padded, bare := 0, 0
	for records := 0; records < sampleRecords && c.record(); records++ {
		for _, f := range c.fields {
			switch {
			case f.col == 1:
			case f.text[0] == ' ':
				padded++
			default:
				bare++
			}
		}
	}
	quoted := bytes.Count([]byte(head), []byte{d.delimiter, ' ', d.quote})
	return quoted > 0 && bare <= quoted && 20*padded >= 1
}
