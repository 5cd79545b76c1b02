package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// member is a file of the archive.
type member struct {
	name   string
	method uint16
	packed []byte // as far as it is there
	sum    uint32 // CRC-32 of what it unpacks to
	hasSum bool
	locked bool // enciphered
}

// members lists the files of an archive by its directory; recovered tells that the
// directory was of no use and the headers of the members were gone through.
func members(data []byte) (list []member, recovered bool) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return scatteredMembers(data), true
	}
	for _, f := range z.File {
		m := member{name: f.Name, method: f.Method, sum: f.CRC32, hasSum: true, locked: f.Flags&1 != 0}
		if at, err := f.DataOffset(); err == nil && at >= 0 && at <= int64(len(data)) {
			rest := data[at:]
			m.packed = rest[:min(uint64(len(rest)), f.CompressedSize64)]
		}
		list = append(list, m)
	}
	return list, false
}

// The local header of a member (APPNOTE 4.3.7).
const (
	localMark  = "PK\x03\x04"
	localSize  = 30
	flagLocked = 1
	flagLater  = 8 // sizes and sum stand behind the data
)

// scatteredMembers goes through an archive without its directory. A member ends
// where its header says or, if that was not known yet, at the next mark of a header.
func scatteredMembers(data []byte) []member {
	var list []member
	for {
		at := bytes.Index(data, []byte(localMark))
		if at < 0 || len(data)-at < localSize {
			return list
		}
		head := data[at:]
		flags, method := binary.LittleEndian.Uint16(head[6:]), binary.LittleEndian.Uint16(head[8:])
		name := int(binary.LittleEndian.Uint16(head[26:]))
		extra := int(binary.LittleEndian.Uint16(head[28:]))
		if len(head) < localSize+name+extra {
			return list
		}
		m := member{name: string(head[localSize : localSize+name]), method: method, locked: flags&flagLocked != 0}
		body := head[localSize+name+extra:]
		size := uint64(binary.LittleEndian.Uint32(head[18:]))
		if size == 0xFFFFFFFF {
			size = zip64Packed(head[localSize+name : localSize+name+extra])
		}
		if flags&flagLater != 0 && size == 0 {
			size = uint64(untilMark(body))
		} else {
			m.sum, m.hasSum = binary.LittleEndian.Uint32(head[14:]), true
		}
		m.packed = body[:min(size, uint64(len(body)))]
		list = append(list, m)
		data = body[len(m.packed):]
	}
}

// zip64Packed finds the packed size in the extra fields (APPNOTE 4.5.3).
func zip64Packed(extra []byte) uint64 {
	for len(extra) >= 4 {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		extra = extra[4:]
		if size > len(extra) {
			break
		}
		if id == 1 && size >= 16 {
			return binary.LittleEndian.Uint64(extra[8:])
		}
		extra = extra[size:]
	}
	return 0
}

// untilMark is where the data ends of which only what follows tells the size.
func untilMark(body []byte) int {
	for i := 0; ; {
		at := bytes.Index(body[i:], []byte("PK"))
		if at < 0 || i+at+4 > len(body) {
			return len(body)
		}
		i += at
		switch string(body[i+2 : i+4]) {
		case "\x03\x04", "\x07\x08", "\x01\x02":
			return i
		}
		i += 2
	}
}

// Methods of compression (APPNOTE 4.4.5).
const (
	methodStored   = 0
	methodDeflated = 8
)

// open unpacks the member within the budget.
func (m *member) open(b *sheet.Budget) (io.Reader, error) {
	var r io.Reader = bytes.NewReader(m.packed)
	switch {
	case m.locked:
		return nil, &sheet.ReadError{Code: sheet.CodeEncrypted, Found: format}
	case m.method == methodDeflated:
		r = flate.NewReader(r)
	case m.method != methodStored:
		return nil, &sheet.ReadError{Code: sheet.CodeUnsupported, Found: "compression", Expected: m.name}
	}
	r = b.Unpack(r, int64(len(m.packed)))
	if m.hasSum {
		r = &summed{r: r, want: m.sum}
	}
	return r, nil
}

// summed fails at the end of what is not as it was written.
type summed struct {
	r         io.Reader
	sum, want uint32
}

func (s *summed) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.sum = crc32.Update(s.sum, crc32.IEEETable, p[:n])
	if err == io.EOF && s.sum != s.want { //nolint:errorlint // readers give it as it is
		err = errSum
	}
	return n, err
}

// IsScattered tells a workbook whose archive has lost its directory, for which
// nothing but the headers of its members speaks.
func IsScattered(data []byte) bool {
	list, scattered := members(data)
	if !scattered {
		return false
	}
	for _, m := range list {
		if name := partName(m.name); name == "workbook.xml" || strings.HasSuffix(name, "/workbook.xml") {
			return true
		}
	}
	return false
}
