package xls

import (
	"unicode/utf16"
	"unicode/utf8"
)

// Flags of a BIFF8 string ([MS-XLS] 2.5.293).
const (
	flagWide = 0x01
	flagExt  = 0x04
	flagRich = 0x08
)

// reader reads across a record and its CONTINUE records.
type reader struct {
	parts [][]byte
	cur   []byte
}

func newReader(parts [][]byte) *reader {
	r := &reader{parts: parts}
	r.advance()
	return r
}

// advance goes to the next part; it fails at the end.
func (r *reader) advance() bool {
	if len(r.parts) == 0 {
		return false
	}
	r.cur, r.parts = r.parts[0], r.parts[1:]
	return true
}

// ready makes sure there is a byte to read.
func (r *reader) ready() bool {
	for len(r.cur) == 0 {
		if !r.advance() {
			return false
		}
	}
	return true
}

func (r *reader) byte() int {
	if !r.ready() {
		return 0
	}
	b := r.cur[0]
	r.cur = r.cur[1:]
	return int(b)
}

func (r *reader) word() int { lo := r.byte(); return lo | r.byte()<<8 }

func (r *reader) long() int { lo := r.word(); return lo | r.word()<<16 }

func (r *reader) skip(n int) {
	for n > 0 && r.ready() {
		k := min(n, len(r.cur))
		r.cur, n = r.cur[k:], n-k
	}
}

// text appends a BIFF8 string of n characters that begins with its flags, and
// leaves out its runs and its extension.
func (r *reader) text(out []byte, n int) []byte {
	flags := r.byte()
	runs, ext := 0, 0
	if flags&flagRich != 0 {
		runs = r.word()
	}
	if flags&flagExt != 0 {
		ext = r.long()
	}
	out = r.chars(out, n, flags&flagWide != 0)
	r.skip(4 * runs)
	r.skip(ext)
	return out
}

// chars appends n characters. Where a CONTINUE record begins between two of them,
// it opens with flags of its own and the width may change.
func (r *reader) chars(out []byte, n int, wide bool) []byte {
	d := utf16Decoder{out: out}
	for n > 0 {
		size := 1
		if wide {
			size = 2
		}
		k := min(n, len(r.cur)/size)
		if k == 0 {
			if !r.advance() {
				r.cur = nil
				break
			}
			wide = r.byte()&flagWide != 0
			continue
		}
		d.add(r.cur[:k*size], wide)
		r.cur, n = r.cur[k*size:], n-k
	}
	return d.end()
}

// utf16Decoder turns UTF-16 that comes in pieces into UTF-8.
type utf16Decoder struct {
	out  []byte
	high rune // half of a pair, 0 for none
}

// add takes characters of two bytes, or of one, which is the low one.
func (d *utf16Decoder) add(b []byte, wide bool) {
	if !wide {
		if d.high == 0 && isASCII(b) {
			d.out = append(d.out, b...)
			return
		}
		for _, c := range b {
			d.unit(rune(c))
		}
		return
	}
	for ; len(b) >= 2; b = b[2:] {
		d.unit(rune(b[0]) | rune(b[1])<<8)
	}
}

func (d *utf16Decoder) unit(u rune) {
	switch {
	case d.high != 0:
		high := d.high
		d.high = 0
		if r := utf16.DecodeRune(high, u); r != utf8.RuneError {
			d.out = utf8.AppendRune(d.out, r)
			return
		}
		d.out = utf8.AppendRune(d.out, utf8.RuneError)
		d.unit(u)
	case u >= 0xD800 && u < 0xDC00:
		d.high = u
	default:
		d.out = utf8.AppendRune(d.out, u) // a low half alone becomes U+FFFD
	}
}

func (d *utf16Decoder) end() []byte {
	if d.high != 0 {
		d.out = utf8.AppendRune(d.out, utf8.RuneError)
	}
	return d.out
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// byteText cuts a string of bytes with its length in one byte or two.
func byteText(b []byte, lengthSize int) []byte {
	n := u8(b, 0)
	if lengthSize == 2 {
		n = u16(b, 0)
	}
	b = tail(b, lengthSize)
	return b[:min(n, len(b))]
}

// decode turns bytes of the workbook's code page into text.
func (w *workbook) decode(b []byte) string {
	if isASCII(b) {
		return string(b)
	}
	if w.enc == nil {
		w.enc = w.encoding().NewDecoder()
	}
	s, err := w.enc.Bytes(b)
	if err != nil {
		return string(b)
	}
	return string(s)
}
