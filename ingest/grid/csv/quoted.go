package csv

import "strings"

// notClosed is what quoted gives where the text goes on, but no quote closes.
const notClosed = -2

// quoted reads a field from behind its opening quote. It gives the content and the
// place behind the closing quote; notClosed where none closes, -1 where the text
// ends too early to tell. A quote closes only before a delimiter, a line end or
// blanks before these, else it is a stray character.
func (c *cutter) quoted(from int) (string, int) {
	content, behind := c.scanQuoted(from, min(len(c.text), from+c.window), true)
	if behind != notClosed {
		return content, behind
	}
	// A mark at the end of a field, which looks like the first of two, closes all the same.
	end, _ := c.lineEnd(from)
	return c.scanQuoted(from, end, false)
}

// scanQuoted looks for the closing quote up to limit. Where doubled is set, two
// quotes stand for one; else they do only where the field goes on behind them.
func (c *cutter) scanQuoted(from, limit int, doubled bool) (string, int) {
	var parts []string
	start := from
	for at := from; ; {
		i := c.nextSpecial(at, limit)
		if i < 0 && (limit < len(c.text) || c.final) {
			return "", notClosed
		}
		if i < 0 || i+1 >= len(c.text) && !c.final {
			return "", -1
		}
		next := i + 1
		switch c.roleOf(i, doubled) {
		case escapes:
			parts = append(parts, c.text[start:i])
			start = next
			next++
		case doubles:
			parts = append(parts, c.text[start:next])
			next++
			start = next
		case closesField:
			if parts == nil {
				return c.text[start:i], next
			}
			return strings.Join(append(parts, c.text[start:i]), ""), next
		case opensOther:
			return "", notClosed // another field begins: the quote before it was a stray one
		}
		at = next
	}
}

// role is what a quote or escape inside a quoted field does.
type role uint8

const (
	isText role = iota
	escapes
	doubles
	closesField
	opensOther
)

func (c *cutter) roleOf(i int, doubled bool) role {
	next := i + 1
	switch {
	case c.text[i] == c.d.escape && c.d.escape != 0:
		if next < len(c.text) {
			return escapes
		}
	case next < len(c.text) && c.text[next] == c.d.quote && c.d.escape == 0 && (doubled || !c.closes(next+1)):
		return doubles
	case c.closes(next):
		return closesField
	case c.opens(i):
		return opensOther
	}
	return isText
}

// nextSpecial is the next quote or escape before limit, -1 where there is none.
func (c *cutter) nextSpecial(at, limit int) int {
	if at >= limit {
		return -1
	}
	i := strings.IndexByte(c.text[at:limit], c.d.quote)
	if c.d.escape != 0 {
		within := limit
		if i >= 0 {
			within = at + i
		}
		if j := strings.IndexByte(c.text[at:within], c.d.escape); j >= 0 {
			return at + j
		}
	}
	if i < 0 {
		return -1
	}
	return at + i
}

// closes tells whether what stands at a place can follow a closing quote.
func (c *cutter) closes(at int) bool {
	for at < len(c.text) && c.text[at] == ' ' && c.d.delimiter != ' ' {
		at++
	}
	return at >= len(c.text) || c.text[at] == '\n' || c.text[at] == '\r' || c.text[at] == c.d.delimiter && c.d.delimiter != 0
}

// opens tells a quote at the beginning of a field.
func (c *cutter) opens(at int) bool {
	return at > 0 && (c.text[at-1] == c.d.delimiter || c.text[at-1] == '\n')
}
