package pdf

import (
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Found words of errors.
const (
	foundScan = "pdf_scan"
	foundPDF  = "pdf"
)

// Read gives the tables of a document as one sheet.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	d, err := open(b, data)
	if err != nil {
		return err
	}
	leaves := d.leaves()
	if len(leaves) == 0 {
		return &sheet.ReadError{Code: sheet.CodeBroken, Found: foundPDF}
	}
	fonts := map[ref]*font{}
	var pages [][]row
	images := 0
	for _, l := range leaves {
		p, err := d.page(l, fonts)
		if err != nil {
			return err
		}
		images += p.images
		pages = append(pages, p.rows())
	}
	rows := joinPages(pages)
	if len(rows) == 0 && images > 0 {
		return &sheet.ReadError{Code: sheet.CodeUnsupported, Found: foundScan}
	}
	if len(rows) == 0 {
		return &sheet.ReadError{Code: sheet.CodeEmpty, Found: foundPDF}
	}
	s, err := build(b, rows)
	if err != nil {
		return err
	}
	if d.cut {
		to.Warn(sheet.Warning{Code: "truncated", Row: len(s.Rows)})
	}
	warnUnreadable(s, to)
	return s.Send(to)
}

// warnUnreadable warns once of text whose font does not say what its codes mean.
func warnUnreadable(s *sheet.Draft, to sheet.Sink) {
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			if strings.ContainsRune(c.Value, '\uFFFD') {
				to.Warn(sheet.Warning{Code: "pdf_font", Row: c.Row, Col: c.Col})
				return
			}
		}
	}
}

func build(b *sheet.Budget, rows []row) (*sheet.Draft, error) {
	cols := columns(rows)
	s := &sheet.Draft{}
	for i, r := range rows {
		out := sheet.Row{N: i + 1}
		for j, pc := range r.pieces {
			col := column(cols, pc)
			if r.ruled {
				col = columnAt(cols, r.lefts[j])
			}
			k := slices.IndexFunc(out.Cells, func(c sheet.Cell) bool { return c.Col == col })
			if k >= 0 {
				out.Cells[k].Value += " " + pc.text
				out.Cells[k].Text = out.Cells[k].Value
				continue
			}
			out.Cells = append(out.Cells, sheet.Cell{Row: i + 1, Col: col, Kind: sheet.Text, Value: pc.text, Text: pc.text, Bold: pc.bold})
		}
		slices.SortFunc(out.Cells, func(a, b sheet.Cell) int { return a.Col - b.Col })
		if err := b.SpendCells(len(out.Cells)); err != nil {
			return nil, err
		}
		s.Rows = append(s.Rows, out)
	}
	return s, nil
}
