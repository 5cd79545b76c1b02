package grid

import (
	"strconv"
	"strings"
)

// Bounds of a worksheet (ECMA-376 leaves them open, Excel 2007 and later stop here).
const (
	maxRow = 1 << 20
	maxCol = 1 << 14
)

// sheetReader gathers one worksheet part.
type sheetReader struct {
	w     *workbook
	to    Sink
	sheet *Sheet

	inData     bool
	hiddenCols [][2]int
	row        Row
	rowHidden  bool
	cells      []Cell // of the row being read
	col        int    // of the last cell, for cells without a reference

	// the cell being read
	at      Cell
	typ     string
	style   cellStyle
	inValue bool
	value   []byte
	inline  textCollector
}

// readSheet reads a worksheet part (ECMA-376 part 1, 18.3).
func (w *workbook) readSheet(ref sheetRef, to Sink) error {
	r := &sheetReader{w: w, to: to, sheet: &Sheet{Name: ref.name, Hidden: ref.hidden}}
	if err := to.Begin(r.sheet); err != nil {
		return err
	}
	if ref.part == "" {
		r.warn(0, 0, "sheet_without_part", ref.name)
		return to.End(r.sheet)
	}
	if err := w.scan(ref.part, r.visit); err != nil {
		return inSheet(ref.name, err)
	}
	return to.End(r.sheet)
}

func inSheet(name string, err error) error {
	if re := asReadError("", err); re.Sheet == "" {
		re.Sheet = name
		return re
	}
	return err
}

func (r *sheetReader) visit(t *xmlToken) error {
	if r.inData {
		return r.visitData(t)
	}
	switch {
	case t.start("sheetData"):
		r.inData = true
	case t.start("col"):
		if isTrue(t.attr("hidden")) {
			r.hiddenCols = append(r.hiddenCols, [2]int{t.number("min"), t.number("max")})
		}
	case t.start("mergeCell"):
		r.addMerge(t.attr("ref"))
	}
	return nil
}

func (r *sheetReader) visitData(t *xmlToken) error {
	switch {
	case t.isText():
		if r.inValue {
			r.value = append(r.value, t.text...)
		}
		r.inline.take(t)
	case t.start("row"):
		return r.startRow(t)
	case t.start("c"):
		return r.startCell(t)
	case t.start("v"), t.end("v"):
		r.inValue = t.isStart()
	case t.end("c"):
		return r.endCell()
	case t.end("row"):
		return r.endRow()
	case t.end("sheetData"):
		r.inData = false
	default:
		r.inline.take(t)
	}
	return nil
}

func (r *sheetReader) startRow(t *xmlToken) error {
	n := r.row.N + 1
	if s := t.attr("r"); s != "" {
		n = t.number("r")
	}
	if n < 1 || n > maxRow {
		return &ReadError{Code: CodeBroken, Found: "row " + strconv.Itoa(n)}
	}
	r.rowHidden = isTrue(t.attr("hidden"))
	r.row = Row{N: n, Outline: uint8(min(t.number("outlineLevel"), 255)), Hidden: r.rowHidden}
	r.cells, r.col = r.cells[:0], 0
	return nil
}

func (r *sheetReader) startCell(t *xmlToken) error {
	row, col := r.row.N, r.col+1
	if ref := t.attr("r"); ref != "" {
		if rr, cc, ok := parseRef(ref); ok {
			row, col = rr, cc
		}
	}
	if row != r.row.N {
		// A reference that contradicts its row: readers trust the reference's column only.
		r.warn(row, col, "row_mismatch", "")
	}
	if col > maxCol {
		return &ReadError{Code: CodeBroken, Found: "column " + strconv.Itoa(col)}
	}
	r.col = col
	r.style = r.w.styles.at(t.number("s"))
	r.typ = t.attr("t")
	r.at = Cell{Row: r.row.N, Col: col, Outline: r.row.Outline, Hidden: r.rowHidden || r.isHiddenCol(col), Indent: r.style.indent, Bold: r.style.bold}
	r.value = r.value[:0]
	r.inline.reset()
	return nil
}

func (r *sheetReader) endCell() error {
	if err := r.fill(); err != nil {
		return err
	}
	if r.at.Kind == Empty {
		return nil
	}
	r.cells = append(r.cells, r.at)
	return nil
}

func (r *sheetReader) endRow() error {
	if len(r.cells) == 0 {
		return nil
	}
	r.row.Cells = r.cells
	return r.to.Row(r.row)
}

func (r *sheetReader) isHiddenCol(col int) bool {
	for _, h := range r.hiddenCols {
		if h[0] <= col && col <= h[1] {
			return true
		}
	}
	return false
}

func (r *sheetReader) addMerge(ref string) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return
	}
	r1, c1, ok1 := parseRef(from)
	r2, c2, ok2 := parseRef(to)
	if ok1 && ok2 && r1 <= r2 && c1 <= c2 {
		r.sheet.Merges = append(r.sheet.Merges, Range{FirstRow: r1, FirstCol: c1, LastRow: r2, LastCol: c2})
	}
}

// maxWarnings keeps a damaged sheet from drowning the reader in one and the same remark.
const maxWarnings = 100

func (r *sheetReader) warn(row, col int, code, text string) {
	if len(r.sheet.Warnings) < maxWarnings {
		r.sheet.Warnings = append(r.sheet.Warnings, Warning{Sheet: r.sheet.Name, Row: row, Col: col, Code: code, Text: text})
	}
}

// parseRef reads a reference like AB12 or $AB$12.
func parseRef(ref string) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref); i++ {
		c := ref[i]
		switch {
		case c == '$':
		case c >= 'A' && c <= 'Z':
			col = col*26 + int(c-'A') + 1
		case c >= 'a' && c <= 'z':
			col = col*26 + int(c-'a') + 1
		default:
			row, err := strconv.Atoi(strings.TrimPrefix(ref[i:], "$"))
			return row, col, err == nil && row > 0 && row <= maxRow && col > 0 && col <= maxCol
		}
		if col > maxCol {
			return 0, 0, false
		}
	}
	return 0, 0, false
}
