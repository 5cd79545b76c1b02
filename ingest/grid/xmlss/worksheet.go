package xmlss

import (
	"sort"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// columns are properties of some columns next to each other.
type columns struct {
	first, last int
	hidden      bool
	style       *style
}

// worksheet is a sheet that is being read.
type worksheet struct {
	*reader
	sheet    *sheet.Sheet
	columns  []columns
	base     *style // of the table
	row      sheet.Row
	rowStyle *style
	col      int
	lastRow  int // the row before, and rows it spans
	ignored  bool
}

// read reads up to the end of the Worksheet element.
func (w *worksheet) read(empty bool) error {
	if err := w.to.Begin(w.sheet); err != nil {
		return err
	}
	for !empty {
		t := w.scan.next()
		if t.kind == tokenEnd {
			w.sheet.Warnings = append(w.sheet.Warnings, sheet.Warning{Row: w.lastRow, Code: "truncated"})
			break
		}
		if t.kind == tokenClose && t.name == "Worksheet" {
			break
		}
		if t.kind != tokenOpen || t.name != "Table" || t.empty {
			continue
		}
		w.base = w.styles[t.attr("StyleID")]
		if err := w.table(); err != nil {
			return err
		}
	}
	return w.to.End(w.sheet)
}

func (w *worksheet) table() error {
	for {
		t := w.scan.next()
		switch {
		case t.kind == tokenEnd, t.kind == tokenClose && t.name == "Table":
			return nil
		case t.kind == tokenOpen && t.name == "Column":
			w.column(&t)
		case t.kind == tokenOpen && t.name == "Row":
			if err := w.readRow(t); err != nil {
				return err
			}
		}
	}
}

// column notes what is said of columns; Span counts further ones.
func (w *worksheet) column(t *token) {
	first := t.number("Index")
	if n := len(w.columns); first == 0 {
		first = 1
		if n > 0 {
			first = w.columns[n-1].last + 1
		}
	}
	last := min(first+min(t.number("Span"), maxColumns), maxColumns)
	if first <= last && len(w.columns) < maxColumns {
		w.columns = append(w.columns, columns{first, last, t.attr("Hidden") == "1", w.styles[t.attr("StyleID")]})
	}
}

// columnAt finds what was said of a column, which was said in their order.
func (w *worksheet) columnAt(col int) columns {
	i := sort.Search(len(w.columns), func(i int) bool { return w.columns[i].last >= col })
	if i < len(w.columns) && w.columns[i].first <= col {
		return w.columns[i]
	}
	return columns{}
}

// readRow reads a row and sends it; Span counts further rows like it, without cells.
func (w *worksheet) readRow(t token) error {
	n := t.number("Index")
	if n == 0 {
		n = w.lastRow + 1
	}
	w.lastRow = min(n+min(t.number("Span"), maxRows), 2*maxRows)
	w.row = sheet.Row{N: n, Hidden: t.attr("Hidden") == "1", Cells: w.row.Cells[:0]}
	w.rowStyle, w.col = w.styles[t.attr("StyleID")], 0
	for !t.empty {
		c := w.scan.next()
		if c.kind == tokenEnd || c.kind == tokenClose && c.name == "Row" {
			break
		}
		if c.kind == tokenOpen && c.name == "Cell" {
			w.readCell(c)
		}
	}
	if len(w.row.Cells) == 0 && !w.row.Hidden || n > maxRows {
		return nil
	}
	return w.to.Row(w.row)
}

// readCell reads a cell with its Data.
func (w *worksheet) readCell(t token) {
	w.col++
	if n := t.number("Index"); n > 0 {
		w.col = min(n, 2*maxColumns)
	}
	c := sheet.Cell{Row: w.row.N, Col: w.col}
	column := w.columnAt(c.Col)
	st := w.styleOf(&t, column)
	c.Indent, c.Bold, c.Hidden = st.indent, st.bold, w.row.Hidden || column.hidden
	w.merge(&t)
	if !t.empty {
		w.readData(&c, st)
	}
	switch {
	case c.Kind == sheet.Empty:
	case c.Row > maxRows || c.Col > maxColumns || len(w.row.Cells) >= maxColumns:
		if !w.ignored {
			w.ignored = true
			w.sheet.Warnings = append(w.sheet.Warnings, sheet.Warning{Row: c.Row, Col: c.Col, Code: "out_of_range"})
		}
	default:
		w.row.Cells = append(w.row.Cells, c)
	}
}

// readData reads up to the end of a cell. The first Data is its value; a comment has
// one of its own.
func (w *worksheet) readData(c *sheet.Cell, st *style) {
	for {
		d := w.scan.next()
		switch {
		case d.kind == tokenEnd, d.kind == tokenClose && d.name == "Cell":
			return
		case d.kind != tokenOpen || d.empty:
		case d.name == "Data":
			kind := d.attr("Type")
			if text := w.content("Data", kind == "String"); c.Kind == sheet.Empty {
				w.fill(c, kind, text, st)
			}
		case d.name == "Comment", d.name == "PhoneticText":
			w.content(d.name, false)
		}
	}
}

// styleOf is the style of a cell, else of its row, its column, the table, the workbook.
func (w *worksheet) styleOf(t *token, column columns) *style {
	for _, st := range []*style{w.styles[t.attr("StyleID")], w.rowStyle, column.style, w.base, w.styles["Default"]} {
		if st != nil {
			return st
		}
	}
	return plain()
}

// merge notes the area of a cell, and goes to its last column.
func (w *worksheet) merge(t *token) {
	across, down := min(t.number("MergeAcross"), maxColumns), min(t.number("MergeDown"), maxRows)
	if across == 0 && down == 0 {
		return
	}
	area := sheet.Range{FirstRow: w.row.N, FirstCol: w.col, LastRow: min(w.row.N+down, maxRows), LastCol: min(w.col+across, maxColumns)}
	if area.FirstRow <= maxRows && area.FirstCol <= maxColumns {
		w.sheet.Merges = append(w.sheet.Merges, area)
	}
	w.col += across
}

// content is the text up to the end of an element, without the elements in it.
// Rich text may break lines by an element.
func (w *worksheet) content(name string, rich bool) string {
	var first string
	var out strings.Builder
	add := func(s string) {
		if first == "" && out.Len() == 0 {
			first = s
			return
		}
		out.WriteString(s)
	}
	for depth := 0; ; {
		t := w.scan.next()
		switch t.kind {
		case tokenEnd:
			return first + out.String()
		case tokenText:
			add(t.text())
		case tokenOpen:
			if strings.EqualFold(t.name, "br") && rich {
				add("\n")
			}
			if t.name == name && !t.empty {
				depth++
			}
		case tokenClose:
			if t.name != name {
				continue
			}
			if depth--; depth < 0 {
				return first + out.String()
			}
		}
	}
}
