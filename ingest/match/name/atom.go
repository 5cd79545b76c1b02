package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxLength is how many characters of a name are read.
const MaxLength = 600

// class parts characters into those that may stand in one atom.
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
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
		return latin
	case r < 0x80:
		return gap
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	case unicode.Is(unicode.Latin, r):
		return latin
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return otherLetter
	}
	return gap
}

// atom is a run of letters of one alphabet, or a number.
type atom struct {
	class class
	text  string // lower case; a number with a decimal point
	upper bool   // written in capitals
	sep   string // what stands between the atom before and this one
	after string // what stands behind it
	quote bool   // within quotation marks
}

func (a atom) isNumber() bool { return a.class == digit }

// isLong tells a word, as against the letters of a code.
func (a atom) isLong() bool { return !a.isNumber() && utf8.RuneCountInString(a.text) > 4 }

// cut takes a name apart into atoms.
func cut(name string) []atom {
	// The compatible form of the numero sign would be letters.
	if name = strings.ReplaceAll(name, "№", "#"); !norm.NFKC.IsNormalString(name) {
		name = norm.NFKC.String(name)
	}
	runes := []rune(name)
	if len(runes) > MaxLength {
		runes = runes[:MaxLength]
	}
	swapLookalikes(runes)
	c := cutter{runes: runes}
	for i, r := range runes {
		c.take(i, r)
	}
	c.flush(len(runes))
	for i := range c.out {
		if i+1 < len(c.out) {
			c.out[i].after = c.out[i+1].sep
		} else {
			c.out[i].after = string(runes[c.end:])
		}
	}
	return c.out
}

// cutter walks over a name.
type cutter struct {
	runes      []rune
	out        []atom
	class      class
	start, end int // of the atom being read; end of the one before
	decimal    bool
	quote      bool
}

func (c *cutter) take(i int, r rune) {
	k := classOf(r)
	switch {
	case k == gap && c.isDecimal(i, r):
		c.decimal = true
		return
	case k != c.class || k > digit && unicode.IsUpper(r) && unicode.IsLower(c.runes[i-1]):
		c.flush(i)
		c.start, c.class = i, k
	}
	switch r {
	case '"', '“', '”', '„', '\'':
		c.quote = !c.quote
	case '«':
		c.quote = true
	case '»':
		c.quote = false
	}
}

// isDecimal tells a comma or point between digits.
func (c *cutter) isDecimal(i int, r rune) bool {
	return (r == ',' || r == '.') && c.class == digit && !c.decimal && i+1 < len(c.runes) && classOf(c.runes[i+1]) == digit
}

func (c *cutter) flush(i int) {
	if c.class == gap {
		return
	}
	raw := c.runes[c.start:i]
	a := atom{class: c.class, sep: string(c.runes[c.end:c.start]), quote: c.quote, upper: true}
	var b strings.Builder
	for _, r := range raw {
		if unicode.IsLower(r) {
			a.upper = false
		}
		switch r = unicode.ToLower(r); r {
		case 'ё':
			r = 'е'
		case ',':
			r = '.'
		}
		b.WriteRune(r)
	}
	a.text = b.String()
	c.out = append(c.out, a)
	c.end, c.class, c.decimal = i, gap, false
}

// Letters that look alike in both alphabets, in the same order.
const (
	likeLatin    = "ABCEHKMOPTXYaceopxy"
	likeCyrillic = "АВСЕНКМОРТХУасеорху"
)

// swapLookalikes gives every run of letters one alphabet where the letters of the
// other one in it are few and only look like its own.
func swapLookalikes(runes []rune) {
	for i := 0; i < len(runes); {
		if !unicode.IsLetter(runes[i]) {
			i++
			continue
		}
		j := i
		for j < len(runes) && unicode.IsLetter(runes[j]) {
			j++
		}
		swapRun(runes[i:j])
		i = j
	}
}

func swapRun(run []rune) {
	var counts, strange [otherLetter + 1]int
	for _, r := range run {
		k := classOf(r)
		counts[k]++
		if other(r) == 0 {
			strange[k]++
		}
	}
	if counts[latin] == 0 || counts[cyrillic] == 0 {
		return
	}
	var from class
	switch {
	case strange[latin] == 0 && strange[cyrillic] > 0:
		from = latin
	case strange[cyrillic] == 0 && strange[latin] > 0:
		from = cyrillic
	case strange[latin] == 0: // all look alike: the more numerous stay
		if from = latin; counts[latin] > counts[cyrillic] {
			from = cyrillic
		}
	default:
		return
	}
	for i, r := range run {
		if classOf(r) == from {
			run[i] = other(r)
		}
	}
}

// other is the letter of the other alphabet that looks like r, 0 where there is none.
func other(r rune) rune {
	if i := strings.IndexRune(likeLatin, r); i >= 0 {
		return []rune(likeCyrillic)[i]
	}
	if i := strings.IndexRune(likeCyrillic, r); i >= 0 {
		return rune(likeLatin[i/2])
	}
	return 0
}
