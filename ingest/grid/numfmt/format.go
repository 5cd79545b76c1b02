package numfmt

import (
	"strconv"
	"strings"
)

// Format is a parsed number format code (ECMA-376 part 1, 18.8.31).
type Format struct {
	Code     string // as it stands in the file; empty: general
	sections []section
}

// section is what stands between semicolons.
type section struct {
	tokens  []formatToken
	date    bool // shows a date or a time
	op      string
	operand float64
	words   *dateWords // of the language the section names

	general, hasDigits, fraction bool
	plan                         numberPlan
}

// formatToken is a piece of a section. What kinds mean:
// 'l' literal; '0' '#' '?' digit places; '.' point; ',' comma; '%'; 'E' exponent; '/' fraction bar;
// 'G' General; '@' the text; 'y' 'm' 'd' 'h' 's' parts of a date, 'M' minutes, 'f' fraction of
// a second, 'a' half of the day, 'e' elapsed time in the unit text names.
type formatToken struct {
	kind byte
	n    int
	text string
}

// General is the format of cells that have none.
func General() *Format {
	return &Format{sections: []section{{tokens: []formatToken{{kind: 'G'}}, general: true}}}
}

// Parse never fails: what it does not know is a literal, as in Excel.
func Parse(code string) *Format {
	if code == "" || strings.EqualFold(code, "General") {
		return General()
	}
	f := &Format{Code: code}
	p := formatParser{rest: code}
	for {
		f.sections = append(f.sections, p.section())
		if p.rest == "" || len(f.sections) == 4 {
			return f
		}
		p.rest = p.rest[1:]
	}
}

// IsDate tells a format whose first section shows a date or a time.
func (f *Format) IsDate() bool { return f.sections[0].date }

// IsElapsed tells a format that counts hours past 24.
func (f *Format) IsElapsed() bool { return f.sections[0].has('e') }

func (s *section) has(kind byte) bool {
	for _, t := range s.tokens {
		if t.kind == kind {
			return true
		}
	}
	return false
}

type formatParser struct {
	rest string
	sec  section
}

// section reads up to a semicolon, which stays.
func (p *formatParser) section() section {
	p.sec = section{}
	for p.rest != "" && p.rest[0] != ';' {
		p.token()
	}
	p.minutes()
	p.sec.compile()
	return p.sec
}

func (p *formatParser) add(kind byte, n int, text string) {
	p.sec.tokens = append(p.sec.tokens, formatToken{kind, n, text})
}

func (p *formatParser) token() {
	c := p.rest[0]
	switch c {
	case '"':
		text, rest, _ := strings.Cut(p.rest[1:], `"`)
		p.add('l', 0, text)
		p.rest = rest
	case '\\', '_', '*':
		p.escaped(c)
	case '[':
		p.bracket()
	case '0', '#', '?', ',', '%', '@', '/':
		p.add(c, 1, p.rest[:1])
		p.rest = p.rest[1:]
	case '.':
		p.point()
	default:
		p.letters()
	}
}

// escaped handles a quoted character, a blank as wide as one, and a filler.
func (p *formatParser) escaped(c byte) {
	next, rest := firstRune(p.rest[1:])
	switch c {
	case '\\':
		p.add('l', 0, next)
	case '_':
		p.add('l', 0, " ")
	}
	p.rest = rest
}

func firstRune(s string) (first, rest string) {
	for i := range s {
		if i > 0 {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// bracket handles [Red], [>100], [$₽-419], [h].
func (p *formatParser) bracket() {
	in, rest, ok := strings.Cut(p.rest[1:], "]")
	if !ok {
		p.add('l', 0, "[")
		p.rest = p.rest[1:]
		return
	}
	p.rest = rest
	switch low := strings.ToLower(in); {
	case strings.HasPrefix(in, "$"):
		symbol, locale, _ := strings.Cut(in[1:], "-")
		p.add('l', 0, symbol)
		p.sec.words = wordsOf(locale)
	case low != "" && (strings.Trim(low, "h") == "" || strings.Trim(low, "m") == "" || strings.Trim(low, "s") == ""):
		p.add('e', len(low), low[:1])
		p.sec.date = true
	case strings.HasPrefix(in, "<") || strings.HasPrefix(in, ">") || strings.HasPrefix(in, "="):
		op := strings.TrimRight(in, "0123456789.-+eE ")
		if x, err := strconv.ParseFloat(strings.TrimSpace(in[len(op):]), 64); err == nil {
			p.sec.op, p.sec.operand = op, x
		}
	}
}

// point is a decimal point, or the fraction of a second.
func (p *formatParser) point() {
	n := len(p.rest[1:]) - len(strings.TrimLeft(p.rest[1:], "0"))
	if p.sec.date && n > 0 {
		p.add('f', n, "")
		p.rest = p.rest[1+n:]
		return
	}
	p.add('.', 1, ".")
	p.rest = p.rest[1:]
}

func (p *formatParser) letters() {
	low := strings.ToLower(p.rest)
	for _, w := range []struct {
		word string
		kind byte
	}{{"general", 'G'}, {"основной", 'G'}, {"am/pm", 'a'}, {"a/p", 'a'}, {"e+", 'E'}, {"e-", 'E'}} {
		if strings.HasPrefix(low, w.word) && len(low) == len(p.rest) && (w.kind != 'E' || !p.sec.date) {
			p.add(w.kind, 0, p.rest[:len(w.word)])
			p.sec.date = p.sec.date || w.kind == 'a'
			p.rest = p.rest[len(w.word):]
			return
		}
	}
	if c := low[0]; strings.IndexByte("ymdhs", c) >= 0 {
		n := len(low) - len(strings.TrimLeft(low, low[:1]))
		p.add(c, n, "")
		p.sec.date = true
		p.rest = p.rest[n:]
		return
	}
	first, rest := firstRune(p.rest)
	p.add('l', 0, first)
	p.rest = rest
}

// minutes decides which m are minutes: those after an hour or before a second.
func (p *formatParser) minutes() {
	last := byte(0)
	for i := range p.sec.tokens {
		t := &p.sec.tokens[i]
		switch {
		case t.kind == 'm' && (last == 'h' || p.nextPart(i) == 's') && t.n <= 2:
			t.kind = 'M'
		case t.kind == 'e':
			last = 'h'
			continue
		}
		if strings.IndexByte("ymdhsM", t.kind) >= 0 {
			last = t.kind
		}
	}
}

func (p *formatParser) nextPart(i int) byte {
	for _, t := range p.sec.tokens[i+1:] {
		if strings.IndexByte("ymdhs", t.kind) >= 0 {
			return t.kind
		}
	}
	return 0
}

// Builtin is the code of a format that workbooks name by number only
// (ECMA-376 part 1, 18.8.30, as Excel in English shows them, MS-OI29500).
func Builtin(id int) string {
	switch {
	case id >= 27 && id <= 31, id >= 34 && id <= 36, id >= 50 && id <= 58:
		return "m/d/yy" // dates of East Asian Excels
	case id == 32, id == 33:
		return "h:mm:ss"
	}
	codes := [...]string{0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
		5: `"$"#,##0_);\("$"#,##0\)`, 6: `"$"#,##0_);[Red]\("$"#,##0\)`, 7: `"$"#,##0.00_);\("$"#,##0.00\)`, 8: `"$"#,##0.00_);[Red]\("$"#,##0.00\)`,
		9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "m/d/yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
		18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
		37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
		41: `_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)`, 42: `_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)`,
		43: `_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)`, 44: `_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)`,
		45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"}
	if id < len(codes) {
		return codes[id]
	}
	return ""
}
