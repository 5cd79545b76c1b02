package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

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
