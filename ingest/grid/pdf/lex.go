package pdf

import (
	"bytes"
	"strconv"
)

// The kinds of objects: nil, bool, float64, name, text, array, dict, ref, *stream and, in contents, operator.
type (
	name     string
	text     string
	operator string
	array    []any
	dict     map[name]any
	ref      struct{ num, gen int }
	stream   struct {
		dict     dict
		raw      []byte
		num, gen int
		at       int // where in the file it ends
	}
)

// closing is what ends an array or dictionary while lexing.
type closing byte

// maxNesting bounds arrays in arrays; real documents stay under ten.
const maxNesting = 48

// end stands for the end of the bytes.
type end struct{}

type lexer struct {
	data []byte
	pos  int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func (l *lexer) skipSpace() {
	for l.pos < len(l.data) {
		switch c := l.data[l.pos]; {
		case isSpace(c):
			l.pos++
		case c == '%':
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
		default:
			return
		}
	}
}

// next gives one object; words that are no object come as operators.
func (l *lexer) next(depth int) any {
	l.skipSpace()
	if l.pos >= len(l.data) {
		return end{}
	}
	switch c := l.data[l.pos]; c {
	case '/':
		l.pos++
		return l.name()
	case '(':
		l.pos++
		return l.literal()
	case '[':
		l.pos++
		return l.list(depth)
	case '<':
		if bytes.HasPrefix(l.data[l.pos:], []byte("<<")) {
			l.pos += 2
			return l.dictionary(depth)
		}
		l.pos++
		return l.hex()
	case ']', '{', '}', ')':
		l.pos++
		return closing(c)
	case '>':
		l.pos++
		if l.pos < len(l.data) && l.data[l.pos] == '>' {
			l.pos++
		}
		return closing(c)
	}
	return l.word()
}

func (l *lexer) run() []byte {
	start := l.pos
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		l.pos++
	}
	return l.data[start:l.pos]
}

func (l *lexer) name() name {
	raw := l.run()
	if bytes.IndexByte(raw, '#') < 0 {
		return name(raw)
	}
	var out []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if v, err := strconv.ParseUint(string(raw[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(v))
				i += 2
				continue
			}
		}
		out = append(out, raw[i])
	}
	return name(out)
}

func (l *lexer) word() any {
	raw := l.run()
	switch string(raw) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	if c := raw[0]; c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.' {
		return number(raw)
	}
	return operator(raw)
}

// number is lenient as readers are: "--5" and "1.2.3" occur and count as their readable part.
func number(raw []byte) float64 {
	if v, err := strconv.ParseFloat(string(raw), 64); err == nil {
		return v
	}
	sign, v, scale := 1.0, 0.0, 0.0
	for i, c := range raw {
		switch {
		case c == '-' && i == 0:
			sign = -1
		case c >= '0' && c <= '9' && scale == 0:
			v = v*10 + float64(c-'0')
		case c >= '0' && c <= '9':
			v += float64(c-'0') * scale
			scale /= 10
		case c == '.' && scale == 0:
			scale = 0.1
		case c != '-' && c != '+':
			return sign * v
		}
	}
	return sign * v
}

func (l *lexer) hex() text {
	var out []byte
	var v, n byte
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		if c == '>' {
			break
		}
		d, ok := hexDigit(c)
		if !ok {
			continue
		}
		if v, n = v<<4|d, n+1; n == 2 {
			out, v, n = append(out, v), 0, 0
		}
	}
	if n == 1 {
		out = append(out, v<<4)
	}
	return text(out)
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

func (l *lexer) literal() text {
	var out []byte
	depth := 1
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return text(out)
			}
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, c)
	}
	return text(out)
}

func (l *lexer) escape(out []byte) []byte {
	if l.pos >= len(l.data) {
		return out
	}
	c := l.data[l.pos]
	l.pos++
	if c >= '0' && c <= '7' {
		v := int(c - '0')
		for i := 0; i < 2 && l.pos < len(l.data) && l.data[l.pos] >= '0' && l.data[l.pos] <= '7'; i++ {
			v = v*8 + int(l.data[l.pos]-'0')
			l.pos++
		}
		return append(out, byte(v))
	}
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	if c == '\r' && l.pos < len(l.data) && l.data[l.pos] == '\n' {
		l.pos++
	}
	if c == '\r' || c == '\n' {
		return out
	}
	return append(out, c)
}

// items reads until the closing character; "1 0 R" becomes a reference.
func (l *lexer) items(stop closing, depth int) []any {
	var out []any
	for depth < maxNesting {
		switch v := l.next(depth + 1).(type) {
		case end:
			return out
		case closing:
			if v == stop {
				return out
			}
		case operator:
			out = reference(out, v)
		default:
			out = append(out, v)
		}
	}
	return out
}

func reference(out []any, op operator) []any {
	n := len(out)
	if op != "R" || n < 2 {
		return out
	}
	num, ok1 := out[n-2].(float64)
	gen, ok2 := out[n-1].(float64)
	if !ok1 || !ok2 {
		return out
	}
	return append(out[:n-2], ref{int(num), int(gen)})
}

func (l *lexer) list(depth int) array { return l.items(']', depth) }

func (l *lexer) dictionary(depth int) dict {
	d := dict{}
	flat := l.items('>', depth)
	for i := 0; i+1 < len(flat); i += 2 {
		k, ok := flat[i].(name)
		if !ok {
			i--
			continue
		}
		d[k] = flat[i+1]
	}
	return d
}
