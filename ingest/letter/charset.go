package letter

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// toUTF8 decodes data from a charset by its name in mail; an unknown name is
// guessed from the bytes.
func toUTF8(data []byte, charset string) string {
	enc := charsetByName(charset)
	if enc == nil {
		return guess(data)
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return guess(data)
	}
	return string(out)
}

func charsetByName(name string) encoding.Encoding {
	name = strings.ToLower(strings.Trim(strings.TrimSpace(name), `"'`))
	name, _, _ = strings.Cut(name, "*") // RFC 2231 5: charset*language
	switch name {
	case "utf8", "utf-8", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "":
		return nil // guess finds UTF-8, and mends labels that lie
	case "cp866", "ibm866", "866", "dos-866":
		return charmap.CodePage866
	case "cp1251", "windows1251", "win-1251", "cp-1251":
		return charmap.Windows1251
	case "koi8r", "koi8":
		return charmap.KOI8R
	}
	if enc, err := ianaindex.MIME.Encoding(name); err == nil && enc != nil {
		return enc
	}
	if enc, err := htmlindex.Get(name); err == nil {
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
	best, text := 0, ""
	for _, enc := range []encoding.Encoding{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866} {
		out, err := enc.NewDecoder().Bytes(data)
		if err != nil {
			continue
		}
		if score := russian(string(out)); score > best {
			best, text = score, string(out)
		}
	}
	if text != "" {
		return text
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return string(bytes.ToValidUTF8(data, []byte("\uFFFD")))
	}
	return string(out)
}

// russian scores how much a text looks like Russian: frequent letters count
// more, a capital inside a word, a box-drawing sign or a rare letter against it.
func russian(s string) int {
	score, before := 0, ' '
	for _, r := range s {
		switch {
		case strings.ContainsRune("оеаинтсрвл", r):
			score += 4
		case strings.ContainsRune("кмдпуяыьгзбчйхжшюцщэфё", r):
			score += 2
		case r >= 'А' && r <= 'Я' || r == 'Ё':
			score++
			if unicode.IsLower(before) {
				score -= 5
			}
		case strings.ContainsRune("ъ№—«» ", r) || r < 0x80:
		default:
			score -= 4
		}
		before = r
	}
	return score
}
