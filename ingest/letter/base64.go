package letter

import "bytes"

const (
	notBase64 = 0xFF
	pad64     = '='
)

// base64Value is the value of each letter of the base64 alphabet.
var base64Value = func() (t [256]byte) {
	for i := range t {
		t[i] = notBase64
	}
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		t[c] = byte(i)
	}
	return t
}()

// decodeBase64 decodes what mail gives for base64: letters of no alphabet are
// passed over, padding may be missing, and what follows the padding (a footer of
// an antivirus or a mailing list) is left out, unless it is base64 again, as
// where pieces were encoded one by one.
func decodeBase64(data []byte) []byte {
	out := make([]byte, 0, len(data)/4*3+3)
	var quad uint32
	have, ended := 0, false
	flush := func() {
		switch have {
		case 2:
			out = append(out, byte(quad>>4))
		case 3:
			out = append(out, byte(quad>>10), byte(quad>>2))
		}
		quad, have = 0, 0
	}
	blank := false // a blank line was seen: a footer may follow
	in := newLines(data)
	for line, ok := in.next(); ok; line, ok = in.next() {
		trimmed := bytes.TrimSpace(line)
		if len(trimmed) == 0 {
			blank = blank || len(out) > 0
			continue
		}
		if (ended || blank) && !moreBase64(trimmed, ended) {
			break
		}
		ended = false
		for i, c := range line {
			if v := base64Value[c]; v != notBase64 {
				quad = quad<<6 | uint32(v)
				if have++; have == 4 {
					out = append(out, byte(quad>>16), byte(quad>>8), byte(quad))
					quad, have = 0, 0
				}
				continue
			}
			if c == pad64 && have >= 2 {
				flush()
				// on one line nothing follows the padding but more padding
				ended = len(bytes.TrimRight(line[i:], "= \t")) == 0
				if ended {
					break
				}
				if !moreBase64(bytes.TrimLeft(line[i:], "= \t"), true) {
					return out
				}
			}
		}
	}
	flush()
	return out
}

// moreBase64 reports whether a line after the end, or after a blank line, goes on
// with base64: nothing but its letters, after an end enough of them.
func moreBase64(line []byte, ended bool) bool {
	for _, c := range bytes.TrimRight(line, "=") {
		if base64Value[c] == notBase64 {
			return false
		}
	}
	return !ended || len(line)%4 == 0 && (len(line) >= 32 || line[len(line)-1] == pad64)
}

// allBase64 reports whether data are lines of base64 and nothing else.
func allBase64(data []byte) bool {
	for _, c := range data {
		if base64Value[c] == notBase64 && c != pad64 && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}
