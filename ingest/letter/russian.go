package letter

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// letterWeight is how often a letter comes in Russian text, in 1/1000, from
// а to я (the national corpus of Russian), ё last.
var letterWeight = [...]int{
	80, 16, 45, 17, 30, 85, 9, 16, 74, 12, 35, 44, 32, 67, 110, 28,
	47, 55, 63, 26, 3, 10, 5, 14, 7, 4, 1, 19, 17, 3, 6, 20, 1,
}

// commonPairs are frequent pairs of letters; they decide where single letters
// do not, in short names in capitals.
var commonPairs = pairs("ст но ен то на ов ни ра во ко по ро ер от ре пр ал ли не ос ор го та ть ан ом ва ел ск ес ль ел од ол де ат ет ом да ве ны ри ло ма ан те " +
	"жа ки ию юл ил ме ся яц ар за ок об ыт че ед вк ай ит ип ич нв ев ле ар тк зк ру за пт ав уг гу бр кт ия ая ый кл аг аз ка пе че ье са па бе хо ше ты хл сч чё ёт")

func pairs(list string) map[[2]rune]bool {
	out := map[[2]rune]bool{}
	for _, pair := range strings.Fields(list) {
		two := []rune(pair)
		out[[2]rune{two[0], two[1]}] = true
	}
	return out
}

// russian scores how much bytes look like Russian in a charset; 0 or less is no
// Russian. Letters count by their frequency; against it count a capital after a
// small letter, Cyrillic and Latin letters within a word, sounds that do not
// follow each other, and signs that names and sentences do not have.
func russian(data []byte, enc *charmap.Charmap) int {
	score, before, consonants := 0, ' ', 0
	for _, c := range data {
		r := enc.DecodeByte(c)
		small := unicode.ToLower(r)
		switch weight, ok := cyrillic(small); {
		case ok:
			score += 2 + weight/8 - unlikelyAfter(before, r)
			if commonPairs[[2]rune{unicode.ToLower(before), small}] {
				score += 12
			}
		case r < 0x80:
			if _, ok := cyrillic(unicode.ToLower(before)); ok && unicode.IsLetter(r) {
				score -= 25
			}
		case strings.ContainsRune("№—–«»“”„…\u00a0°", r):
		default:
			score -= 25
		}
		if consonants++; !strings.ContainsRune(consonantLetters, small) {
			consonants = 0
		}
		if consonants > 2 {
			score -= 8
		}
		before = r
	}
	return score
}

const (
	vowelLetters     = "аеёиоуыэюя"
	consonantLetters = "бвгджзклмнпрстфхцчшщ"
)

// unlikelyAfter is what a Cyrillic letter after another character costs.
func unlikelyAfter(before, r rune) int {
	if before < 0x80 && unicode.IsLetter(before) || unicode.IsLower(before) && unicode.IsUpper(r) {
		return 25
	}
	last := unicode.ToLower(before)
	switch unicode.ToLower(r) {
	case 'ь', 'ъ', 'ы':
		if !strings.ContainsRune(consonantLetters, last) {
			return 25
		}
	case 'й':
		if strings.ContainsRune(consonantLetters+"йьъ", last) {
			return 25
		}
	case 'э', 'ё':
		if strings.ContainsRune(vowelLetters, last) {
			return 8
		}
	}
	return 0
}

// cyrillic is the weight of a small letter of Russian.
func cyrillic(r rune) (weight int, ok bool) {
	switch {
	case r >= 'а' && r <= 'я':
		return letterWeight[r-'а'], true
	case r == 'ё':
		return letterWeight[32], true
	}
	return 0, false
}
