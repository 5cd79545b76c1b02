package xlsb

import "github.com/distbase/distbase/ingest/grid/numfmt"

// cellStyle is what a cell's XF says.
type cellStyle struct {
	format *numfmt.Format
	indent uint8
	bold   bool
}

// xf is a BrtXF with the numbers of what it is made of.
type xf struct {
	format, font int
	indent       uint8
}

// Bounds of the tables of styles; Excel has 65,490 cell formats.
const maxStyles = 1 << 16

// boldWeight: fonts are 400 when regular, 700 when bold ([MS-XLSB] 2.4.149).
const boldWeight = 600

// styleScan gathers the tables of the styles part, whose order is not relied on.
type styleScan struct {
	codes   map[int]string
	bold    []bool // by font
	xfs     []xf
	inCells bool // in the XFs of cells, not in those of named styles
}

func (w *workbook) readStyles(part string) error {
	if part == "" {
		return nil
	}
	s := &styleScan{codes: map[int]string{}}
	if err := w.scan(part, endStyleSheet, s.visit); err != nil {
		return err
	}
	w.styles = s.styles()
	return nil
}

func (s *styleScan) visit(r *records) error {
	switch r.kind {
	case beginCellXFs, endCellXFs:
		s.inCells = r.kind == beginCellXFs
	case fontRecord, fmtRecord, xfRecord:
		f, err := r.fields()
		if err != nil {
			return err
		}
		s.take(r.kind, &f)
	}
	return nil
}

func (s *styleScan) take(k kind, f *fields) {
	switch {
	case k == fontRecord && len(s.bold) < maxStyles:
		f.u32() // height, italic and the like
		s.bold = append(s.bold, f.u16() >= boldWeight)
	case k == fmtRecord && len(s.codes) < maxStyles:
		id := f.u16()
		if code := f.wide(); !f.short {
			s.codes[id] = code
		}
	case k == xfRecord && s.inCells && len(s.xfs) < maxStyles:
		f.u16() // the named style it was made from
		x := xf{format: f.u16(), font: f.u16()}
		f.take(5) // fill, border, rotation
		x.indent = f.u8()
		s.xfs = append(s.xfs, x)
	}
}

// styles resolves the XFs of cells. Formats are parsed once.
func (s *styleScan) styles() []cellStyle {
	formats := map[int]*numfmt.Format{}
	out := make([]cellStyle, len(s.xfs))
	for i, x := range s.xfs {
		f := formats[x.format]
		if f == nil {
			code, own := s.codes[x.format]
			if !own {
				code = numfmt.Builtin(x.format)
			}
			f = numfmt.Parse(code)
			formats[x.format] = f
		}
		out[i] = cellStyle{format: f, indent: x.indent, bold: x.font < len(s.bold) && s.bold[x.font]}
	}
	return out
}
