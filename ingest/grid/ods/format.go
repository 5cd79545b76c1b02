package ods

import (
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/numfmt"
)

// numberStyle is how numbers, dates or texts are shown (16.29), as the format code
// of a workbook.
type numberStyle struct {
	code strings.Builder
	maps []condition

	isDate  bool // literals need no quotes where no digit places are
	percent bool
	elapsed bool // the first unit passes its end: hours over 24
}

// condition is another style for some values (16.3).
type condition struct{ op, style string }

// Bounds of a format.
const (
	maxCode   = 1000
	maxPlaces = 30
	maxMaps   = 4
)

func (d *document) numberStyle(kind string) error {
	n := &numberStyle{isDate: kind == "date-style" || kind == "time-style", percent: kind == "percentage-style"}
	n.elapsed = string(d.x.Attr("truncate-on-overflow")) == "false"
	name := d.x.String("name")
	if err := d.styles.keep(len(name) + maxCode); err != nil {
		return err
	}
	d.styles.numbers[name] = n
	return d.children(func(part string) error { return d.formatPart(n, part) })
}

func (d *document) formatPart(n *numberStyle, part string) error {
	if n.code.Len() > maxCode {
		return nil // too long to be used
	}
	switch part {
	case "text", "currency-symbol":
		text, err := d.characters()
		n.literal(text, part == "currency-symbol")
		return err
	case "map":
		if len(n.maps) < maxMaps {
			n.maps = append(n.maps, condition{op: strings.TrimPrefix(d.x.String("condition"), "value()"), style: d.x.String("apply-style-name")})
		}
	case "number", "scientific-number", "fraction":
		return d.digits(n, part)
	case "text-content":
		n.code.WriteByte('@')
	case "boolean":
		n.code.WriteString("General")
	case "fill-character":
		n.code.WriteString("* ")
	default:
		n.code.WriteString(n.datePart(part, string(d.x.Attr("style")) == "long", string(d.x.Attr("textual")) == "true", d.places("decimal-places", 0)))
	}
	return nil
}

// literal adds text that stands in the shown number.
func (n *numberStyle) literal(text string, currency bool) {
	switch {
	case text == "":
	case currency:
		n.code.WriteString("[$" + strings.NewReplacer("]", "", "-", "").Replace(text) + "]")
	case n.percent && strings.TrimSpace(text) == "%":
		n.code.WriteString(text)
	case strings.Trim(text, " -+():") == "", n.isDate && strings.Trim(text, " -+():/.,") == "":
		n.code.WriteString(text)
	default:
		n.code.WriteString(quoted(text))
	}
}

func quoted(text string) string {
	code := ""
	for i, part := range strings.Split(text, `"`) {
		if i > 0 {
			code += `\"`
		}
		if part != "" {
			code += `"` + part + `"`
		}
	}
	return code
}

func (d *document) places(name string, otherwise int) int {
	n, err := strconv.Atoi(string(d.x.Attr(name)))
	if err != nil {
		return otherwise
	}
	return max(0, min(n, maxPlaces))
}

// digits writes the places of a number (16.29.3), of one with an exponent
// (16.29.5) or of a fraction (16.29.6).
func (d *document) digits(n *numberStyle, part string) error {
	whole := d.places("min-integer-digits", 0)
	grouped := string(d.x.Attr("grouping")) == "true"
	frac := d.places("decimal-places", -1)
	if part == "fraction" {
		n.code.WriteString(d.fraction(whole))
		return nil
	}
	if part == "number" && frac < 0 && whole <= 1 && !grouped {
		n.code.WriteString("General")
		return nil
	}
	code, rest := wholePlaces(whole, grouped), ""
	if frac > 0 {
		sure := min(d.places("min-decimal-places", frac), frac)
		rest = "." + strings.Repeat("0", sure) + strings.Repeat("#", frac-sure)
	}
	if part == "scientific-number" {
		code = strings.Repeat("#", max(0, d.places("exponent-interval", 1)-whole)) + code // the exponent is a multiple
		rest += "E+" + strings.Repeat("0", max(1, d.places("min-exponent-digits", 2)))
	}
	rest += scaling(d.x.Attr("display-factor"))
	err := d.children(func(name string) error {
		if name != "embedded-text" {
			return nil
		}
		at := d.places("position", 0)
		text, err := d.characters()
		code = embed(code, text, at)
		return err
	})
	n.code.WriteString(code + rest)
	return err
}

