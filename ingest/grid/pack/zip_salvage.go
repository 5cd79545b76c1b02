package pack

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
)

// localHead is the length of the head before a member (APPNOTE.TXT 4.3.7).
const localHead = 30

// salvage walks an archive whose directory is lost, mostly by a letter that was
// cut short, by the heads before the members. A member that is cut is told so.
func (w *walk) salvage(cause error) error {
	if !bytes.HasPrefix(w.data, []byte("PK\x03\x04")) {
		return w.wrap(cause)
	}
	for at := 0; at >= 0 && at+localHead <= len(w.data); {
		if err := w.b.Alive(); err != nil {
			return err
		}
		e, next := w.local(at)
		if e != nil && !isFolder(e.name) {
			var bad error
			if e.cut {
				bad = io.ErrUnexpectedEOF
			}
			if err := w.offerEntry(e, bad); err != nil {
				return err
			}
		}
		at = w.nextHead(next)
	}
	return w.rest(cause)
}

func isFolder(name string) bool { return name == "" || name[len(name)-1] == '/' }

// nextHead finds the next head at or after a place, -1 for none.
func (w *walk) nextHead(at int) int {
	if at >= len(w.data) {
		return -1
	}
	i := bytes.Index(w.data[at:], []byte("PK\x03\x04"))
	if i < 0 {
		return -1
	}
	return at + i
}

// local reads the head at a place and tells where its data end.
func (w *walk) local(at int) (e *entry, next int) {
	h := w.data[at:]
	u16 := func(i int) int { return int(binary.LittleEndian.Uint16(h[i:])) }
	u32 := func(i int) uint32 { return binary.LittleEndian.Uint32(h[i:]) }
	start := localHead + u16(26) + u16(28)
	if start > len(h) {
		return nil, len(w.data)
	}
	extra := h[localHead+u16(26) : start]
	e = &entry{
		method: uint16(u16(8)), flags: uint16(u16(6)), crc: u32(14), size: uint64(u32(22)), time: uint16(u16(10)), extra: extra,
	}
	e.name = zipName(string(h[localHead:localHead+u16(26)]), extra, e.flags&flagUTF8 != 0)
	packed := uint64(u32(18))
	if e.flags&flagDescriptor != 0 && packed == 0 {
		packed = w.findEnd(e, h[start:])
	}
	e.take(h, int64(start), packed)
	return e, at + start + len(e.raw)
}

// findEnd measures a deflated member whose size follows it: the packed stream
// tells its own end. The sum is taken from the descriptor (APPNOTE.TXT 4.3.9).
func (w *walk) findEnd(e *entry, packed []byte) uint64 {
	if e.method != methodDeflate || e.flags&flagEncrypted != 0 {
		return uint64(len(packed)) + 1 // no way to tell: as if it were cut
	}
	in := bytes.NewReader(packed)
	z := flate.NewReader(in)
	if _, err := io.Copy(io.Discard, w.b.Unpack(z, int64(len(packed)))); err != nil {
		return uint64(len(packed)) + 1
	}
	n := len(packed) - in.Len()
	if d := packed[n:]; len(d) >= 8 && bytes.HasPrefix(d, []byte("PK\x07\x08")) {
		e.crc = binary.LittleEndian.Uint32(d[4:])
	} else if len(d) >= 4 {
		e.crc = binary.LittleEndian.Uint32(d)
	}
	return uint64(n)
}
