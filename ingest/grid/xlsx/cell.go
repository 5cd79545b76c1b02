package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// cell reads the cell that was opened last (ECMA-376 part 1, 18.3.1.4); it fails
// where its end is missing, or with batch.err.
func (r *rowReader) cell() bool {
	r.thin()
	row, col := r.place(r.attr("r"))
	st, kind := r.w.styles.at(r.countAttr("s")), kindOf(r.attr("t"))
	has, whole := r.cellValue(kind == typeInline)
	return whole && r.put(row, col, kind, st, has)
}

// thin leaves of the cells of a row that has twice as many as there are columns the
// last one at each place, so that no row grows without bound.
func (r *rowReader) thin() {
	first := r.out.rows[len(r.out.rows)-1].first
	cells := r.out.cells[first:]
	if len(cells) < 2*maxCol {
		return
	}
	var seen [maxCol + 1]bool
	kept := len(cells)
	for i := len(cells) - 1; i >= 0; i-- {
		if c := &cells[i]; !seen[c.Col] {
			seen[c.Col] = true
			kept--
			cells[kept] = *c
		}
	}
	r.out.cells = r.out.cells[:first+copy(cells, cells[kept:])]
}

// put adds the cell with what was read of it, unless there is nothing; it fails with
// batch.err.
func (r *rowReader) put(row, col int, kind cellType, st *style, has bool) bool {
	if col > maxCol {
		r.out.err = &sheet.ReadError{Code: sheet.CodeBroken, Found: "column " + strconv.Itoa(col)}
		return false
	}
	r.col = col
	if row != r.n {
		r.warn(row, col, "row_mismatch", "") // the column of the reference is trusted alone
	}
	if !has {
		return true
	}
	r.out.cells = append(r.out.cells, sheet.Cell{
		Row: r.n, Col: col, Outline: r.in.outline, Hidden: r.in.hidden || r.hidden.set[col], Indent: st.indent, Bold: st.bold,
	})
	c := &r.out.cells[len(r.out.cells)-1]
	r.out.err = r.fill(c, kind, st)
	if c.Kind == sheet.Empty {
		r.out.cells = r.out.cells[:len(r.out.cells)-1]
	}
	return r.out.err == nil
}

// place is where the cell stands: by its reference, else behind the last one.
func (r *rowReader) place(ref []byte) (row, col int) {
	if len(ref) > 0 {
		if row, col, ok := parseRef(ref); ok {
			if r.unsure && r.col == 0 {
				r.numberBy(row)
			}
			if r.unsure {
				row = r.n
			}
			return row, col
		}
	}
	return r.n, r.col + 1
}

// cellType is the attribute t (18.18.11).
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeInline
	typeFormula
	typeBool
	typeError
	typeDate
)

func kindOf(t []byte) cellType {
	switch string(t) {
	case "s":
		return typeShared
	case "inlineStr":
		return typeInline
	case "str":
		return typeFormula
	case "b":
		return typeBool
	case "e":
		return typeError
	case "d":
		return typeDate
	}
	return typeNumber
}

// cellValue gathers the text of v or of is into value: where both stand, that of is
// in an inline text and v else. What else stands in a cell is passed by.
func (r *rowReader) cellValue(inline bool) (has, whole bool) {
	r.value, r.rich = r.value[:0], false
	if r.closed {
		return false, true
	}
	for end := r.depth - 1; ; {
		switch r.next() {
		case tokenOpen:
			is := string(r.name) == "is"
			switch {
			case !is && string(r.name) != "v", has && r.rich != is && is != inline:
				whole = r.skip()
			case is:
				r.value, whole = r.takeRichText(r.value[:0])
				has, r.rich = len(r.value) > 0, true
			default:
				r.value, whole = r.takeValue(r.value[:0])
				has, r.rich = len(r.value) > 0, false
			}
			if !whole {
				return false, false
			}
		case tokenClose:
			if r.depth <= end {
				return has, true
			}
		case tokenEnd:
			return false, false
		}
	}
}

// fill types the cell.
func (r *rowReader) fill(c *sheet.Cell, t cellType, st *style) error {
	switch t {
	case typeShared:
		return r.fillShared(c, bytes.TrimSpace(r.value), st)
	case typeInline:
		r.fillText(c, r.keepText(), st)
	case typeFormula:
		r.fillFormula(c, st)
	case typeBool:
		r.fillBool(c, bytes.TrimSpace(r.value))
	case typeError:
		if s := r.keepText(); s != "" {
			c.Kind, c.Value, c.Text = sheet.Error, s, s
		}
	case typeDate:
		r.fillISO(c, bytes.TrimSpace(r.value), st)
	default:
		if r.rich {
			r.fillText(c, r.keepText(), st)
			break
		}
		r.fillNumber(c, bytes.TrimSpace(r.value), st)
	}
	return nil
}

// keepText keeps the value as a text of valid UTF-8. That of is has its escapes
// decoded already.
func (r *rowReader) keepText() string {
	if !r.rich {
		r.value = unescape(r.value)
	}
	if utf8.Valid(r.value) {
		return r.texts.keep(r.value)
	}
	return string(bytes.ToValidUTF8(r.value, []byte("\ufffd")))
}

// fillShared takes a text from the table. A file that has lost its table shows
// row numbers of the table as if they were data: that is never let through.
func (r *rowReader) fillShared(c *sheet.Cell, raw []byte, st *style) error {
	if len(raw) == 0 {
		return nil
	}
	table := r.w.strings
	i, ok := count(raw)
	if table == nil || table.cut && i >= table.len() {
		return &sheet.ReadError{Code: sheet.CodeBroken, Row: c.Row, Col: c.Col, Found: "no shared strings", Expected: "shared_strings"}
	}
	if !ok || i >= table.len() {
		r.warn(c.Row, c.Col, "string_index", string(raw[:min(len(raw), 20)]))
		return nil
	}
	text := table.at(i)
	r.out.repeated += int64(len(text))
	r.fillText(c, text, st)
	return nil
}

// fillText sets a text; one blank counts as nothing.
func (r *rowReader) fillText(c *sheet.Cell, s string, st *style) {
	if s == "" || s == " " {
		return
	}
	c.Kind, c.Value, c.Text, c.Format = sheet.Text, s, s, st.format.Code
	if st.format.Code != "" {
		c.Text = st.format.Text(s)
	}
}

// fillFormula sets the text a formula came to. Some writers store errors so.
func (r *rowReader) fillFormula(c *sheet.Cell, st *style) {
	s := r.keepText()
	r.fillText(c, s, st)
	switch s {
	case "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!":
		c.Kind = sheet.Error
	}
}

func (r *rowReader) fillBool(c *sheet.Cell, raw []byte) {
	switch string(raw) {
	case "":
		return
	case "0", "false", "FALSE":
		c.Value = "FALSE"
	default:
		c.Value = "TRUE"
	}
	c.Kind, c.Text = sheet.Bool, c.Value
}
