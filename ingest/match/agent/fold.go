package agent

import "strings"

// latinOf are the Latin letters that a Cyrillic one is compared by: Russian,
// Ukrainian, Belarusian and Kazakh letters that transliterate alike fall together.
// Soft and hard signs are nothing.
func latinOf(r rune) (string, bool) {
	const groups = "аә:a б:b вў:v гґғ:g д:d еёэє:e ж:zh з:z ийыії:i кқ:k л:l м:m нң:n оө:o п:p р:r с:s т:t уүұ:u ф:f хһ:h ц:c ч:ch шщ:sh ю:iu я:ia ьъ:"
	at := strings.IndexRune(groups, r)
	if at < 0 || r < 0x400 {
		return "", false
	}
	_, rest, _ := strings.Cut(groups[at:], ":")
	latin, _, _ := strings.Cut(rest, " ")
	return latin, true
}

// romanGroups are letters of the usual systems of transliteration (ISO 9, BGN/PCGN,
// passports), longest first, and what they are compared by.
func romanGroups() [][2]string {
	return [][2]string{
		{"shch", "sh"}, {"sch", "sh"}, {"tch", "ch"}, {"sh", "sh"}, {"ch", "ch"}, {"zh", "zh"}, {"kh", "h"}, {"ts", "c"}, {"tz", "c"}, {"ph", "f"},
		{"ck", "k"}, {"c", "k"}, {"x", "ks"}, {"q", "k"}, {"w", "v"}, {"y", "i"}, {"j", "i"},
	}
}

// fold is the form in which two spellings of one name are equal, in either alphabet:
// Воробьёв, Воробьев, Vorobyov, Vorob'ev; Дмитрий, Dmitry, Dmitriy.
func fold(word string) string {
	var b strings.Builder
	cyrillic := false
	for _, r := range word {
		if latin, ok := latinOf(r); ok {
			cyrillic = true
			b.WriteString(latin)
			continue
		}
		b.WriteRune(r)
	}
	s := b.String()
	if !cyrillic {
		s = roman(s)
	}
	return squeeze(strings.NewReplacer("io", "e", "ie", "e").Replace(s))
}

// roman rewrites the groups of a Latin word.
func roman(s string) string {
	var b strings.Builder
next:
	for i := 0; i < len(s); {
		for _, g := range romanGroups() {
			if strings.HasPrefix(s[i:], g[0]) {
				b.WriteString(g[1])
				i += len(g[0])
				continue next
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// squeeze makes repeated letters one: Анна and Ana, Геннадий and Genadiy.
func squeeze(s string) string {
	var b strings.Builder
	var last rune
	for _, r := range s {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// oneAlphabet rewrites Latin letters that stand among Cyrillic ones by those they look
// like: a person typed them on the wrong keyboard.
func oneAlphabet(word string) string {
	const latin, like = "abcehikmoptxy", "авсенікмортху"
	if !strings.ContainsFunc(word, func(r rune) bool { return r >= 0x400 && r < 0x530 }) {
		return word
	}
	cyrillic := []rune(like)
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(latin, r); i >= 0 {
			return cyrillic[i]
		}
		return r
	}, word)
}

// near tells words that are one letter apart: missing, added, changed, or two swapped.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || len(a) < 4 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	j := 0
	for j < len(a)-i && a[len(a)-1-j] == b[len(b)-1-j] {
		j++
	}
	if len(a) == len(b) {
		middle := len(a) - i - j
		return middle <= 1 || middle == 2 && a[i] == b[i+1] && a[i+1] == b[i]
	}
	return i+j >= len(a)
}
