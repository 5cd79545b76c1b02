package xls

import (
	"encoding/binary"
	"math"
	"strconv"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// cell reads the records that hold cells ([MS-XLS] 2.4, "Cell Table").
func (r *substream) cell() error {
	b := r.s.body
	switch r.s.id {
	case idInteger2:
		return r.number(r.at2(b), float64(u16(b, 7)))
	case idNumber2:
		return r.number(r.at2(b), double(tail(b, 7)))
	case idNumber3:
		return r.number(r.at(b), double(tail(b, 6)))
	case idRK:
		return r.number(r.at(b), rk(u32(b, 6)))
	case idMulRK:
		return r.mulRK(b)
	case idLabel2:
		return r.label(r.at2(b), r.w.decode(byteText(tail(b, 7), 1)))
	case idLabel3, idRString:
		return r.label(r.at(b), r.longText(6))
	case idLabelSST:
		return r.fromTable(b)
	case idBoolErr2:
		return r.boolErr(r.at2(b), u8(b, 7), u8(b, 8))
	case idBoolErr3:
		return r.boolErr(r.at(b), u8(b, 6), u8(b, 7))
	case idFormula2, idFormula3, idFormula4:
		return r.formula(b)
	case idString2, idString3:
		return r.formulaText()
	case idIXFE2:
		r.ixfe = u16(b, 0)
	}
	return nil
}

// place is where a cell stands, with its style.
type place struct {
	row, col int
	style    style
	ok       bool
}

// at reads row, column and format of a cell of BIFF3 and later.
func (r *substream) at(b []byte) place {
	return place{row: u16(b, 0) + 1, col: u16(b, 2) + 1, style: r.w.style(u16(b, 4)), ok: len(b) >= 6}
}

// at2 reads them of BIFF2, where three bytes of attributes stand for the format.
func (r *substream) at2(b []byte) place {
	if r.w.version > 2 {
		// An old record in a newer stream has the head of its time.
		p := r.at(b)
		p.style = style{format: r.w.plain}
		p.ok = len(b) >= 7
		return p
	}
	n := u8(b, 4) & 0x3F
	if n == 63 && r.ixfe >= 0 {
		n = r.ixfe
	}
	p := place{row: u16(b, 0) + 1, col: u16(b, 2) + 1, ok: len(b) >= 7}
	if len(r.w.xfs) > 0 {
		p.style = r.w.style(n)
		return p
	}
	attr := u8(b, 5)
	p.style = style{format: r.w.format2(attr & 0x3F), bold: r.w.isBold(attr >> 6)}
	return p
}

// start makes the cell of a place, before which a formula that got no text goes.
func (r *substream) start(p place) (sheet.Cell, error) {
	c := sheet.Cell{Row: p.row, Col: p.col, Indent: p.style.indent, Bold: p.style.bold}
	if r.text == nil {
		return c, nil
	}
	return c, r.flush()
}

func (r *substream) number(p place, x float64) error {
	if !p.ok {
		return nil
	}
	c, err := r.start(p)
	if err != nil {
		return err
	}
	if math.IsNaN(x) || math.IsInf(x, 0) {
		r.warn(p.row, p.col, "not_a_number", strconv.FormatFloat(x, 'g', -1, 64))
		return nil
	}
	r.w.date.Fill(&c, x, p.style.format)
	return r.add(&c)
}

// mulRK reads a run of numbers ([MS-XLS] 2.4.175).
func (r *substream) mulRK(b []byte) error {
	row, col := u16(b, 0)+1, u16(b, 2)+1
	for b = tail(b, 4); len(b) >= 8; b = b[6:] {
		if err := r.number(place{row: row, col: col, style: r.w.style(u16(b, 0)), ok: true}, rk(u32(b, 2))); err != nil {
			return err
		}
		col++
	}
	return nil
}

// label adds a text; an empty one and one blank count as nothing.
func (r *substream) label(p place, s string) error {
	if !p.ok {
		return nil
	}
	c, err := r.start(p)
	if err != nil {
		return err
	}
	if s == "" || s == " " {
		return nil
	}
	fillText(&c, s, p.style)
	return r.add(&c)
}

func fillText(c *sheet.Cell, s string, st style) {
	c.Kind, c.Value, c.Text, c.Format = sheet.Text, s, s, st.format.Code
	if shown := st.format.Text(s); shown != s {
		c.Text = shown
	}
}

// longText reads a text whose length takes two bytes, at a place of the record.
func (r *substream) longText(at int) string {
	if r.w.version == 8 {
		parts := r.s.parts()
		n := u16(parts[0], at)
		parts[0] = tail(parts[0], at+2)
		return string(newReader(parts).text(nil, n))
	}
	return r.w.decode(byteText(tail(r.s.body, at), 2))
}

// fromTable reads a LABELSST ([MS-XLS] 2.4.149). A workbook that lost its table
// of texts must not show row numbers of the table as data.
func (r *substream) fromTable(b []byte) error {
	p, i := r.at(b), int(u32(b, 6))
	if !p.ok {
		return nil
	}
	if !r.w.strings.present {
		return &sheet.ReadError{Code: sheet.CodeBroken, Row: p.row, Col: p.col, Found: "no shared strings", Expected: "shared_strings"}
	}
	s, ok := r.w.strings.at(i)
	if !ok {
		r.warn(p.row, p.col, "string_index", strconv.Itoa(i))
		return nil
	}
	// A text of 64 KiB may be pointed to by cells of 14 bytes.
	if err := r.w.b.SpendBytes(int64(len(s))); err != nil {
		return err
	}
	return r.label(p, s)
}

func (r *substream) boolErr(p place, value, isError int) error {
	if !p.ok {
		return nil
	}
	c, err := r.start(p)
	if err != nil {
		return err
	}
	fillBoolErr(&c, value, isError != 0)
	return r.add(&c)
}

func fillBoolErr(c *sheet.Cell, value int, isError bool) {
	switch {
	case isError:
		c.Kind, c.Value = sheet.Error, errorCode(value)
	case value != 0:
		c.Kind, c.Value = sheet.Bool, "TRUE"
	default:
		c.Kind, c.Value = sheet.Bool, "FALSE"
	}
	c.Text = c.Value
}

// errorCode names an error value ([MS-XLS] 2.5.10).
func errorCode(n int) string {
	switch n {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	case 0x2B:
		return "#GETTING_DATA"
	}
	return "#N/A"
}

// rk unpacks a number of 30 bits ([MS-XLS] 2.5.217): a signed integer or the high
// half of a double, either divided by 100 where the lowest bit says so.
func rk(v uint32) float64 {
	var x float64
	if v&2 != 0 {
		x = float64(int32(v) >> 2)
	} else {
		x = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		x /= 100
	}
	return x
}

// double reads eight bytes; what is missing reads as NaN.
func double(b []byte) float64 {
	if len(b) < 8 {
		return math.NaN()
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b))
}
