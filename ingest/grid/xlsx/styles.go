package xlsx

import (
	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
	"github.com/distbase/distbase/ingest/grid/numfmt"
)

// styles are the cell formats of a workbook, by the index cells carry (ECMA-376
// part 1, 18.8.10).
type styles struct {
	cells []style
	plain style
}

func newStyles(cells []style) *styles {
	return &styles{cells: cells, plain: style{format: numfmt.General()}}
}

type style struct {
	format *numfmt.Format
	indent uint8
	bold   bool
}

// at gives the style of a cell; an unknown index is the general one.
func (st *styles) at(i int) *style {
	if i < 0 || i >= len(st.cells) {
		return &st.plain
	}
	return &st.cells[i]
}

// Bounds of what is kept; Excel stops at 65,490 styles and at codes of 255
// characters. What is beyond them is general.
const (
	maxStyles = 1 << 18
	maxCode   = 1 << 10
	maxCodes  = 1 << 20 // characters of all codes together
)

// stylesReader gathers a styles part; fonts and formats come before the cell formats
// that point to them.
type stylesReader struct {
	*scanner
	cells   []style
	codes   map[int]string
	formats map[int]*numfmt.Format
	bold    []bool // by font
	length  int    // of all codes
}

// readStyles reads the part, as far as it goes.
func (p *pack) readStyles(name string) (*styles, error) {
	s, err := p.scan(name, scanBuffer)
	if err != nil {
		return nil, err
	}
	r := &stylesReader{scanner: s, codes: map[int]string{}, formats: map[int]*numfmt.Format{}}
	for whole := true; whole; {
		switch s.next() {
		case tokenOpen:
			whole = r.section()
		case tokenEnd:
			whole = false
		}
	}
	err = p.ended(s, name)
	return newStyles(r.cells), err
}

// section reads the lists that matter and passes the others by; differential formats
// reuse the numbers of number formats.
func (r *stylesReader) section() bool {
	switch string(r.name) {
	case "styleSheet":
		return true
	case "numFmts":
		return r.items(r.numberFormat)
	case "fonts":
		return r.items(r.font)
	case "cellXfs":
		return r.items(r.cellFormat)
	}
	return r.skip()
}

// items shows every start tag within the element that was opened last.
func (r *stylesReader) items(visit func()) bool {
	if r.closed {
		return true
	}
	for end := r.depth - 1; ; {
		switch r.next() {
		case tokenOpen:
			visit()
		case tokenClose:
			if r.depth <= end {
				return true
			}
		case tokenEnd:
			return false
		}
	}
}

func (r *stylesReader) numberFormat() {
	code := r.attr("formatCode")
	if r.length += len(code); string(r.name) == "numFmt" && len(code) <= maxCode && r.length <= maxCodes && len(r.codes) < maxStyles {
		r.codes[r.countAttr("numFmtId")] = string(unescape(xmlscan.Unescape(nil, code)))
	}
}

func (r *stylesReader) font() {
	switch string(r.name) {
	case "font":
		if len(r.bold) < maxStyles {
			r.bold = append(r.bold, false)
		}
	case "b":
		if n := len(r.bold); n > 0 {
			val := r.attr("val")
			r.bold[n-1] = len(val) == 0 || isTrue(val)
		}
	}
}

func (r *stylesReader) cellFormat() {
	switch string(r.name) {
	case "xf":
		if len(r.cells) < maxStyles {
			font := r.countAttr("fontId")
			r.cells = append(r.cells, style{format: r.format(r.countAttr("numFmtId")), bold: font < len(r.bold) && r.bold[font]})
		}
	case "alignment":
		if n := len(r.cells); n > 0 {
			r.cells[n-1].indent = uint8(min(r.countAttr("indent"), 255))
		}
	}
}

// format is that of a number: the workbook's own, else the built-in one.
func (r *stylesReader) format(id int) *numfmt.Format {
	if f := r.formats[id]; f != nil {
		return f
	}
	code, ok := r.codes[id]
	if !ok {
		code = numfmt.Builtin(id)
	}
	f := numfmt.Parse(code)
	r.formats[id] = f
	return f
}
