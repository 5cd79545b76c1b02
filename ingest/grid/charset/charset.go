package charset

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	uni "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Of is the encoding of a name that Detect gives; encoding.Nop for UTF-8.
func Of(name string) encoding.Encoding {
	switch name {
	case "utf-16le":
		return uni.UTF16(uni.LittleEndian, uni.UseBOM)
	case "utf-16be":
		return uni.UTF16(uni.BigEndian, uni.UseBOM)
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "windows-1251":
		return charmap.Windows1251
	case "cp866":
		return charmap.CodePage866
	case "koi8-r":
		return charmap.KOI8R
	case "x-mac-cyrillic":
		return charmap.MacintoshCyrillic
	case "windows-1252":
		return charmap.Windows1252
	}
	return encoding.Nop
}

// singleByte are the candidates where a text is no UTF, likeliest first.
var singleByte = [...]string{"windows-1251", "cp866", "koi8-r", "x-mac-cyrillic", "windows-1252"}

// Detect names the encoding of a text, "" where the bytes are none.
func Detect(data []byte) string {
	if name := byteOrderMark(data); name != "" {
		return name
	}
	sample := data[:min(len(data), 1<<16)]
	if name := wideEncoding(sample); name != "" {
		return name
	}
	if !isTextual(sample) {
		return ""
	}
	if validUTF8(data) {
		return "utf-8"
	}
	best, bestScore := "", math.Inf(-1)
	for _, name := range singleByte {
		if s := letterScore(highWords(data), Of(name)); s > bestScore+1e-9 {
			best, bestScore = name, s
		}
	}
	return best
}

func byteOrderMark(data []byte) string {
	for _, m := range []struct{ mark, name string }{
		{"\xff\xfe\x00\x00", "utf-32le"}, {"\x00\x00\xfe\xff", "utf-32be"},
		{"\xef\xbb\xbf", "utf-8"}, {"\xff\xfe", "utf-16le"}, {"\xfe\xff", "utf-16be"},
	} {
		if bytes.HasPrefix(data, []byte(m.mark)) {
			return m.name
		}
	}
	return ""
}

// wideEncoding sees UTF-16 and UTF-32 without a mark: bytes of one place are
// nearly all the high half of Latin (00) or Cyrillic (04), those of the other are not.
func wideEncoding(b []byte) string {
	if len(b) < 4 {
		return ""
	}
	var high [4]int
	for i, c := range b {
		if c == 0 || c == 4 {
			high[i%4]++
		}
	}
	quarter := max(len(b)/4, 1)
	full := func(places ...int) bool {
		for i := range high {
			is := high[i] >= quarter*9/10 && high[i] > 0
			want := false
			for _, p := range places {
				want = want || p == i
			}
			if is != want {
				return false
			}
		}
		return true
	}
	switch {
	case full(2, 3), full(1, 2, 3):
		return "utf-32le"
	case full(0, 1), full(0, 1, 2):
		return "utf-32be"
	case full(1, 3):
		return "utf-16le"
	case full(0, 2):
		return "utf-16be"
	}
	return ""
}

// isTextual allows a few stray control bytes: systems pad fields with NUL.
func isTextual(b []byte) bool {
	bad := 0
	for _, c := range b {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a {
			bad++
		}
	}
	return bad*20 <= len(b)
}

// validUTF8 forgives one broken character in a thousand, and the last one being cut.
func validUTF8(b []byte) bool {
	wide, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			if !utf8.FullRune(b[i:]) {
				break
			}
			bad++
		} else {
			wide++
		}
		i += n
	}
	return bad*1000 <= wide
}

// highWords picks words with bytes over 127 and their neighbours, enough to judge by.
func highWords(data []byte) []byte {
	var out []byte
	for _, w := range bytes.FieldsFunc(data, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' || r == ';' || r == ',' }) {
		for _, c := range w {
			if c >= 0x80 {
				out = append(append(out, w...), ' ')
				break
			}
		}
		if len(out) > 1<<15 {
			break
		}
	}
	return out
}

// letterScore is how much the high bytes read as words of Russian, or of a Latin language, under an encoding.
func letterScore(b []byte, e encoding.Encoding) float64 {
	text, err := e.NewDecoder().String(string(b))
	if err != nil {
		return math.Inf(-1)
	}
	score, prev := 0.0, ' '
	for _, r := range text {
		if r >= 0x80 {
			score += runeScore(prev, r)
		} else if isLatin(r) && prev >= 0x80 && unicode.Is(unicode.Cyrillic, prev) {
			score -= 3
		}
		prev = r
	}
	return score
}

// frequent are Russian letters from the commonest on.
const frequent = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"

// signs are characters over 127 that reports use in any language.
const signs = "№«»\u00a0–—’“”°"

func runeScore(prev, r rune) float64 {
	switch {
	case strings.ContainsRune(signs, r):
		return 0.5
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillicScore(prev, r)
	case !unicode.IsLetter(r):
		return -3
	case isLatin(prev) && unicode.IsLower(r):
		return 1.5
	}
	return -0.5
}

func cyrillicScore(prev, r rune) float64 {
	s := -0.5
	if i := strings.IndexRune(frequent, unicode.ToLower(r)); i >= 0 {
		s = 3 - 0.12*float64(i/2)
	}
	if unicode.IsUpper(r) {
		s -= 0.6
		if unicode.IsLower(prev) {
			s -= 4 // a capital inside a word
		}
	}
	if isLatin(prev) {
		s -= 4
	}
	return s
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// Decode turns the bytes into UTF-8 without mark; what cannot be decoded becomes U+FFFD.
func Decode(name string, data []byte) (string, error) {
	if e := Of(name); e != encoding.Nop {
		out, err := e.NewDecoder().Bytes(data)
		if err != nil {
			return "", fmt.Errorf("decode %s: %w", name, err)
		}
		return strings.TrimPrefix(string(out), "\ufeff"), nil
	}
	return strings.ToValidUTF8(strings.TrimPrefix(string(data), "\ufeff"), "\ufffd"), nil
}

// DecodeHead decodes the start of a file, cut anywhere.
func DecodeHead(name string, head []byte) string {
	s, err := Decode(name, head)
	if err != nil {
		return ""
	}
	return s
}
