package xlsx

import "bytes"

// quickCell reads a cell that is written as nearly all are, in one go:
//
//	<c r="A1" s="1" t="s"><f>…</f><v>…</v></c>
//	<c r="A1" t="inlineStr"><is><t>…</t></is></c>
//
// Where it is written otherwise, or does not lie in the buffer as a whole, nothing
// happens, and the scanner has its turn. It fails then, and with batch.err.
func (r *rowReader) quickCell() bool {
	text := r.buf[r.pos:]
	if len(text) < 4 || text[0] != '<' || text[1] != 'c' {
		return false
	}
	var c quickAttrs
	i, ok := c.read(text, 2)
	if !ok || i+2 > len(text) {
		return false
	}
	kind := kindOf(c.kind)
	var value []byte
	rich := false
	if text[i] == '/' {
		if text[i+1] != '>' {
			return false
		}
		i += 2
	} else if value, rich, i, ok = quickValue(text, i+1, kind); !ok {
		return false
	}
	style, ok := count(c.style)
	if !ok && len(c.style) > 0 {
		return false
	}
	r.pos += i
	r.thin()
	row, col := r.place(c.ref)
	r.value, r.rich = append(r.value[:0], value...), rich
	if rich {
		r.value = unescape(r.value)
	}
	return r.put(row, col, kind, r.w.styles.at(style), len(r.value) > 0)
}

// quickAttrs are the attributes of a cell, of one letter each.
type quickAttrs struct{ ref, style, kind []byte }

// read takes attributes from i on and gives where the tag's end begins.
func (c *quickAttrs) read(text []byte, i int) (int, bool) {
	for i+5 < len(text) && text[i] == ' ' {
		if text[i+2] != '=' || text[i+3] != '"' {
			return 0, false
		}
		to, from := c.named(text[i+1]), i+4
		for i = from; i < len(text) && text[i] != '"' && text[i] != '&'; i++ {
		}
		if i == len(text) || text[i] == '&' || to == nil || *to != nil {
			return 0, false
		}
		*to = text[from:i]
		i++
	}
	return i, i < len(text) && (text[i] == '>' || text[i] == '/')
}

func (c *quickAttrs) named(name byte) *[]byte {
	switch name {
	case 'r':
		return &c.ref
	case 's':
		return &c.style
	case 't':
		return &c.kind
	}
	return nil
}

// quickValue takes what stands between the tags from i on and gives where the cell
// ends.
func quickValue(text []byte, i int, kind cellType) (value []byte, rich bool, end int, ok bool) {
	const (
		formula, formulaEnd = "<f>", "</f>"
		plain, plainEnd     = "<v>", "</v></c>"
		run, runEnd         = "<is><t>", "</t></is></c>"
		kept                = `<is><t xml:space="preserve">`
		none                = "</c>"
	)
	rest := text[i:]
	if bytes.HasPrefix(rest, []byte(formula)) {
		n := bytes.IndexByte(rest[len(formula):], '<')
		if n < 0 || !bytes.HasPrefix(rest[len(formula)+n:], []byte(formulaEnd)) {
			return nil, false, 0, false
		}
		rest = rest[len(formula)+n+len(formulaEnd):]
	}
	last := plainEnd
	switch {
	case bytes.HasPrefix(rest, []byte(plain)):
		rest = rest[len(plain):]
	case kind == typeInline && bytes.HasPrefix(rest, []byte(run)):
		rest, last, rich = rest[len(run):], runEnd, true
	case kind == typeInline && bytes.HasPrefix(rest, []byte(kept)):
		rest, last, rich = rest[len(kept):], runEnd, true
	case bytes.HasPrefix(rest, []byte(none)):
		return nil, false, len(text) - len(rest) + len(none), true
	default:
		return nil, false, 0, false
	}
	n := bytes.IndexByte(rest, '<')
	if n < 0 || n > maxToken || !bytes.HasPrefix(rest[n:], []byte(last)) {
		return nil, false, 0, false
	}
	value = rest[:n]
	if bytes.IndexByte(value, '&') >= 0 || bytes.IndexByte(value, '\r') >= 0 {
		return nil, false, 0, false
	}
	return value, rich, len(text) - len(rest) + n + len(last), true
}
