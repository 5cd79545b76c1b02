package outlet

import "strings"

// folded gives the Latin letters that a Cyrillic letter is written with here:
// Russian, Ukrainian and Kazakh fall together, and so do the systems of
// transliteration (ISO 9, BGN/PCGN, passports), after latin has been through theirs.
func folded(r rune) string {
	switch r {
	case 'а', 'ә':
		return "a"
	case 'б':
		return "b"
	case 'в':
		return "v"
	case 'г', 'ґ', 'ғ':
		return "g"
	case 'д':
		return "d"
	case 'е', 'ё', 'э', 'є':
		return "e"
	case 'ж':
		return "zh"
	case 'з':
		return "z"
	case 'и', 'й', 'ы', 'і', 'ї':
		return "i"
	case 'к', 'қ':
		return "k"
	case 'л':
		return "l"
	case 'м':
		return "m"
	case 'н', 'ң':
		return "n"
	case 'о', 'ө':
		return "o"
	case 'п':
		return "p"
	case 'р':
		return "r"
	case 'с':
		return "s"
	case 'т':
		return "t"
	}
	return foldedRest(r)
}

func foldedRest(r rune) string {
	switch r {
	case 'у', 'ү', 'ұ', 'ў':
		return "u"
	case 'ф':
		return "f"
	case 'х', 'һ':
		return "h"
	case 'ц':
		return "c"
	case 'ч':
		return "ch"
	case 'ш', 'щ':
		return "sh"
	case 'ю':
		return "iu"
	case 'я':
		return "ia"
	}
	return ""
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
