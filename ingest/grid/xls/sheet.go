package xls

import (
	"errors"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// maxCol is how many columns a worksheet has.
const maxCol = 1 << 8

// unnamed is what workbook programs call the sheet of a file without names.
const unnamed = "Sheet1"

// sheets reads all worksheets.
func (w *workbook) sheets() error {
	if len(w.list) == 0 {
		return w.unlisted()
	}
	if len(w.list) > w.b.Options.MaxMembers {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
	}
	var starts []int
	for i, ref := range w.list {
		if ref.kind != 0 {
			continue
		}
		if at := ref.offset; at < 0 || at >= len(w.stream) || !isBOF(w.stream[at:]) {
			// The list points nowhere: sheets come in its order all the same.
			if starts == nil {
				starts = w.starts()
			}
			if i >= len(starts) {
				if err := w.lost(ref); err != nil {
					return err
				}
				continue
			}
			ref.offset = starts[i]
		}
		if _, err := w.sheetAt(ref.offset, ref); err != nil {
			return err
		}
	}
	return nil
}

// lost sends a sheet of which nothing but the name is there.
func (w *workbook) lost(ref listed) error {
	s := &sheet.Sheet{Name: ref.name, Hidden: ref.hidden}
	s.Warnings = append(s.Warnings, sheet.Warning{Sheet: ref.name, Code: "sheet_without_part", Text: ref.name})
	w.truncated = true
	w.given++
	if err := w.to.Begin(s); err != nil {
		return err
	}
	return w.to.End(s)
}

// starts finds where the substreams after the globals begin.
func (w *workbook) starts() []int {
	out := []int{}
	depth := 0
	for s := (scanner{data: w.stream}); s.next(); {
		switch s.id {
		case idBOF2, idBOF3, idBOF4, idBOF5:
			if depth == 0 && s.start > 0 {
				out = append(out, s.start)
			}
			depth++
		case idEOF:
			depth = max(0, depth-1)
		}
	}
	return out
}

// unlisted reads a stream without a list: a single sheet of Excel 2 to 4, the
// sheets of a workbook of Excel 4, or one that lost its list.
func (w *workbook) unlisted() error {
	var ref listed
	end := 0
	for s := (scanner{data: w.stream}); s.next(); s.data = w.stream {
		switch s.id {
		case idBundleHeader:
			if s.start >= end {
				ref.name = w.decode(byteText(tail(s.body, 4), 1))
			}
		case idBOF2, idBOF3, idBOF4, idBOF5:
			if kind := u16(s.body, 2); s.start < end || kind == kindGlobals || kind == kindBundle {
				continue
			}
			at, err := w.sheetAt(s.start, ref)
			if err != nil {
				return err
			}
			end, ref = at, listed{}
			if w.given > w.b.Options.MaxMembers {
				return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
			}
		}
	}
	return nil
}

// sheetAt sends the sheet that begins at a place and says where it ends. It sends
// nothing for a chart or a macro sheet.
func (w *workbook) sheetAt(at int, ref listed) (end int, err error) {
	r := &substream{w: w, s: &scanner{data: w.stream, pos: at}, sheet: &sheet.Sheet{Name: ref.name, Hidden: ref.hidden}, rows: map[int]rowInfo{}, ixfe: -1}
	r.s.next()
	first := r.s.pos
	if kind := u16(r.s.body, 2); kind == kindChart || kind == kindMacro || kind == kindModule {
		return w.walk(at, r.skip())
	}
	if ref.name == "" {
		r.sheet.Name = unnamed
	}
	if err := r.survey(); err != nil {
		return 0, err
	}
	end, err = w.walk(at, r.s.pos)
	if err != nil {
		return 0, err
	}
	w.given++
	if err := w.to.Begin(r.sheet); err != nil {
		return 0, err
	}
	r.s = &scanner{data: w.stream[:end], pos: first}
	if err := r.records(); err != nil {
		var re *sheet.ReadError
		if errors.As(err, &re) && re.Sheet == "" {
			re.Sheet = ref.name
		}
		return 0, err
	}
	return end, w.to.End(r.sheet)
}

// walk counts what was read as sheets. Sheets of a sound file lie behind each other;
// those of a hostile one may lie in each other, and reading all would take long.
func (w *workbook) walk(from, to int) (int, error) {
	if w.walked += to - from; w.walked > 2*len(w.stream) {
		return 0, &sheet.ReadError{Code: sheet.CodeBroken, Found: "sheets in each other", Expected: "xls"}
	}
	return to, nil
}
