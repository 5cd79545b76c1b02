package match

import (
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// Normalise gives the form under which names are compared: lower case, е for ё,
// words, digits and alphabets parted by blanks, decimal point, sizes in
// millilitres, grams and pieces. Names equal in this form mean the same.
func Normalise(name string) string { return strings.Join(normalise(name).words, " ") }

// normal is a name taken apart.
type normal struct {
	words []string
	sizes []size
	bare  []string // numbers without a unit
}

// size is a number with a unit, in base units.
type size struct {
	unit  string // мл, г, шт, мм
	value string
}

func (s size) String() string { return s.value + " " + s.unit }

// units turns the ways of writing a unit into the base unit and the power of ten to it.
func unitOf(word string) (base string, shift int32) {
	switch word {
	case "мл", "ml":
		return "мл", 0
	case "л", "l", "литр", "литра", "литров", "ltr", "lt":
		return "мл", 3
	case "г", "гр", "g", "gr", "грамм", "грамма":
		return "г", 0
	case "кг", "kg", "кгр":
		return "г", 3
	case "шт", "штук", "штуки", "pcs", "pc":
		return "шт", 0
	case "мм", "mm":
		return "мм", 0
	case "см", "cm":
		return "мм", 1
	case "м", "m", "метр", "метра", "метров":
		return "мм", 3
	}
	return "", 0
}

func normalise(name string) normal {
	var n normal
	tokens := tokens(name)
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t[0] < '0' || t[0] > '9' {
			n.words = append(n.words, t)
			continue
		}
		d, err := decimal.NewFromString(t)
		if err != nil {
			n.words = append(n.words, t)
			continue
		}
		if i+1 < len(tokens) {
			if base, shift := unitOf(tokens[i+1]); base != "" {
				s := size{unit: base, value: d.Shift(shift).String()}
				n.sizes = append(n.sizes, s)
				n.words = append(n.words, s.value, s.unit)
				i++
				continue
			}
		}
		// Leading zeros belong to codes; a decimal is written the same however many zeros it ends in.
		if strings.Contains(t, ".") {
			t = d.String()
		}
		n.words = append(n.words, t)
		n.bare = append(n.bare, t)
	}
	return n
}

// class parts characters into those that may stand in one token.
type class uint8

const (
	gap class = iota
	digit
	latin
	cyrillic
	otherLetter
)

func classOf(r rune) class {
	switch {
	case r >= '0' && r <= '9':
		return digit
	case unicode.Is(unicode.Latin, r):
		return latin
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return otherLetter
	}
	return gap
}

// tokens cuts a name where the kind of character changes and where a capital
// follows a small letter (костейCrystal, PROSEPTготовый, 5л). A comma or point
// between digits is decimal and stays.
func tokens(name string) []string {
	var out []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			out = append(out, b.String())
			b.Reset()
		}
	}
	runes := []rune(name)
	last, lastLower := gap, false
	for i, r := range runes {
		c := classOf(r)
		if (r == ',' || r == '.') && last == digit && i+1 < len(runes) && classOf(runes[i+1]) == digit && !strings.Contains(b.String(), ".") {
			b.WriteByte('.')
			continue
		}
		if c != last || lastLower && unicode.IsUpper(r) {
			flush()
		}
		if c != gap {
			if r = unicode.ToLower(r); r == 'ё' {
				r = 'е'
			}
			b.WriteRune(r)
		}
		last, lastLower = c, unicode.IsLower(runes[i])
	}
	flush()
	return out
}
