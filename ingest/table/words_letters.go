package table

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// firstWordIn says whether the first word is one of those. It is asked of every row.
func firstWordIn(s string, words map[string]bool) bool {
	w := firstLetters(s)
	if len(w) > maxLower {
		return false
	}
	var b [maxLower + utf8.UTFMax]byte
	return words[string(appendLower(b[:0], w))]
}

// firstWord is the first run of letters, in lower case.
func firstWord(s string) string { return strings.ToLower(firstLetters(s)) }

// firstLetters is the first run of letters.
func firstLetters(s string) string {
	from := -1
	for i, r := range s {
		letter := isLetter(r)
		switch {
		case letter && from < 0:
			from = i
		case !letter && from >= 0:
			return s[from:i]
		}
		if i > 60 {
			return ""
		}
	}
	if from < 0 {
		return ""
	}
	return s[from:]
}

// isLetter is [unicode.IsLetter], quick for what reports are mostly written in.
func isLetter(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= 'А' && r <= 'я':
		return true
	}
	return r >= utf8.RuneSelf && unicode.IsLetter(r)
}

// maxLower bounds the words that are looked up without a string of their own.
const maxLower = 44

// appendLower appends a text in lower case.
func appendLower(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z' || r >= 'А' && r <= 'Я':
			r += 32
		case r >= utf8.RuneSelf && (r < 'а' || r > 'я'):
			r = unicode.ToLower(r)
		}
		b = utf8.AppendRune(b, r)
	}
	return b
}
