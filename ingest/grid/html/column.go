package html

import (
	"unicode"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// count is what the cells of a column prove about the way it is written.
type count struct{ dot, comma, codes, dayFirst, monthFirst int }

// see counts a cell whose kind is still open.
func (c *count) see(text string) (isNumber bool) {
	n, ok := parse(text)
	switch {
	case !ok:
		switch orderOf(text) {
		case dayFirst:
			c.dayFirst++
		case monthFirst:
			c.monthFirst++
		}
	case n.leadingZero:
		c.codes++
	case n.certain == '.':
		c.dot++
	case n.certain == ',':
		c.comma++
	}
	return ok
}

// decimal is the sign of the fraction, where all that was seen agrees; else 0.
func (c *count) decimal() byte {
	switch {
	case c.dot > 0 && c.comma == 0:
		return '.'
	case c.comma > 0 && c.dot == 0:
		return ','
	}
	return 0
}

func (c *count) order() order {
	switch {
	case c.dayFirst > 0 && c.monthFirst == 0:
		return dayFirst
	case c.monthFirst > 0 && c.dayFirst == 0:
		return monthFirst
	}
	return unknown
}

// columnEvidence looks at all cells of a table and tells, by column, how numbers and
// dates are written: by what the page says, by the column, by the whole table.
func columnEvidence(s *sheet.Sheet, known evidence) []evidence {
	var all count
	columns := []count{}
	cyrillic := false
	for row := range s.All() {
		for _, c := range row.Cells {
			for len(columns) <= c.Col {
				columns = append(columns, count{})
			}
			if !isOpen(&c) || !columns[c.Col].see(c.Text) {
				cyrillic = cyrillic || isCyrillic(c.Text)
			}
		}
	}
	for _, c := range columns {
		all.dot, all.comma = all.dot+c.dot, all.comma+c.comma
	}
	out := make([]evidence, len(columns))
	for i, c := range columns {
		out[i] = evidence{commaNumbers: cyrillic, codes: c.codes > 0, dates: c.order()}
		for _, sign := range []byte{known.decimal, c.decimal(), all.decimal()} {
			if out[i].decimal == 0 {
				out[i].decimal = sign
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
	if v, ok := parseDate(c.Text, c.Format, e.dates); ok {
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
