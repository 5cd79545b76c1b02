package ods

import (
	"bytes"
	"errors"
	"io"

	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

const format = "ods"

// Read gives the sheets of an archive or of a flat file.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	d := &document{b: b, to: to, styles: newStyles()}
	if !bytes.HasPrefix(data, []byte("PK")) {
		return d.read(b.Unpack(bytes.NewReader(data), int64(len(data))))
	}
	p, err := openPack(b, data)
	if err != nil {
		return err
	}
	styles, err := p.open("styles.xml")
	if err != nil {
		return err
	}
	if styles != nil { // without them cells have their values still
		err := d.walk(styles, d.stylePart)
		styles.Close()
		if boundary(err) {
			return err
		}
	}
	content, err := p.open("content.xml")
	if err != nil {
		return err
	}
	if content == nil {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: "content.xml"}
	}
	defer content.Close()
	return d.read(content)
}

// document is the walk over content and styles.
type document struct {
	b      *sheet.Budget
	to     sheet.Sink
	x      *xmlscan.Scanner
	tokens int
	styles *styles

	copies int // cells given more than once, of all sheets
	sheets int
	table  *table // the one being read
	text   textReader
}

// read walks the content and says what became of it.
func (d *document) read(r io.Reader) error {
	err := d.walk(r, d.part)
	switch {
	case boundary(err) || d.sheets == 0 && err != nil:
		return broken(err)
	case d.sheets == 0:
		return &sheet.ReadError{Code: sheet.CodeEmpty, Expected: "table"}
	case err == nil:
		return nil
	}
	w := sheet.Warning{Code: "truncated"}
	if t := d.table; t != nil {
		w.Sheet, w.Row = t.sheet.Name, t.row.N
		if err := t.close(); err != nil {
			return err
		}
	}
	d.to.Warn(w)
	return nil
}

// damage is why XML cannot be read on.
type damage struct{ error }

func (d damage) Unwrap() error { return d.error }

// boundary tells errors that end the read from damage, which ends a part only.
func boundary(err error) bool {
	var bad damage
	return err != nil && !errors.As(err, &bad)
}

func broken(err error) error {
	var bad damage
	if errors.As(err, &bad) {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: format, Err: err}
	}
	return err
}

// walk goes over a document from its root and shows its parts to a visitor.
func (d *document) walk(r io.Reader, part func(name string) error) error {
	d.begin(r)
	defer d.styles.settle()
	return d.children(func(string) error { return d.children(part) })
}

func (d *document) begin(r io.Reader) { d.x = xmlscan.New(r) }

// part takes a part of the document: tables of styles, or the body.
func (d *document) part(name string) error {
	if name == "body" {
		d.styles.settle()
		return d.children(d.body)
	}
	return d.stylePart(name)
}

// stylePart takes what the member of common styles may hold: tables in it are none of
// the document.
func (d *document) stylePart(name string) error {
	switch name {
	case "automatic-styles", "styles":
		return d.children(d.style)
	}
	return nil
}

// body takes what stands in it: tables, which are one step deeper since
// OpenDocument (3.7).
func (d *document) body(name string) error {
	switch name {
	case "spreadsheet":
		return d.children(d.body)
	case "table":
		return d.readTable()
	}
	return nil
}

// children shows the elements inside the open one to a visitor, who may go into
// them or leave them, and ends behind the end tag. Text between them is nothing.
func (d *document) children(visit func(name string) error) error {
	return d.content(visit, nil)
}

// content is children with text.
func (d *document) content(visit func(name string) error, text func()) error {
	for level := d.x.Depth; ; {
		token, err := d.next()
		if err != nil {
			if level == 0 && errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		switch token {
		case xmlscan.Open:
			if err := visit(string(d.x.Name)); err != nil {
				return err
			}
			for d.x.Depth > level {
				if _, err := d.next(); err != nil {
					return err
				}
			}
		case xmlscan.Close:
			if d.x.Depth < level {
				return nil
			}
		case xmlscan.Text:
			if text != nil {
				text()
			}
		}
	}
}

// maxDepth bounds elements in elements.
const maxDepth = 1000

func (d *document) next() (xmlscan.Token, error) {
	if d.tokens++; d.tokens%8192 == 0 {
		if err := d.b.Alive(); err != nil {
			return 0, err
		}
	}
	token, err := d.x.Next()
	var re *sheet.ReadError
	switch {
	case err != nil && !errors.As(err, &re):
		err = damage{err}
	case d.x.Depth > maxDepth:
		err = &sheet.ReadError{Code: sheet.CodeTooBig, Found: "nesting"}
	}
	return token, err
}
