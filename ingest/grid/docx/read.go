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
	maxPartBytes = sheet.MaxTextBytes
	maxColumns   = 16384
	maxTables    = 10_000
	maxNesting   = 20 // tables in tables; deeper ones are text of the cell
)

// Read gives the tables. The error is of code empty where there is none (Found
// "docx", Expected "table").
func Read(b *sheet.Budget, data []byte) ([]*sheet.Sheet, []sheet.Warning, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, &sheet.ReadError{Code: sheet.CodeBroken, Expected: format, Err: err}
	}
	if len(z.File) > sheet.MaxMembers {
		return nil, nil, &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
	}
	p := &pack{b: b, files: z.File}
	main, err := p.mainPart()
	if err != nil {
		return nil, nil, err
	}
	d := &document{b: b}
	if err := d.readBeside(p, main); err != nil {
		return nil, nil, err
	}
	r, err := p.open(main)
	if err != nil {
		return nil, nil, broken(err)
	}
	defer r.Close()
	cut := d.read(r)
	return d.result(b, cut)
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
func (d *document) result(b *sheet.Budget, cut error) ([]*sheet.Sheet, []sheet.Warning, error) {
	var re *sheet.ReadError
	switch {
	case b.Alive() != nil:
		return nil, nil, b.Alive()
	case errors.As(cut, &re):
		return nil, nil, cut
	}
	slices.SortFunc(d.done, func(x, y *table) int { return cmp.Compare(x.number, y.number) })
	var sheets []*sheet.Sheet
	for _, t := range d.done {
		sheets = append(sheets, t.sheet())
	}
	var warnings []sheet.Warning
	switch {
	case len(sheets) == 0 && cut != nil:
		return nil, nil, broken(cut)
	case len(sheets) == 0:
		return nil, nil, &sheet.ReadError{Code: sheet.CodeEmpty, Found: format, Expected: "table"}
	case cut != nil:
		last := sheets[len(sheets)-1]
		warnings = append(warnings, sheet.Warning{Code: "truncated", Sheet: last.Name, Row: last.Rows[len(last.Rows)-1].N})
	}
	return sheets, warnings, nil
}

func broken(err error) error {
	var re *sheet.ReadError
	if errors.As(err, &re) {
		return err
	}
	return &sheet.ReadError{Code: sheet.CodeBroken, Expected: format, Err: err}
}
