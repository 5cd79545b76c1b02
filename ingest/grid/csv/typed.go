package csv

import (
	"strings"
	"unsafe"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// verdict is how the cells of a column are read, drawn from all of them.
type verdict struct {
	comma, dot    tri
	codes         bool // 00012 stands among them, so digits alone are no number
	trailingMinus bool // "12-" is a number where others have decimals
	loneSpaced    bool // "8 800" alone may be anything
	slashed       tri  // yes: the day comes first
	short         bool // 01.07.26 is a date
}

func (f *facts) verdict(all *facts, style style) verdict {
	v := verdict{
		comma: f.commaIsDecimal(all, style), dot: f.dotIsDecimal(all),
		codes:         f.leadingZero > 0,
		trailingMinus: f.decimalComma+f.decimalDot > 0,
		loneSpaced:    f.spaced+f.plain+f.decimalComma+f.decimalDot < 2,
		short:         f.shortDates*2 >= f.dates+f.plain+f.decimalDot,
	}
	switch {
	case f.dayFirst > 0 && f.monthFirst == 0:
		v.slashed = yes
	case f.monthFirst > 0 && f.dayFirst == 0:
		v.slashed = no
	}
	return v
}

// typist gives cells their types. The values it makes lie behind each other in chunks.
type typist struct {
	columns []verdict
	chunk   []byte
	last    []typed // the value made last in each column: reports repeat themselves
}

type typed struct {
	text, value string
	kind        sheet.Kind
}

const typistChunk = 1 << 14

func newTypist(columns []verdict) *typist {
	return &typist{columns: columns, last: make([]typed, len(columns))}
}

// set types a cell where its column leaves no second reading. Text stays as the source has it.
func (y *typist) set(c *sheet.Cell) {
	if c.Col > len(y.columns) {
		return
	}
	last := &y.last[c.Col-1]
	if last.text != c.Text {
		last.text = c.Text
		last.value, last.kind = y.value(&y.columns[c.Col-1], trim(c.Text))
	}
	if last.kind != sheet.Text {
		c.Kind, c.Value = last.kind, last.value
	}
}

func (y *typist) value(v *verdict, t string) (string, sheet.Kind) {
	if d, kind, ok := parseDate(t); ok {
		return y.date(v, d, kind)
	}
	n, ok := parseNumber(t)
	if !ok || n.leadingZero || v.codes && n.sign == 0 && !n.spaced || n.trailingMinus && !v.trailingMinus || n.spaced && n.sign == 0 && v.loneSpaced {
		return "", sheet.Text
	}
	if n.bare {
		return t, sheet.Number
	}
	decimal, ok := n.decimal(v.comma, v.dot)
	if !ok {
		return "", sheet.Text
	}
	if plainDecimal(t) && decimal {
		return t, sheet.Number
	}
	from := y.room()
	y.chunk = n.appendValue(y.chunk, t, decimal)
	return y.made(from), sheet.Number
}

// plainDecimal tells a text that is its own canonical form: 12.5.
func plainDecimal(t string) bool {
	dot := strings.IndexByte(t, '.')
	return dot > 0 && isDigits(t[:dot]) && (t[0] != '0' || dot == 1) && isDigits(t[dot+1:]) && t[len(t)-1] != '0'
}

func (y *typist) date(v *verdict, d date, kind dateKind) (string, sheet.Kind) {
	day, month := d.a, d.b
	if kind == dateSlashed {
		if v.slashed == no {
			day, month = d.b, d.a
		}
		if v.slashed == unknown || !d.exists(day, month) {
			return "", sheet.Text
		}
	}
	if kind == dateShort && !v.short {
		return "", sheet.Text
	}
	from := y.room()
	y.chunk = d.appendISO(y.chunk, day, month)
	return y.made(from), sheet.Date
}

// room sees that a value fits behind those made before, and says where it begins.
func (y *typist) room() int {
	if cap(y.chunk)-len(y.chunk) < maxNumber+8 {
		y.chunk = make([]byte, 0, typistChunk)
	}
	return len(y.chunk)
}

// made is the value that begins at from. Its bytes are never written again.
func (y *typist) made(from int) string {
	b := y.chunk[from:]
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// trim takes blanks of all kinds off both ends.
func trim(t string) string {
	if t != "" && isPlainEnd(t[0]) && isPlainEnd(t[len(t)-1]) {
		return t
	}
	return strings.TrimSpace(t)
}

func isPlainEnd(c byte) bool { return c > ' ' && c < 0x7f }
