package mxl

import (
	"encoding/binary"
	"errors"

	"golang.org/x/text/encoding/charmap"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

var errCut = errors.New("mxl: breaks off")

// reader goes through the bytes; bad is set, for good, by the first read beyond them.
type reader struct {
	b       *sheet.Budget
	data    []byte
	pos     int
	version int
	bad     bool
}

func (r *reader) take(n int) []byte {
	if r.bad || n < 0 || n > len(r.data)-r.pos {
		r.bad = true
		return nil
	}
	r.pos += n
	return r.data[r.pos-n : r.pos]
}

func (r *reader) skip(n int) { _ = r.take(n) }

func (r *reader) u16() int {
	if p := r.take(2); p != nil {
		return int(binary.LittleEndian.Uint16(p))
	}
	return 0
}

func (r *reader) i32() int {
	if p := r.take(4); p != nil {
		return int(int32(binary.LittleEndian.Uint32(p))) //nolint:gosec // signed in the file
	}
	return 0
}

// count is the size of a collection: a long one follows the mark 0xFFFF.
func (r *reader) count() int {
	n := r.u16()
	if n == 0xFFFF {
		n = r.i32()
	}
	if n < 0 || n > len(r.data)-r.pos { // each element takes a byte at least
		r.bad = true
		return 0
	}
	return n
}

// keys begins a collection by number: the numbers, then their count once more.
func (r *reader) keys() []int {
	n := r.count()
	if n > (len(r.data)-r.pos)/4 {
		r.bad = true
		return nil
	}
	out := make([]int, n)
	for i := range out {
		out[i] = r.i32()
	}
	r.count()
	if r.bad {
		return nil
	}
	return out
}

// str is a text in cp1251 after its length of one, two or four bytes.
func (r *reader) str() string {
	p := r.take(1)
	if p == nil {
		return ""
	}
	n := int(p[0])
	if n == 0xFF {
		if n = r.u16(); n == 0xFFFF {
			n = r.i32()
		}
	}
	raw := r.take(n)
	text, _ := charmap.Windows1251.NewDecoder().Bytes(raw)
	return string(text)
}

// cell reads properties and what their flags say follows. The value of a cell, what a
// click on it opens, and its data are passed over; so is bold, whose byte no two descriptions tell alike.
func (r *reader) cell() string {
	p := r.take(propsSize)
	if p == nil {
		return ""
	}
	text, flags := "", binary.LittleEndian.Uint32(p)
	if r.version == versionAngle {
		r.skip(2)
	}
	if flags&flagText != 0 {
		text = r.str()
	}
	if flags&flagValue != 0 {
		_ = r.str()
	}
	if flags&flagData != 0 {
		r.skip(r.count())
	}
	return text
}
