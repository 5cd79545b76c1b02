package sylk

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid/numfmt"
)

// look is that of the cell where the reader stands: its own, else of its column, its
// row, the sheet.
func (r *reader) look() look {
	l := r.base
	for _, more := range []look{r.rows[r.y], r.columns[r.x]} {
		if more.format != nil {
			l = more
		}
	}
	if r.pending != nil {
		l = *r.pending
	}
	if l.format == nil {
		l.format = numfmt.General()
	}
	return l
}

// format reads an F record. Without a place it is said of the next cell; with R or C of
// a row or a column; with D before its letters of the sheet.
func (r *reader) format(rec *record) error {
	placed, err := r.goTo(rec)
	if err != nil {
		return err
	}
	if placed {
		r.pending = nil
	}
	said := formatting{look: r.look()}
	for i := range rec.fields {
		if rec.fields[i].letter == 'W' { // only the width of columns
			return nil
		}
		said.read(&rec.fields[i], r.formats)
	}
	switch {
	case said.row > 0 && len(r.rows) < maxRows:
		r.rows[said.row] = said.look
	case said.column > 0 && len(r.columns) < maxColumns:
		r.columns[said.column] = said.look
	case said.sheetWide && !placed:
		r.base = said.look
	default:
		r.pending = &said.look
	}
	return nil
}

// formatting is what an F record says, and of what.
type formatting struct {
	look
	row, column int
	sheetWide   bool
}

func (l *formatting) read(f *field, formats []*numfmt.Format) {
	n, err := strconv.Atoi(string(f.value))
	if err != nil || n < 0 {
		n = 0
	}
	switch f.letter {
	case 'P':
		if err == nil && n < len(formats) {
			l.format = formats[n]
		}
	case 'F', 'D':
		l.sheetWide = l.sheetWide || f.letter == 'D'
		if code := letterFormat(f.value); code != "" {
			l.format = numfmt.Parse(code)
		}
	case 'S':
		l.bold = bytes.IndexByte(f.value, 'D') >= 0
	case 'R':
		l.row = n
	case 'C':
		l.column = n
	}
}

// goTo goes to the place that a record names.
func (r *reader) goTo(rec *record) (placed bool, err error) {
	for i := range rec.fields {
		if f := &rec.fields[i]; f.letter == 'X' || f.letter == 'Y' {
			placed = true
			if err := r.move(f); err != nil {
				return true, err
			}
		}
	}
	return placed, nil
}

// letterFormat is a format by a letter and a number of digits: F2 is 0.00. General and
// what says nothing about numbers is "".
func letterFormat(value []byte) string {
	if len(value) < 2 {
		return ""
	}
	digits, err := strconv.Atoi(strings.TrimRight(string(value[1:]), "DCGLR-"))
	if err != nil || digits < 0 || digits > 30 {
		return ""
	}
	point := ""
	if digits > 0 {
		point = "." + strings.Repeat("0", digits)
	}
	switch value[0] {
	case 'F':
		return "0" + point
	case 'E':
		return "0" + point + "E+00"
	case '%':
		return "0" + point + "%"
	case '$':
		return `"$"#,##0` + point
	}
	return ""
}
