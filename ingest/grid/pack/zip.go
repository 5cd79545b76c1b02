package pack

import (
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"strconv"

	"github.com/ulikunitz/xz"
	"github.com/ulikunitz/xz/lzma"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Methods of packing (APPNOTE.TXT 4.4.5).
const (
	methodStore     = 0
	methodDeflate   = 8
	methodDeflate64 = 9
	methodBzip2     = 12
	methodLZMA      = 14
	methodZstd      = 93
	methodXZ        = 95
	methodAES       = 99 // the real one stands in the extra field
)

// Flags of a member (APPNOTE.TXT 4.4.4).
const (
	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3 // sizes and CRC follow the data
	flagUTF8       = 1 << 11
)

// entry is a member of a zip as its header tells it.
type entry struct {
	name   string
	method uint16
	flags  uint16
	crc    uint32
	size   uint64 // unpacked, as declared
	time   uint16 // of change, in the form of DOS; it checks passwords
	extra  []byte
	raw    []byte // packed
	cut    bool   // the archive ends inside
}

func (w *walk) zip() error {
	z, err := zip.NewReader(bytes.NewReader(w.data), int64(len(w.data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return w.salvage(err)
	}
	if len(z.File) > w.b.Options.MaxMembers {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
	}
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		e := &entry{
			name: zipName(f.Name, f.Extra, f.Flags&flagUTF8 != 0), method: f.Method, flags: f.Flags, crc: f.CRC32,
			size: f.UncompressedSize64, time: f.ModifiedTime, extra: f.Extra,
		}
		at, err := f.DataOffset()
		if err == nil {
			e.take(w.data, at, f.CompressedSize64)
		}
		if err := w.offerEntry(e, err); err != nil {
			return err
		}
	}
	return nil
}

// take cuts the packed bytes out of the archive, as far as they are there.
func (e *entry) take(data []byte, at int64, size uint64) {
	at = min(max(at, 0), int64(len(data)))
	left := uint64(int64(len(data)) - at)
	e.cut = size > left
	e.raw = data[at : at+int64(min(size, left))]
}

func (w *walk) offerEntry(e *entry, bad error) error {
	return w.offer(e.name, int64(len(e.raw)), func() (io.Reader, error) {
		if bad != nil {
			return nil, bad
		}
		return w.openEntry(e)
	})
}

// openEntry deciphers and unpacks a member and checks what comes out.
func (w *walk) openEntry(e *entry) (io.Reader, error) {
	raw, method, checked := e.raw, e.method, true
	if e.flags&flagEncrypted != 0 || method == methodAES {
		var err error
		if raw, method, checked, err = w.decipher(e); err != nil {
			return nil, err
		}
	}
	r, err := w.decompress(method, raw, e.size)
	if err != nil {
		return nil, err
	}
	out := &checkedReader{r: r, w: w, want: e.crc, crc: checked, ciphered: e.flags&flagEncrypted != 0}
	return out, nil
}

// decompress opens packed bytes.
func (w *walk) decompress(method uint16, raw []byte, size uint64) (io.Reader, error) {
	in := bytes.NewReader(raw)
	switch method {
	case methodStore:
		return in, nil
	case methodDeflate:
		return flate.NewReader(in), nil
	case methodDeflate64:
		return newInflate64(in), nil
	case methodBzip2:
		return bzip2.NewReader(in), nil
	case methodLZMA:
		return openLZMA(raw, size)
	case methodZstd:
		return newZstd(in)
	case methodXZ:
		return xz.NewReader(in)
	}
	return nil, w.unsupported("zip_method_" + strconv.Itoa(int(method)))
}

// openLZMA makes the head that lies before LZMA elsewhere out of the one zip has
// (APPNOTE.TXT 5.8): version, length of the properties, properties.
func openLZMA(raw []byte, size uint64) (io.Reader, error) {
	if len(raw) < 9 || binary.LittleEndian.Uint16(raw[2:]) != 5 {
		return nil, errors.New("head of LZMA")
	}
	head := binary.LittleEndian.AppendUint64(bytes.Clone(raw[4:9]), size)
	return lzma.NewReader(io.MultiReader(bytes.NewReader(head), bytes.NewReader(raw[9:])))
}

// checkedReader compares the sum of what was read with the declared one.
type checkedReader struct {
	r         io.Reader
	w         *walk
	sum, want uint32
	crc       bool // AES has a sum of its own and may leave this one out
	ciphered  bool
}

func (c *checkedReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.sum = crc32.Update(c.sum, crc32.IEEETable, p[:n])
	wrong := err != nil && !errors.Is(err, io.EOF) || errors.Is(err, io.EOF) && c.crc && c.sum != c.want
	switch {
	case wrong && c.ciphered: // the check of one byte lets one wrong password in 256 pass
		return n, c.w.encrypted()
	case wrong && errors.Is(err, io.EOF):
		return n, errors.New("checksum")
	}
	return n, err
}
