package letter

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
)

// word is an encoded word of RFC 2047: =?charset?B?text?=.
type word struct {
	charset string // lower case
	base64  bool
	text    []byte
}

// decodeHeader turns a header's bytes into UTF-8: encoded words, of which
// neighbours of one charset are joined as bytes first, since a character may be
// split between two; other bytes as UTF-8 or a guessed charset.
func decodeHeader(raw []byte) string {
	var out strings.Builder
	var run []word // neighbours of one charset
	flush := func() {
		if len(run) > 0 {
			out.WriteString(toUTF8(joinWords(run), run[0].charset))
			run = run[:0]
		}
	}
	for len(raw) > 0 {
		start, end, w := findWord(raw)
		if start < 0 {
			break
		}
		between := raw[:start]
		if len(run) == 0 || len(bytes.TrimSpace(between)) > 0 {
			flush()
			out.WriteString(guess(between))
		} else if run[0].charset != w.charset {
			flush()
		}
		run = append(run, w)
		raw = raw[end:]
	}
	flush()
	out.WriteString(guess(raw))
	return out.String()
}

// findWord finds the first encoded word; start is -1 where there is none. One
// that is cut off at the end of the field counts.
func findWord(raw []byte) (start, end int, w word) {
	for from := 0; ; {
		i := bytes.Index(raw[from:], []byte("=?"))
		if i < 0 {
			return -1, 0, word{}
		}
		start = from + i
		head := raw[start+2 : min(len(raw), start+2+80)]
		set, rest, ok := bytes.Cut(head, []byte("?"))
		if !ok || len(set) == 0 || bytes.ContainsAny(set, " \t\"") || len(rest) < 2 || rest[1] != '?' ||
			!bytes.ContainsAny(rest[:1], "bBqQ") {
			from = start + 2
			continue
		}
		text := raw[start+2+len(set)+3:]
		size, skip := len(text), 0
		if j := bytes.Index(text, []byte("?=")); j >= 0 {
			size, skip = j, 2
		}
		charset, _, _ := strings.Cut(strings.ToLower(string(set)), "*") // RFC 2231, 5: charset*language
		w = word{charset: charset, base64: rest[0] == 'b' || rest[0] == 'B', text: text[:size]}
		return start, start + 2 + len(set) + 3 + size + skip, w
	}
}

// joinWords decodes the words of a run. A base64 text that was cut without regard
// to its groups of four is joined before it is decoded.
func joinWords(run []word) []byte {
	var out []byte
	for i := 0; i < len(run); i++ {
		if !run[i].base64 {
			out = append(out, decodeQ(run[i].text)...)
			continue
		}
		group := base64Letters(run[i].text)
		for len(group)%4 != 0 && !bytes.ContainsRune(run[i].text, '=') && i+1 < len(run) && run[i+1].base64 {
			i++
			group = append(group, base64Letters(run[i].text)...)
		}
		out = append(out, decodeGroup(group)...)
	}
	return out
}

func base64Letters(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for _, c := range text {
		if base64Value[c] != notBase64 {
			out = append(out, c)
		}
	}
	return out
}

func decodeGroup(letters []byte) []byte {
	if len(letters)%4 == 1 {
		letters = letters[:len(letters)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(letters)))
	n, err := base64.RawStdEncoding.Decode(out, letters)
	if err != nil {
		return nil // cannot be: only letters of the alphabet are left
	}
	return out[:n]
}

func decodeQ(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '_' {
			c = ' '
		} else if c == '=' && i+2 < len(text) {
			if b, ok := hexByte(text[i+1], text[i+2]); ok {
				c = b
				i += 2
			}
		}
		out = append(out, c)
	}
	return out
}

func hexByte(a, b byte) (byte, bool) {
	hi, lo := hexDigit(a), hexDigit(b)
	return hi<<4 | lo, hi < 16 && lo < 16
}

func hexDigit(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return 16
}

// printable drops what a line of text must not hold: control characters and the
// marks that turn the direction of writing, which hide what a name really ends
// in. A tab becomes a blank.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r), r >= 0x200E && r <= 0x200F, r >= 0x202A && r <= 0x202E,
			r >= 0x2066 && r <= 0x2069, r == 0x061C, r == 0xFEFF:
			return -1
		}
		return r
	}, s)
}
