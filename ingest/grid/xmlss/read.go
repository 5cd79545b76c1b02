package xmlss

import (
	"bytes"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

const format = "xmlss"

// Bounds of a sheet, which are Excel's.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
	maxStyles  = 1 << 16
)

func errTooManyStyles() error { return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "styles"} }

// reader is a workbook that is being read.
type reader struct {
	b        *sheet.Budget
	to       sheet.Sink
	scan     *scanner
	styles   map[string]*style
	base1904 bool
	hidden   []bool // sheets, in their order
	sheets   int
}

// Read gives the worksheets.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	if int64(len(data)) > b.Options.MaxText {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "text"}
	}
	text, err := utf8Text(data)
	if err != nil {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: format, Err: err}
	}
	r := &reader{b: b, to: to, scan: &scanner{data: text}, styles: map[string]*style{}, hidden: hiddenSheets(text)}
	for {
		t := r.scan.next()
		if r.scan.dtd {
			return &sheet.ReadError{Code: sheet.CodeUnsupported, Found: "xml_entities", Expected: format}
		}
		if t.kind == tokenEnd {
			break
		}
		if t.kind != tokenOpen {
			continue
		}
		if err := r.element(t); err != nil {
			return err
		}
	}
	if r.sheets == 0 {
		return &sheet.ReadError{Code: sheet.CodeBroken, Found: "workbook without sheets", Expected: format}
	}
	return nil
}

// element reads what a workbook holds.
func (r *reader) element(t token) error {
	switch t.name {
	case "Date1904":
		r.base1904 = true
		if next := r.scan.data[r.scan.at:]; !t.empty && bytes.HasPrefix(bytes.TrimSpace(next[:min(len(next), 64)]), []byte("False")) {
			r.base1904 = false
		}
	case "Styles":
		if !t.empty {
			return r.readStyles()
		}
	case "Worksheet":
		if r.sheets++; r.sheets > r.b.Options.MaxMembers {
			return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
		}
		w := &worksheet{reader: r, sheet: &sheet.Sheet{Name: t.attr("Name")}}
		w.sheet.Hidden = r.sheets <= len(r.hidden) && r.hidden[r.sheets-1]
		return w.read(t.empty)
	}
	return nil
}

// hiddenSheets tells which sheets are hidden, which the file says behind their cells.
func hiddenSheets(data []byte) []bool {
	var out []bool
	for at := 0; ; {
		next := bytes.Index(data[at:], []byte("Worksheet"))
		part := data[at:]
		if next >= 0 {
			part = part[:next]
		}
		if len(out) > 0 && (bytes.Contains(part, []byte("Visible>SheetHidden<")) || bytes.Contains(part, []byte("Visible>SheetVeryHidden<"))) {
			out[len(out)-1] = true
		}
		if next < 0 {
			return out
		}
		if opensTag(data[:at+next]) && followsName(data[at+next+len("Worksheet"):]) {
			out = append(out, false)
		}
		at += next + len("Worksheet")
	}
}

// opensTag tells whether a tag begins at the end of the bytes, with a prefix or without.
func opensTag(before []byte) bool {
	if n := len(before); n > 0 && before[n-1] == ':' {
		before = bytes.TrimRight(before[max(0, n-32):n-1], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
	}
	return len(before) > 0 && before[len(before)-1] == '<'
}

func followsName(b []byte) bool {
	return len(b) > 0 && bytes.IndexByte([]byte(" \t\r\n>/"), b[0]) >= 0
}
