package xls

import (
	"bytes"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Read sends the worksheets of a binary workbook in the order of its list. Charts,
// macro sheets and modules are left out. A workbook that is cut short is given as
// far as it goes, with a warning "truncated" that names the last row where a sheet
// broke off.
func Read(b *sheet.Budget, data []byte, to sheet.Sink) error {
	stream := data
	if cfb.Is(data) {
		stream = workbookStream(data)
	}
	if !isBOF(stream) {
		return &sheet.ReadError{Code: sheet.CodeBroken, Found: "no workbook stream", Expected: "xls"}
	}
	w := &workbook{b: b, to: to, stream: stream}
	if err := w.open(); err != nil {
		return err
	}
	if err := w.sheets(); err != nil {
		return err
	}
	if w.given == 0 {
		return w.nothing()
	}
	if w.truncated {
		w.cut.Code = "truncated"
		to.Warn(w.cut)
	}
	return nil
}

// nothing is the error of a workbook without worksheets.
func (w *workbook) nothing() error {
	if len(w.list) > 0 && !w.truncated { // charts and macros only
		return &sheet.ReadError{Code: sheet.CodeEmpty}
	}
	return &sheet.ReadError{Code: sheet.CodeBroken, Found: "no sheets", Expected: "xls"}
}

// workbookStream finds the records in a compound file. Files that keep a copy for
// Excel 5 hold two streams; the newer has the texts in Unicode. Where the
// directory is lost the stream is looked for by its first record. Whether it is
// whole its records tell better than the directory, whose sizes are often rounded.
func workbookStream(data []byte) []byte {
	if f, ok := cfb.Open(data); ok {
		for _, name := range []string{"Workbook", "Book"} {
			e, ok := f.Root().Stream(name)
			if !ok {
				e, ok = f.Stream(name)
			}
			if !ok {
				continue
			}
			if stream, _ := e.Content(); isBOF(stream) {
				return stream
			}
		}
	}
	if at := strayStream(data); at > 0 {
		return data[at:]
	}
	return nil
}

// strayStream finds where a sector begins with the first record of a workbook of
// Excel 5 or later, 0 where none does.
func strayStream(data []byte) int {
	const sector = 512
	for at := sector; at+8 <= len(data); at += sector {
		if head := data[at : at+8]; head[0] == 0x09 && (bytes.Equal(head, []byte("\x09\x08\x10\x00\x00\x06\x05\x00")) || bytes.Equal(head, []byte("\x09\x08\x08\x00\x00\x05\x05\x00"))) {
			return at
		}
	}
	return 0
}

// IsStray tells a compound file in which a workbook lies whose place nothing tells
// any more, since the file lost its end.
func IsStray(data []byte) bool { return strayStream(data) > 0 }

// isBOF tells a stream that begins as one of a workbook.
func isBOF(stream []byte) bool {
	switch u16(stream, 0) {
	case idBOF2, idBOF3, idBOF4, idBOF5:
		return len(stream) >= 8
	}
	return false
}

// IsBare tells a workbook without container by its first record, which is a BOF of
// any version with a length and a kind it can have ([MS-XLS] 2.4.21).
func IsBare(data []byte) bool {
	if !isBOF(data) || data[3] != 0 {
		return false
	}
	length, kind := data[2], u16(data, 6)
	switch kind {
	case kindWorksheet, kindChart, kindMacro, kindBundle:
	case kindGlobals:
		return data[1] == idBOF5>>8 && (length == 8 || length == 16)
	default:
		return false
	}
	if data[1] == idBOF5>>8 {
		return length == 6 || length == 8 || length == 16
	}
	return length >= 4 && length <= 8
}
