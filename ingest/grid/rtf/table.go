package rtf

import (
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// level is a table with the row and cell that are open in it. Level 0 is text
// outside of tables, 1 a table, 2 one in a cell of it.
type level struct {
	table *table
	cells []cell
	rowOn bool // \trowd was read for the row
	text  strings.Builder
	plain bool // some of the text is not bold
	def   rowDefinition
}

// rowDefinition is what stands between \trowd and the last \cellx. It holds for
// rows to come until there is another.
type rowDefinition struct {
	left  int
	cells []definition
	next  definition // whose \cellx is to come
}

// at is a level, made where it is not there yet.
func (d *document) at(n int) *level {
	n = max(0, min(n, maxLevels))
	for len(d.levels) <= n {
		d.levels = append(d.levels, &level{table: &table{}})
	}
	return d.levels[n]
}

// textLevel is the level of the paragraph: what \itap says, 1 in any other
// paragraph of a table. Some writers leave out \intbl, but not \trowd.
func (d *document) textLevel() int {
	switch {
	case d.state.level > 0:
		return min(d.state.level, maxLevels)
	case d.state.inTable, len(d.levels) > 1 && (d.levels[1].rowOn || len(d.levels[1].cells) > 0):
		return 1
	}
	return 0
}

// tableWord takes the words of tables and paragraphs.
func (d *document) tableWord(t token) error {
	if d.state.listText && (t.name == "pard" || t.name == "intbl" || t.name == "itap") {
		return nil // the item stands where it stands
	}
	switch t.name {
	case "par", "sect", "page", "column":
		return d.paragraph()
	case "pard":
		d.flush()
		d.state.inTable, d.state.level = false, 0
	case "intbl":
		d.flush()
		d.state.inTable = true
	case "itap":
		d.flush()
		d.state.level = max(0, t.n)
	case "cell":
		return d.endCell(1)
	case "nestcell":
		return d.endCell(max(2, d.textLevel()))
	case "row":
		return d.endRow(1)
	case "nestrow":
		return d.endRow(max(2, d.textLevel()))
	default:
		d.define(t)
	}
	return nil
}

// define takes the words of a row's definition.
func (d *document) define(t token) {
	if t.name == "trowd" {
		d.flush()
		l := d.rowLevel()
		l.def, l.rowOn = rowDefinition{}, true
		d.begin(l.table)
		return
	}
	if !strings.HasPrefix(t.name, "cl") && t.name != "cellx" && t.name != "trleft" {
		return
	}
	l := d.rowLevel()
	next := &l.def.next
	switch t.name {
	case "trleft":
		l.def.left = t.n
	case "clmgf":
		next.sideFirst = true
	case "clmrg":
		next.sideGoesOn = true
	case "clvmgf":
		next.belowFirst = true
	case "clvmrg":
		next.belowGoesOn = true
	case "cellx":
		if next.right = t.n; len(l.def.cells) < maxColumns {
			l.def.cells = append(l.def.cells, *next)
		}
		*next = definition{}
	}
}

// begin numbers a table, so that those around others come before them.
func (d *document) begin(t *table) {
	if t.number == 0 {
		d.count++
		t.number = d.count
	}
}

// rowLevel is the level whose row is being defined: that of a nested table inside
// \nesttableprops, which follows the text of the row.
func (d *document) rowLevel() *level {
	return d.at(max(1, d.state.level))
}

// paragraph ends one. Outside of tables that ends the table before it.
func (d *document) paragraph() error {
	if d.state.dest != body {
		return nil
	}
	d.flush()
	d.collect('\n')
	n := d.textLevel()
	if n > 0 {
		d.at(n).text.WriteByte('\n')
		return nil
	}
	d.at(0).text.Reset()
	return d.endTables(1)
}

// endCell ends the cell of a level, and with it the tables inside.
func (d *document) endCell(n int) error {
	if d.state.dest != body {
		return nil
	}
	d.flush()
	if d.cells++; d.cells > maxCells {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "cells"}
	}
	d.collect('\n')
	l := d.at(n)
	d.begin(l.table)
	if n == 1 && l.text.Len() == 0 && d.levels[0].text.Len() > 0 { // neither \intbl nor \trowd before it
		l.text.WriteString(d.levels[0].text.String())
		l.plain = d.levels[0].plain
	}
	d.levels[0].text.Reset()
	d.levels[0].plain = false
	text := strings.TrimRight(strings.TrimLeft(l.text.String(), "\n"), "\n\t") // a tab follows the number of an item
	if len(l.cells) < maxColumns {
		l.cells = append(l.cells, cell{text: text, bold: !l.plain && text != ""})
	}
	l.table.filled = l.table.filled || text != ""
	l.text.Reset()
	l.plain = false
	return d.endTables(n + 1)
}

// endRow ends a row: its cells get the places that the definition gives.
func (d *document) endRow(n int) error {
	if d.state.dest != body {
		return nil
	}
	d.flush()
	l := d.at(n)
	l.endRow()
	return d.endTables(n + 1)
}

func (l *level) endRow() {
	left := l.def.left
	for i := range l.cells {
		if i >= len(l.def.cells) {
			break
		}
		c := &l.cells[i]
		c.def, c.left = l.def.cells[i], left
		c.placed = c.def.right > left
		left = max(left, c.def.right)
	}
	if len(l.cells) > 0 {
		l.table.rows = append(l.table.rows, l.cells)
	}
	l.cells, l.rowOn = nil, false
	l.text.Reset()
	l.plain = false
}

// numbered is a sheet with the number of its table.
type numbered struct {
	number int
	sheet  *sheet.Draft
}

// endTables hands over the tables from a level on.
func (d *document) endTables(from int) error {
	for n := max(1, from); n < len(d.levels); n++ {
		l := d.levels[n]
		if strings.TrimSpace(l.text.String()) != "" && len(l.cells) > 0 { // cut off
			l.cells = append(l.cells, cell{text: strings.Trim(l.text.String(), "\n"), bold: !l.plain})
			l.table.filled = true
		}
		l.endRow()
		if !l.table.filled {
			l.table = &table{}
			continue
		}
		if len(d.done) >= maxTables {
			return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "tables"}
		}
		s, err := l.table.grid(d.b)
		if err != nil {
			return err
		}
		if s != nil {
			d.done = append(d.done, numbered{l.table.number, s})
		}
		l.table = &table{}
	}
	return nil
}
