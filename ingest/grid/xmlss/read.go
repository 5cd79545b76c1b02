package xmlss

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
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
	x        *xmlscan.Scanner
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
	r := &reader{b: b, to: to, x: xmlscan.NewText(text), styles: map[string]*style{}, hidden: hiddenSheets(text)}
	for {
		t, err := r.x.Next()
		var refused *sheet.ReadError
		switch {
		case errors.As(err, &refused):
			return err
		case err != nil && r.sheets == 0:
			return &sheet.ReadError{Code: sheet.CodeBroken, Found: "workbook without sheets", Expected: format}
		case err != nil:
			return nil
		case t != xmlscan.Open:
			continue
		}
		if err := r.element(); err != nil {
			return err
		}
	}
}

// next is the next token, 0 at the end of what can be read; Read, which asks last,
// says why it ended.
func (r *reader) next() xmlscan.Token {
	t, err := r.x.Next()
	if err != nil {
		return 0
	}
	return t
}

// ends tells the end of an element, or of what can be read.
func (r *reader) ends(t xmlscan.Token, name string) bool {
	return t == 0 || t == xmlscan.Close && string(r.x.Name) == name
}

// opens tells the beginning of an element.
func (r *reader) opens(t xmlscan.Token, name string) bool {
	return t == xmlscan.Open && string(r.x.Name) == name
}

// number is an attribute as a count, 0 where it is none.
func (r *reader) number(name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(r.x.String(name)))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// is tells a switch that is on.
func (r *reader) is(name string) bool { return string(r.x.Attr(name)) == "1" }

// element reads what a workbook holds.
func (r *reader) element() error {
	switch string(r.x.Name) {
	case "Date1904":
		r.base1904 = r.next() != xmlscan.Text || !bytes.HasPrefix(bytes.TrimSpace(r.x.Unescaped(nil)), []byte("False"))
	case "Styles":
		return r.readStyles()
	case "Worksheet":
		if r.sheets++; r.sheets > r.b.Options.MaxMembers {
			return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
		}
		w := &worksheet{reader: r, sheet: &sheet.Sheet{Name: r.x.String("Name")}}
		w.sheet.Hidden = r.sheets <= len(r.hidden) && r.hidden[r.sheets-1]
		return w.read()
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
