package xmlscan

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Unescape appends raw text to dst, references resolved and line ends as LF. What
// is no reference of XML stays as it is.
func Unescape(dst, raw []byte) []byte {
	for {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			return appendLines(dst, raw)
		}
		dst = appendLines(dst, raw[:i])
		raw = raw[i:]
		end := bytes.IndexByte(raw[:min(len(raw), 16)], ';')
		if end < 0 {
			dst, raw = append(dst, '&'), raw[1:]
			continue
		}
		r, ok := reference(string(raw[1:end]))
		if !ok {
			dst, raw = append(dst, '&'), raw[1:]
			continue
		}
		dst, raw = utf8.AppendRune(dst, r), raw[end+1:]
	}
}

func reference(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	case "nbsp": // of HTML, which some write as if it were XML's
		return '\u00a0', true
	}
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return 0, false
	}
	base := 10
	if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 31)
	return rune(n), err == nil && n > 0 && utf8.ValidRune(rune(n))
}

// appendLines brings line ends to LF (XML 1.0, 2.11).
func appendLines(dst, raw []byte) []byte {
	for {
		i := bytes.IndexByte(raw, '\r')
		if i < 0 {
			return append(dst, raw...)
		}
		dst = append(append(dst, raw[:i]...), '\n')
		raw = raw[i+1:]
		if len(raw) > 0 && raw[0] == '\n' {
			raw = raw[1:]
		}
	}
}
