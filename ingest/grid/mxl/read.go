package mxl

import (
	"bytes"
	"errors"
	"slices"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// versions of the binary form whose layout is known; the later adds the angle of text.
const (
	versionPlain = 6
	versionAngle = 7
)

const (
	magic     = "MOXCEL"
	headSize  = 11
	propsSize = 30 // of properties, that all start with the flags
	fontSize  = 60
	flagText  = 0x80000000
	flagValue = 0x40000000
	flagData  = 0x00200000
	maxPlace  = 1 << 20 // rows and columns beyond are no print-out
)

// Read gives the one sheet of a document.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	if !bytes.HasPrefix(data, []byte(magic)) || len(data) < headSize+2 {
		return refused()
	}
	r := &reader{b: b, data: data, pos: headSize}
	if r.version = r.u16(); r.version != versionPlain && r.version != versionAngle {
		return refused()
	}
	s := &sheet.Draft{}
	err := r.document(s)
	if err == nil {
		return s.Send(to)
	}
	var re *sheet.ReadError
	switch {
	case errors.As(err, &re):
		return err
	case b.Alive() != nil:
		return b.Alive()
	case len(s.Rows) == 0:
		return refused()
	}
	to.Warn(sheet.Warning{Code: "truncated", Row: s.Rows[len(s.Rows)-1].N})
	return s.Send(to)
}

func refused() error {
	return &sheet.ReadError{Code: sheet.CodeUnsupported, Found: "mxl", Expected: "xlsx"}
}

func (r *reader) document(s *sheet.Draft) error {
	r.skip(12) // columns, rows, objects: the collections say their sizes themselves
	r.cell()
	for range r.keys() {
		r.skip(fontSize)
	}
	for range r.keys() {
		_ = r.str()
	}
	r.cell() // head of the page
	r.cell() // foot
	for range r.keys() {
		r.cell()
	}
	for _, n := range r.keys() {
		if err := r.keep(s, r.row(n)); err != nil {
			return err
		}
		if r.bad {
			break
		}
	}
	slices.SortStableFunc(s.Rows, func(a, b sheet.Row) int { return a.N - b.N })
	if r.bad {
		return errCut
	}
	if r.u16() == 0 && !r.bad { // unions follow objects, whose form is longer: only read where there are none
		r.unions(s)
	}
	return nil
}

// row reads the cells of row n, counted from 0.
func (r *reader) row(n int) sheet.Row {
	row := sheet.Row{N: n + 1}
	r.cell()
	for _, c := range r.keys() {
		text := r.cell()
		if r.bad || n < 0 || c < 0 || n >= maxPlace || c >= maxPlace {
			break
		}
		if text != "" {
			row.Cells = append(row.Cells, sheet.Cell{Row: n + 1, Col: c + 1, Kind: sheet.Text, Value: text, Text: text})
		}
	}
	return row
}

func (r *reader) keep(s *sheet.Draft, row sheet.Row) error {
	if len(row.Cells) == 0 {
		return nil
	}
	if err := r.b.Alive(); err != nil {
		return err
	}
	slices.SortStableFunc(row.Cells, func(a, b sheet.Cell) int { return a.Col - b.Col })
	s.Rows = append(s.Rows, row)
	return r.b.SpendCells(len(row.Cells))
}

func (r *reader) unions(s *sheet.Draft) {
	for n := r.count(); n > 0 && !r.bad; n-- {
		left, top, right, bottom := r.i32(), r.i32(), r.i32(), r.i32()
		if !r.bad && left >= 0 && top >= 0 && right >= left && bottom >= top && right < maxPlace && bottom < maxPlace {
			s.Merges = append(s.Merges, sheet.Range{FirstRow: top + 1, FirstCol: left + 1, LastRow: bottom + 1, LastCol: right + 1})
		}
	}
}
