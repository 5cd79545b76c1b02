package html

import (
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// hint is the value that a spreadsheet program left beside the text.
type hint struct {
	kind   byte // n, s, b, e; 0 for none
	value  string
	format string
}

// hintOf reads the attributes of Excel ("Microsoft Office HTML and XML Reference"),
// LibreOffice (sdval, and sdnum with two languages and a format) and SheetJS (data-t,
// data-v, data-z).
func hintOf(a attributes) hint {
	for _, name := range []struct {
		attribute string
		kind      byte
	}{{"x:num", 'n'}, {"x:str", 's'}, {"x:bool", 'b'}, {"x:err", 'e'}} {
		if value, ok := a[name.attribute]; ok {
			return hint{kind: name.kind, value: value}
		}
	}
	if value, ok := a["sdval"]; ok {
		h := hint{kind: 'n', value: value}
		if parts := strings.SplitN(a["sdnum"], ";", 3); len(parts) == 3 {
			h.format = parts[2]
		}
		return h
	}
	if kind := a["data-t"]; kind == "n" || kind == "b" || kind == "s" {
		return hint{kind: kind[0], value: a["data-v"], format: a["data-z"]}
	}
	return hint{}
}

// formats are the names that Excel writes instead of codes.
var formats = map[string]string{
	"general": "", "general date": "m/d/yy h:mm", "long date": "dddd, mmmm dd, yyyy", "medium date": "d-mmm-yy",
	"short date": "m/d/yy", "long time": "h:mm:ss AM/PM", "medium time": "h:mm AM/PM", "short time": "h:mm",
	"currency": `"$"#,##0.00`, "fixed": "0.00", "standard": "#,##0.00", "percent": "0.00%", "scientific": "0.00E+00",
}

func code(format string) string {
	if named, ok := formats[strings.ToLower(format)]; ok {
		return named
	}
	return format
}

// textFormat marks cells that are text whatever they look like.
const textFormat = "@"

// fill gives a cell its kind. Text without a hint may become a number once the whole
// column is known.
func (p *page) fill(out *sheet.Cell, c *cell) {
	shown := c.String()
	format := code(c.look.format)
	if c.hint.format != "" {
		format = c.hint.format
	}
	switch c.hint.kind {
	case 'n':
		if p.fillNumber(out, c.hint.value, shown, format) {
			return
		}
	case 's':
		if v := strings.ReplaceAll(c.hint.value, "\r\n", "\n"); v != "" {
			shown = v
		}
		format = textFormat
	case 'b':
		if v := strings.ToUpper(c.hint.value); v == "TRUE" || v == "FALSE" {
			out.Kind, out.Value, out.Text = sheet.Bool, v, shown
			return
		}
	case 'e':
		if strings.HasPrefix(c.hint.value, "#") {
			out.Kind, out.Value, out.Text = sheet.Error, c.hint.value, shown
			return
		}
	}
	if strings.TrimSpace(shown) == "" {
		return
	}
	out.Kind, out.Value, out.Text, out.Format = sheet.Text, shown, shown, format
}

// fillNumber takes the number left beside the text; without one the text is it.
func (p *page) fillNumber(out *sheet.Cell, value, shown, format string) bool {
	value = strings.TrimSpace(value)
	if value == "" {
		n, ok := parseNumber(shown, p.styles.evidence())
		if !ok {
			return false
		}
		value = n
	}
	x, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return false
	}
	f := p.formats[format]
	if f == nil {
		if f = numfmt.Parse(format); len(p.formats) < maxClasses {
			p.formats[format] = f
		}
	}
	numfmt.System{}.Fill(out, x, f)
	if shown != "" {
		out.Text = shown
	}
	return true
}
