package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Short decodes many short texts of one encoding. It is not safe for use by several
// goroutines at once.
type Short struct {
	page    *charmap.Charmap
	decoder *encoding.Decoder // nil for UTF-8
}

// ShortOf makes one; encoding.Nop is UTF-8.
func ShortOf(e encoding.Encoding) *Short {
	if page, ok := e.(*charmap.Charmap); ok {
		return &Short{page: page}
	}
	if e == encoding.Nop {
		return &Short{}
	}
	return &Short{decoder: e.NewDecoder()}
}

// Decode gives the text in UTF-8; what cannot be decoded becomes U+FFFD.
func (s *Short) Decode(b []byte) string {
	high := 0
	for _, c := range b {
		if c >= utf8.RuneSelf {
			high++
		}
	}
	switch {
	case high == 0 && s.decoder == nil:
		return string(b)
	case s.page != nil:
		var out strings.Builder
		out.Grow(len(b) + 2*high)
		for _, c := range b {
			out.WriteRune(s.page.DecodeByte(c))
		}
		return out.String()
	case s.decoder != nil:
		if out, err := s.decoder.Bytes(b); err == nil {
			return string(out)
		}
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}
