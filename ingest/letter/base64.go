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
	d := base64Decoder{out: make([]byte, 0, len(data)/4*3+3)}
	blank := false // a blank line was seen: a footer may follow
	in := newLines(data)
	for line, ok := in.next(); ok; line, ok = in.next() {
		trimmed := bytes.TrimSpace(line)
		if len(trimmed) == 0 {
			blank = blank || len(d.out) > 0
			continue
		}
		if (d.padded || blank) && !moreBase64(trimmed, d.padded) {
			break
		}
		if !d.line(trimmed) {
			break
		}
	}
	d.flush()
	return d.out
}

// base64Decoder collects letters into groups of four.
type base64Decoder struct {
	out    []byte
	quad   uint32
	have   int  // letters in quad
	padded bool // the last line ended with padding
}

// line decodes a line; false when what follows the padding is no base64.
func (d *base64Decoder) line(line []byte) bool {
	d.padded = false
	for i, c := range line {
		v := base64Value[c]
		switch {
		case v != notBase64:
			d.quad = d.quad<<6 | uint32(v)
			if d.have++; d.have == 4 {
				d.out = append(d.out, byte(d.quad>>16), byte(d.quad>>8), byte(d.quad))
				d.quad, d.have = 0, 0
			}
		case c == pad64 && d.have >= 2:
			d.flush()
			rest := bytes.Trim(line[i:], "= \t")
			if d.padded = len(rest) == 0; d.padded {
				return true
			}
			if !moreBase64(rest, true) {
				return false
			}
		}
	}
	return true
}

// flush decodes a group that is not full.
func (d *base64Decoder) flush() {
	switch d.have {
	case 2:
		d.out = append(d.out, byte(d.quad>>4))
	case 3:
		d.out = append(d.out, byte(d.quad>>10), byte(d.quad>>2))
	}
	d.quad, d.have = 0, 0
}

// moreBase64 reports whether a line after padding, or after a blank line, goes on
// with base64: nothing but its letters, after padding enough of them.
func moreBase64(line []byte, padded bool) bool {
	for _, c := range bytes.TrimRight(line, "=") {
		if base64Value[c] == notBase64 {
			return false
		}
	}
	return !padded || len(line)%4 == 0 && (len(line) >= 32 || line[len(line)-1] == pad64)
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
