package text

// Form is a plural category of the Unicode CLDR cardinal rules.
type Form int

// The categories that Russian and English use for whole numbers.
const (
	One Form = iota
	Few
	Many
)

// Plural returns the category of the whole number n in lang ("ru" or "en";
// anything else counts as Russian, the default language). English has One and
// Many only. Source: CLDR, Language Plural Rules.
func Plural(lang string, n int64) Form {
	if n < 0 {
		n = -n
	}
	if lang == "en" {
		if n == 1 {
			return One
		}
		return Many
	}
	tens, ones := n%100, n%10
	switch {
	case ones == 1 && tens != 11:
		return One
	case ones >= 2 && ones <= 4 && (tens < 12 || tens > 14):
		return Few
	}
	return Many
}
