package letter

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"strconv"
	"strings"
)

// encodedWord is RFC 2047's =?charset?B?text?=, with blanks allowed in a Q text
// as some programs write them.
var encodedWord = regexp.MustCompile(`=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=`)

// decodeHeader turns a header's bytes into UTF-8: encoded words, of which
// neighbours of one charset are joined as bytes first, since a character may be
// split between two; other bytes as UTF-8 or a guessed Cyrillic charset.
func decodeHeader(raw []byte) string {
	hits := encodedWord.FindAllSubmatchIndex(raw, -1)
	if hits == nil {
		return guess(raw)
	}
	var out strings.Builder
	pending, charset := []byte(nil), ""
	flush := func() {
		if pending != nil {
			out.WriteString(toUTF8(pending, charset))
			pending = nil
		}
	}
	last := 0
	for _, h := range hits {
		between := raw[last:h[0]]
		set := strings.ToLower(string(raw[h[2]:h[3]]))
		if !(pending != nil && len(bytes.TrimSpace(between)) == 0 && last > 0) {
			flush()
			out.WriteString(guess(between))
		} else if set != charset {
			flush()
		}
		charset = set
		pending = append(pending, wordBytes(raw[h[4]], raw[h[6]:h[7]])...)
		if pending == nil {
			pending = []byte{}
		}
		last = h[1]
	}
	flush()
	out.WriteString(guess(raw[last:]))
	return out.String()
}

func wordBytes(kind byte, text []byte) []byte {
	if kind == 'b' || kind == 'B' {
		clean := bytes.Map(func(r rune) rune {
			if r == ' ' || r == '\t' || r == '=' {
				return -1
			}
			return r
		}, text)
		out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
		n, _ := base64.RawStdEncoding.Decode(out, clean) //nolint:errcheck // what could be decoded counts
		return out[:n]
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '_':
			out = append(out, ' ')
		case text[i] == '=' && i+2 < len(text):
			if n, err := strconv.ParseUint(string(text[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
			out = append(out, text[i])
		default:
			out = append(out, text[i])
		}
	}
	return out
}
