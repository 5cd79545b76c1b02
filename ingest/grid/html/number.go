package html

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// evidence is what is known of the way numbers are written.
type evidence struct {
	decimal      byte // '.' or ',' where it is certain, else 0
	commaNumbers bool // the text is of a country that writes a decimal comma
	codes        bool // the column has numbers that begin with 0: codes
}

// evidence is what Excel wrote into the style sheet.
func (s *styles) evidence() evidence {
	if s.decimal == "." || s.decimal == "," {
		return evidence{decimal: s.decimal[0]}
	}
	return evidence{}
}

// number is one as a text writes it.
type number struct {
	negative, percent bool
	whole, fraction   string
	// sign is the one . or , that has three digits behind it and may be either.
	sign byte
	// certain is a . or , that can only be the decimal sign.
	certain     byte
	leadingZero bool
}

// parse takes a number apart: sign, currency and percent signs, thousands parted by
// blanks, apostrophes, points or commas.
func parse(s string) (number, bool) {
	var n number
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 40 {
		return n, false
	}
	if rest, ok := strings.CutSuffix(s, "%"); ok {
		n.percent, s = true, strings.TrimSpace(rest)
	}
	for _, minus := range []string{"-", "\u2212", "+"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			n.negative, s = minus != "+", strings.TrimSpace(rest)
			break
		}
	}
	s = strings.TrimSpace(strings.TrimRight(strings.TrimLeft(s, "$€£₽"), "$€£₽"))
	if s == "" || s[0] < '0' || s[0] > '9' || s[len(s)-1] < '0' || s[len(s)-1] > '9' {
		return n, false
	}
	return n, n.split(s)
}

// split finds what parts thousands and what the fraction.
func (n *number) split(s string) bool {
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\u202f' || r == '\u2009' || r == '\'' || r == '’' })
	blanks := len(groups) > 1
	tail := groups[len(groups)-1]
	if blanks {
		if !thousands(append(groups[:len(groups)-1:len(groups)-1], tail[:min(3, len(tail))])) {
			return false
		}
		s = strings.Join(groups, "")
	}
	if strings.Trim(s, "0123456789.,") != "" {
		return false
	}
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		n.whole = s
		n.leadingZero = !blanks && len(s) > 1 && s[0] == '0'
		return len(s) <= 15
	}
	sign, before, after := s[last], s[:last], s[last+1:]
	other := strings.ContainsAny(before, ".,")
	switch {
	case !other:
		n.whole, n.fraction = before, after
		if len(after) == 3 && len(before) <= 3 && before != "0" && !blanks {
			n.sign = sign
		} else {
			n.certain = sign
		}
		n.leadingZero = len(before) > 1 && before[0] == '0'
		return len(before) <= 15
	case strings.IndexByte(before, sign) >= 0: // 1,234,567
		if blanks || strings.Trim(before, string(sign)+"0123456789") != "" || !thousands(strings.Split(s, string(sign))) {
			return false
		}
		n.whole, n.certain = strings.ReplaceAll(s, string(sign), ""), '.'+','-sign
		return true
	}
	parted := strings.FieldsFunc(before, func(r rune) bool { return r == '.' || r == ',' })
	if blanks || !thousands(parted) {
		return false
	}
	n.whole, n.fraction, n.certain = strings.Join(parted, ""), after, sign
	return true
}

// thousands tells groups of three digits, the first of one to three.
func thousands(groups []string) bool {
	for i, g := range groups {
		if strings.Trim(g, "0123456789") != "" || len(g) > 3 || len(g) == 0 || i > 0 && len(g) != 3 {
			return false
		}
	}
	return groups[0] != "0"
}

// parseNumber gives the value of a number that can be read in one way.
func parseNumber(s string, e evidence) (string, bool) {
	n, ok := parse(s)
	if !ok || n.leadingZero || e.codes && n.certain == 0 && n.sign == 0 {
		return "", false
	}
	if e.decimal != 0 && n.certain != 0 && n.certain != e.decimal {
		return "", false
	}
	if n.sign != 0 {
		switch {
		case e.decimal == 0 && n.sign == ',' && !e.commaNumbers:
			return "", false
		case e.decimal != 0 && e.decimal != n.sign:
			n.whole, n.fraction = n.whole+n.fraction, ""
		}
	}
	return n.value(), true
}

// value is the shortest decimal text.
func (n *number) value() string {
	whole, fraction := n.whole, n.fraction
	if n.percent { // two places to the left
		whole = "00" + whole
		whole, fraction = whole[:len(whole)-2], whole[len(whole)-2:]+fraction
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if n.negative && whole != "0" {
		return "-" + whole
	}
	return whole
}

// columnEvidence looks at all cells of a table whose kind is still open.
func columnEvidence(s *sheet.Sheet, known evidence) []evidence {
	type count struct{ dot, comma, codes int }
	var all count
	columns := []count{}
	cyrillic := false
	for row := range s.All() {
		for _, c := range row.Cells {
			for len(columns) <= c.Col {
				columns = append(columns, count{})
			}
			n, ok := number{}, false
			if isOpen(&c) {
				n, ok = parse(c.Text)
			}
			switch {
			case !ok:
				cyrillic = cyrillic || isCyrillic(c.Text)
			case n.leadingZero:
				columns[c.Col].codes++
			case n.certain == '.':
				columns[c.Col].dot, all.dot = columns[c.Col].dot+1, all.dot+1
			case n.certain == ',':
				columns[c.Col].comma, all.comma = columns[c.Col].comma+1, all.comma+1
			}
		}
	}
	out := make([]evidence, len(columns))
	for i, c := range columns {
		out[i] = evidence{decimal: known.decimal, commaNumbers: cyrillic, codes: c.codes > 0}
		for _, x := range []count{c, all} {
			if out[i].decimal == 0 && (x.dot == 0) != (x.comma == 0) {
				out[i].decimal = '.'
				if x.comma > 0 {
					out[i].decimal = ','
				}
			}
		}
	}
	return out
}

func isCyrillic(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf && unicode.Is(unicode.Cyrillic, r) {
			return true
		}
	}
	return false
}

// isOpen tells a cell whose text may still turn out to be a number or a date.
func isOpen(c *sheet.Cell) bool { return c.Kind == sheet.Text && c.Format != textFormat }

// settle types a cell by its column.
func settle(c *sheet.Cell, e evidence, fromExcel bool) {
	if !isOpen(c) {
		return
	}
	if v, ok := parseDate(c.Text, c.Format); ok {
		c.Kind, c.Value = sheet.Date, v
		return
	}
	if v, ok := parseNumber(c.Text, e); ok {
		c.Kind, c.Value = sheet.Number, v
		return
	}
	if fromExcel && isError(c.Text) {
		c.Kind = sheet.Error
	}
}

func isError(s string) bool {
	switch s {
	case "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A":
		return true
	}
	return false
}
