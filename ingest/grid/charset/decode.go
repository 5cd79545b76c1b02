package charset

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Decoder turns a text into UTF-8 piece by piece, so that a large one is never
// held twice. No byte of it is lost but those that no encoding gives a meaning:
// what is no UTF-8 in a text of UTF-8 is read in the single-byte encoding that its
// neighbours read best in.
type Decoder struct {
	name  string
	rest  []byte
	table *[256]string // of a single-byte encoding, or of what is mixed into UTF-8
	order binary.ByteOrder
	unit  int // bytes of a code unit: 2 or 4 for UTF-16 and UTF-32
}

// NewDecoder decodes data from an encoding that [Detect] names; other names are
// read as UTF-8. A byte order mark is left out.
func NewDecoder(name string, data []byte) *Decoder {
	d := &Decoder{name: name, rest: data, order: binary.ByteOrder(binary.LittleEndian)}
	if strings.HasSuffix(name, "be") {
		d.order = binary.BigEndian
	}
	switch {
	case strings.HasPrefix(name, "utf-16"):
		d.unit = 2
		if len(data) >= 2 && d.order.Uint16(data) == 0xfeff {
			d.rest = data[2:]
		}
	case strings.HasPrefix(name, "utf-32"):
		d.unit = 4
		if len(data) >= 4 && d.order.Uint32(data) == 0xfeff {
			d.rest = data[4:]
		}
	default:
		if page, ok := Of(name).(*charmap.Charmap); ok {
			d.table = tableOf(page)
			return d
		}
		d.name = "utf-8"
		if len(data) >= 3 && string(data[:3]) == "\xef\xbb\xbf" {
			d.rest = data[3:]
		}
	}
	return d
}

// tableOf is what every byte of an encoding means.
func tableOf(page *charmap.Charmap) *[256]string {
	var t [256]string
	for i := range t {
		r := page.DecodeByte(byte(i))
		if r == utf8.RuneError {
			r = rune(i) // no letter, yet not lost
		}
		t[i] = string(r)
	}
	return &t
}

// Rest is what is not decoded yet, as it stands in the source.
func (d *Decoder) Rest() []byte { return d.rest }

// Append decodes about n bytes of the source onto dst. It stops behind a whole
// character; at the end of the source it gives dst back as it is.
func (d *Decoder) Append(dst []byte, n int) []byte {
	src := d.rest[:min(len(d.rest), max(n, 16))]
	if len(src) < len(d.rest) {
		src = src[:d.whole(src)]
	}
	d.rest = d.rest[len(src):]
	switch {
	case d.unit == 2:
		return d.appendUTF16(dst, src)
	case d.unit == 4:
		return d.appendUTF32(dst, src)
	case d.name == "utf-8":
		return d.appendUTF8(dst, src)
	}
	for _, c := range src {
		if c < utf8.RuneSelf {
			dst = append(dst, c)
			continue
		}
		dst = append(dst, d.table[c]...)
	}
	return dst
}

// whole is how much of src ends with a whole character.
func (d *Decoder) whole(src []byte) int {
	n := len(src)
	switch {
	case d.unit == 2:
		n &^= 1
		if utf16.IsSurrogate(rune(d.order.Uint16(src[n-2:]))) && d.order.Uint16(src[n-2:]) < 0xdc00 {
			n -= 2
		}
	case d.unit == 4:
		n &^= 3
	case d.name == "utf-8":
		for back := 1; back < utf8.UTFMax && back < n; back++ {
			if utf8.RuneStart(src[n-back]) {
				if !utf8.FullRune(src[n-back:]) {
					return n - back
				}
				break
			}
		}
	}
	return n
}

func (d *Decoder) appendUTF16(dst, src []byte) []byte {
	for ; len(src) >= 2; src = src[2:] {
		r := rune(d.order.Uint16(src))
		if utf16.IsSurrogate(r) {
			low := rune(utf8.RuneError)
			if len(src) >= 4 {
				low = rune(d.order.Uint16(src[2:]))
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				src = src[2:]
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

func (d *Decoder) appendUTF32(dst, src []byte) []byte {
	for ; len(src) >= 4; src = src[4:] {
		dst = utf8.AppendRune(dst, rune(min(d.order.Uint32(src), utf8.MaxRune+1)))
	}
	return dst
}

// appendUTF8 copies what is valid and reads the rest in another encoding.
func (d *Decoder) appendUTF8(dst, src []byte) []byte {
	for len(src) > 0 {
		n := validPrefix(src)
		dst = append(dst, src[:n]...)
		if src = src[n:]; len(src) == 0 {
			break
		}
		if d.table == nil {
			d.table = tableOf(Of(d.mixed(src)).(*charmap.Charmap))
		}
		dst = append(dst, d.table[src[0]]...)
		src = src[1:]
	}
	return dst
}

// mixed guesses the encoding of what is no UTF-8, by the words around such bytes.
func (d *Decoder) mixed(src []byte) string {
	var bad []byte
	for i := 0; i < len(src) && len(bad) < 1<<12; {
		n := validPrefix(src[i:])
		if n > 0 {
			bad = append(bad, ' ')
			i += n
			continue
		}
		bad = append(bad, src[i])
		i++
	}
	return guess(bad, singleByte)
}

func validPrefix(b []byte) int {
	i := 0
	for i < len(b) {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	return i
}

// Decode turns the bytes into UTF-8 without mark, see [Decoder]. It fails where the
// encoding is none that [Detect] names.
func Decode(name string, data []byte) (string, error) {
	if Of(name) == encoding.Nop && name != "utf-8" && name != "" {
		return "", fmt.Errorf("unknown encoding %q", name)
	}
	return string(NewDecoder(name, data).Append(nil, len(data))), nil
}

// DecodeHead decodes the start of a file, cut anywhere.
func DecodeHead(name string, head []byte) string {
	return string(NewDecoder(name, head).Append(nil, len(head)))
}
