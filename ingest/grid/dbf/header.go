package dbf

import (
	"bytes"
	"encoding/binary"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Versions of the file that matter (the first byte).
const (
	versionII      = 0x02 // dBase II, FoxBASE
	versionFox     = 0x30 // Visual FoxPro from here
	versionFoxAuto = 0x31 // with autoincrement
	versionFoxVar  = 0x32 // with varchar
	versionFox2    = 0xf5 // FoxPro 2 with memos
	level7         = 4    // low bits of dBase 7
)

// flagSystem marks a field that is not for people, flagNullable one that may hold
// null (Visual FoxPro, "Table File Structure", field flags).
const (
	flagSystem   = 0x01
	flagNullable = 0x02
)

// maxFields is more than any of the programs allows (dBase 7: 1024).
const maxFields = 2048

// field is a column of the records.
type field struct {
	name            []byte
	kind            byte
	offset, length  int
	decimals        int
	system          bool
	nullBit, varBit int // in the null flags, -1 for none; before they are numbered 0 means nullable
}

// header is what stands before the records.
type header struct {
	version  byte
	records  int
	start    int // of the first record
	length   int // of a record, its mark of deletion included
	language byte
	driver   string // name of the language driver, of dBase 7
	fields   []field
	nulls    *field // where null flags stand
}

func (h *header) isFox() bool {
	return h.version == versionFox || h.version == versionFoxAuto || h.version == versionFoxVar
}

func broken(what string) error {
	return &sheet.ReadError{Code: sheet.CodeBroken, Found: what, Expected: "dbf"}
}

func readHeader(data []byte) (*header, error) {
	if len(data) < 33 {
		return nil, broken("header")
	}
	h := &header{version: data[0]}
	if h.version == versionII {
		return h, h.readLevel2(data)
	}
	h.records = int(binary.LittleEndian.Uint32(data[4:]))
	h.start = int(binary.LittleEndian.Uint16(data[8:]))
	h.length = int(binary.LittleEndian.Uint16(data[10:]))
	h.language = data[29]
	if h.start > len(data) {
		return nil, broken("header")
	}
	if h.version&7 == level7 {
		h.driver = string(cString(data[32:min(64, len(data))]))
		h.readFields(data, 68, 48, descriptor7)
	} else {
		h.readFields(data, 32, 32, descriptor)
	}
	return h, h.place()
}

// readLevel2 reads the header of dBase II: 8 bytes, and up to 32 descriptors of 16.
func (h *header) readLevel2(data []byte) error {
	const start = 521
	if len(data) < start {
		return broken("header")
	}
	h.records = int(binary.LittleEndian.Uint16(data[1:]))
	h.length = int(binary.LittleEndian.Uint16(data[6:]))
	h.start = start
	h.readFields(data[:start], 8, 16, func(d []byte) field {
		return field{name: cString(d[:11]), kind: d[11], length: int(d[12]), decimals: int(d[15]), nullBit: -1}
	})
	return h.place()
}

// descriptor is that of dBase III and what came of it.
func descriptor(d []byte) field {
	f := field{name: cString(d[:11]), kind: d[11], length: int(d[16]), decimals: int(d[17]), nullBit: -1}
	f.system = d[18]&flagSystem != 0
	if d[18]&flagNullable != 0 {
		f.nullBit = 0
	}
	return f
}

func descriptor7(d []byte) field {
	return field{name: cString(d[:32]), kind: d[32], length: int(d[33]), decimals: int(d[34]), nullBit: -1}
}

// readFields reads descriptors of a size up to the mark of their end.
func (h *header) readFields(data []byte, at, size int, read func([]byte) field) {
	for ; at+size <= h.start && at+size <= len(data) && len(h.fields) < maxFields; at += size {
		if data[at] == 0x0d || data[at] == 0 && h.version != versionII && bytes.Count(data[at:at+size], []byte{0}) == size {
			return
		}
		f := read(data[at : at+size])
		if f.length == 0 && f.kind == 0 {
			return
		}
		h.fields = append(h.fields, f)
	}
}

// place tells where in a record the fields stand: one behind the other, after the
// mark of deletion. The addresses in the descriptors are those of memory.
func (h *header) place() error {
	h.widen()
	at := 1
	for i := range h.fields {
		h.fields[i].offset = at
		at += h.fields[i].length
	}
	if h.length == 0 {
		h.length = at // some writers leave it out
	}
	for i, f := range h.fields {
		if f.offset+f.length > h.length {
			h.fields = h.fields[:i]
			if i == 0 {
				return broken("record length")
			}
			break
		}
	}
	h.placeFlags()
	return nil
}

// widen gives texts of Clipper and FoxPro their length over 255, whose high byte
// stands where numbers have their decimals, if the record is as long as that makes it.
func (h *header) widen() {
	sum := 1
	for _, f := range h.fields {
		sum += f.length
		if f.kind == 'C' {
			sum += f.decimals << 8
		}
	}
	if sum != h.length {
		return
	}
	for i := range h.fields {
		if f := &h.fields[i]; f.kind == 'C' {
			f.length += f.decimals << 8
		}
	}
}

// placeFlags finds the null flags and numbers their bits: of every field in turn one
// where its length varies and one where it may be null. Without them no field has any.
func (h *header) placeFlags() {
	bit := 0
	for i := range h.fields {
		f := &h.fields[i]
		nullable := f.nullBit == 0
		f.nullBit, f.varBit = -1, -1
		f.system = f.system && h.isFox() // the byte of the flags is reserved elsewhere
		if f.kind == '0' {
			h.nulls = f
			continue
		}
		if f.kind == 'V' || f.kind == 'Q' {
			f.varBit = bit
			bit++
		}
		if nullable {
			f.nullBit = bit
			bit++
		}
	}
}

// flagged tells a bit of the null flags of a record.
func (h *header) flagged(record []byte, bit int) bool {
	if h.nulls == nil || bit < 0 || bit/8 >= h.nulls.length {
		return false
	}
	return record[h.nulls.offset+bit/8]>>(bit%8)&1 == 1
}

// cString is the text before the first NUL.
func cString(b []byte) []byte {
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	return bytes.TrimRight(b, " ")
}
