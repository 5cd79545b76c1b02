package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// appendText decodes the entities of XML and its line ends (XML 1.0, 2.11 and 4.6).
// Entities that a document declares itself stay as they are written.
func appendText(dst, text []byte) []byte {
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return append(dst, text...)
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '&':
			r, n := entity(text[i:])
			if n == 0 {
				dst = append(dst, c)
				continue
			}
			dst = utf8.AppendRune(dst, r)
			i += n - 1
		case '\r':
			if i+1 == len(text) || text[i+1] != '\n' {
				dst = append(dst, '\n')
			}
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// entity reads the one at the head of text; n is 0 where there is none.
func entity(text []byte) (r rune, n int) {
	end := bytes.IndexByte(text[:min(len(text), 12)], ';')
	if end < 2 {
		return 0, 0
	}
	switch name := text[1:end]; string(name) {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		if name[0] != '#' {
			return 0, 0
		}
		base, digits := 10, string(name[1:])
		if len(digits) > 1 && (digits[0] == 'x' || digits[0] == 'X') {
			base, digits = 16, digits[1:]
		}
		v, err := strconv.ParseUint(digits, base, 32)
		if err != nil || v == 0 || v > utf8.MaxRune {
			return 0, 0
		}
		return rune(v), end + 1
	}
}

// unescape decodes, in place, the escapes of characters that XML cannot hold
// (ECMA-376 part 1, 22.4.2.4): _x000D_ is CR. Halves of a surrogate pair stand as
// two escapes.
func unescape(text []byte) []byte {
	at := bytes.Index(text, []byte("_x"))
	if at < 0 {
		return text
	}
	out := text[:at]
	for i := at; i < len(text); {
		unit, ok := escape(text[i:])
		if !ok {
			out = append(out, text[i])
			i++
			continue
		}
		i += escapeLen
		if low, ok := escape(text[i:]); ok && unit >= 0xD800 && unit < 0xDC00 && low >= 0xDC00 && low < 0xE000 {
			unit = 0x10000 + (unit-0xD800)<<10 + low - 0xDC00
			i += escapeLen
		}
		out = utf8.AppendRune(out, unit)
	}
	return out
}

const escapeLen = len("_x0000_")

// escape reads the one at the head of text.
func escape(text []byte) (rune, bool) {
	if len(text) < escapeLen || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	v, err := strconv.ParseUint(string(text[2:6]), 16, 32)
	return rune(v), err == nil
}
