package grid

import (
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// numericStyle is what is known of a text before its columns are looked at.
type numericStyle struct {
	delimiter byte
	cyrillic  bool
}

// columnFacts is what the cells of a column prove about the way it is written.
type columnFacts struct {
	decimalComma, decimalDot   int // only a decimal sign can be read this way
	groupComma, groupDot       int // only a thousands sign can
	ambiguousComma             int // 6,000
	ambiguousDot               int // 1.234
	plain, spaced, leadingZero int
	dayFirst, monthFirst       int
	shortDates, dates, texts   int
	trailingMinus              int
}

// typeColumns gives numbers and dates their type, column by column, and only
// where the column leaves no second reading. Text stays as the source has it.
func typeColumns(sheet *sheet.Draft, style numericStyle) {
	width := 0
	for i := range sheet.Rows {
		if cells := sheet.Rows[i].Cells; len(cells) > 0 {
			width = max(width, cells[len(cells)-1].Col)
		}
	}
	facts := make([]columnFacts, width+1)
	var all columnFacts
	for _, row := range sheet.Rows {
		for _, c := range row.Cells {
			facts[c.Col].see(c.Text)
			all.see(c.Text)
		}
	}
	for i := range sheet.Rows {
		cells := sheet.Rows[i].Cells
		for j := range cells {
			facts[cells[j].Col].apply(&cells[j], &all, style)
		}
	}
}

// see counts what one cell proves.
func (f *columnFacts) see(text string) {
	t := strings.TrimSpace(text)
	if d, kind, ok := parseDateText(t); ok {
		f.dates++
		f.seeDate(d, kind)
		return
	}
	n, ok := parseNumberText(t)
	if !ok {
		f.texts++
		return
	}
	if n.leadingZero {
		f.leadingZero++
	}
	if n.trailingMinus {
		f.trailingMinus++
	}
	switch {
	case n.spaced:
		f.spaced++
	case n.sign == 0:
		f.plain++
	}
	f.seeSigns(n)
}

// seeSigns counts what the points and commas of a number prove.
func (f *columnFacts) seeSigns(n numberText) {
	switch {
	case n.sign == ',' && n.groupSign == 0 && n.ambiguous:
		f.ambiguousComma++
	case n.sign == ',':
		f.decimalComma++
	case n.sign == '.' && n.groupSign == 0 && n.ambiguous:
		f.ambiguousDot++
	case n.sign == '.':
		f.decimalDot++
	}
	switch n.groupSign {
	case ',':
		f.groupComma++
	case '.':
		f.groupDot++
	}
}

func (f *columnFacts) seeDate(d dateText, kind dateKind) {
	switch kind {
	case dateShort:
		f.shortDates++
	case dateSlashed:
		if d.a > 12 {
			f.dayFirst++
		}
		if d.b > 12 {
			f.monthFirst++
		}
	}
}

// apply types one cell by what its column proves.
func (f *columnFacts) apply(c *Cell, all *columnFacts, style numericStyle) {
	t := strings.TrimSpace(c.Text)
	if d, kind, ok := parseDateText(t); ok {
		if iso, ok := f.date(d, kind); ok {
			c.Kind, c.Value = Date, iso
		}
		return
	}
	n, ok := parseNumberText(t)
	if !ok || n.leadingZero || f.leadingZero > 0 && n.sign == 0 && !n.spaced {
		return // 00012 is a code, and so are its neighbours
	}
	if n.trailingMinus && f.decimalComma+f.decimalDot == 0 {
		return
	}
	if n.spaced && n.sign == 0 && f.spaced+f.plain+f.decimalComma+f.decimalDot < 2 {
		return // "8 800" alone may be anything
	}
	if v, ok := n.value(f.commaIsDecimal(all, style), f.dotIsDecimal(all)); ok {
		c.Kind, c.Value = Number, v
	}
}

// tri is a conclusion that may stay open.
type tri int8

const (
	unknown tri = iota
	yes
	no
)

// commaIsDecimal concludes from the column, then from the whole table, then from the country.
func (f *columnFacts) commaIsDecimal(all *columnFacts, style numericStyle) tri {
	for _, x := range []*columnFacts{f, all} {
		for_, against := x.decimalComma+x.groupDot, x.groupComma+x.decimalDot
		switch {
		case for_ > 0 && against == 0:
			return yes
		case against > 0 && for_ == 0:
			return no
		case for_ > 0:
			return unknown
		}
	}
	if style.cyrillic || style.delimiter == ';' {
		return yes
	}
	return unknown
}

// dotIsDecimal is certain unless the table groups thousands by dots.
func (f *columnFacts) dotIsDecimal(all *columnFacts) tri {
	switch {
	case f.groupDot > 0 || f.decimalComma > 0 && f.ambiguousDot > 0 && f.decimalDot == 0:
		return no
	case all.groupDot > 0 && f.decimalDot == 0:
		return unknown
	}
	return yes
}

func (f *columnFacts) date(d dateText, kind dateKind) (string, bool) {
	switch kind {
	case dateSlashed:
		switch {
		case f.dayFirst > 0 && f.monthFirst == 0:
			return d.iso(d.a, d.b)
		case f.monthFirst > 0 && f.dayFirst == 0:
			return d.iso(d.b, d.a)
		}
		return "", false
	case dateShort:
		// 01.07.26 may be a version or an article where the column holds other things.
		if f.shortDates*2 < f.dates+f.plain+f.decimalDot {
			return "", false
		}
	}
	return d.iso(d.a, d.b)
}
