package grid

import (
	"path"
	"strconv"
	"strings"
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
			if size += len(item) + 16; size > maxTextBytes {
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
	format *numberFormat
	indent uint8
	bold   bool
}

// at gives the style of a cell; an unknown index is the general one.
func (s *styles) at(i int) cellStyle {
	if i < 0 || i >= len(s.cells) {
		return cellStyle{format: generalFormat()}
	}
	return s.cells[i]
}

func (w *workbook) readStyles(part string) (*styles, error) {
	s := &styles{}
	if w.parts[partName(part)] == nil {
		return s, nil
	}
	codes := map[int]string{}
	formats := map[int]*numberFormat{}
	var bold []bool
	inFonts, inCells := false, false
	err := w.scan(part, func(t *xmlToken) error {
		switch {
		case t.start("numFmt"):
			if code := t.attr("formatCode"); !inDifferential(t) {
				codes[t.number("numFmtId")] = unescape(code)
			}
		case t.start("fonts"), t.end("fonts"):
			inFonts = t.isStart()
		case t.start("font") && inFonts:
			bold = append(bold, false)
		case t.start("b") && inFonts && len(bold) > 0:
			bold[len(bold)-1] = t.attr("val") == "" || isTrue(t.attr("val"))
		case t.start("cellXfs"), t.end("cellXfs"):
			inCells = t.isStart()
		case t.start("xf") && inCells:
			id, font := t.number("numFmtId"), t.number("fontId")
			if formats[id] == nil {
				formats[id] = parseNumberFormat(formatCode(id, codes))
			}
			s.cells = append(s.cells, cellStyle{format: formats[id], bold: font < len(bold) && bold[font]})
		case t.start("alignment") && inCells && len(s.cells) > 0:
			s.cells[len(s.cells)-1].indent = uint8(min(t.number("indent"), 255))
		}
		return nil
	})
	return s, err
}

// inDifferential tells a number format of a conditional style, which reuses numbers.
func inDifferential(t *xmlToken) bool { return t.within("dxf") }

// formatCode is the code of a number format: the workbook's own, else the built-in one.
func formatCode(id int, codes map[int]string) string {
	if code, ok := codes[id]; ok {
		return code
	}
	return builtinFormat(id)
}
