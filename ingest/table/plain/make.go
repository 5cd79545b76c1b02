package plain

import "unicode"

// makeup is what a cell is made of.
type makeup uint8

const (
	nothing makeup = iota
	value          // digits, no letters: 12.50, 01.03.2026, $4, 10:20
	mixed          // digits and letters: MG-8769, 400 мл
	words          // no digits
)

// makeupOf looks at the first characters of a text: they tell.
func makeupOf(text string) makeup {
	digits, letters := false, false
	n := 0
	for _, r := range text {
		if n++; n > 200 {
			break
		}
		switch {
		case r >= '0' && r <= '9':
			digits = true
		case r < 0x80 && (r|0x20 < 'a' || r|0x20 > 'z'):
		case unicode.IsLetter(r):
			letters = true
		}
	}
	switch {
	case digits && letters:
		return mixed
	case digits:
		return value
	case letters:
		return words
	case n > 0:
		return words // dashes, question marks
	}
	return nothing
}

// isYear tells a year alone, which titles are too.
func isYear(text string) bool {
	return len(text) == 4 && (text[:2] == "19" || text[:2] == "20") && makeupOf(text) == value
}

// column is what the cells of a column have in common.
type column struct {
	makes  [4]int // by makeup
	filled int
	years  int
}

// make is the makeup of four fifths of the cells, nothing where they differ. In a
// short column one or two cells may be titles.
func (c *column) make() makeup {
	for m := value; m <= words; m++ {
		others := c.filled - c.makes[m]
		if c.makes[m] > 0 && (5*c.makes[m] >= 4*c.filled || others <= 2 && c.makes[m] >= 2*others) {
			return m
		}
	}
	return nothing
}

func (c *column) see(text string) {
	m := makeupOf(text)
	if m == nothing {
		return
	}
	c.makes[m]++
	c.filled++
	if isYear(text) {
		c.years++
	}
}
