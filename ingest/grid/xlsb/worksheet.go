package xlsb

import (
	"errors"
	"strconv"

	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Bounds of a sheet ([MS-XLSB] 2.5.29, 2.5.163) and of what is kept beside its cells.
const (
	maxRow      = 1 << 20
	maxCol      = 1 << 14
	maxMerges   = 1 << 18
	maxWarnings = 100
	maxHeld     = 16 << 20 // bytes of the records of a row
)

// worksheet is the walk over the records of a sheet.
type worksheet struct {
	w       *workbook
	sheet   *sheet.Sheet
	general cellStyle

	hidden []bool // columns, from 0; nil while none is
	inData bool
	row    sheet.Row
	col    int // of the last cell, from 0
	held   int // bytes of the cells of the row
}

// readSheet reads a worksheet part ([MS-XLSB] 2.1.7.61). Sheets of macros and
// dialogs are built alike.
func (w *workbook) readSheet(ref sheetRef) error {
	s := &worksheet{w: w, sheet: &sheet.Sheet{Name: ref.name, Hidden: ref.hidden}, general: cellStyle{format: numfmt.General()}}
	if err := w.to.Begin(s.sheet); err != nil {
		return err
	}
	in, err := w.open(ref.part)
	if err != nil {
		return inSheet(ref.name, err)
	}
	if in == nil {
		s.warn(0, "sheet_without_part", ref.name)
		return w.to.End(s.sheet)
	}
	defer in.Close()
	err = walk(newRecords(w.b, in), endSheet, s.visit)
	if err == nil || errors.Is(err, errCut) {
		if ferr := s.flush(); ferr != nil {
			return ferr
		}
	}
	if errors.Is(err, errCut) {
		w.to.Warn(sheet.Warning{Code: "truncated", Sheet: ref.name, Row: s.row.N})
		err = nil
	}
	if err != nil {
		return inSheet(ref.name, err)
	}
	return w.to.End(s.sheet)
}

func inSheet(name string, err error) error {
	var re *sheet.ReadError
	if errors.As(err, &re) && re.Sheet == "" {
		re.Sheet = name
	}
	return err
}

func (s *worksheet) visit(r *records) error {
	switch {
	case r.kind == beginSheetData, r.kind == endSheetData:
		s.inData = r.kind == beginSheetData
		return s.flush()
	case s.inData && r.kind == rowHdr:
		return s.read(r, s.beginRow)
	case s.inData && isCell(r.kind):
		return s.read(r, func(f *fields) error { return s.cell(r.kind, f) })
	case r.kind == colInfo:
		return s.read(r, s.columns)
	case r.kind == mergeCell:
		return s.read(r, s.merge)
	}
	return nil
}

func (s *worksheet) read(r *records, take func(*fields) error) error {
	f, err := r.fields()
	if err != nil {
		return err
	}
	return take(&f)
}

// beginRow takes a BrtRowHdr (2.4.742).
func (s *worksheet) beginRow(f *fields) error {
	if err := s.flush(); err != nil {
		return err
	}
	n := f.u32()
	if n >= maxRow {
		return &sheet.ReadError{Code: sheet.CodeBroken, Found: "row " + strconv.Itoa(int(n)+1)}
	}
	f.take(7) // style, height, space above and below
	flags := f.u8()
	s.row = sheet.Row{N: int(n) + 1, Outline: flags & 7, Hidden: flags&0x10 != 0, Cells: s.row.Cells[:0]}
	s.col = -1
	return nil
}

// flush sends the row that is open.
func (s *worksheet) flush() error {
	s.held = 0
	if len(s.row.Cells) == 0 {
		return nil
	}
	err := s.w.to.Row(s.row)
	s.row.Cells = s.row.Cells[:0]
	return err
}

// columns takes a BrtColInfo (2.4.323).
func (s *worksheet) columns(f *fields) error {
	first, last := f.u32(), f.u32()
	f.take(8) // width, style
	if f.u16()&1 == 0 || f.short {
		return nil
	}
	if s.hidden == nil {
		s.hidden = make([]bool, maxCol)
	}
	for c := first; c <= last && c < maxCol; c++ {
		s.hidden[c] = true
	}
	return nil
}

// merge takes a BrtMergeCell (2.4.689).
func (s *worksheet) merge(f *fields) error {
	r1, r2, c1, c2 := f.u32(), f.u32(), f.u32(), f.u32()
	if f.short || r1 > r2 || c1 > c2 || r2 >= maxRow || c2 >= maxCol {
		return nil
	}
	if len(s.sheet.Merges) >= maxMerges {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "merges"}
	}
	s.sheet.Merges = append(s.sheet.Merges, sheet.Range{FirstRow: int(r1) + 1, FirstCol: int(c1) + 1, LastRow: int(r2) + 1, LastCol: int(c2) + 1})
	return nil
}

// warn notes something odd in the row that is open, the column from 1.
func (s *worksheet) warn(col int, code, text string) {
	if len(s.sheet.Warnings) < maxWarnings {
		s.sheet.Warnings = append(s.sheet.Warnings, sheet.Warning{Sheet: s.sheet.Name, Row: s.row.N, Col: col, Code: code, Text: text})
	}
}
