package csv

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// layout cuts the lines of a print-out by place. Places are counted in characters.
type layout struct {
	// gutters are the runs of blanks between the columns of a text of fixed width.
	gutters []span
	// vertical is the line drawn between columns, "" where there is none; places are
	// where it stands in most lines.
	vertical string
	places   []int
}

// span is a run of places, from inclusive, to exclusive.
type span struct{ from, to int }

// delimiter is what stands between columns.
func (l *layout) delimiter() string {
	if l.vertical != "" {
		return l.vertical
	}
	return " "
}

// cut appends the fields of a line, without the blanks that pad them. A drawn line is an empty record.
func (l *layout) cut(line string, fields []field) ([]field, int) {
	if isRule(line) {
		return fields, 1
	}
	if l.vertical != "" {
		return l.cutDrawn(line, fields)
	}
	return l.cutBlanks(line, fields)
}

// cutBlanks cuts at those gutters which the line leaves free: what is longer than
// its column goes on in the next. A line that crosses a gutter may be a title, and
// is cut only where it has wide blanks.
func (l *layout) cutBlanks(line string, fields []field) ([]field, int) {
	before := len(fields)
	fields, crossed := l.cutFree(line, fields, 1)
	if crossed {
		fields, _ = l.cutFree(line, fields[:before], 2)
	}
	return fields, len(l.gutters) + 1
}

// cutFree cuts at gutters that are free, with at least this many blanks around.
func (l *layout) cutFree(line string, fields []field, blanks int) (_ []field, crossed bool) {
	col, start := 1, 0
	place, at := 0, 0 // the same, in characters and in bytes
	for i, g := range l.gutters {
		for at < len(line) && place < g.from {
			_, n := utf8.DecodeRuneInString(line[at:])
			place, at = place+1, at+n
		}
		width := min(g.to-g.from, len(line)-at)
		if strings.Trim(line[at:at+width], " ") != "" {
			crossed = true
			continue
		}
		left, right := strings.TrimRight(line[:at], " "), strings.TrimLeft(line[at:], " ")
		if right != "" && len(line)-len(left)-len(right) < blanks {
			continue
		}
		fields = addTrimmed(fields, col, line[start:at])
		col, start = i+2, at
	}
	return addTrimmed(fields, col, line[start:]), crossed
}

func addTrimmed(fields []field, col int, text string) []field {
	if text = strings.Trim(text, " \t\u00a0"); text != "" {
		fields = append(fields, field{col, text})
	}
	return fields
}

// cutDrawn cuts at verticals.
func (l *layout) cutDrawn(line string, fields []field) ([]field, int) {
	columns := l.columnsOf(line)
	before, _, _ := strings.Cut(line, l.vertical)
	// A line that begins before the frame and keeps none of its places has none.
	framed := l.framed() && (columns != nil || strings.TrimSpace(before) == "")
	width := 1
	for i, rest, more := 0, line, true; more && len(fields) < maxFields; i++ {
		var text string
		text, rest, more = strings.Cut(rest, l.vertical)
		text = strings.TrimSpace(text)
		col := drawnColumn(columns, i)
		if framed {
			col-- // what stands before the frame is no column
		}
		if text == "" && (col < 0 || framed && !more) {
			continue
		}
		col = max(col, 0)
		if n := len(fields); n > 0 && fields[n-1].col == col+1 { // the first stands before the frame
			text = strings.TrimSpace(fields[n-1].text + " " + text)
			fields = fields[:n-1]
		}
		fields = addTrimmed(fields, col+1, text)
		width = col + 1
	}
	return fields, width
}

// drawnColumn is the column behind the i-th vertical. Where all verticals stand at
// known places, these tell it, so that a heading over several columns stands over the
// first.
func drawnColumn(columns []int, i int) int {
	switch {
	case columns == nil || i > len(columns):
		return i
	case i == 0:
		return 0
	}
	return columns[i-1]
}

// framed tells that a drawn vertical stands before the first column. A plain "|" is a
// delimiter, before which a field stands, empty or not.
func (l *layout) framed() bool { return len(l.places) > 0 && l.places[0] <= 2 && l.vertical != "|" }

// columnsOf gives the number of each vertical among the known places, nil where one stands elsewhere.
func (l *layout) columnsOf(line string) []int {
	var out []int
	place := 0
	for rest := line; ; {
		i := strings.Index(rest, l.vertical)
		if i < 0 {
			return out
		}
		place += utf8.RuneCountInString(rest[:i])
		n, known := slices.BinarySearch(l.places, place)
		if !known {
			return nil
		}
		out = append(out, n+1)
		place++
		rest = rest[i+len(l.vertical):]
	}
}

// isRule tells a line that is drawn: of box characters, or of dashes and crosses.
func isRule(line string) bool {
	marks := 0
	for _, r := range line {
		switch {
		case r >= 0x2500 && r <= 0x257f, r == '-', r == '=', r == '_':
			marks++
		case strings.ContainsRune(" +|¦!:*\t", r):
		default:
			return false
		}
	}
	return marks >= 3
}
