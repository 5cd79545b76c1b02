package biff

import (
	"encoding/binary"
	"math"
	"time"
	"unicode/utf16"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
)

// maxRecord is the longest content of a record; what is longer goes on in CONTINUE.
const maxRecord = 8224

// Sheet is a sheet to be written. A cell is nil, a string, an int, a float64, or
// a time.Time, which is written as a day.
type Sheet struct {
	Name string
	Rows [][]any
}

// Workbook writes the sheets as an .xls file.
func Workbook(sheets ...Sheet) []byte {
	return cfb.Write(cfb.Item{Name: "Workbook", Data: Stream(sheets...)})
}

// Stream writes the records alone, without the compound file around them.
func Stream(sheets ...Sheet) []byte {
	table := newTexts(sheets)
	head := func(offsets []int) []byte {
		w := &writer{}
		w.record(0x0809, bof(0x0005))
		w.record(0x0042, word(1200))
		w.font()
		w.formats()
		for i, s := range sheets {
			at := 0
			if offsets != nil {
				at = offsets[i]
			}
			body := binary.LittleEndian.AppendUint32(nil, uint32(at))
			body = append(body, 0, 0, byte(len(utf16.Encode([]rune(s.Name)))))
			w.record(0x0085, append(body, chars(s.Name)...))
		}
		w.table(table)
		w.record(0x000A, nil)
		return w.out
	}
	at := len(head(nil))
	var offsets []int
	var bodies []byte
	for _, s := range sheets {
		offsets = append(offsets, at+len(bodies))
		bodies = append(bodies, substream(s, table)...)
	}
	return append(head(offsets), bodies...)
}

type writer struct{ out []byte }

func (w *writer) record(id int, body []byte) {
	w.out = binary.LittleEndian.AppendUint16(w.out, uint16(id))
	w.out = binary.LittleEndian.AppendUint16(w.out, uint16(len(body)))
	w.out = append(w.out, body...)
}

func word(n int) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }

func bof(kind int) []byte {
	b := append(word(0x0600), word(kind)...)
	b = append(b, word(0x0DBB)...)
	b = append(b, word(0x07CC)...)
	return append(b, 0, 0, 0, 0, 6, 0, 0, 0)
}

// font writes the four fonts every workbook has.
func (w *writer) font() {
	for range 4 {
		b := append(word(200), 0, 0, 0xFF, 0x7F, 0x90, 0x01, 0, 0, 0, 0, 0, 0)
		name := "Arial"
		b = append(b, byte(len(name)), 0)
		w.record(0x0031, append(b, name...))
	}
}

// Formats of cells after the sixteen every workbook has.
const (
	plainXF = 15
	dateXF  = 16
)

func (w *writer) formats() {
	for i := range dateXF + 1 {
		b := append(word(0), word(0)...)
		if i == dateXF {
			b = append(word(0), word(14)...)
		}
		if i < plainXF {
			b = append(b, 0xF5, 0xFF)
		} else {
			b = append(b, 0x01, 0x00)
		}
		w.record(0x00E0, append(b, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0x20))
	}
	w.record(0x0293, append(word(0x8000), 0, 0xFF))
}

// chars is a string of BIFF8 without its length: flags, then characters.
func chars(s string) []byte {
	units := utf16.Encode([]rune(s))
	b := []byte{1}
	for _, u := range units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// texts is the table of texts in the order of their first use.
type texts struct {
	index map[string]int
	list  []string
	uses  int
}

func newTexts(sheets []Sheet) *texts {
	t := &texts{index: map[string]int{}}
	for _, s := range sheets {
		for _, row := range s.Rows {
			for _, v := range row {
				text, ok := v.(string)
				if !ok {
					continue
				}
				t.uses++
				if _, ok := t.index[text]; !ok {
					t.index[text] = len(t.list)
					t.list = append(t.list, text)
				}
			}
		}
	}
	return t
}

// table writes SST; a text that does not fit goes on behind a flag byte.
func (w *writer) table(t *texts) {
	id := 0x00FC
	body := binary.LittleEndian.AppendUint32(nil, uint32(t.uses))
	body = binary.LittleEndian.AppendUint32(body, uint32(len(t.list)))
	flush := func() {
		w.record(id, body)
		id, body = 0x003C, nil
	}
	for _, s := range t.list {
		units := utf16.Encode([]rune(s))
		if len(body)+5 > maxRecord {
			flush()
		}
		body = append(body, byte(len(units)), byte(len(units)>>8), 1)
		for _, u := range units {
			if len(body)+2 > maxRecord {
				flush()
				body = append(body, 1)
			}
			body = binary.LittleEndian.AppendUint16(body, u)
		}
	}
	flush()
}

func substream(s Sheet, t *texts) []byte {
	w := &writer{}
	w.record(0x0809, bof(0x0010))
	cols := 0
	for _, row := range s.Rows {
		cols = max(cols, len(row))
	}
	dims := binary.LittleEndian.AppendUint32(nil, 0)
	dims = binary.LittleEndian.AppendUint32(dims, uint32(len(s.Rows)))
	dims = append(append(append(dims, word(0)...), word(cols)...), 0, 0)
	w.record(0x0200, dims)
	for r, row := range s.Rows {
		for c, v := range row {
			w.cell(r, c, v, t)
		}
	}
	w.record(0x023E, []byte{0xB6, 0x06, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	w.record(0x000A, nil)
	return w.out
}

func (w *writer) cell(r, c int, v any, t *texts) {
	at := func(xf int) []byte { return append(append(word(r), word(c)...), word(xf)...) }
	number := func(xf int, x float64) {
		w.record(0x0203, binary.LittleEndian.AppendUint64(at(xf), math.Float64bits(x)))
	}
	switch v := v.(type) {
	case string:
		w.record(0x00FD, binary.LittleEndian.AppendUint32(at(plainXF), uint32(t.index[v])))
	case int:
		number(plainXF, float64(v))
	case float64:
		number(plainXF, v)
	case time.Time:
		days := v.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, v.Location())).Hours() / 24
		number(dateXF, math.Floor(days+0.5))
	}
}
