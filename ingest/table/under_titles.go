package table

import (
	"fmt"
	"slices"

	"github.com/distbase/distbase/ingest/grid"
)

// UnderTitles reads a sheet under titles that a person has pointed to: those of row n,
// 1-based, with the rows above and below that belong to them. Nil where nothing is told
// under them. An error means that the sheet broke the reader.
func UnderTitles(f *grid.File, s *grid.Sheet, src Source, n int) (t *Table, err error) {
	defer func() {
		if p := recover(); p != nil {
			t, err = nil, fmt.Errorf("understand sheet %q under row %d: %v", s.Name, n, p)
		}
	}()
	v := newView(s)
	ri := slices.IndexFunc(v.rows, func(r viewRow) bool { return r.N == n })
	if ri < 0 || len(v.filled(ri)) == 0 {
		return nil, nil
	}
	h := v.headingOf(ri)
	h.pointed = true
	if t = v.understandUnder(h, src, nil); t != nil {
		t.File = fileOf(f, s, src)
		t.judge()
	}
	return t, nil
}

// SheetOf is the sheet that stands in a file, as [Table.File] calls it, under an index; nil for none.
func SheetOf(f *grid.File, src Source, file string, index int) *grid.Sheet {
	for _, s := range f.Sheets {
		if s.Index == index && fileOf(f, s, src) == file {
			return s
		}
	}
	return nil
}

// fileOf is the file that a sheet stands in: inside an archive its own, else as it was sent.
func fileOf(f *grid.File, s *grid.Sheet, src Source) string {
	switch {
	case s.Path != "":
		return s.Path
	case src.FileName != "":
		return src.FileName
	}
	return f.Name
}
