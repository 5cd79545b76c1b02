package clerk

import (
	"strings"
	"unicode"
)

// Damage to letters: functions of a finished text.

// onWord applies f to one of the words of at least n letters.
func (m *maker) onWord(text string, n int, f func([]rune) string) string {
	fields := strings.Fields(text)
	var long []int
	for i, x := range fields {
		if r := []rune(x); len(r) >= n && unicode.IsLetter(r[0]) && unicode.IsLetter(r[1]) {
			long = append(long, i)
		}
	}
	if len(long) == 0 {
		return text
	}
	i := pick(m.Rand, long)
	fields[i] = f([]rune(fields[i]))
	return strings.Join(fields, " ")
}

// typo leaves a letter out, doubles or exchanges two, or puts another one.
func (m *maker) typo(text string) string {
	return m.onWord(text, 5, func(w []rune) string {
		i := 1 + m.IntN(len(w)-2)
		switch m.IntN(4) {
		case 0:
			return string(w[:i]) + string(w[i+1:])
		case 1:
			return string(w[:i]) + string(w[i]) + string(w[i:])
		case 2:
			w[i], w[i-1] = w[i-1], w[i]
		default:
			w[i] = pick(m.Rand, []rune("аеоиснтрвлкмдпу"))
		}
		return string(w)
	})
}

// beside are the rows of the Russian keyboard.
var beside = [...]string{"йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"}

func (m *maker) keySlip(text string) string {
	return m.onWord(text, 4, func(w []rune) string {
		i := m.IntN(len(w))
		for _, row := range beside {
			keys := []rune(row)
			for k, r := range keys {
				if r == unicode.ToLower(w[i]) {
					w[i] = keys[max(0, min(len(keys)-1, k+1-2*m.IntN(2)))]
					return string(w)
				}
			}
		}
		return string(w)
	})
}

func (m *maker) lookAlike(text string) string {
	const cyrillic, latin = "АВЕКМНОРСТХаеорсухі", "ABEKMHOPCTXaeopcyxi"
	return m.exchange(text, cyrillic, latin, 2)
}

// exchange replaces letters of one list by those of another, one in n of them.
func (m *maker) exchange(text, from, to string, n int) string {
	f, t := []rune(from), []rune(to)
	return strings.Map(func(r rune) rune {
		for i, x := range f {
			if x == r && m.oneIn(n) {
				return t[i]
			}
		}
		return r
	}, text)
}

// latinOf are two systems of transliteration: passports, and the one of home pages.
var latinOf = [2]map[rune]string{compileLatin("kh ts ch sh shch y iu ia zh e"), compileLatin("h c ch sh sch y yu ya j e")}

func compileLatin(list string) map[rune]string {
	f := strings.Fields(list)
	m := map[rune]string{'х': f[0], 'ц': f[1], 'ч': f[2], 'ш': f[3], 'щ': f[4], 'ы': f[5], 'ю': f[6], 'я': f[7], 'ж': f[8], 'э': f[9], 'ё': "e", 'ъ': "", 'ь': "", 'є': "ie", 'ї': "i", 'қ': "k", 'ң': "n", 'ұ': "u", 'ү': "u", 'ө': "o", 'ғ': "g", 'һ': "h", 'ә': "a", 'і': "i", 'ґ': "g", 'й': "y", '№': "No"}
	const from, to = "абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf"
	l := []rune(to)
	for i, r := range []rune(from) {
		m[r] = string(l[i])
	}
	return m
}

func (m *maker) transliterate(text string) string {
	system := latinOf[m.IntN(2)]
	var b strings.Builder
	for _, r := range text {
		t, ok := system[unicode.ToLower(r)]
		switch {
		case !ok:
			b.WriteRune(r)
		case unicode.IsUpper(r) && t != "":
			b.WriteString(strings.ToUpper(t[:1]) + t[1:])
		default:
			b.WriteString(t)
		}
	}
	return b.String()
}

// damage is what is left of letters that a code page had no place for.
func (m *maker) damage(text string) string {
	text = strings.NewReplacer("«", "<", "»", ">", "№", pick(m.Rand, []string{"N", "?", "ь", ""})).Replace(text)
	if m.oneIn(2) { // single letters of the page are lost everywhere
		lost := pick(m.Rand, []rune("ИшрНёЁ"))
		return strings.ReplaceAll(text, string(lost), pick(m.Rand, []string{"?", "\uFFFD", ""}))
	}
	for range 1 + m.IntN(2) {
		text = m.onWord(text, 5, func(w []rune) string {
			w[1+m.IntN(len(w)-2)] = pick(m.Rand, []rune("?\uFFFD_"))
			return string(w)
		})
	}
	return text
}

// homely writes Kazakh and Ukrainian letters as the Russian keyboard has them, and е for ё.
func (m *maker) homely(text string) string {
	return m.exchange(text, "ёЁқҚңғүұӨөәіїєґһ", "еЕкКнгууОоаииегх", 1)
}

// cut shortens long words: Комс., Маг-н.
func (m *maker) cut(text string) string {
	for range 2 {
		text = m.onWord(text, 7, func(w []rune) string { return string(w[:4+m.IntN(len(w)-6)]) + "." })
	}
	return text
}

// first keeps so many letters.
func first(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n])
	}
	return text
}
