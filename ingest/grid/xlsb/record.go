package xlsb

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// kind is the number of a record ([MS-XLSB] 2.3.2).
type kind uint16

// The records that are read.
const (
	rowHdr         kind = 0
	cellBlank      kind = 1
	cellRk         kind = 2
	cellError      kind = 3
	cellBool       kind = 4
	cellReal       kind = 5
	cellSt         kind = 6
	cellIsst       kind = 7
	fmlaString     kind = 8
	fmlaNum        kind = 9
	fmlaBool       kind = 10
	fmlaError      kind = 11
	shortBlank     kind = 12
	shortRk        kind = 13
	shortError     kind = 14
	shortBool      kind = 15
	shortReal      kind = 16
	shortSt        kind = 17
	shortIsst      kind = 18
	sstItem        kind = 19
	fontRecord     kind = 43
	fmtRecord      kind = 44
	xfRecord       kind = 47
	colInfo        kind = 60
	cellRString    kind = 62
	endSheet       kind = 130
	endBook        kind = 132
	beginSheetData kind = 145
	endSheetData   kind = 146
	wbProp         kind = 153
	bundleSh       kind = 156
	endSst         kind = 160
	mergeCell      kind = 176
	endStyleSheet  kind = 279
	beginCellXFs   kind = 617
	endCellXFs     kind = 618
)

// maxRecord bounds a record that is read: a text of 32,767 characters with a run
// of formatting for each stays under half a megabyte.
const maxRecord = 4 << 20

const bufferSize = 64 << 10

// errCut is the end of a part before its last record.
var errCut = errors.New("the part breaks off")

// records are those of a part, in order.
type records struct {
	in   *bufio.Reader
	b    *sheet.Budget
	kind kind
	size int // of its content that is still unread
	n    int
	buf  []byte // of a large record
}

func newRecords(b *sheet.Budget, r io.Reader) *records {
	return &records{in: bufio.NewReaderSize(r, bufferSize), b: b}
}

// next goes to the head of the next record, past what is left of this one. It
// fails with errCut where the part ends.
func (r *records) next() error {
	if r.n++; r.n%4096 == 0 {
		if err := r.b.Alive(); err != nil {
			return err
		}
	}
	if _, err := r.in.Discard(r.size); err != nil {
		return cut(err)
	}
	k, err := r.varint(2)
	if err != nil {
		return err
	}
	r.kind = kind(k)
	r.size, err = r.varint(4)
	return err
}

// varint reads a number of seven bits a byte, the lowest first; the high bit says
// that another byte follows (2.1.4).
func (r *records) varint(most int) (n int, err error) {
	for i := range most {
		c, err := r.in.ReadByte()
		if err != nil {
			return 0, cut(err)
		}
		n |= int(c&0x7f) << (7 * i)
		if c < 0x80 {
			break
		}
	}
	return n, nil
}

// fields gives the content of the record, good until the next one.
func (r *records) fields() (fields, error) {
	if r.size > maxRecord {
		return fields{}, &sheet.ReadError{Code: sheet.CodeTooBig, Found: "record"}
	}
	if r.size <= bufferSize/2 { // most are looked at where they lie
		p, err := r.in.Peek(r.size)
		if err != nil {
			return fields{}, cut(err)
		}
		return fields{b: p}, nil
	}
	if cap(r.buf) < r.size {
		r.buf = make([]byte, r.size, r.size+r.size/2)
	}
	r.buf = r.buf[:r.size]
	r.size = 0
	if _, err := io.ReadFull(r.in, r.buf); err != nil {
		return fields{}, cut(err)
	}
	return fields{b: r.buf}, nil
}

// cut tells the bounds of the read from the end of a part, or damage to it.
func cut(err error) error {
	var re *sheet.ReadError
	if errors.As(err, &re) {
		return err
	}
	return errCut
}

// fields are read one after the other; behind the end all are zero.
type fields struct {
	b     []byte
	short bool // the record was too short for what was asked
}

func (f *fields) take(n int) []byte {
	if n < 0 || n > len(f.b) {
		f.b, f.short = nil, true
		return nil
	}
	p := f.b[:n]
	f.b = f.b[n:]
	return p
}

func (f *fields) u8() byte {
	if p := f.take(1); p != nil {
		return p[0]
	}
	return 0
}

func (f *fields) u16() int {
	if p := f.take(2); p != nil {
		return int(binary.LittleEndian.Uint16(p))
	}
	return 0
}

func (f *fields) u32() uint32 {
	if p := f.take(4); p != nil {
		return binary.LittleEndian.Uint32(p)
	}
	return 0
}

func (f *fields) u64() uint64 {
	if p := f.take(8); p != nil {
		return binary.LittleEndian.Uint64(p)
	}
	return 0
}

// wide reads an XLWideString (2.5.169): a count, then UTF-16. That of a missing
// text is all ones (XLNullableWideString, 2.5.166).
func (f *fields) wide() string {
	n := f.u32()
	if n == 1<<32-1 || n > maxRecord {
		return ""
	}
	p := f.take(int(n) * 2)
	var small [128]byte
	out := small[:0]
	if len(p) > len(small) {
		out = make([]byte, 0, len(p)+len(p)/2)
	}
	for len(p) >= 2 {
		c := rune(binary.LittleEndian.Uint16(p))
		p = p[2:]
		if c < utf8.RuneSelf {
			out = append(out, byte(c))
			continue
		}
		if utf16.IsSurrogate(c) && len(p) >= 2 {
			if whole := utf16.DecodeRune(c, rune(binary.LittleEndian.Uint16(p))); whole != utf8.RuneError {
				c, p = whole, p[2:]
			}
		}
		out = utf8.AppendRune(out, c)
	}
	return string(out)
}

// rich reads the text of a RichStr (2.5.121); its runs and phonetic hints, which
// follow, are left.
func (f *fields) rich() string {
	f.u8()
	return f.wide()
}
