package outlet

import "strings"

// foldedLetters are the Latin letters that Cyrillic ones are written with here,
// from U+0400 on: Russian, Ukrainian and Kazakh fall together, and so do the
// systems of transliteration (ISO 9, BGN/PCGN, passports), after latin has been
// through theirs. Soft and hard signs are nothing.
var foldedLetters = compileLetters()

func compileLetters() (t [0x530 - 0x400]string) {
	for _, group := range strings.Fields("аә:a б:b в:v гґғ:g д:d еёэє:e ж:zh з:z ийыії:i кқ:k л:l м:m нң:n оө:o п:p р:r с:s т:t уүұў:u ф:f хһ:h ц:c ч:ch шщ:sh ю:iu я:ia") {
		letters, folded, _ := strings.Cut(group, ":")
		for _, r := range letters {
			t[r-0x400] = folded
		}
	}
	return t
}

// folded gives the Latin letters of a letter, "" where it has none.
func folded(r rune) string {
	if r < 0x400 || r >= 0x530 {
		return ""
	}
	return foldedLetters[r-0x400]
}

// latinGroups are the letters of the systems of transliteration, longest first.
var latinGroups = [...][2]string{
	{"shch", "sh"}, {"sch", "sh"}, {"tch", "ch"}, {"sh", "sh"}, {"ch", "ch"}, {"zh", "zh"}, {"kh", "h"}, {"ts", "c"}, {"tz", "c"},
	{"ph", "f"}, {"ck", "k"}, {"ce", "ce"}, {"ci", "ci"}, {"cy", "ci"}, {"c", "k"}, {"x", "ks"}, {"q", "k"}, {"w", "v"}, {"y", "i"}, {"j", "i"},
}

// fold is the form under which words are compared: lower case, Latin letters,
// no double letters, no soft signs. The same word in Cyrillic and in any usual
// transliteration has the same form, or one that differs by a letter.
func fold(word string) string {
	b := make([]byte, 0, len(word))
	ascii := true
	var last rune
	for _, r := range word {
		if r == last && r >= 0x80 { // жж is two letters twice
			continue
		}
		last = r
		if r < 0x80 {
			b = append(b, byte(r))
			continue
		}
		ascii = false
		b = append(b, folded(r)...)
	}
	if ascii {
		b = latin(b)
	}
	return string(squeeze(b))
}

// latin rewrites the groups of a Latin word.
func latin(b []byte) []byte {
	out := make([]byte, 0, len(b)+2)
next:
	for i := 0; i < len(b); {
		if b[i] >= 'a' && b[i] <= 'z' {
			for _, g := range latinGroups {
				if b[i] == g[0][0] && strings.HasPrefix(string(b[i:min(len(b), i+4)]), g[0]) {
					out = append(out, g[1]...)
					i += len(g[0])
					continue next
				}
			}
		}
		out = append(out, b[i])
		i++
	}
	return out
}

// squeeze removes repeated letters; digits stay.
func squeeze(b []byte) []byte {
	out := b[:0]
	for i, c := range b {
		if i > 0 && c == out[len(out)-1] && (c < '0' || c > '9') {
			continue
		}
		out = append(out, c)
	}
	return out
}

// lookAlike is the Cyrillic letter that a Latin one looks like, 0 where there is none.
func lookAlike(r rune) rune {
	switch r {
	case 'a':
		return 'а'
	case 'b':
		return 'в'
	case 'c':
		return 'с'
	case 'e':
		return 'е'
	case 'h':
		return 'н'
	case 'i':
		return 'і'
	case 'k':
		return 'к'
	case 'm':
		return 'м'
	case 'o':
		return 'о'
	case 'p':
		return 'р'
	case 't':
		return 'т'
	case 'x':
		return 'х'
	case 'y':
		return 'у'
	}
	return 0
}

// asCyrillic replaces the Latin letters of a word in lower case by those they look like; false where one looks like none.
func asCyrillic(word []rune) (string, bool) {
	out := make([]rune, len(word))
	for i, r := range word {
		if out[i] = r; r >= 'a' && r <= 'z' {
			if out[i] = lookAlike(r); out[i] == 0 {
				return "", false
			}
		}
	}
	return string(out), true
}

// stem cuts the ending off a folded word: what Russian and Ukrainian inflect (Ленина, Ленин; Советская, Советской).
func stem(w string) string {
	if len(w) <= 4 || w[0] >= '0' && w[0] <= '9' {
		return w
	}
	for _, end := range [...]string{"ogo", "ego", "omu"} {
		if len(w) >= len(end)+4 && strings.HasSuffix(w, end) {
			return w[:len(w)-len(end)]
		}
	}
	n := len(w)
	for n > 4 && isVowel(w[n-1]) {
		n--
	}
	return w[:n]
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u':
		return true
	}
	return false
}

// skeleton is a word's consonants, "" where they are fewer than four.
func skeleton(w string) string {
	b := make([]byte, 0, len(w))
	for i := range len(w) {
		if !isVowel(w[i]) {
			b = append(b, w[i])
		}
	}
	if len(b) < 4 {
		return ""
	}
	return string(b)
}
