package letter

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

const tnefSignature = 0x223e9f78

func isTNEF(a Attachment) bool {
	return len(a.Data) > 6 && binary.LittleEndian.Uint32(a.Data) == tnefSignature &&
		(a.Type == "application/ms-tnef" || a.Type == "application/vnd.ms-tnef" || strings.EqualFold(a.Name, "winmail.dat") || a.Type == "application/octet-stream")
}

// The attributes of MS-OXTNEF 2.1.3.2 that are read.
const (
	attAttachRendData = 0x9002
	attAttachData     = 0x800f
	attAttachTitle    = 0x8010
	attAttachment     = 0x9005
	attOemCodepage    = 0x9007
)

// The properties of MS-OXPROPS that are read.
const (
	propAttachData         = 0x3701
	propAttachLongFilename = 0x3707
	propAttachFilename     = 0x3704
	propAttachMimeTag      = 0x370e
	propAttachContentID    = 0x3712
)

// tnef lists a winmail.dat and what it carries, embedded messages opened.
func (w *walker) tnef(a Attachment, at place) error {
	a.Unpacked = true
	if err := w.add(a); err != nil {
		return err
	}
	return w.tnefStream(a.Data, at)
}

func (w *walker) tnefStream(data []byte, at place) error {
	leave, err := w.enter()
	if err != nil {
		return err
	}
	defer leave()
	codepage := "windows-1251"
	var open *Attachment
	flush := func() error {
		if open == nil {
			return nil
		}
		done := *open
		open = nil
		if len(done.Data) > 4 && binary.LittleEndian.Uint32(done.Data) == tnefSignature {
			return w.tnefStream(done.Data, place{path: append(append([]string(nil), at.path...), done.Name)})
		}
		if done.Data == nil && done.Name == "" {
			return nil
		}
		done.Name = safeName(done.Name, w.lim.NameBytes)
		return w.file(done, value{}, at)
	}
	rest := data[min(6, len(data)):]
	for len(rest) >= 9 {
		id := binary.LittleEndian.Uint16(rest[1:])
		size := int(binary.LittleEndian.Uint32(rest[5:]))
		if size < 0 || size > len(rest)-9 {
			w.warn("winmail.dat is cut")
			size = len(rest) - 9
		}
		body := rest[9 : 9+size]
		rest = rest[min(9+size+2, len(rest)):] // a checksum of two bytes follows
		switch id {
		case attOemCodepage:
			codepage = tnefCodepage(body, codepage)
		case attAttachRendData:
			if err := flush(); err != nil {
				return err
			}
			open = &Attachment{Type: "application/octet-stream", Path: at.path}
		case attAttachTitle, attAttachData, attAttachment:
			if open == nil {
				open = &Attachment{Type: "application/octet-stream", Path: at.path}
			}
			open.tnefAttribute(id, body, codepage)
		}
	}
	return flush()
}

func (a *Attachment) tnefAttribute(id uint16, body []byte, codepage string) {
	switch id {
	case attAttachTitle:
		if a.Name == "" {
			a.Name = toUTF8(bytes.TrimRight(body, "\x00"), codepage)
		}
	case attAttachData:
		a.Data = body
	case attAttachment:
		for _, p := range mapiProperties(body) {
			a.tnefProperty(p, codepage)
		}
	}
}

func (a *Attachment) tnefProperty(p mapiProperty, codepage string) {
	switch p.id {
	case propAttachLongFilename:
		if name := p.text(codepage); name != "" {
			a.Name = name
		}
	case propAttachFilename:
		if a.Name == "" {
			a.Name = p.text(codepage)
		}
	case propAttachMimeTag:
		if t := strings.ToLower(p.text(codepage)); strings.Contains(t, "/") {
			a.Type = t
		}
	case propAttachContentID:
		a.ContentID = p.text(codepage)
	case propAttachData:
		if len(p.data) > 16 && p.kind == 0x000d { // an object: 16 bytes of interface id, then the stream
			a.Data = p.data[16:]
		} else if a.Data == nil {
			a.Data = p.data
		}
	}
}

func tnefCodepage(body []byte, before string) string {
	if len(body) < 4 {
		return before
	}
	switch binary.LittleEndian.Uint32(body) {
	case 1251:
		return "windows-1251"
	case 866:
		return "cp866"
	case 1252:
		return "windows-1252"
	case 1250:
		return "windows-1250"
	case 65001:
		return "utf-8"
	}
	return before
}

type mapiProperty struct {
	id, kind uint16
	data     []byte
}

func (p mapiProperty) text(codepage string) string {
	if p.kind != 0x001f {
		return toUTF8(bytes.TrimRight(p.data, "\x00"), codepage)
	}
	units := make([]uint16, 0, len(p.data)/2)
	for i := 0; i+1 < len(p.data); i += 2 {
		if u := binary.LittleEndian.Uint16(p.data[i:]); u != 0 {
			units = append(units, u)
		}
	}
	return string(utf16.Decode(units))
}

// mapiProperties reads a property list of MS-OXTNEF 2.1.3.4; it ends at the first
// property that cannot be told.
func mapiProperties(data []byte) []mapiProperty {
	r := &mapiReader{data: data}
	count := r.uint32()
	var out []mapiProperty
	for range min(count, 4096) {
		if r.failed || len(r.data) < 4 {
			break
		}
		p := mapiProperty{}
		tag := r.uint32()
		p.kind, p.id = uint16(tag), uint16(tag>>16) //nolint:gosec // the two halves of a tag
		if p.id >= 0x8000 {
			r.named()
		}
		if !r.value(&p) {
			break
		}
		out = append(out, p)
	}
	return out
}

type mapiReader struct {
	data   []byte
	failed bool
}

func (r *mapiReader) take(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.failed = true
		n = len(r.data)
	}
	out := r.data[:n]
	r.data = r.data[n:]
	return out
}

func (r *mapiReader) uint32() uint32 {
	b := r.take(4)
	if len(b) < 4 {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

// named passes over the name of a named property.
func (r *mapiReader) named() {
	r.take(16)
	if r.uint32() == 0 {
		r.take(4)
		return
	}
	r.padded(r.uint32())
}

func (r *mapiReader) padded(n uint32) []byte {
	if int64(n) > int64(len(r.data)) {
		r.failed = true
		return nil
	}
	out := r.take(int(n))
	r.take(min((4-int(n)%4)%4, len(r.data)))
	return out
}

// value reads a property's value; of several values the last one counts.
func (r *mapiReader) value(p *mapiProperty) bool {
	multi := p.kind&0x1000 != 0
	p.kind &^= 0x1000
	var size int
	switch p.kind {
	case 0x0002, 0x0003, 0x0004, 0x000a, 0x000b:
		size = 4
	case 0x0005, 0x0006, 0x0007, 0x0014, 0x0040:
		size = 8
	case 0x0048:
		size = 16
	case 0x000d, 0x001e, 0x001f, 0x0102:
	default:
		return false
	}
	count := uint32(1)
	if multi || size == 0 {
		count = r.uint32()
	}
	for range min(count, 65536) {
		if r.failed {
			return false
		}
		if size > 0 {
			p.data = r.take(size)
			continue
		}
		p.data = r.padded(r.uint32())
	}
	return !r.failed
}
