package xlsb

import (
	"math"
	"strconv"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

func isCell(k kind) bool { return k >= cellBlank && k <= shortIsst || k == cellRString }

// long gives the kind of cell that a short one is, which leaves out its column:
// it stands behind the last.
func long(k kind) (kind, bool) {
	if k >= shortBlank && k <= shortIsst {
		return k - shortBlank + cellBlank, true
	}
	return k, false
}

// cell takes the record of a cell (2.5.9 Cell, then the value).
func (s *worksheet) cell(k kind, f *fields) error {
	k, short := long(k)
	if short {
		s.col++
	} else {
		s.col = int(f.u32())
	}
	if s.row.N == 0 || s.col >= maxCol {
		return &sheet.ReadError{Code: sheet.CodeBroken, Found: "column " + strconv.Itoa(s.col+1)}
	}
	if s.held += len(f.b); len(s.row.Cells) >= maxCol || s.held > maxHeld { // a row can be given in parts
		if err := s.flush(); err != nil {
			return err
		}
	}
	style := s.style(int(f.u32() & 0xffffff))
	if k == cellBlank {
		return nil
	}
	// The cell is made where it will stay: rows are long and cells are large.
	s.row.Cells = append(s.row.Cells, sheet.Cell{
		Row: s.row.N, Col: s.col + 1, Outline: s.row.Outline, Indent: style.indent, Bold: style.bold,
		Hidden: s.row.Hidden || s.hidden != nil && s.hidden[s.col],
	})
	c := &s.row.Cells[len(s.row.Cells)-1]
	err := s.fill(c, k, f, style)
	if f.short {
		s.warn(c.Col, "short_record", "")
	}
	if c.Kind == sheet.Empty || f.short || err != nil {
		s.row.Cells = s.row.Cells[:len(s.row.Cells)-1]
	}
	return err
}

func (s *worksheet) style(n int) cellStyle {
	if n < len(s.w.styles) {
		return s.w.styles[n]
	}
	return s.general
}

// fill types a cell by the value its record holds. Formulas have the value first.
func (s *worksheet) fill(c *sheet.Cell, k kind, f *fields, style cellStyle) error {
	switch k {
	case cellRk:
		s.number(c, rk(f.u32()), style)
	case cellReal, fmlaNum:
		s.number(c, math.Float64frombits(f.u64()), style)
	case cellBool, fmlaBool:
		c.Kind, c.Value = sheet.Bool, "FALSE"
		if f.u8() != 0 {
			c.Value = "TRUE"
		}
		c.Text = c.Value
	case cellError, fmlaError:
		c.Kind, c.Value = sheet.Error, errorText(f.u8())
		c.Text = c.Value
	case cellSt, fmlaString:
		text(c, f.wide(), style)
	case cellRString:
		text(c, f.rich(), style)
	case cellIsst:
		return s.shared(c, f.u32(), style)
	}
	return nil
}

func (s *worksheet) number(c *sheet.Cell, x float64, style cellStyle) {
	if x-x != 0 { // no number, or no finite one
		s.warn(c.Col, "not_a_number", "")
		return
	}
	s.w.date.Fill(c, x, style.format)
}

// rk unpacks an RkNumber (2.5.122): the high bits of a double or a whole number,
// in hundredths where the lowest bit is set.
func rk(n uint32) float64 {
	var x float64
	if n&2 != 0 {
		x = float64(int32(n) >> 2)
	} else {
		x = math.Float64frombits(uint64(n&^3) << 32)
	}
	if n&1 != 0 {
		x /= 100
	}
	return x
}

// shared takes a text from the table. A file that has lost its table shows row
// numbers of the table as if they were data: that is never let through.
func (s *worksheet) shared(c *sheet.Cell, i uint32, style cellStyle) error {
	if s.w.strings == nil {
		return &sheet.ReadError{Code: sheet.CodeBroken, Row: c.Row, Col: c.Col, Found: "no shared strings", Expected: "shared_strings"}
	}
	if int64(i) >= int64(len(s.w.strings.items)) {
		s.warn(c.Col, "string_index", strconv.Itoa(int(i)))
		return nil
	}
	text(c, s.w.strings.items[i], style)
	return nil
}

// text sets a text; one blank counts as nothing.
func text(c *sheet.Cell, t string, style cellStyle) {
	if t == "" || t == " " {
		return
	}
	c.Kind, c.Value, c.Text, c.Format = sheet.Text, t, t, style.format.Code
	if shown := style.format.Text(t); shown != t {
		c.Text = shown
	}
}

// errorText names an error (2.5.97.2).
func errorText(code byte) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0f:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1d:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	case 0x2b:
		return "#GETTING_DATA"
	}
	return "#N/A"
}
