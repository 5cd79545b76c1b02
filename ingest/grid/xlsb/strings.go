package xlsb

import (
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// sharedStrings is the table of texts that cells point into ([MS-XLSB] 2.1.7.45).
type sharedStrings struct{ items []string }

// perItem is what a text takes beside its bytes, the growth of the table included.
const perItem = 32

func (w *workbook) readStrings(part string) error {
	if part == "" {
		return nil
	}
	w.strings = &sharedStrings{}
	left := w.b.Options.MaxText
	return w.scan(part, endSst, func(r *records) error {
		if r.kind != sstItem {
			return nil
		}
		f, err := r.fields()
		if err != nil {
			return err
		}
		s := f.rich()
		if left -= int64(len(s)) + perItem; left < 0 {
			return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "shared_strings"}
		}
		w.strings.items = append(w.strings.items, s)
		return nil
	})
}
