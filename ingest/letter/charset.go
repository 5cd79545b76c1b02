package letter

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// toUTF8 decodes data from a charset by its name in mail. Where the name is
// unknown, absent or a lie, the charset is guessed from the bytes.
func toUTF8(data []byte, charset string) string {
	enc := charsetByName(charset)
	if label := strings.ToLower(charset); enc == nil && strings.Contains(label, "utf") && utf8.Valid(data) {
		return string(data)
	}
	if enc == nil {
		return guess(data)
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil || enc == charmap.Windows1252 && mislabelled(data) {
		return guess(data)
	}
	return string(out)
}

// charsetByName returns nil for UTF-8 and ASCII too: a guess finds them, and
// mends labels that lie.
func charsetByName(name string) encoding.Encoding {
	name = strings.ToLower(strings.Trim(name, " \t\"'"))
	switch name {
	case "", "utf8", "utf-8", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "unknown", "default":
		return nil
	case "cp866", "866", "dos-866", "ibm-866":
		return charmap.CodePage866
	case "cp1251", "cp-1251", "windows1251", "win-1251", "win1251", "ansi":
		return charmap.Windows1251
	case "koi8r", "koi8", "koi-8", "koi8-ru":
		return charmap.KOI8R
	}
	if enc, err := htmlindex.Get(name); err == nil && enc != encoding.Replacement {
		return enc
	}
	if enc, err := ianaindex.MIME.Encoding(name); err == nil {
		return enc
	}
	return nil
}

// guess decodes bytes of an unknown charset: UTF-8 where they are valid, else
// the Cyrillic one in which they look most like Russian, else Windows-1252.
func guess(data []byte) string {
	if utf8.Valid(data) && !accidental(data) {
		return string(data)
	}
	sample := data[:min(len(data), sampleBytes)]
	best, bestScore := charmap.Windows1252, 0
	for _, enc := range [...]*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866} {
		if score := russian(sample, enc); score > bestScore {
			best, bestScore = enc, score
		}
	}
	if bestScore == 0 && nearlyUTF8(data) {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	out := make([]rune, 0, len(data))
	for _, c := range data {
		out = append(out, best.DecodeByte(c))
	}
	return string(out)
}

// sampleBytes is how much of a text a guess looks at.
const sampleBytes = 16 << 10

// accidental reports whether valid UTF-8 is so by chance: some small letters of
// cp866 make up characters of scripts between the Near East and punctuation.
func accidental(data []byte) bool {
	found := false
	for _, r := range string(data[:min(len(data), 256)]) {
		if r >= 0x80 && (r < 0x0800 || r >= 0x2000) {
			return false
		}
		found = found || r >= 0x80
	}
	return found && russian(data[:min(len(data), sampleBytes)], charmap.CodePage866) > 0
}

// mislabelled reports whether a text that calls itself West European is certainly
// Russian, as old programs have it.
func mislabelled(data []byte) bool {
	const certain = 60
	return !utf8.Valid(data) && russian(data[:min(len(data), sampleBytes)], charmap.Windows1251) > certain
}

// nearlyUTF8 reports whether most of what is not ASCII is good UTF-8: a text
// that was cut within a character, or patched.
func nearlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	return good > bad
}
