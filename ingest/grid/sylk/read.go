package sylk

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/charset"
	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

const name = "slk"

// Bounds of a sheet, which are Excel's, and of formats.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
	maxFormats = 1 << 14
)

// look is what a cell, a row or a column is shown with.
type look struct {
	format *numfmt.Format
	bold   bool
}

// reader is a file that is being read.
type reader struct {
	b       *sheet.Budget
	to      sheet.Sink
	sheet   sheet.Sheet
	short   *charset.Short
	system  numfmt.System
	formats []*numfmt.Format
	x, y    int // where the next record stands unless it says so
	row     sheet.Row
	base    look // of the sheet
	rows    map[int]look
	columns map[int]look
	pending *look // of the next cell
	ignored bool
}

// Read gives the sheet.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	if int64(len(data)) > b.Options.MaxText {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "text"}
	}
	text, err := narrow(data)
	if err != nil {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: name, Err: err}
	}
	in := records{rest: text}
	if !in.next() || in.record.kind != "ID" {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: name}
	}
	r := &reader{b: b, to: to, short: charset.ShortOf(charset.Of(charset.Detect(unescapeBytes(text)))), x: 1, y: 1, rows: map[int]look{}, columns: map[int]look{}}
	if err := to.Begin(&r.sheet); err != nil {
		return err
	}
	ended := false
	for n := 0; !ended && in.next(); n++ {
		if n%4096 == 0 {
			if err := b.Alive(); err != nil {
				return err
			}
		}
		if ended = in.record.kind == "E"; !ended {
			if err := r.read(&in.record); err != nil {
				return err
			}
		}
	}
	if err := r.flush(); err != nil {
		return err
	}
	if !ended {
		r.sheet.Warnings = append(r.sheet.Warnings, sheet.Warning{Row: r.y, Code: "truncated"})
	}
	return to.End(&r.sheet)
}

// narrow gives a text of UTF-16 in UTF-8; others stay bytes until it is known which
// of them are escaped.
func narrow(data []byte) ([]byte, error) {
	switch found := charset.Detect(data); found {
	case "utf-16le", "utf-16be", "utf-32le", "utf-32be":
		s, err := charset.Decode(found, data)
		return []byte(s), err
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

func (r *reader) read(rec *record) error {
	switch rec.kind {
	case "C":
		return r.cell(rec)
	case "F":
		return r.format(rec)
	case "P":
		for _, f := range rec.fields {
			if f.letter == 'P' && len(r.formats) < maxFormats {
				r.formats = append(r.formats, numfmt.Parse(r.text(f.value)))
			}
		}
	case "O":
		for _, f := range rec.fields {
			if f.letter == 'V' { // 0: days since 1900, 4: since 1904
				r.system.Base1904 = string(f.value) == "4"
			}
		}
	}
	return nil
}

// cell reads a C record.
func (r *reader) cell(rec *record) error {
	if _, err := r.goTo(rec); err != nil {
		return err
	}
	var value, formula *field
	for i := range rec.fields {
		f := &rec.fields[i]
		switch f.letter {
		case 'K':
			value = f
		case 'E':
			formula = f
		}
	}
	l := r.look()
	r.pending = nil
	if value == nil {
		return nil
	}
	c := sheet.Cell{Row: r.y, Col: r.x, Bold: l.bold}
	if len(value.value) == 0 && formula != nil {
		value.value = []byte("0") // Quattro Pro leaves a result of 0 out
	}
	r.fill(&c, value.value, l.format)
	if c.Kind == sheet.Empty {
		return nil
	}
	if c.Row > maxRows || c.Col > maxColumns {
		if !r.ignored {
			r.ignored = true
			r.sheet.Warnings = append(r.sheet.Warnings, sheet.Warning{Row: c.Row, Col: c.Col, Code: "out_of_range"})
		}
		return nil
	}
	r.row.N = r.y
	if r.row.Cells = append(r.row.Cells, c); len(r.row.Cells) >= maxColumns {
		return r.flush()
	}
	return nil
}

// move goes to a column or a row, which is sent when it is left.
func (r *reader) move(f *field) error {
	n, err := strconv.Atoi(string(bytes.TrimSpace(f.value)))
	if err != nil || n < 1 {
		return nil
	}
	n = min(n, 1<<30)
	if f.letter == 'X' {
		r.x = n
		return nil
	}
	if n == r.y {
		return nil
	}
	err = r.flush()
	r.y = n
	return err
}

func (r *reader) flush() error {
	if len(r.row.Cells) == 0 {
		return nil
	}
	err := r.to.Row(r.row)
	r.row.Cells = r.row.Cells[:0]
	return err
}

// fill types a cell by the way its value is written: text in quotes, TRUE, FALSE,
// an error that begins with #, or a number.
func (r *reader) fill(c *sheet.Cell, value []byte, f *numfmt.Format) {
	if len(value) > 0 && value[0] == '"' {
		value = bytes.TrimSuffix(value[1:], []byte(`"`))
		if len(value) > 0 {
			s := r.text(value)
			c.Kind, c.Value, c.Text, c.Format = sheet.Text, s, f.Text(s), f.Code
		}
		return
	}
	s := strings.TrimSpace(r.text(value))
	switch {
	case s == "":
	case s == "TRUE" || s == "FALSE":
		c.Kind, c.Value, c.Text = sheet.Bool, s, s
	case s[0] == '#':
		c.Kind, c.Value, c.Text = sheet.Error, s, s
	default:
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || strings.ContainsAny(s, "xXpP_nN") {
			c.Kind, c.Value, c.Text = sheet.Text, s, s
			return
		}
		r.system.Fill(c, x, f)
	}
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// text decodes a value.
func (r *reader) text(value []byte) string {
	s := r.short.Decode(unescapeBytes(value))
	if strings.IndexByte(s, escape) >= 0 {
		s = unescapeSigns(s)
	}
	if strings.IndexByte(s, '\r') >= 0 {
		s = lineEnds.Replace(s)
	}
	return s
}
