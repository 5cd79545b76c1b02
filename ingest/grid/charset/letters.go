package charset

import (
	"bytes"
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// guess is the single-byte encoding under which words read best, "" where there is none to judge by.
func guess(words []byte, among []string) string {
	best, bestScore := "", math.Inf(-1)
	for _, name := range among {
		page, ok := Of(name).(*charmap.Charmap)
		if !ok {
			continue
		}
		if s := letterScore(words, page); s > bestScore+1e-9 {
			best, bestScore = name, s
		}
	}
	return best
}

// wordsEnough is how many bytes of words an encoding is judged by.
const wordsEnough = 4 << 10

// highWords picks words with bytes over 127 and their neighbours, enough to judge by.
func highWords(samples [][]byte) []byte {
	var out []byte
	for _, sample := range samples {
		for w := range bytes.FieldsFuncSeq(sample, endsWord) {
			if firstHigh(w) < len(w) {
				out = append(append(out, w...), ' ')
			}
			if len(out) > wordsEnough {
				return out
			}
		}
	}
	return out
}

func endsWord(r rune) bool { return r == '\n' || r == '\r' || r == '\t' || r == ';' || r == ',' }

// letter is what a byte means under an encoding, as far as it tells languages apart.
type letter struct {
	kind  kind
	upper bool
	vowel bool
	score float64 // where nothing before it speaks against it
}

type kind uint8

const (
	other kind = iota
	sign
	line
	latin
	cyrillic
	blank
)

// frequent are Russian letters from the commonest on.
const frequent = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"

// vowels come between other letters: words alternate, wherever they are written in capitals.
const vowels = "аеёиоуыэюя"

// signs are characters over 127 that reports use in any language.
const signs = "№«»\u00a0–—’“”°"

// letterOf looks at a character of the upper half of an encoding, or at ASCII.
func letterOf(r rune) letter {
	upper := unicode.IsUpper(r)
	switch {
	case r == ' ':
		return letter{kind: blank}
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
		return letter{kind: latin, upper: upper}
	case r < 0x80:
		return letter{}
	case strings.ContainsRune(signs, r):
		return letter{kind: sign, score: 0.5}
	case r >= 0x2500 && r <= 0x257f:
		return letter{kind: line, score: 0.5}
	case unicode.Is(unicode.Cyrillic, r):
		l := letter{kind: cyrillic, upper: upper, vowel: strings.ContainsRune(vowels, unicode.ToLower(r)), score: -0.5}
		if i := strings.IndexRune(frequent, unicode.ToLower(r)); i >= 0 {
			l.score = 3 - 0.12*float64(i/2)
		}
		if upper {
			l.score -= 0.3
		}
		return l
	case unicode.IsLetter(r):
		return letter{kind: latin, upper: upper, score: -0.5}
	}
	return letter{score: -3}
}

// letterScore is how much the high bytes read as words of Russian, or of a Latin language, under an encoding.
func letterScore(b []byte, page *charmap.Charmap) float64 {
	var letters [256]letter
	for i := range letters {
		letters[i] = letterOf(page.DecodeByte(byte(i)))
	}
	score, run := 0.0, 0
	var code codeWord
	prev, prevByte := letter{kind: blank}, byte(0)
	for _, c := range b {
		l := letters[c]
		if c == prevByte {
			run++
		} else {
			run = 0
		}
		switch {
		case c < 0x80:
			if l.kind == latin && prev.kind == cyrillic && prevByte >= 0x80 {
				score -= 3
			}
		case run >= 2 && (l.kind == cyrillic || l.kind == latin): // no language writes a letter three times
		default:
			score += l.after(prev, prevByte < 0x80)
		}
		if code.ends(c, l, prev) {
			score -= 2
		}
		prev, prevByte = l, c
	}
	return score
}

// codeWord follows a word that begins with small Cyrillic letters and goes on with digits.
// Codes are written in capitals: «РН00012», «НФ-0007». The same bytes are capitals in one
// encoding and small letters in another, and a list of codes has no other letters.
type codeWord bool

// ends: the byte is the first digit of such a word.
func (w *codeWord) ends(c byte, l, prev letter) bool {
	switch {
	case c >= '0' && c <= '9':
		ended := bool(*w)
		*w = false
		return ended
	case c == '-':
	case l.kind == cyrillic && !l.upper:
		*w = *w || codeWord(prev.kind == blank)
	default:
		*w = false
	}
	return false
}

// after is the score of a high byte behind another.
func (l letter) after(prev letter, ascii bool) float64 {
	switch {
	case l.kind == line && prev.kind != blank && prev.kind != line: // drawn one beside the other
		return -1
	case l.kind == cyrillic:
		return l.cyrillicAfter(prev, ascii)
	case l.kind == latin && prev.kind == latin && ascii && !l.upper:
		return 1.5
	}
	return l.score
}

func (l letter) cyrillicAfter(prev letter, ascii bool) float64 {
	s := l.score
	if l.upper && !prev.upper && (prev.kind == cyrillic || prev.kind == latin) {
		s -= 4 // a capital inside a word
	}
	if prev.kind == latin && ascii {
		s -= 4
	}
	if prev.kind == cyrillic && prev.vowel != l.vowel {
		s += 0.5
	}
	return s
}
