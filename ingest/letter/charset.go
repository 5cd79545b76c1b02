package letter

import (
	"strings"
	"unicode"
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
	if utf8.Valid(data) {
		return string(data)
	}
	sample := data[:min(len(data), 16<<10)]
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

// mislabelled reports whether a text that calls itself West European is certainly
// Russian, as old programs have it.
func mislabelled(data []byte) bool {
	const certain = 60
	return !utf8.Valid(data) && russian(data[:min(len(data), 16<<10)], charmap.Windows1251) > certain
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

// letterWeight is how often a letter comes in Russian text, in 1/1000, from
// а to я (the national corpus of Russian), ё last.
var letterWeight = [...]int{
	80, 16, 45, 17, 30, 85, 9, 16, 74, 12, 35, 44, 32, 67, 110, 28,
	47, 55, 63, 26, 3, 10, 5, 14, 7, 4, 1, 19, 17, 3, 6, 20, 1,
}

// commonPairs are frequent pairs of letters; they decide where single letters
// do not, in short names in capitals.
var commonPairs = pairs("ст но ен то на ов ни ра во ко по ро ер от ре пр ал ли не ос ор го та ть ан ом ва ел ск ес ль ел од ол де ат ет ом да ве ны ри ло ма ан те " +
	"жа ки ию юл ил ме ся яц ар за ок об ыт че ед вк ай ит ип ич нв ев ле ар тк зк ру за пт ав уг гу бр кт ия ая ый кл аг аз")

func pairs(list string) map[[2]rune]bool {
	out := map[[2]rune]bool{}
	for _, pair := range strings.Fields(list) {
		two := []rune(pair)
		out[[2]rune{two[0], two[1]}] = true
	}
	return out
}

// russian scores how much bytes look like Russian in a charset; 0 or less is no
// Russian. Letters count by their frequency; against it count a capital after a
// small letter, Cyrillic and Latin letters within a word, and signs that names
// and sentences do not have.
func russian(data []byte, enc *charmap.Charmap) int {
	score, before := 0, ' '
	for _, c := range data {
		r := enc.DecodeByte(c)
		switch weight, ok := cyrillic(r); {
		case ok:
			score += 2 + weight/8
			score -= unlikelyAfter(before, r)
			if commonPairs[[2]rune{unicode.ToLower(before), unicode.ToLower(r)}] {
				score += 12
			}
		case r < 0x80:
			if _, ok := cyrillic(before); ok && unicode.IsLetter(r) {
				score -= 25
			}
		case strings.ContainsRune("№—–«»“”„…\u00a0°", r):
		default:
			score -= 25
		}
		before = r
	}
	return score
}

func unlikelyAfter(before, r rune) int {
	switch {
	case before < 0x80 && unicode.IsLetter(before):
		return 25
	case unicode.IsLower(before) && unicode.IsUpper(r):
		return 25
	}
	return 0
}

func cyrillic(r rune) (weight int, ok bool) {
	r = unicode.ToLower(r)
	switch {
	case r >= 'а' && r <= 'я':
		return letterWeight[r-'а'], true
	case r == 'ё':
		return letterWeight[32], true
	}
	return 0, false
}
