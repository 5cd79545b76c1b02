package ods

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// content is what the attributes of a cell say (9.1.4). They were of the namespace
// "table" before OpenDocument.
type content struct {
	kind     string // office:value-type
	value    []byte // of the attribute that belongs to it, nil where there is none
	style    cellStyle
	styled   bool // the cell names its style
	times    int
	cols     int
	rows     int
	mistaken bool // a formula failed
}

// attributes gathers them in one pass: most files are made of cells. The value is
// good until the next cell.
func (t *table) attributes() content {
	c := content{times: 1, cols: 1, rows: 1}
	for i := range t.d.x.Attrs {
		a := &t.d.x.Attrs[i]
		if string(a.Prefix) == "calcext" { // says the type again, or that of an error
			c.mistaken = c.mistaken || string(a.Name) == "value-type" && string(a.Value) == "error"
			continue
		}
		switch string(a.Name) {
		case "value-type":
			c.kind = kindOf(a.Value)
		case "value", "date-value", "time-value", "boolean-value", "string-value":
			t.value = xmlscan.Unescape(t.value[:0], a.Value)
			c.value = t.value
		case "style-name":
			c.style, c.styled = t.d.styles.cell(a.Value), true
		case "number-columns-repeated":
			c.times = count(a.Value)
		case "number-columns-spanned":
			c.cols = count(a.Value)
		case "number-rows-spanned":
			c.rows = count(a.Value)
		}
	}
	return c
}

// The types of values (19.387); "" is that of cells without one.
const (
	kindFloat      = "float"
	kindPercentage = "percentage"
	kindCurrency   = "currency"
	kindDate       = "date"
	kindTime       = "time"
	kindBoolean    = "boolean"
	kindString     = "string"
)

// kindOf gives the name of a type, of the frequent ones without a copy.
func kindOf(b []byte) string {
	switch string(b) {
	case kindFloat:
		return kindFloat
	case kindString:
		return kindString
	case kindDate:
		return kindDate
	}
	return string(b)
}

// readCell takes a cell of the row. A covered one may hold what a merged area hides.
func (t *table) readCell(name string) error {
	if name != "table-cell" && name != "covered-table-cell" {
		return nil
	}
	at := t.attributes()
	text, err := t.d.text.read(t.d)
	if boundary(err) {
		return err
	}
	if t.held += len(text) + len(at.value); t.held > maxHeld {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "text"}
	}
	col := t.col
	t.col = min(col+at.times, 2*maxCol)
	if col > maxCol || t.row.N > maxRow {
		return err
	}
	if merr := t.merge(col, at); merr != nil {
		return merr
	}
	t.place(col, &at, text)
	return err
}

// place puts a cell at its column and those to the right that it stands for.
func (t *table) place(col int, at *content, text string) {
	run := t.columnOf(col)
	style := t.styleOf(at, run)
	c := sheet.Cell{Col: col, Outline: t.row.Outline, Hidden: t.row.Hidden || run.hidden, Indent: style.indent, Bold: style.bold}
	at.fill(&c, text, style)
	if c.Kind == sheet.Empty {
		return
	}
	t.cells = append(t.cells, c)
	for i := col + 1; i < t.col && i <= maxCol; i++ {
		c.Col, c.Hidden = i, t.row.Hidden || t.columnOf(i).hidden
		t.cells = append(t.cells, c)
		t.copies++
	}
}

// styleOf is the style of a cell: its own, that of its row, that of its column
// (9.1.3, 9.1.6).
func (t *table) styleOf(at *content, run column) cellStyle {
	switch {
	case at.styled:
		return at.style
	case t.styled:
		return t.style
	}
	return run.style
}

func (t *table) merge(col int, at content) error {
	if at.cols <= 1 && at.rows <= 1 {
		return nil
	}
	if len(t.sheet.Merges) >= maxMerges {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "merges"}
	}
	t.sheet.Merges = append(t.sheet.Merges, sheet.Range{
		FirstRow: t.row.N, FirstCol: col, LastRow: min(t.row.N+at.rows-1, maxRow), LastCol: min(col+at.cols-1, maxCol),
	})
	return nil
}

// fill types a cell by its attributes and the text in it.
func (at *content) fill(c *sheet.Cell, text string, style cellStyle) {
	failed := at.kind != "" && (at.mistaken || isError(text))
	switch {
	case failed && text != "":
		c.Kind, c.Value, c.Text = sheet.Error, text, text
	case failed:
	case at.value == nil || !at.typed(c, text, style):
		setText(c, text, text, style)
	}
}

// typed takes the value where it is what its type says.
func (at *content) typed(c *sheet.Cell, text string, style cellStyle) bool {
	switch at.kind {
	case kindFloat, kindPercentage, kindCurrency:
		x, err := strconv.ParseFloat(string(bytes.TrimSpace(at.value)), 64)
		if err != nil || x-x != 0 {
			return false
		}
		setNumber(c, x, text, style)
	case kindDate, kindTime:
		m, ok := parseMoment(at.kind, string(at.value))
		if !ok {
			return false
		}
		c.Kind, c.Value, c.Format, c.Text = sheet.Date, m.iso(style.format), style.format.Code, text
		if text == "" {
			c.Text = m.show(style.format)
		}
	case kindBoolean:
		c.Kind, c.Value = sheet.Bool, strings.ToUpper(string(at.value))
		c.Text = shown(c.Value, text)
	default:
		if len(at.value) == 0 {
			return false
		}
		setText(c, string(at.value), text, style)
	}
	return true
}

func setNumber(c *sheet.Cell, x float64, text string, style cellStyle) {
	if text == "" {
		numfmt.System{}.Fill(c, x, style.format)
		return
	}
	c.Kind, c.Value, c.Format = sheet.Number, numfmt.Canonical(x), style.format.Code
	c.Text = shown(c.Value, text)
}

// setText sets a text; one blank counts as nothing.
func setText(c *sheet.Cell, value, text string, style cellStyle) {
	if value == "" || value == " " {
		return
	}
	c.Kind, c.Value, c.Text, c.Format = sheet.Text, value, shown(value, text), style.format.Code
}

// shown is the displayed text, the same string in memory where it is the value.
func shown(value, text string) string {
	if text == "" || text == value {
		return value
	}
	return text
}

// isError knows what a cell shows whose formula failed; LibreOffice has numbers
// for the errors that Excel has no name for.
func isError(text string) bool {
	if rest, ok := strings.CutPrefix(text, "Err:"); ok {
		_, err := strconv.Atoi(rest)
		return err == nil
	}
	switch text {
	case "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!":
		return true
	}
	return false
}
