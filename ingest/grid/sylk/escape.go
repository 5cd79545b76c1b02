package sylk

import (
	"bytes"
	"strings"

	"golang.org/x/text/unicode/norm"
)

const escape = 0x1b

// unescapeBytes undoes ESC with two characters, the halves of a byte each; ESC N stays.
func unescapeBytes(b []byte) []byte {
	if bytes.IndexByte(b, escape) < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == escape && i+2 < len(b) && b[i+1] >= 0x20 && b[i+1] < 0x30 && b[i+2] >= 0x30 && b[i+2] < 0x40 {
			out = append(out, (b[i+1]-0x20)<<4|(b[i+2]-0x30))
			i += 2
			continue
		}
		out = append(out, b[i])
	}
	return out
}

// accents are the diacritical marks of ISO 6937, which stand before their letter.
var accents = map[byte]string{
	'A': "\u0300", 'B': "\u0301", 'C': "\u0302", 'D': "\u0303", 'E': "\u0304", 'F': "\u0306",
	'G': "\u0307", 'H': "\u0308", 'J': "\u030a", 'K': "\u0327", 'M': "\u030b", 'N': "\u0328", 'O': "\u030c",
}

// signs are its other characters, by their code without the high bit.
var signs = map[byte]string{
	'!': "¡", '"': "¢", '#': "£", '$': "$", '%': "¥", '\'': "§", '(': "¤", ')': "‘", '*': "“", '+': "«",
	',': "←", '-': "↑", '.': "→", '/': "↓", '0': "°", '1': "±", '2': "²", '3': "³", '4': "×", '5': "µ",
	'6': "¶", '7': "·", '8': "÷", '9': "’", ':': "”", ';': "»", '<': "¼", '=': "½", '>': "¾", '?': "¿",
	'P': "―", 'Q': "¹", 'R': "®", 'S': "©", 'T': "™", 'U': "♪", 'V': "¬", 'W': "¦",
	'`': "Ω", 'a': "Æ", 'b': "Ð", 'c': "ª", 'd': "Ħ", 'f': "Ĳ", 'g': "Ŀ", 'h': "Ł", 'i': "Ø", 'j': "Œ",
	'k': "º", 'l': "Þ", 'm': "Ŧ", 'n': "Ŋ", 'o': "ŉ", 'p': "ĸ", 'q': "æ", 'r': "đ", 's': "ð", 't': "ħ",
	'u': "ı", 'v': "ĳ", 'w': "ŀ", 'x': "ł", 'y': "ø", 'z': "œ", '{': "ß", '|': "þ", '}': "ŧ", '~': "ŋ",
}

// unescapeSigns undoes ESC N.
func unescapeSigns(s string) string {
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "\x1bN")
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		switch {
		case rest == "":
			return out.String()
		case accents[rest[0]] != "" && len(rest) > 1 && rest[1] < 0x80:
			out.WriteString(norm.NFC.String(rest[1:2] + accents[rest[0]]))
			rest = rest[2:]
		case signs[rest[0]] != "":
			out.WriteString(signs[rest[0]])
			rest = rest[1:]
		}
		s = rest
	}
}
