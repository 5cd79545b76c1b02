package name

import "strings"

// keyOf is the Latin form of a word by sound: transliterated (GOST 7.79-2000 B,
// without signs), one letter for sounds that are spelled in several ways, no
// doubled letters.
func keyOf(w string) string {
	plain := make([]byte, 0, len(w)+4)
	for _, r := range w {
		if r < 0x80 {
			plain = append(plain, byte(r))
			continue
		}
		if s, ok := transliterate(r); ok {
			plain = append(plain, s...)
			continue
		}
		plain = append(plain, string(r)...)
	}
	return fold(plain)
}

// Cyrillic letters from а on and their Latin spelling.
var fromCyrillic = [...]string{
	"a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
	"h", "ts", "ch", "sh", "sh", "", "i", "", "e", "u", "ia",
}

func transliterate(r rune) (string, bool) {
	if r >= 'а' && r <= 'я' {
		return fromCyrillic[r-'а'], true
	}
	s, ok := strings.CutPrefix(furtherLetters[max(strings.IndexRune(furtherLetters, r), 0):], string(r))
	if !ok {
		return "", false
	}
	_, s, _ = strings.Cut(s, "=")
	s, _, _ = strings.Cut(s, " ")
	return s, true
}

// furtherLetters are groups of letters and their Latin spelling.
const furtherLetters = "ёє=e іїүұ=i ґғ=g ў=u қ=k ң=n һ=h ө=o әáàâäãå=a éèêë=e íîïı=i óôöõø=o úûü=u ç=s ñ=n ş=sh ß=s "

// fold spells sounds in one way. It works on ASCII and keeps other bytes.
func fold(w []byte) string {
	out := make([]byte, 0, len(w)+2)
	for i := 0; i < len(w); i++ {
		c, next := w[i], byte(0)
		if i+1 < len(w) {
			next = w[i+1]
		}
		skip := false
		switch c {
		case 'c':
			c, skip = foldC(next)
		case 'p':
			if next == 'h' {
				c, skip = 'f', true
			}
		case 'q':
			c = 'k'
		case 'w':
			c = 'v'
		case 'y', 'j':
			c = 'i'
		case 'x':
			out = put(out, 'k')
			c = 's'
		case 't':
			skip = next == 'h'
		case 'o':
			if next == 'o' {
				c, skip = 'u', true
			}
		case 'e':
			if next == 'e' {
				c, skip = 'i', true
			}
		}
		out = put(out, c)
		if skip {
			i++
		}
	}
	return string(out)
}

// foldC is the sound of a c before another letter, and whether that one belongs to it.
func foldC(next byte) (byte, bool) {
	switch next {
	case 'h':
		return 'c', true
	case 'k':
		return 'k', true
	case 'e', 'i', 'y':
		return 's', false
	}
	return 'k', false
}

func put(out []byte, c byte) []byte {
	if n := len(out); n > 0 && out[n-1] == c && (c < '0' || c > '9') {
		return out
	}
	return append(out, c)
}
