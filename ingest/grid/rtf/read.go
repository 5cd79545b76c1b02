package rtf

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/distbase/distbase/ingest/grid/charset"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

const format = "rtf"

// Bounds of a document.
const (
	maxTables = 10_000
	maxCells  = 1_000_000 // empty ones too; a document of so many has about 60 MB
	maxGroups = 1000      // inside each other; deeper ones share a state
	maxLevels = 20        // tables in tables; deeper ones are taken for the last level
	// sampleBytes is how much text a guess of the code page looks at.
	sampleBytes = 64 << 10
)

// Read gives the tables. The error is of code empty where there is none (Found
// "rtf", Expected "table").
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	data = bytes.TrimLeft(data, " \t\r\n\xef\xbb\xbf")
	if !bytes.HasPrefix(data, []byte(`{\rt`)) {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: format}
	}
	d := newDocument(b, data)
	if err := d.read(); err != nil {
		return err
	}
	if page := d.guess(); page != 0 {
		d = newDocument(b, data)
		d.forced = page
		if err := d.read(); err != nil {
			return err
		}
	}
	sheets := d.sheets()
	if len(sheets) == 0 {
		return &sheet.ReadError{Code: sheet.CodeEmpty, Found: format, Expected: "table"}
	}
	if d.cut {
		last := sheets[len(sheets)-1]
		to.Warn(sheet.Warning{Code: "truncated", Row: last.Rows[len(last.Rows)-1].N})
	}
	for _, s := range sheets {
		if err := s.Send(to); err != nil {
			return err
		}
	}
	return nil
}

// sheets are those of the tables, in the order in which these begin.
func (d *document) sheets() []*sheet.Draft {
	slices.SortStableFunc(d.done, func(x, y numbered) int { return cmp.Compare(x.number, y.number) })
	var out []*sheet.Draft
	for _, t := range d.done {
		out = append(out, t.sheet)
	}
	return out
}

// guess is the code page of text that stands under the default of Western writers
// and reads as Russian; 0 where there is nothing to correct.
func (d *document) guess() int {
	if d.high == 0 || d.page != western && d.page != 437 && d.page != 850 {
		return 0
	}
	return guessed[charset.Detect(d.sample)]
}