// scaling writes a comma for each thousand that the shown number is less.
func scaling(factor []byte) string {
	x, _ := strconv.ParseFloat(string(factor), 64)
	commas := 0
	for ; x >= 1000 && commas < 4; x /= 1000 {
		commas++
	}
	return strings.Repeat(",", commas)
}

// embed puts a text so many digits before the point (16.29.4).
func embed(code, text string, digits int) string {
	if text == "" || len(code)+len(text) > maxCode {
		return code
	}
	at := len(code)
	for ; at > 0 && digits > 0; at-- {
		if c := code[at-1]; c == '0' || c == '#' {
			digits--
		}
	}
	return code[:at] + quoted(text) + code[at:]
}

// characters is the text in the open element, as much of it as a format can hold.
func (d *document) characters() (string, error) {
	var text []byte
	err := d.content(func(string) error { return nil }, func() {
		if len(text) < maxCode {
			text = d.x.Unescaped(text)
		}
	})
	return string(text[:min(len(text), maxCode+1)]), err
}

func wholePlaces(n int, grouped bool) string {
	if !grouped {
		if n == 0 {
			return "#"
		}
		return strings.Repeat("0", n)
	}
	var b strings.Builder
	for left := max(n, 4); left > 0; left-- {
		if left <= n {
			b.WriteByte('0')
		} else {
			b.WriteByte('#')
		}
		if left > 1 && left%3 == 1 {
			b.WriteByte(',')
		}
	}
	return b.String()
}

func (d *document) fraction(whole int) string {
	code := strings.Repeat("?", max(1, d.places("min-numerator-digits", 1))) + "/"
	if value := d.places("denominator-value", 0); value > 0 {
		code += strconv.Itoa(value)
	} else {
		code += strings.Repeat("?", max(1, d.places("min-denominator-digits", 1)))
	}
	if d.x.Attr("min-integer-digits") != nil {
		code = wholePlaces(whole, false) + " " + code
	}
	return code
}

// datePart writes a part of a date or a clock (16.29.11 to 16.29.22).
func (n *numberStyle) datePart(part string, long, textual bool, places int) string {
	short, longer := dateCodes(part, textual)
	code := short
	if long {
		code = longer
	}
	isClock := part == "hours" || part == "minutes" || part == "seconds"
	if n.elapsed && isClock {
		n.elapsed = false
		code = "[" + code + "]"
	}
	if part == "seconds" && places > 0 {
		code += "." + strings.Repeat("0", places)
	}
	return code
}

// dateCodes are those of the short and the long style of a part.
func dateCodes(part string, textual bool) (short, long string) {
	switch part {
	case "day":
		return "d", "dd"
	case "day-of-week":
		return "ddd", "dddd"
	case "month":
		if textual {
			return "mmm", "mmmm"
		}
		return "m", "mm"
	case "year":
		return "yy", "yyyy"
	case "hours":
		return "h", "hh"
	case "minutes":
		return "m", "mm"
	case "seconds":
		return "s", "ss"
	case "am-pm":
		return "AM/PM", "AM/PM"
	}
	return "", ""
}

// format joins a style and those of its conditions to one code.
func (st *styles) format(n *numberStyle) *numfmt.Format {
	if f := st.formats[n]; f != nil {
		return f
	}
	code := ""
	plain := n.plainSections()
	for _, c := range n.maps {
		other := st.numbers[c.style]
		if other == nil || other == n {
			plain = false
			continue
		}
		if !plain {
			code += "[" + strings.Replace(c.op, "!=", "<>", 1) + "]"
		}
		code += other.code.String() + ";"
	}
	code += n.code.String()
	if len(code) > maxCode {
		code = ""
	}
	f := numfmt.Parse(code)
	st.formats[n] = f
	return f
}

// plainSections tells conditions that a code has by the order of its sections:
// positive, negative, zero, text.
func (n *numberStyle) plainSections() bool {
	ops := ""
	for _, c := range n.maps {
		ops += c.op + " "
	}
	return ops == ">=0 " || ops == ">0 <0 " || ops == ">0 <0 =0 "
}
