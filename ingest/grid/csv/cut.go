package csv

import "strings"

// dialect is how records are cut. Zero bytes mean none.
type dialect struct {
	delimiter, quote, escape byte
	// blank: the delimiter is followed by a blank that belongs to it, as quotes behind blanks show.
	blank bool
	// layout cuts lines by place instead, where it is not nil.
	layout *layout
}

// field is a non-empty field of a record.
type field struct {
	col  int // from 1
	text string
}

// cutter cuts a text into records by a dialect. It is lenient where encoding/csv
// is not: a quote inside an unquoted field is a character, text after a closing
// quote belongs to the field, and a blank line is a record. A quote that never
// closes is a character of its line, so that one stray mark does not swallow the
// rest of the file.
type cutter struct {
	d     dialect
	text  string
	final bool // nothing follows text
	pos   int  // where the next record begins

	fields   []field // of the record cut last
	width    int     // how many fields it has, empty ones too
	unclosed bool    // a quote in it never closes

	feed, carriage, quote, escape mark
	window                        int // how far a closing quote is looked for
}

// Every quote that never closes halves the window, so that a text full of them
// takes linear time.
const (
	maxQuoted = 1 << 20
	minQuoted = 1 << 8
)

// maxFields bounds the fields of a record that are held at once.
const maxFields = 1 << 18

func newCutter(d dialect, text string, final bool) *cutter {
	c := &cutter{d: d}
	c.reset(text, 0, final)
	return c
}

// reset begins at a place of a text.
func (c *cutter) reset(text string, pos int, final bool) {
	c.text, c.pos, c.final, c.window = text, pos, final, maxQuoted
	c.feed, c.carriage = mark{c: '\n'}, mark{c: '\r'}
	c.quote, c.escape = mark{c: c.d.quote}, mark{c: c.d.escape}
}

// mark is where a byte stands next; no part of a text is looked through twice for it.
type mark struct {
	c     byte
	at    int // where it stands, or up to where it is known not to stand
	known bool
}

// markStep is how far a mark is looked for at least.
const markStep = 16 << 10

// within is the first place of the mark from pos on and before end, else end.
func (m *mark) within(text string, pos, end int) int {
	if m.c == 0 || m.at >= end {
		return end
	}
	if m.known && m.at >= pos {
		return m.at
	}
	from := pos
	if !m.known {
		from = max(pos, m.at)
	}
	to := min(len(text), max(end, from+markStep))
	i := strings.IndexByte(text[from:to], m.c)
	m.known, m.at = i >= 0, to
	if m.known {
		m.at = from + i
	}
	return min(m.at, end)
}

// record cuts the next record. It is not ok at the end of the text, and where the
// record may go on behind it: pos then stays where the record begins.
func (c *cutter) record() bool {
	c.fields, c.width, c.unclosed = c.fields[:0], 0, false
	if c.pos >= len(c.text) {
		return false
	}
	end, next := c.lineEnd(c.pos)
	if next < 0 {
		return false
	}
	line := c.text[c.pos:end]
	switch {
	case c.d.layout != nil:
		c.fields, c.width = c.d.layout.cut(line, c.fields)
	case c.d.quote != 0 && c.quote.within(c.text, c.pos, end) < end || c.d.escape != 0 && c.escape.within(c.text, c.pos, end) < end:
		return c.careful()
	default:
		c.plainLine(line)
	}
	c.pos = next
	return true
}

// lineEnd is where the line at pos ends and the next begins; next is negative where that is unknown.
func (c *cutter) lineEnd(pos int) (end, next int) {
	for reach := markStep; ; reach *= 2 {
		limit := min(len(c.text), pos+reach)
		end = c.carriage.within(c.text, pos, c.feed.within(c.text, pos, limit))
		if end < limit || limit == len(c.text) {
			break
		}
	}
	switch {
	case end+1 < len(c.text) && c.text[end] == '\r' && c.text[end+1] == '\n':
		return end, end + 2
	case end+1 < len(c.text) || end < len(c.text) && (c.final || c.text[end] == '\n'):
		return end, end + 1
	case c.final:
		return end, end
	}
	return end, -1
}

// plainLine cuts a line without quotes.
func (c *cutter) plainLine(line string) {
	if c.d.delimiter == 0 {
		c.add(line)
		return
	}
	for len(c.fields) < maxFields {
		i := strings.IndexByte(line, c.d.delimiter)
		if i < 0 {
			break
		}
		c.add(line[:i])
		line = line[i+1:]
		if c.d.blank && line != "" && line[0] == ' ' {
			line = line[1:]
		}
	}
	c.add(line)
}

// add takes a field; one blank is as good as nothing.
func (c *cutter) add(text string) {
	c.width++
	if text != "" && text != " " {
		c.fields = append(c.fields, field{c.width, text})
	}
}

// careful cuts a record in which quotes or escapes stand, field by field.
func (c *cutter) careful() bool {
	pos := c.pos
	for {
		text, next, end := c.field(pos)
		if next < 0 {
			return false
		}
		c.add(text)
		pos = next
		if end || len(c.fields) >= maxFields {
			c.pos = pos
			return true
		}
	}
}

// field takes the field at pos and its delimiter, or the line end and then end is
// true; next is negative where the text ends too early to tell.
func (c *cutter) field(pos int) (text string, next int, end bool) {
	if c.d.quote != 0 {
		open := pos
		for open < len(c.text) && c.text[open] == ' ' {
			open++
		}
		if open < len(c.text) && c.text[open] == c.d.quote {
			content, behind := c.quoted(open + 1)
			if behind < 0 && !c.final && behind != notClosed {
				return "", -1, false
			}
			if behind >= 0 {
				return c.closed(content, behind)
			}
			c.window = max(c.window/2, minQuoted)
			c.unclosed = true
		}
	}
	return c.plain(pos)
}

// closed is a quoted field, of which behind is the place after its closing quote.
func (c *cutter) closed(content string, behind int) (text string, next int, end bool) {
	for behind < len(c.text) && c.text[behind] == ' ' && c.d.delimiter != ' ' {
		behind++
	}
	_, next, end = c.plain(behind)
	return content, next, end
}

// plain takes everything up to a delimiter or line end.
func (c *cutter) plain(pos int) (text string, next int, end bool) {
	lineEnd, nextLine := c.lineEnd(pos)
	if nextLine < 0 {
		return "", -1, false
	}
	at := pos
	for ; at < lineEnd; at++ {
		b := c.text[at]
		if b == c.d.delimiter && b != 0 {
			next = at + 1
			if c.d.blank && next < len(c.text) && c.text[next] == ' ' {
				next++
			}
			return c.text[pos:at], next, false
		}
		if b == c.d.escape && b != 0 && at+1 < lineEnd {
			at++
		}
	}
	return c.text[pos:lineEnd], nextLine, true
}
