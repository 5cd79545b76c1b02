package xmlss

import (
	"bytes"
	"sort"

	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
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
	text     []byte
	ignored  bool
}

// read reads up to the end of the Worksheet element.
func (w *worksheet) read() error {
	if err := w.to.Begin(w.sheet); err != nil {
		return err
	}
	for {
		t := w.next()
		if t == 0 {
			w.sheet.Warnings = append(w.sheet.Warnings, sheet.Warning{Row: w.lastRow, Code: "truncated"})
		}
		if w.ends(t, "Worksheet") {
			break
		}
		if !w.opens(t, "Table") {
			continue
		}
		w.base = w.style()
		if err := w.table(); err != nil {
			return err
		}
	}
	return w.to.End(w.sheet)
}

func (w *worksheet) table() error {
	for {
		t := w.next()
		switch {
		case w.ends(t, "Table"):
			return nil
		case w.opens(t, "Column"):
			w.column()
		case w.opens(t, "Row"):
			if err := w.readRow(); err != nil {
				return err
			}
		}
	}
}

// style is the one that the open element names, nil where there is none.
func (w *worksheet) style() *style { return w.styles[w.x.String("StyleID")] }

// column notes what is said of columns; Span counts further ones.
func (w *worksheet) column() {
	first := w.number("Index")
	if n := len(w.columns); first == 0 {
		first = 1
		if n > 0 {
			first = w.columns[n-1].last + 1
		}
	}
	last := min(first+min(w.number("Span"), maxColumns), maxColumns)
	if first <= last && len(w.columns) < maxColumns {
		w.columns = append(w.columns, columns{first, last, w.is("Hidden"), w.style()})
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
func (w *worksheet) readRow() error {
	n := w.number("Index")
	if n == 0 {
		n = w.lastRow + 1
	}
	w.lastRow = min(n+min(w.number("Span"), maxRows), 2*maxRows)
	w.row = sheet.Row{N: n, Hidden: w.is("Hidden"), Cells: w.row.Cells[:0]}
	w.rowStyle, w.col = w.style(), 0
	for t := w.next(); !w.ends(t, "Row"); t = w.next() {
		if w.opens(t, "Cell") {
			w.readCell()
		}
	}
	if len(w.row.Cells) == 0 && !w.row.Hidden || n > maxRows {
		return nil
	}
	return w.to.Row(w.row)
}

// readCell reads a cell with its Data.
func (w *worksheet) readCell() {
	w.col++
	if n := w.number("Index"); n > 0 {
		w.col = min(n, 2*maxColumns)
	}
	c := sheet.Cell{Row: w.row.N, Col: w.col}
	column := w.columnAt(c.Col)
	st := w.styleOf(column)
	c.Indent, c.Bold, c.Hidden = st.indent, st.bold, w.row.Hidden || column.hidden
	w.merge()
	w.readData(&c, st)
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
	for t := w.next(); !w.ends(t, "Cell"); t = w.next() {
		switch {
		case w.opens(t, "Data"):
			kind := w.x.String("Type")
			if text := w.content("Data", kind == "String"); c.Kind == sheet.Empty {
				w.fill(c, kind, text, st)
			}
		case w.opens(t, "Comment"), w.opens(t, "PhoneticText"):
			w.content(string(w.x.Name), false)
		}
	}
}

// styleOf is the style of a cell, else of its row, its column, the table, the workbook.
func (w *worksheet) styleOf(column columns) *style {
	for _, st := range []*style{w.style(), w.rowStyle, column.style, w.base, w.styles["Default"]} {
		if st != nil {
			return st
		}
	}
	return plain()
}

// merge notes the area of a cell, and goes to its last column.
func (w *worksheet) merge() {
	across, down := min(w.number("MergeAcross"), maxColumns), min(w.number("MergeDown"), maxRows)
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
	w.text = w.text[:0]
	for depth := 1; ; {
		switch t := w.next(); {
		case t == xmlscan.Text:
			w.text = w.x.Unescaped(w.text)
		case w.opens(t, name):
			depth++
		case w.ends(t, name):
			if depth--; depth == 0 || t == 0 {
				return string(w.text)
			}
		case t == xmlscan.Open && rich && bytes.EqualFold(w.x.Name, []byte("br")):
			w.text = append(w.text, '\n')
		}
	}
}
