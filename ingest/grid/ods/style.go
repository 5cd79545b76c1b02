package ods

import (
	"math"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// cellStyle is what the style of a cell comes to.
type cellStyle struct {
	format *numfmt.Format
	indent uint8
	bold   bool
}

// definition is a style:style of cells (16.2). It inherits what it does not say.
type definition struct {
	parent, dataStyle string
	data              *numberStyle
	indent            float64 // in points
	indented          bool
	bold, weighted    bool
}

// styles are those of the file. Names are of one document each: content and the
// common styles may use the same for different number styles.
type styles struct {
	general *numfmt.Format
	cells   map[string]*definition
	numbers map[string]*numberStyle
	hidden  map[string]bool // styles of sheets
	done    map[string]cellStyle
	formats map[*numberStyle]*numfmt.Format
	kept    int // bytes, about
}

// Bounds of the styles.
const (
	maxStyleBytes = 32 << 20
	perStyle      = 256
	maxParents    = 20
)

func newStyles() *styles {
	return &styles{
		general: numfmt.General(), cells: map[string]*definition{}, numbers: map[string]*numberStyle{},
		hidden: map[string]bool{}, done: map[string]cellStyle{}, formats: map[*numberStyle]*numfmt.Format{},
	}
}

func (st *styles) keep(n int) error {
	if st.kept += n + perStyle; st.kept > maxStyleBytes {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "styles"}
	}
	return nil
}

// style takes an element of a table of styles.
func (d *document) style(name string) error {
	switch name {
	case "style", "default-style":
		return d.cellStyle(name == "default-style")
	case "number-style", "currency-style", "percentage-style", "date-style", "time-style", "boolean-style", "text-style":
		return d.numberStyle(name)
	}
	return nil
}

// defaultName is the one under which the default of all cells is kept, which no
// style can have.
const defaultName = "\x00default"

func (d *document) cellStyle(isDefault bool) error {
	name, family := d.x.String("name"), d.x.String("family")
	if isDefault {
		name = defaultName
	}
	def := &definition{parent: d.x.String("parent-style-name"), dataStyle: d.x.String("data-style-name")}
	if err := d.styles.keep(len(name) + len(def.parent) + len(def.dataStyle)); err != nil {
		return err
	}
	switch family {
	case "table-cell":
		d.styles.cells[name] = def
		delete(d.styles.done, name)
		return d.children(func(name string) error { d.cellProperty(def, name); return nil })
	case "table":
		return d.children(func(props string) error {
			if props == "table-properties" || props == "properties" {
				d.styles.hidden[name] = string(d.x.Attr("display")) == "false"
			}
			return nil
		})
	}
	return nil
}

// cellProperty takes properties of a cell; before OpenDocument all stood in one
// element.
func (d *document) cellProperty(def *definition, name string) {
	switch name {
	case "text-properties", "paragraph-properties", "properties":
	default:
		return
	}
	if w := d.x.Attr("font-weight"); w != nil {
		n, _ := strconv.Atoi(string(w))
		def.bold, def.weighted = string(w) == "bold" || n >= 600, true
	}
	if m := d.x.Attr("margin-left"); m != nil {
		def.indent, def.indented = points(string(m)), true
	}
}

// points reads a length (18.3.18); what is none, or a share, is nothing.
func points(s string) float64 {
	number := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz%")
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return 0
	}
	switch s[len(number):] {
	case "cm":
		return n * 72 / 2.54
	case "mm":
		return n * 72 / 25.4
	case "in", "inch":
		return n * 72
	case "pc":
		return n * 12
	case "px":
		return n * 0.75
	case "pt":
		return n
	}
	return 0
}

// step is the indent that LibreOffice and Excel add at a click, in points.
const step = 10

// settle ties the cells of the document that ends here to its number styles.
func (st *styles) settle() {
	for _, def := range st.cells {
		if def.data == nil {
			def.data = st.numbers[def.dataStyle]
		}
	}
}

// hides tells a style of sheets that are not shown.
func (st *styles) hides(name string) bool { return st.hidden[name] }

// cell resolves the style of a name, nil for none.
func (st *styles) cell(name []byte) cellStyle {
	if c, ok := st.done[string(name)]; ok {
		return c
	}
	c := cellStyle{format: st.general}
	key := string(name)
	if st.keep(len(key)) != nil { // names of nothing are not remembered without end
		return c
	}
	var number, indent, weight bool
	next := key
	for range maxParents {
		def := st.cells[next]
		if def == nil {
			if next == defaultName {
				break
			}
			next = defaultName
			continue
		}
		if !number && def.data != nil {
			c.format, number = st.format(def.data), true
		}
		if !indent && def.indented {
			c.indent, indent = uint8(min(max(math.Round(def.indent/step), 0), 255)), true
		}
		if !weight && def.weighted {
			c.bold, weight = def.bold, true
		}
		if next == defaultName {
			break
		}
		next = def.parent
	}
	st.done[key] = c
	return c
}
