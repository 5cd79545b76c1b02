package docx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"slices"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

const format = "docx"

// Bounds of a document.
const (
	maxColumns = 16384
	maxTables  = 10_000
	maxNesting = 20 // tables in tables; deeper ones are text of the cell
)

// Read gives the tables. The error is of code empty where there is none (Found
// "docx", Expected "table").
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: format, Err: err}
	}
	if len(z.File) > b.Options.MaxMembers {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
	}
	p := &pack{b: b, files: z.File}
	main, err := p.mainPart()
	if err != nil {
		return err
	}
	d := &document{b: b}
	if err := d.readBeside(p, main); err != nil {
		return err
	}
	r, err := p.open(main)
	if err != nil {
		return broken(err)
	}
	defer r.Close()
	cut := d.read(r)
	return d.result(b, cut, to)
}

// readBeside reads the styles and lists, which may be missing.
func (d *document) readBeside(p *pack, main *zip.File) error {
	f, err := p.beside(main, "styles")
	if f != nil {
		d.styles, err = p.readStyles(f)
	}
	if err != nil {
		return err
	}
	f, err = p.beside(main, "numbering")
	if f != nil {
		d.numbering, err = p.readNumbering(f)
	}
	return err
}

// result hands the tables over. Where the text broke off, what was read counts.
func (d *document) result(b *sheet.Budget, cut error, to sheet.Sink) error {
	var re *sheet.ReadError
	switch {
	case b.Alive() != nil:
		return b.Alive()
	case errors.As(cut, &re):
		return cut
	}
	slices.SortFunc(d.done, func(x, y *table) int { return cmp.Compare(x.number, y.number) })
	var sheets []*sheet.Draft
	for _, t := range d.done {
		sheets = append(sheets, t.sheet())
	}
	switch {
	case len(sheets) == 0 && cut != nil:
		return broken(cut)
	case len(sheets) == 0:
		return &sheet.ReadError{Code: sheet.CodeEmpty, Found: format, Expected: "table"}
	case cut != nil:
		last := sheets[len(sheets)-1]
		to.Warn(sheet.Warning{Code: "truncated", Sheet: last.Name, Row: last.Rows[len(last.Rows)-1].N})
	}
	for _, s := range sheets {
		if err := s.Send(to); err != nil {
			return err
		}
	}
	return nil
}

func broken(err error) error {
	var re *sheet.ReadError
	if errors.As(err, &re) {
		return err
	}
	return &sheet.ReadError{Code: sheet.CodeBroken, Expected: format, Err: err}
}
