package html

import (
	"bytes"
	"strings"

	"github.com/distbase/distbase/ingest/grid/charset"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

const format = "html"

// Read gives the tables of a page.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	if int64(len(data)) > b.Options.MaxText {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "text"}
	}
	p := newPage(b, &styles{})
	source, err := decode(data, "")
	if err != nil {
		return err
	}
	if err := p.read(source); err != nil {
		return err
	}
	sent, err := p.send(to, nil)
	if err != nil {
		return err
	}
	if sent > 0 {
		return nil
	}
	if p.frames {
		return &sheet.ReadError{Code: sheet.CodeUnsupported, Found: "html_frames", Expected: "xlsx"}
	}
	return &sheet.ReadError{Code: sheet.CodeEmpty, Found: format, Expected: "table"}
}

// decode gives the text of a page, whose encoding the archive around it may tell.
func decode(data []byte, said string) (string, error) {
	if said == "" {
		said = declaration(data)
	}
	s, err := charset.DecodeDeclared(data, said)
	if err != nil {
		return "", &sheet.ReadError{Code: sheet.CodeBroken, Expected: format, Err: err}
	}
	return strings.ReplaceAll(s, "\x00", ""), nil
}

// declaration is the charset that a meta element or an XML declaration names.
func declaration(data []byte) string {
	head := bytes.ToLower(data[:min(len(data), 4096)])
	for _, key := range []string{"charset", "encoding"} {
		_, rest, ok := bytes.Cut(head, []byte(key))
		if !ok {
			continue
		}
		rest = bytes.TrimLeft(rest, "= \t\r\n\"'")
		if end := bytes.IndexAny(rest, "\"' \t\r\n;>?/"); end > 0 {
			return string(rest[:end])
		}
	}
	return ""
}

// send hands on the tables that hold something and tells how many there were. Without
// a sheet given by the workbook around it, one table of a page has the name that Excel
// wrote into it.
func (p *page) send(to sheet.Sink, as *bookSheet) (int, error) {
	var filled []*table
	for _, t := range p.tables {
		if t.sheet.Len() > 0 {
			filled = append(filled, t)
		}
	}
	if len(filled) == 0 && len(p.tables) > 0 && as == nil {
		filled = p.tables[:1] // a table without text is one
	}
	for i, t := range filled {
		head := &sheet.Sheet{Name: strings.Join(strings.Fields(t.caption.String()), " "), Hidden: t.sheet.Hidden, Merges: t.sheet.Merges}
		switch {
		case as != nil && (i == 0 || head.Name == ""):
			head.Name, head.Hidden = as.name, head.Hidden || as.hidden
		case as == nil && len(p.book.sheets) == len(filled):
			head.Name = p.book.sheets[i].name
		}
		if err := p.sendTable(to, t, head); err != nil {
			return i, err
		}
	}
	return len(filled), nil
}

func (p *page) sendTable(to sheet.Sink, t *table, head *sheet.Sheet) error {
	if err := to.Begin(head); err != nil {
		return err
	}
	columns := columnEvidence(&t.sheet, p.styles.evidence())
	for row := range t.sheet.All() {
		for i := range row.Cells {
			settle(&row.Cells[i], columns[row.Cells[i].Col], p.styles.decimal != "")
		}
		if err := to.Row(row); err != nil {
			return err
		}
	}
	return to.End(head)
}
