package xls

import (
	"github.com/distbase/distbase/ingest/grid/numfmt"
)

// xf is a cell format as the file has it.
type xf struct {
	font, format int
	indent       uint8
}

// style is what an xf means for a cell.
type style struct {
	format *numfmt.Format
	indent uint8
	bold   bool
}

// boldWeight is where a face counts as bold; 400 is normal, 700 is bold.
const boldWeight = 600

// charsetRussian is what a font for Cyrillic letters says it has ([MS-XLS] 2.4.122).
const charsetRussian = 204

// addFont reads a FONT ([MS-XLS] 2.4.122).
func (w *workbook) addFont(body []byte) {
	bold := u16(body, 2)&1 != 0
	if w.version >= 5 {
		bold = u16(body, 6) >= boldWeight
		w.cyrillic = w.cyrillic || u8(body, 12) == charsetRussian
	}
	w.fonts = append(w.fonts, bold)
}

// isBold answers for a font number; number 4 does not exist ([MS-XLS] 2.5.129).
func (w *workbook) isBold(n int) bool {
	if n > 4 {
		n--
	}
	return n < len(w.fonts) && w.fonts[n]
}

// Bounds of what cells may look like: numbers of formats have two bytes, and codes
// that Excel writes are short and few. Beyond them cells are plain.
const (
	maxFormats    = 1 << 16
	maxParsedCode = 1 << 20 // bytes of all codes together
)

// addFormat reads a FORMAT ([MS-XLS] 2.4.126). Before BIFF4 formats have no
// number of their own and count from 0.
func (w *workbook) addFormat(id int, body []byte) {
	if len(w.formats) >= maxFormats {
		return
	}
	switch {
	case id == idFormat2:
		w.formats[len(w.formats)] = w.decode(byteText(body, 1))
	case w.version == 8:
		w.formats[u16(body, 0)] = string(newReader([][]byte{tail(body, 4)}).text(nil, u16(body, 2)))
	case w.version == 4:
		w.formats[len(w.formats)] = w.decode(byteText(tail(body, 2), 1))
	default:
		w.formats[u16(body, 0)] = w.decode(byteText(tail(body, 2), 1))
	}
}

// addXF reads an XF ([MS-XLS] 2.4.353).
func (w *workbook) addXF(id int, body []byte) {
	if len(w.xfs) >= maxFormats {
		return
	}
	var x xf
	switch id {
	case idXF2:
		x = xf{font: u8(body, 0), format: u8(body, 2) & 0x3F}
	case idXF3, idXF4:
		x = xf{font: u8(body, 0), format: u8(body, 1)}
	default:
		x = xf{font: u16(body, 0), format: u16(body, 2)}
		if w.version == 8 {
			x.indent = uint8(u8(body, 8) & 0x0F)
		}
	}
	w.xfs = append(w.xfs, x)
	w.styles = nil
}

// style gives the meaning of a format number; unknown ones are plain.
func (w *workbook) style(n int) style {
	if w.styles == nil {
		w.styles = make([]style, len(w.xfs))
		parsed := map[int]*numfmt.Format{}
		for i, x := range w.xfs {
			f, ok := parsed[x.format]
			if !ok {
				f = w.parse(x.format)
				parsed[x.format] = f
			}
			w.styles[i] = style{format: f, indent: x.indent, bold: w.isBold(x.font)}
		}
	}
	if n < 0 || n >= len(w.styles) {
		return style{format: w.plain}
	}
	return w.styles[n]
}

// formatCode is the code of a format number: the file's own, or the built-in one.
func (w *workbook) formatCode(n int) string {
	if code, ok := w.formats[n]; ok {
		return code
	}
	if w.version < 4 {
		return ""
	}
	return numfmt.Builtin(n)
}

// parse reads the code of a format number.
func (w *workbook) parse(n int) *numfmt.Format {
	code := w.formatCode(n)
	if w.codes += len(code); w.codes > maxParsedCode {
		return w.plain
	}
	return numfmt.Parse(code)
}

// format2 gives the format of a cell of BIFF2 that carries its number itself.
func (w *workbook) format2(n int) *numfmt.Format {
	if w.parsed2 == nil {
		w.parsed2 = map[int]*numfmt.Format{}
	}
	f, ok := w.parsed2[n]
	if !ok {
		f = w.parse(n)
		w.parsed2[n] = f
	}
	return f
}
