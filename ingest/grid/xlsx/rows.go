package xlsx

import (
	"strconv"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// batch is what a run of the reader of rows gave.
type batch struct {
	rows     []row
	cells    []sheet.Cell
	warnings []sheet.Warning
	repeated int64 // bytes of the shared texts in it
	err      error // of the cell behind the rows
}

// row is a row whose cells begin at first.
type row struct {
	n, first int
	outline  uint8
	hidden   bool
}

func (b *batch) reset() {
	b.rows, b.cells, b.warnings = b.rows[:0], b.cells[:0], b.warnings[:0]
	b.repeated, b.err = 0, nil
}

// How a run of the reader of rows ended.
type ending uint8

const (
	endData   ending = iota // the end tag of sheetData
	endClean                // the input ended between two rows
	endBroken               // the input ended within a row
	endFull                 // the batch has enough for now
	endError                // batch.err
)

// rowReader reads what lies within sheetData (ECMA-376 part 1, 18.3.1.80). It goes
// on where it stood when it is run again.
type rowReader struct {
	*scanner
	w      *workbook
	hidden *columns
	out    *batch
	texts  texts

	n      int  // of the last row
	free   bool // no row had a number yet: they count from one that is not known
	floor  int  // how many rows of the batch are such
	top    int  // the highest number of them
	in     row  // the one being read
	open   bool // it is being read
	unsure bool // it has no number of its own
	col    int  // of the last cell
	limit  int  // of cells in a batch, 0 for none

	careful bool // no cell is read the quick way
	value   []byte
	shown   []byte // the text of a number, before it is kept
	rich    bool   // value stood in is
}

// run reads rows into the batch.
func (r *rowReader) run() ending {
	for {
		r.quickCells()
		switch {
		case r.out.err != nil:
			return endError
		case r.full():
			return endFull
		}
		switch r.next() {
		case tokenOpen:
			if !r.element() && r.out.err == nil {
				return endBroken
			}
		case tokenClose:
			switch string(r.name) {
			case "row":
				r.open = false
			case "sheetData":
				return endData
			}
		case tokenEnd:
			if r.open || r.err != nil {
				return endBroken
			}
			return endClean
		}
	}
}

// quickCells reads cells as long as they are written as most are.
func (r *rowReader) quickCells() {
	for r.out.err == nil && r.open && !r.careful && r.quickCell() {
	}
}

// full tells a batch that is to be handed on. A row is kept together.
func (r *rowReader) full() bool { return r.limit > 0 && len(r.out.cells) >= r.limit && !r.open }

// element begins a row or reads a cell; it fails at the end of the input.
func (r *rowReader) element() bool {
	switch {
	case string(r.name) == "row":
		return r.beginRow()
	case r.open && string(r.name) == "c":
		return r.cell()
	}
	return r.skip()
}

func (r *rowReader) beginRow() bool {
	n := r.n + 1
	r.unsure = true
	if ref := r.attr("r"); len(ref) > 0 {
		n = r.countAttr("r")
		r.free, r.unsure = false, false
	}
	if r.free {
		r.top = n
	}
	if n < 1 || n > maxRow {
		r.out.err = &sheet.ReadError{Code: sheet.CodeBroken, Found: "row " + strconv.Itoa(n)}
		return false
	}
	r.n, r.col, r.open = n, 0, !r.closed
	r.in = row{n: n, outline: uint8(min(r.countAttr("outlineLevel"), 255)), hidden: isTrue(r.attr("hidden"))}
	r.add(r.in)
	return true
}

// numberBy gives a row without a number that of the reference of its first cell.
func (r *rowReader) numberBy(n int) {
	r.n, r.in.n, r.out.rows[len(r.out.rows)-1].n = n, n, n
	r.free, r.unsure = false, false
	r.floor = min(r.floor, len(r.out.rows)-1)
}

// add begins a row of the batch. One without cells gives way.
func (r *rowReader) add(x row) {
	b := r.out
	x.first = len(b.cells)
	if n := len(b.rows); n > 0 && b.rows[n-1].first == x.first {
		b.rows = b.rows[:n-1]
	}
	r.floor = min(r.floor, len(b.rows))
	b.rows = append(b.rows, x)
	if r.free {
		r.floor = len(b.rows)
	}
}

func (r *rowReader) warn(row, col int, code, text string) {
	if len(r.out.warnings) < maxWarnings {
		r.out.warnings = append(r.out.warnings, sheet.Warning{Row: row, Col: col, Code: code, Text: text})
	}
}

// texts makes strings that lie behind each other in blocks, so that a cell costs no
// allocation of its own.
type texts struct{ block []byte }

const textBlock = 16 << 10

func (t *texts) keep(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if len(b) > cap(t.block)-len(t.block) {
		if len(b) > textBlock/8 {
			return string(b)
		}
		t.block = make([]byte, 0, textBlock)
	}
	n := len(t.block)
	t.block = append(t.block, b...)
	return bytesAsString(t.block[n:])
}
