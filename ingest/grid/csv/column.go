package csv

// maxTyped is how many columns have types; further ones are text.
const maxTyped = 1 << 14

// style is what is known of a text before its columns are looked at.
type style struct {
	delimiter byte
	cyrillic  bool
}

// facts is what the cells of a column prove about the way it is written.
type facts struct {
	decimalComma, decimalDot   int // only a decimal sign can be read this way
	groupComma, groupDot       int // only a thousands sign can
	ambiguousComma             int // 6,000
	ambiguousDot               int // 1.234
	plain, spaced, leadingZero int
	dayFirst, monthFirst       int
	shortDates, dates          int

	last struct { // the date seen last: reports repeat themselves
		text string
		date date
		kind dateKind
	}
}

// add joins what other cells of the column prove.
func (f *facts) add(o *facts) {
	f.decimalComma += o.decimalComma
	f.decimalDot += o.decimalDot
	f.groupComma += o.groupComma
	f.groupDot += o.groupDot
	f.ambiguousComma += o.ambiguousComma
	f.ambiguousDot += o.ambiguousDot
	f.plain += o.plain
	f.spaced += o.spaced
	f.leadingZero += o.leadingZero
	f.dayFirst += o.dayFirst
	f.monthFirst += o.monthFirst
	f.shortDates += o.shortDates
	f.dates += o.dates
}

// see counts what one cell proves.
func (f *facts) see(text string) {
	t := trim(text)
	if isDigits(t) && len(t) <= maxNumber {
		f.plain++
		if t[0] == '0' && len(t) > 1 {
			f.leadingZero++
		}
		return
	}
	if t == f.last.text {
		f.seeDate(f.last.date, f.last.kind)
		return
	}
	if d, kind, ok := parseDate(t); ok {
		f.last.text, f.last.date, f.last.kind = t, d, kind
		f.seeDate(d, kind)
		return
	}
	if n, ok := parseNumber(t); ok {
		f.seeNumber(&n)
	}
}

func (f *facts) seeNumber(n *number) {
	if n.leadingZero {
		f.leadingZero++
	}
	switch {
	case n.spaced:
		f.spaced++
	case n.sign == 0:
		f.plain++
	}
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

func (f *facts) seeDate(d date, kind dateKind) {
	f.dates++
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

// tri is a conclusion that may stay open.
type tri int8

const (
	unknown tri = iota
	yes
	no
)

// commaIsDecimal concludes from the column, then from the whole table, then from the country.
func (f *facts) commaIsDecimal(all *facts, style style) tri {
	for _, x := range []*facts{f, all} {
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
func (f *facts) dotIsDecimal(all *facts) tri {
	switch {
	case f.groupDot > 0 || f.decimalComma > 0 && f.ambiguousDot > 0 && f.decimalDot == 0:
		return no
	case all.groupDot > 0 && f.decimalDot == 0:
		return unknown
	}
	return yes
}

// mayBeValue rules out, by its first and last byte, most of what is no number and no date.
func mayBeValue(t string) bool {
	return t != "" && firstOfValue[t[0]] && lastOfValue[t[len(t)-1]]
}

// Bytes that a number or date can begin and end with.
var (
	firstOfValue = bytesOf("0123456789+-., '\t\u00a0\u2212\u2009\u202f")
	lastOfValue  = bytesOf("0123456789-., '\t\u00a0\u2009\u202f")
)

func bytesOf(s string) (set [256]bool) {
	for i := range len(s) {
		set[s[i]] = true
	}
	return set
}
