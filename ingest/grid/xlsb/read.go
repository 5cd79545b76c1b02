package xlsb

import (
	"errors"
	"fmt"
	"path"

	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

const format = "xlsb"

// workbook is an open file with the parts that every sheet needs.
type workbook struct {
	*pack
	to      sheet.Sink
	date    numfmt.System
	sheets  []sheetRef
	strings *sharedStrings // nil: the file has none
	styles  []cellStyle
}

// sheetRef is a line of the workbook's list of sheets.
type sheetRef struct {
	name, id, kind, part string
	hidden               bool
}

// Read gives the worksheets in the order of the workbook.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	p, err := openPack(b, data)
	if err != nil {
		return err
	}
	w := &workbook{pack: p, to: to}
	main, err := w.mainPart()
	if err != nil {
		return err
	}
	rels, err := w.relations(main)
	if err != nil {
		return err
	}
	if err := w.readBook(main, rels); err != nil {
		return err
	}
	dir := path.Dir(main)
	if err := w.readStyles(w.target(rels, "styles", dir+"/styles.bin")); err != nil {
		return err
	}
	if err := w.readStrings(w.target(rels, "sharedStrings", dir+"/sharedStrings.bin")); err != nil {
		return err
	}
	for _, ref := range w.sheets {
		if err := w.readSheet(ref); err != nil {
			return fmt.Errorf("read sheet %q: %w", ref.name, err)
		}
	}
	return nil
}

// readBook reads the workbook part: which sheets there are, and the date system.
func (w *workbook) readBook(main string, rels []relation) error {
	byID := map[string]relation{}
	for _, r := range rels {
		byID[r.id] = r
	}
	err := w.scan(main, endBook, func(r *records) error {
		if r.kind != wbProp && r.kind != bundleSh {
			return nil
		}
		f, err := r.fields()
		if err != nil {
			return err
		}
		if r.kind == wbProp {
			w.date.Base1904 = f.u32()&1 != 0
			return nil
		}
		ref := sheetRef{hidden: f.u32() != 0}
		f.u32() // its number for other parts
		ref.id, ref.name = f.wide(), f.wide()
		ref.kind, ref.part = byID[ref.id].kind, byID[ref.id].part
		if ref.kind == "chartsheet" || f.short {
			return nil
		}
		if w.sheets = append(w.sheets, ref); len(w.sheets) > w.b.Options.MaxMembers {
			return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "sheets"}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(w.sheets) == 0 {
		return &sheet.ReadError{Code: sheet.CodeEmpty, Expected: "worksheet"}
	}
	return nil
}

// scan shows the records of a part to a visitor, whose error ends the scan, up to
// its last one. Where the part breaks off before, there is a warning.
func (w *workbook) scan(part string, last kind, visit func(*records) error) error {
	in, err := w.open(part)
	if err != nil {
		return err
	}
	if in == nil {
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: part}
	}
	defer in.Close()
	err = walk(newRecords(w.b, in), last, visit)
	if errors.Is(err, errCut) {
		w.to.Warn(sheet.Warning{Code: "truncated", Text: path.Base(part)})
		return nil
	}
	return err
}

func walk(r *records, last kind, visit func(*records) error) error {
	for {
		if err := r.next(); err != nil {
			return err
		}
		if r.kind == last {
			return nil
		}
		if err := visit(r); err != nil {
			return err
		}
	}
}
