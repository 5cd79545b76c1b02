package table

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a run of digits, a word in lower case, or one sign. Blanks are kept
// as one token, underscores count as blanks, a line break is a token of its own.
type token struct {
	kind tokenKind
	text string
}

type tokenKind uint8

const (
	numberToken tokenKind = iota
	wordToken
	signToken
	blankToken
	breakToken
)

// maxTokens bounds the work on long texts such as the body of a letter.
const maxTokens = 4000

func scanTokens(s string) []token {
	s = strings.ToLower(s)
	var out []token
	for i := 0; i < len(s) && len(out) < maxTokens; {
		r, n := utf8.DecodeRuneInString(s[i:])
		k := runeKind(r)
		j := i + n
		for (k == numberToken || k == wordToken || k == blankToken) && j < len(s) {
			r2, n2 := utf8.DecodeRuneInString(s[j:])
			if runeKind(r2) != k {
				break
			}
			j += n2
		}
		t := token{k, s[i:j]}
		if k == wordToken {
			t.text = strings.ReplaceAll(t.text, "ё", "е")
		}
		if n := len(out); n > 0 && out[n-1].kind == numberToken && ordinalEndings[t.text] {
			i = j
			continue
		}
		if r == '–' || r == '—' || r == '−' || r == '‑' {
			t.text = "-"
		}
		out = append(out, t)
		i = j
	}
	return out
}

// ordinalEndings stand behind the number of a day: "15th Feb".
var ordinalEndings = map[string]bool{"st": true, "nd": true, "rd": true, "th": true}

func runeKind(r rune) tokenKind {
	switch {
	case r >= '0' && r <= '9':
		return numberToken
	case r == '\n' || r == '\r' || r == '|' || r == ';':
		return breakToken
	case r == '_' || unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
		return blankToken
	case unicode.IsLetter(r):
		return wordToken
	}
	return signToken
}
