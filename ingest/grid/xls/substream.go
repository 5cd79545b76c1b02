package xls

import (
	"cmp"
	"slices"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// substream is the sheet being read.
type substream struct {
	w     *workbook
	s     *scanner
	sheet *sheet.Sheet
	rows  map[int]rowInfo  // of those that are not plain
	cols  [maxCol + 1]bool // hidden ones
	own   ownTables
	cut   bool // it has no end

	row     sheet.Row   // being filled
	loose   bool        // its cells are out of order
	ixfe    int         // of BIFF2: the format of the next cell
	text    *sheet.Cell // a formula whose text follows
	asText  sheet.Cell
	asStyle style
}

// rowInfo is what a ROW record says.
type rowInfo struct {
	outline uint8
	hidden  bool
}

// ownTables says which tables the sheet has begun for itself, as those before BIFF5 do.
type ownTables struct{ fonts, formats, xfs bool }

// skip goes to the end of a substream inside.
func (r *substream) skip() int {
	for depth := 1; depth > 0 && r.s.next(); {
		switch r.s.id {
		case idBOF2, idBOF3, idBOF4, idBOF5:
			depth++
		case idEOF:
			depth--
		}
	}
	return r.s.pos
}

// each calls a function for every record to the end of the substream, those of
// charts inside left out; ended says whether there was an end.
func (r *substream) each(record func() error) (ended bool, err error) {
	for n := 0; r.s.next(); n++ {
		if n&0x3FF == 0 {
			if err := r.w.b.Alive(); err != nil {
				return false, err
			}
		}
		switch r.s.id {
		case idEOF:
			return true, nil
		case idBOF2, idBOF3, idBOF4, idBOF5:
			r.skip()
		default:
			if err := record(); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}

// survey reads what is said about rows, columns and looks, which may stand behind
// the cells it is about.
func (r *substream) survey() error {
	ended, err := r.each(r.aside)
	r.cut = !ended
	return err
}

func (r *substream) aside() error {
	b := r.s.body
	switch r.s.id {
	case idRow2, idRow3:
		r.addRow(r.s.id, b)
	case idColInfo:
		r.hideCols(u16(b, 0), u16(b, 2), u8(b, 8)&1 != 0)
	case idColWidth2:
		r.hideCols(u8(b, 0), u8(b, 1), u16(b, 2) == 0)
	case idMergeCells:
		r.addMerges(b)
	case idFilePass: // before BIFF5 each sheet has its own
		return r.w.decrypt(r.s)
	case idCodePage, idDateMode, idFont2, idFont3, idFormat2, idFormat4, idXF2, idXF3, idXF4, idXF5:
		if r.w.version < 5 {
			r.beginOwn()
			r.w.shared(r.s)
		}
	}
	return nil
}

// beginOwn drops the tables of the sheet before, where the sheets of a workbook of
// Excel 4 have tables of their own.
func (r *substream) beginOwn() {
	switch r.s.id {
	case idFont2, idFont3:
		if !r.own.fonts {
			r.own.fonts, r.w.fonts = true, nil
		}
	case idFormat2, idFormat4:
		if !r.own.formats {
			r.own.formats, r.w.parsed2 = true, nil
			clear(r.w.formats)
		}
	case idXF2, idXF3, idXF4, idXF5:
		if !r.own.xfs {
			r.own.xfs, r.w.xfs, r.w.styles = true, nil, nil
		}
	}
}

// addRow reads a ROW ([MS-XLS] 2.4.221).
func (r *substream) addRow(id int, body []byte) {
	info := rowInfo{}
	if id == idRow3 {
		flags := u8(body, 12)
		info = rowInfo{outline: uint8(flags & 7), hidden: flags&0x20 != 0}
	} else {
		info.hidden = len(body) >= 8 && u16(body, 6) == 0
	}
	if info != (rowInfo{}) {
		r.rows[u16(body, 0)+1] = info
	}
}

func (r *substream) hideCols(first, last int, hidden bool) {
	if !hidden {
		return
	}
	for c := first; c <= last && c < maxCol; c++ {
		r.cols[c+1] = true
	}
}

// maxMerges is beyond what a print-out has, and keeps their memory small.
const maxMerges = 1 << 20

// addMerges reads a MERGECELLS ([MS-XLS] 2.4.168).
func (r *substream) addMerges(body []byte) {
	for b := tail(body, 2); len(b) >= 8 && len(r.sheet.Merges) < maxMerges; b = b[8:] {
		m := sheet.Range{FirstRow: u16(b, 0) + 1, LastRow: u16(b, 2) + 1, FirstCol: u16(b, 4) + 1, LastCol: u16(b, 6) + 1}
		if m.FirstRow <= m.LastRow && m.FirstCol <= m.LastCol {
			r.sheet.Merges = append(r.sheet.Merges, m)
		}
	}
}

// records sends the cells.
func (r *substream) records() error {
	if _, err := r.each(r.cell); err != nil {
		return err
	}
	if err := r.flush(); err != nil {
		return err
	}
	if r.cut && r.w.cut.Row == 0 {
		r.w.cut = sheet.Warning{Sheet: r.sheet.Name, Row: r.row.N}
	}
	r.w.truncated = r.w.truncated || r.cut
	return r.send()
}

// maxRowCells is twice what a number of two bytes can tell apart.
const maxRowCells = 1 << 17

// add takes a cell into the row it belongs to; one of another row sends the last.
func (r *substream) add(c *sheet.Cell) error {
	if c.Row != r.row.N {
		if err := r.send(); err != nil {
			return err
		}
		r.row.N = c.Row
	}
	if n := len(r.row.Cells); n > 0 && r.row.Cells[n-1].Col >= c.Col {
		r.loose = true
	}
	if len(r.row.Cells) >= maxRowCells { // most are for places told before
		r.settle()
	}
	r.row.Cells = append(r.row.Cells, *c)
	return nil
}

// send hands the row on.
func (r *substream) send() error {
	if len(r.row.Cells) == 0 {
		return nil
	}
	if r.loose {
		r.settle()
	}
	info := r.rows[r.row.N]
	r.row.Outline, r.row.Hidden = info.outline, info.hidden
	for i := range r.row.Cells {
		c := &r.row.Cells[i]
		c.Outline, c.Hidden = info.outline, info.hidden || c.Col <= maxCol && r.cols[c.Col]
	}
	err := r.w.to.Row(r.row)
	r.row.Cells = r.row.Cells[:0]
	return err
}

// settle orders the cells of a row, of which the last at a place stays.
func (r *substream) settle() {
	r.loose = false
	cells := r.row.Cells
	if len(cells) >= maxRowCells {
		cells = lastOfEach(cells)
	}
	slices.SortStableFunc(cells, func(a, b sheet.Cell) int { return cmp.Compare(a.Col, b.Col) })
	n := 0
	for i := range cells {
		if n > 0 && cells[n-1].Col == cells[i].Col {
			n--
		}
		cells[n] = cells[i]
		n++
	}
	r.row.Cells = cells[:n]
}

// lastOfEach keeps the last cell of each column, so that a row that tells its cells
// again and again costs no sort each time.
func lastOfEach(cells []sheet.Cell) []sheet.Cell {
	last := make([]int32, 2*maxRowCells)
	for i := range cells {
		last[cells[i].Col%len(last)] = int32(i)
	}
	n := 0
	for i := range cells {
		if last[cells[i].Col%len(last)] == int32(i) {
			cells[n] = cells[i]
			n++
		}
	}
	return cells[:n]
}

// maxWarnings keeps a damaged sheet from drowning the reader in one and the same remark.
const maxWarnings = 100

func (r *substream) warn(row, col int, code, text string) {
	if len(r.sheet.Warnings) < maxWarnings {
		r.sheet.Warnings = append(r.sheet.Warnings, sheet.Warning{Sheet: r.sheet.Name, Row: row, Col: col, Code: code, Text: text})
	}
}
