package grid

import "unicode/utf8"

// appendJSON writes a text as encoding/json does when it is told to leave HTML as it
// is: U+2028 and U+2029 escaped, and what is no UTF-8 replaced.
func appendJSON(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r < utf8.RuneSelf || r == utf8.RuneError && n == 1 || r == '\u2028' || r == '\u2029' {
			dst = appendEscape(append(dst, s[from:i]...), r)
			from = i + n
		}
		i += n
	}
	return append(append(dst, s[from:]...), '"')
}

// appendEscape writes a character that does not stand in JSON as it is.
func appendEscape(dst []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	const hex = "0123456789abcdef"
	return append(dst, '\\', 'u', hex[r>>12&0xF], hex[r>>8&0xF], hex[r>>4&0xF], hex[r&0xF])
}
