package ods

import (
	"sort"
	"strconv"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Bounds of a sheet: those of LibreOffice and Excel, beyond which cells are left
// out, and of what is kept beside the cells.
const (
	maxRow    = 1 << 20
	maxCol    = 1 << 14
	maxCopies = 1 << 22 // cells of a file that are there by repetition only
	maxMerges = 1 << 18
	maxHeld   = 32 << 20 // bytes of text in a row
)

// table is a sheet being read (OpenDocument 1.3 part 3, 9.1).
type table struct {
	d     *document
	sheet *sheet.Sheet

	columns []column
	col     int // of the next cell, from 1
	outline int // groups of rows around
	folded  int // of them, those not shown

	row    sheet.Row
	style  cellStyle // of cells of the row that name none
	styled bool      // the row has one
	copies int       // cells of the row that are there by repetition
	held   int       // bytes of text in the row
	cells  []sheet.Cell
	value  []byte
}

// column is a run of columns.
type column struct {
	last   int
	style  cellStyle // of cells that name none
	hidden bool
}

// readTable takes a table:table.
func (d *document) readTable() error {
	if d.sheets++; d.sheets > d.b.Options.MaxMembers {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "sheets"}
	}
	s := &sheet.Sheet{Name: d.x.String("name"), Hidden: d.styles.hides(d.x.String("style-name"))}
	t := &table{d: d, sheet: s, row: sheet.Row{N: 1}}
	if err := d.to.Begin(s); err != nil {
		return err
	}
	d.table = t
	if err := d.children(t.part); err != nil {
		return err
	}
	return t.close()
}

func (t *table) close() error {
	t.d.table = nil
	return t.d.to.End(t.sheet)
}

// part takes what a table is made of.
func (t *table) part(name string) error {
	switch name {
	case "table-columns", "table-header-columns", "table-rows", "table-header-rows", "table-column-group":
		return t.d.children(t.part)
	case "table-row-group":
		return t.group()
	case "table-column":
		t.addColumn()
	case "table-row":
		return t.readRow()
	}
	return nil
}

// group takes rows that an outline folds (9.1.10).
func (t *table) group() error {
	folded := 0
	if string(t.d.x.Attr("display")) == "false" {
		folded = 1
	}
	t.outline++
	t.folded += folded
	err := t.d.children(t.part)
	t.outline--
	t.folded -= folded
	return err
}

func (t *table) addColumn() {
	last := 0
	if n := len(t.columns); n > 0 {
		last = t.columns[n-1].last
	}
	if last >= maxCol {
		return
	}
	t.columns = append(t.columns, column{
		last:   min(last+t.repeated("number-columns-repeated"), maxCol),
		style:  t.d.styles.cell(t.d.x.Attr("default-cell-style-name")),
		hidden: hides(t.d.x.Attr("visibility")),
	})
}

// hides reads table:visibility (19.749); what a filter has taken out is "filter".
func hides(visibility []byte) bool {
	return string(visibility) == "collapse" || string(visibility) == "filter"
}

// repeated reads a count of repetitions, one where there is none.
func (t *table) repeated(name string) int { return count(t.d.x.Attr(name)) }

func count(b []byte) int {
	if b == nil {
		return 1
	}
	n, err := strconv.ParseUint(string(b), 10, 31)
	if err != nil {
		return 1
	}
	return max(1, int(n))
}

// columnOf finds the run in which a column stands.
func (t *table) columnOf(col int) column {
	i := sort.Search(len(t.columns), func(i int) bool { return col <= t.columns[i].last })
	if i < len(t.columns) {
		return t.columns[i]
	}
	return column{style: t.d.styles.cell(nil)}
}

// readRow takes a table:table-row and gives it as often as it stands there.
func (t *table) readRow() error {
	times := t.repeated("number-rows-repeated")
	hidden := t.folded > 0 || hides(t.d.x.Attr("visibility"))
	style := t.d.x.Attr("default-cell-style-name")
	t.style, t.styled = t.d.styles.cell(style), style != nil
	t.row.Outline, t.row.Hidden = uint8(min(t.outline, 255)), hidden
	t.cells, t.col, t.copies, t.held = t.cells[:0], 1, 0, 0
	if err := t.d.children(t.readCell); err != nil {
		if !boundary(err) { // what was read of it before the damage stands
			if serr := t.send(1); serr != nil {
				return serr
			}
		}
		return err
	}
	next := min(t.row.N+times, 2*maxRow)
	err := t.send(times)
	t.row.N = next
	return err
}

// send hands the row on.
func (t *table) send(times int) error {
	if len(t.cells) == 0 {
		return nil
	}
	first := t.row.N
	for n := first; n < first+times && n <= maxRow; n++ {
		if err := t.spend(n > first); err != nil {
			return err
		}
		for i := range t.cells {
			t.cells[i].Row = n
		}
		t.row.N, t.row.Cells = n, t.cells
		if err := t.d.to.Row(t.row); err != nil {
			return err
		}
	}
	return nil
}

// spend counts the cells of a row that is about to be given: all of one that was
// given before, else those that repeat one beside them.
func (t *table) spend(again bool) error {
	n := t.copies
	if again {
		n = len(t.cells)
	}
	if t.d.copies += n; t.d.copies > maxCopies {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Sheet: t.sheet.Name, Row: t.row.N, Found: "repetition"}
	}
	return nil
}
