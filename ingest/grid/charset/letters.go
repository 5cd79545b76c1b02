package charset

import (
	"bytes"
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
)

// guess is the single-byte encoding under which words read best, "" where there is none to judge by.
func guess(words []byte, among []string) string {
	best, bestScore := "", math.Inf(-1)
	for _, name := range among {
		if s := letterScore(words, Of(name)); s > bestScore+1e-9 {
			best, bestScore = name, s
		}
	}
	return best
}

// highWords picks words with bytes over 127 and their neighbours, enough to judge by.
func highWords(samples [][]byte) []byte {
	var out []byte
	for _, sample := range samples {
		for w := range bytes.FieldsFuncSeq(sample, endsWord) {
			if firstHigh(w) < len(w) {
				out = append(append(out, w...), ' ')
			}
			if len(out) > 1<<14 {
				return out
			}
		}
	}
	return out
}

func endsWord(r rune) bool { return r == '\n' || r == '\r' || r == '\t' || r == ';' || r == ',' }

// letterScore is how much the high bytes read as words of Russian, or of a Latin language, under an encoding.
func letterScore(b []byte, e encoding.Encoding) float64 {
	text, err := e.NewDecoder().String(string(b))
	if err != nil {
		return math.Inf(-1)
	}
	score, prev, run := 0.0, ' ', 0
	for _, r := range text {
		if r == prev {
			run++
		} else {
			run = 0
		}
		if r >= 0x80 {
			if run < 2 || !unicode.IsLetter(r) { // no language writes a letter three times
				score += runeScore(prev, r)
			}
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
	case r >= 0x2500 && r <= 0x257f: // lines of print-outs, which are drawn one beside the other
		if prev == ' ' || prev >= 0x2500 && prev <= 0x257f {
			return 0.5
		}
		return -1
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
