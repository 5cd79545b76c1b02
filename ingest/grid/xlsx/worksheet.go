package xlsx

import (
	"bytes"
	"errors"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Bounds of a worksheet (ECMA-376 leaves them open, Excel 2007 and later stop here).
const (
	maxRow = 1 << 20
	maxCol = 1 << 14
)

// maxMerges bounds what is kept beside the cells.
const maxMerges = 1 << 20

// maxWarnings keeps a damaged sheet from drowning the reader in one and the same remark.
const maxWarnings = 100

// worksheet is a sheet being read (ECMA-376 part 1, 18.3).
type worksheet struct {
	w      *workbook
	by     split
	to     sheet.Sink
	sheet  *sheet.Sheet
	hidden columns
	pieces *pieces // of the rows, where the sheet is cut
	last   int     // row read last
	some   bool    // a row was handed on
	given  int64   // bytes of shared texts handed on
}

// columns are those hidden, by number.
type columns struct {
	set   [maxCol + 1]bool
	lists int
}

// hide takes a range; a sheet has no more ranges than columns.
func (c *columns) hide(from, to int) {
	if c.lists++; c.lists > maxCol {
		return
	}
	for i := max(from, 1); i <= min(to, maxCol); i++ {
		c.set[i] = true
	}
}

// readSheet reads a worksheet part; some tells whether a row came. Damage is an error
// where there was none.
func (w *workbook) readSheet(ref sheetRef, to sheet.Sink, by split) (some bool, err error) {
	ws := &worksheet{w: w, by: by, to: to, sheet: &sheet.Sheet{Name: ref.name, Hidden: ref.hidden}}
	if err := to.Begin(ws.sheet); err != nil {
		return false, err
	}
	defer ws.stop()
	err = ws.read(ref)
	if isDamage(err) && ws.some {
		code := "truncated"
		if errors.Is(err, errSum) {
			code = "checksum"
		}
		ws.warn(ws.last, 0, code, "")
		err = nil
	}
	if err != nil && !isDamage(err) {
		return ws.some, err
	}
	return ws.some, errors.Join(err, to.End(ws.sheet))
}

func (ws *worksheet) read(ref sheetRef) error {
	switch {
	case ref.part == "":
		ws.warn(0, 0, "sheet_without_part", ref.name)
		return nil
	case ws.w.find(ref.part) == nil:
		ws.warn(0, 0, "part_missing", ref.part)
		return damage{&sheet.ReadError{Code: sheet.CodeBroken, Expected: ref.part, Err: errMissing}}
	}
	s, err := ws.w.scan(ref.part, min(ws.by.size, scanBuffer))
	if err != nil {
		return err
	}
	if err := ws.scan(s); err != nil {
		return err
	}
	switch err := s.ended(ref.part); {
	case errors.Is(s.err, errSum):
		return damage{s.err}
	case err == nil, isBound(err):
		return err
	default:
		return damage{err}
	}
}

// scan goes over the elements of the part.
func (ws *worksheet) scan(s *scanner) error {
	for {
		switch s.next() {
		case tokenOpen:
			if err := ws.element(s); err != nil {
				return err
			}
		case tokenEnd:
			return nil
		}
	}
}

func (ws *worksheet) element(s *scanner) error {
	switch string(s.name) {
	case "sheetData":
		if !s.closed {
			return ws.readRows(s)
		}
	case "col":
		if isTrue(s.attr("hidden")) {
			ws.hidden.hide(s.countAttr("min"), s.countAttr("max"))
		}
	case "mergeCell":
		ws.addMerge(s.attr("ref"))
	}
	return nil
}

func (ws *worksheet) addMerge(ref []byte) {
	from, to, ok := bytes.Cut(ref, []byte(":"))
	if !ok {
		return
	}
	r1, c1, ok1 := parseRef(from)
	r2, c2, ok2 := parseRef(to)
	if !ok1 || !ok2 || r1 > r2 || c1 > c2 {
		return
	}
	if len(ws.sheet.Merges) == maxMerges {
		ws.warn(r1, c1, "too_many_merges", "")
		return
	}
	ws.sheet.Merges = append(ws.sheet.Merges, sheet.Range{FirstRow: r1, FirstCol: c1, LastRow: r2, LastCol: c2})
}

func (ws *worksheet) warn(row, col int, code, text string) {
	if len(ws.sheet.Warnings) < maxWarnings {
		ws.sheet.Warnings = append(ws.sheet.Warnings, sheet.Warning{Sheet: ws.sheet.Name, Row: row, Col: col, Code: code, Text: text})
	}
}

// parseRef reads a reference like AB12 or $AB$12.
func parseRef(ref []byte) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref); i++ {
		c := ref[i] | 0x20 // small letters
		if ref[i] == '$' {
			continue
		}
		if c < 'a' || c > 'z' {
			break
		}
		if col = col*26 + int(c-'a') + 1; col > maxCol {
			return 0, 0, false
		}
	}
	if i == 0 || i == len(ref) || len(ref)-i > 7 {
		return 0, 0, false
	}
	for ; i < len(ref); i++ {
		if ref[i] < '0' || ref[i] > '9' {
			return 0, 0, false
		}
		row = row*10 + int(ref[i]-'0')
	}
	return row, col, row > 0 && row <= maxRow && col > 0
}
