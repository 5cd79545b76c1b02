package grid

import (
	"path"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/numfmt"
)

// relation is an entry of a .rels part (ECMA-376 part 2, 9.3); kind is the last word of its type.
type relation struct{ id, kind, part string }

// relations reads what a part points to; "" is the package itself.
func (w *workbook) relations(part string) ([]relation, error) {
	dir, base := path.Split(part)
	var rels []relation
	err := w.scan(dir+"_rels/"+base+".rels", func(t *xmlToken) error {
		if !t.start("Relationship") || t.attr("TargetMode") == "External" {
			return nil
		}
		target := strings.ReplaceAll(t.attr("Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		rels = append(rels, relation{id: t.attr("Id"), kind: path.Base(t.attr("Type")), part: strings.TrimPrefix(target, "/")})
		return nil
	})
	return rels, err
}

// sharedStrings is the table of texts that cells of type "s" point into.
type sharedStrings struct{ items []string }

func (w *workbook) readStrings(part string) (*sharedStrings, error) {
	s := &sharedStrings{}
	if w.parts[partName(part)] == nil {
		return nil, nil
	}
	var text textCollector
	size := 0
	err := w.scan(part, func(t *xmlToken) error {
		if t.start("si") {
			text.reset()
		}
		text.take(t)
		if t.end("si") {
			item := text.String()
			if size += len(item) + 16; size > int(w.b.Options.MaxText) {
				return &ReadError{Code: CodeTooBig, Found: "shared_strings"}
			}
			s.items = append(s.items, item)
		}
		return nil
	})
	return s, err
}

// textCollector joins the runs of a rich text; phonetic hints are left out.
type textCollector struct {
	buf            strings.Builder
	inText, inHint bool
}

func (c *textCollector) reset() { c.buf.Reset(); c.inText, c.inHint = false, false }

func (c *textCollector) take(t *xmlToken) {
	switch {
	case t.start("rPh"):
		c.inHint = true
	case t.end("rPh"):
		c.inHint = false
	case t.start("t"):
		c.inText = true
	case t.end("t"):
		c.inText = false
	case t.isText() && c.inText && !c.inHint:
		c.buf.Write(t.text)
	}
}

// String decodes the escapes of characters that XML cannot hold (ECMA-376 part 1, 22.4.2.4): _x000D_ is CR.
func (c *textCollector) String() string { return unescape(c.buf.String()) }

func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || i+7 > len(s) {
			b.WriteString(s)
			return b.String()
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 32)
		if err != nil || s[i+6] != '_' {
			b.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i])
		b.WriteRune(rune(n))
		s = s[i+7:]
	}
}

// styles are the cell formats of a workbook, by the index cells carry.
type styles struct{ cells []cellStyle }

type cellStyle struct {
	format *numfmt.Format
	indent uint8
	bold   bool
}

// at gives the style of a cell; an unknown index is the general one.
func (s *styles) at(i int) cellStyle {
	if i < 0 || i >= len(s.cells) {
		return cellStyle{format: numfmt.General()}
	}
	return s.cells[i]
}

func (w *workbook) readStyles(part string) (*styles, error) {
	r := &styleReader{styles: &styles{}, codes: map[int]string{}, formats: map[int]*numfmt.Format{}}
	if w.parts[partName(part)] == nil {
		return r.styles, nil
	}
	err := w.scan(part, func(t *xmlToken) error {
		if t.isStart() {
			r.visit(t)
		}
		return nil
	})
	return r.styles, err
}

// styleReader gathers a styles part; fonts and formats come before the cell formats that point to them.
type styleReader struct {
	styles  *styles
	codes   map[int]string
	formats map[int]*numfmt.Format
	bold    []bool // by font
}

func (r *styleReader) visit(t *xmlToken) {
	switch t.name {
	case "numFmt":
		if !inDifferential(t) {
			r.codes[t.number("numFmtId")] = unescape(t.attr("formatCode"))
		}
	case "font":
		if t.within("fonts") {
			r.bold = append(r.bold, false)
		}
	case "b":
		if t.within("fonts") && len(r.bold) > 0 {
			r.bold[len(r.bold)-1] = t.attr("val") == "" || isTrue(t.attr("val"))
		}
	case "xf":
		if t.within("cellXfs") {
			r.addCell(t.number("numFmtId"), t.number("fontId"))
		}
	case "alignment":
		if cells := r.styles.cells; t.within("cellXfs") && len(cells) > 0 {
			cells[len(cells)-1].indent = uint8(min(t.number("indent"), 255))
		}
	}
}

func (r *styleReader) addCell(format, font int) {
	if r.formats[format] == nil {
		r.formats[format] = numfmt.Parse(formatCode(format, r.codes))
	}
	r.styles.cells = append(r.styles.cells, cellStyle{format: r.formats[format], bold: font < len(r.bold) && r.bold[font]})
}

// inDifferential tells a number format of a conditional style, which reuses numbers.
func inDifferential(t *xmlToken) bool { return t.within("dxf") }

// formatCode is the code of a number format: the workbook's own, else the built-in one.
func formatCode(id int, codes map[int]string) string {
	if code, ok := codes[id]; ok {
		return code
	}
	return numfmt.Builtin(id)
}
