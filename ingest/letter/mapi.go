package letter

import (
	"bytes"
	"encoding/binary"
	"strconv"

	"golang.org/x/text/encoding/unicode"
)

// Properties of MAPI that are of use here (MS-OXPROPS).
const (
	propSubject     = 0x0037
	propBody        = 0x1000
	propHTML        = 0x1013
	propDisplayName = 0x3001
	propData        = 0x3701
	propShortName   = 0x3704
	propLongName    = 0x3707
	propMIMETag     = 0x370E
	propContentID   = 0x3712
)

// Types of their values (MS-OXCDATA 2.11.1).
const (
	typeInt16   = 0x0002
	typeInt32   = 0x0003
	typeFloat32 = 0x0004
	typeError   = 0x000A
	typeBool    = 0x000B
	typeObject  = 0x000D
	typeString8 = 0x001E
	typeUnicode = 0x001F
	typeGUID    = 0x0048
	typeBinary  = 0x0102
	typeMulti   = 0x1000 // flag: many values
)

// property is the first value of a property that has a variable length.
type property struct {
	id, kind uint16
	value    []byte
}

type properties []property

func (ps properties) bytes(id uint16) ([]byte, bool) {
	for _, p := range ps {
		if p.id == id && (p.kind == typeBinary || p.kind == typeObject) {
			return p.value, true
		}
	}
	return nil, false
}

// text is a string property in UTF-8, "" where there is none.
func (ps properties) text(id uint16, codepage int) string {
	for _, p := range ps {
		if p.id != id {
			continue
		}
		switch p.kind {
		case typeUnicode:
			return decodeUTF16(p.value)
		case typeString8:
			text, _, _ := bytes.Cut(p.value, []byte{0})
			return toUTF8(text, codepageName(codepage))
		}
	}
	return ""
}

func decodeUTF16(data []byte) string {
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Bytes(data)
	if err != nil {
		return ""
	}
	out, _, _ = bytes.Cut(out, []byte{0})
	return string(out)
}

// codepageName is the name in mail of a code page of Windows.
func codepageName(n int) string {
	switch n {
	case 0, 65001:
		return "utf-8"
	case 20866:
		return "koi8-r"
	case 866:
		return "cp866"
	case 932:
		return "shift_jis"
	case 936:
		return "gbk"
	case 949:
		return "euc-kr"
	case 950:
		return "big5"
	}
	return "windows-" + strconv.Itoa(n)
}

// propReader takes little-endian values off a property stream; once it runs dry
// it stays so.
type propReader struct {
	rest []byte
	dry  bool
}

func (r *propReader) take(n int64) []byte {
	if r.dry || n < 0 || n > int64(len(r.rest)) {
		r.dry = true
		return nil
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

// padded takes n bytes and the padding up to a multiple of four, which the last
// value may lack.
func (r *propReader) padded(n int64) []byte {
	out := r.take(n)
	if pad := (4 - n%4) % 4; !r.dry {
		r.take(min(pad, int64(len(r.rest))))
	}
	return out
}

func (r *propReader) u16() uint16 {
	if b := r.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

func (r *propReader) u32() int64 {
	if b := r.take(4); b != nil {
		return int64(binary.LittleEndian.Uint32(b))
	}
	return 0
}

// readProperties reads a stream of MAPI properties (MS-OXTNEF 2.1.3.4), up to
// where it breaks.
func readProperties(data []byte) properties {
	r := &propReader{rest: data}
	var out properties
	for n := r.u32(); n > 0 && !r.dry; n-- {
		kind, id := r.u16(), r.u16()
		if id >= 0x8000 {
			r.skipName()
		}
		value := r.value(kind)
		if !r.dry && value != nil {
			out = append(out, property{id, kind &^ typeMulti, value})
		}
	}
	return out
}

// skipName passes the name of a named property: a GUID and a number or a string.
func (r *propReader) skipName() {
	r.take(16)
	if r.u32() == 0 {
		r.take(4)
		return
	}
	r.padded(r.u32())
}

// value takes a property's value or values; it returns the first of those with a
// variable length.
func (r *propReader) value(kind uint16) []byte {
	switch kind &^ typeMulti {
	case typeString8, typeUnicode, typeBinary, typeObject:
		var first []byte
		for n := r.u32(); n > 0 && !r.dry; n-- {
			v := r.padded(r.u32())
			if first == nil {
				first = v
			}
		}
		return first
	}
	n := int64(1)
	if kind&typeMulti != 0 {
		n = r.u32()
	}
	r.padded(n * fixedSize(kind&^typeMulti))
	return nil
}

// fixedSize is the size of a value of fixed length.
func fixedSize(kind uint16) int64 {
	switch kind {
	case typeInt16, typeBool, typeInt32, typeFloat32, typeError:
		return 4 // padded
	case typeGUID:
		return 16
	}
	return 8
}
