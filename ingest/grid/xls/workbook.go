package xls

import (
	"golang.org/x/text/encoding"

	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Kinds of a substream, the word after the version in BOF ([MS-XLS] 2.4.21).
const (
	kindGlobals   = 0x0005
	kindModule    = 0x0006
	kindWorksheet = 0x0010
	kindChart     = 0x0020
	kindMacro     = 0x0040
	kindBundle    = 0x0100 // a workbook of Excel 4
)

// workbook is what the sheets of a stream share.
type workbook struct {
	b         *sheet.Budget
	to        sheet.Sink
	stream    []byte
	version   int // 2, 3, 4, 5 or 8
	codePage  int
	enc       *encoding.Decoder
	date      numfmt.System
	list      []listed
	strings   table
	fonts     []bool // whether bold
	cyrillic  bool   // one of them has Cyrillic letters
	formats   map[int]string
	xfs       []xf
	styles    []style
	parsed2   map[int]*numfmt.Format // of BIFF2
	plain     *numfmt.Format
	codes     int // bytes of format codes parsed
	truncated bool
	cut       sheet.Warning // the sheet that broke off first, and its last row
	opened    bool          // decrypted
	given     int           // sheets sent on
	walked    int           // bytes of the stream read as sheets
}

// listed is a sheet as the workbook lists it.
type listed struct {
	name   string
	kind   int // 0 worksheet, 1 macro, 2 chart, 6 module
	offset int
	hidden bool
}

// open reads what stands before the sheets.
func (w *workbook) open() error {
	s := &scanner{data: w.stream}
	s.next()
	kind := w.setVersion(s)
	w.formats, w.plain = map[int]string{}, numfmt.General()
	if kind != kindGlobals && kind != kindBundle {
		return nil
	}
	return w.globals(s)
}

// setVersion takes the version from the first record; it gives the kind of the substream.
func (w *workbook) setVersion(s *scanner) int {
	switch s.id {
	case idBOF2:
		w.version = 2
	case idBOF3:
		w.version = 3
	case idBOF4:
		w.version = 4
	default:
		switch u16(s.body, 0) {
		case 0x0600:
			w.version = 8
		case 0x0200, 2:
			w.version = 2
		case 0x0300:
			w.version = 3
		case 0x0400:
			w.version = 4
		default:
			w.version = 5
		}
	}
	return u16(s.body, 2)
}

// globals reads the substream of the workbook ([MS-XLS] 2.1.7.20.3).
func (w *workbook) globals(s *scanner) error {
	for s.next() {
		if err := w.b.Alive(); err != nil {
			return err
		}
		switch s.id {
		case idFilePass:
			if err := w.decrypt(s); err != nil {
				return err
			}
		case idBoundSheet:
			w.addListed(s.body)
		case idSST:
			if err := w.strings.read(s.parts(), w.b.Options.MaxText); err != nil {
				return err
			}
		case idBundleHeader, idEOF:
			w.truncated = w.truncated || s.truncated
			return nil
		default:
			w.shared(s)
		}
	}
	w.truncated = true
	return nil
}

// shared reads the records that stand among the globals, and before BIFF5 in the sheet itself.
func (w *workbook) shared(s *scanner) {
	switch s.id {
	case idCodePage:
		w.codePage = u16(s.body, 0)
	case idDateMode:
		w.date.Base1904 = u16(s.body, 0) == 1
	case idFont2, idFont3:
		w.addFont(s.body)
	case idFormat2, idFormat4:
		w.addFormat(s.id, s.body)
	case idXF2, idXF3, idXF4, idXF5:
		w.addXF(s.id, s.body)
	}
}

// addListed reads a BOUNDSHEET ([MS-XLS] 2.4.28).
func (w *workbook) addListed(body []byte) {
	if len(body) < 6 || w.version < 5 { // of Excel 4 only names are listed, which the sheets have too
		return
	}
	ref := listed{offset: int(u32(body, 0)), hidden: body[4]&3 != 0, kind: int(body[5])}
	if w.version == 8 {
		ref.name = string(newReader([][]byte{tail(body, 7)}).text(nil, u8(body, 6)))
	} else {
		ref.name = w.decode(byteText(tail(body, 6), 1))
	}
	w.list = append(w.list, ref)
}
