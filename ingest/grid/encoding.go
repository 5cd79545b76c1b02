package grid

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	uni "golang.org/x/text/encoding/unicode"
)

// The names of encodings as a file reports them.
const (
	encUTF8    = "utf-8"
	encUTF16LE = "utf-16le"
	encUTF16BE = "utf-16be"
	encCP1251  = "windows-1251"
	encCP866   = "cp866"
	encKOI8R   = "koi8-r"
	encMac     = "x-mac-cyrillic"
	encLatin1  = "windows-1252"
)

// detectEncoding names the encoding of a text, "" when the bytes are no text.
func detectEncoding(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return encUTF8
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return encUTF16LE
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return encUTF16BE
	}
	if enc := wideByZeros(data); enc != "" {
		return enc
	}
	if controls(data) {
		return ""
	}
	if utf8.Valid(trimRune(data)) {
		return encUTF8
	}
	return singleByte(data)
}

// wideByZeros recognises UTF-16 without a mark: one byte of each pair is 0 for
// Latin and 4 for Cyrillic letters.
func wideByZeros(data []byte) string {
	if len(data) < 8 {
		return ""
	}
	var high [2]int
	for i, c := range data[:len(data)&^1] {
		if c == 0 || c == 4 {
			high[i%2]++
		}
	}
	pairs := len(data) / 2
	switch {
	case high[1] > pairs*3/4 && high[0] < pairs/4:
		return encUTF16LE
	case high[0] > pairs*3/4 && high[1] < pairs/4:
		return encUTF16BE
	}
	return ""
}

// controls reports bytes that no text has; single NULs of careless programs are
// let through.
func controls(data []byte) bool {
	bad := 0
	for _, c := range data {
		if c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a && c != 0x0b {
			bad++
		}
	}
	return bad > len(data)/100+2
}

// trimRune takes a rune off the end that a cut has split.
func trimRune(data []byte) []byte {
	for i := 1; i <= 3 && i <= len(data); i++ {
		if c := data[len(data)-i]; utf8.RuneStart(c) {
			if c >= 0xc0 && !utf8.FullRune(data[len(data)-i:]) {
				return data[:len(data)-i]
			}
			break
		}
	}
	return data
}

// singleByte chooses among the Cyrillic encodings by how much the text looks
// like Russian or Ukrainian in each.
func singleByte(data []byte) string {
	best, name := 0, encLatin1
	for _, e := range []string{encCP1251, encCP866, encKOI8R, encMac} {
		if score := cyrillicScore(decodeHead(e, data)); score > best {
			best, name = score, e
		}
	}
	return name
}

// pairs are letter pairs that make up a good part of Russian text.
const pairs = "ст но то на ен ов ни ра во ко пр ро по та ор ре не го ос ал ер ли ол од ом ка ти ть ин ан ав ве де ва ит ес ар тр ск ел ил ак та ри ла ча ше шт ру уб це ол ич ку мм дк"

func cyrillicScore(s string) int {
	score := 0
	before := ' '
	for _, r := range s {
		low := unicode.ToLower(r)
		switch {
		case low >= 'а' && low <= 'я' || strings.ContainsRune("ёіїєґ", low):
			score++
			if first := unicode.ToLower(before); first >= 'а' && first <= 'я' && strings.Contains(pairs, string([]rune{first, low})) {
				score += 3
			}
		case r == '№' || r == '«' || r == '»' || r == '—' || r == '\u00a0' || r < 0x80:
		default:
			score -= 4
		}
		if upperAfterLower(before, r) {
			score -= 6
		}
		before = r
	}
	return score
}

// upperAfterLower is what the wrong encoding makes of words.
func upperAfterLower(before, r rune) bool { return unicode.IsUpper(r) && unicode.IsLower(before) }

func encodingOf(name string) encoding.Encoding {
	switch name {
	case encUTF16LE:
		return uni.UTF16(uni.LittleEndian, uni.UseBOM)
	case encUTF16BE:
		return uni.UTF16(uni.BigEndian, uni.UseBOM)
	case encCP1251:
		return charmap.Windows1251
	case encCP866:
		return charmap.CodePage866
	case encKOI8R:
		return charmap.KOI8R
	case encMac:
		return charmap.MacintoshCyrillic
	case encLatin1:
		return charmap.Windows1252
	}
	return nil
}

// decodeHead decodes a text or its beginning; what cannot be decoded becomes the
// replacement character.
func decodeHead(name string, data []byte) string {
	enc := encodingOf(name)
	if enc == nil {
		return strings.TrimPrefix(string(bytes.ToValidUTF8(trimRune(data), []byte("\uFFFD"))), "\ufeff")
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return string(bytes.ToValidUTF8(data, []byte("\uFFFD")))
	}
	return strings.TrimPrefix(string(out), "\ufeff")
}
