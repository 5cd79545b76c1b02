package pack

import (
	"archive/tar"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// suffixes are taken off the name of a file packed alone.
var suffixes = map[string][]string{
	Gzip:  {".gz", ".gzip", ".z"},
	Bzip2: {".bz2", ".bz"},
	XZ:    {".xz"},
	Zstd:  {".zst", ".zstd"},
}

// single reads a file that was packed alone. What a stream cut short gives before
// its end is thrown away: nobody could tell that rows are missing.
func (w *walk) single(name string) error {
	member := path.Base(strings.ReplaceAll(name, `\`, "/"))
	for _, s := range suffixes[w.format] {
		if n := len(member) - len(s); n > 0 && strings.EqualFold(member[n:], s) {
			member = member[:n]
			break
		}
	}
	r, err := w.unpacker(&member)
	if err != nil {
		return w.wrap(err)
	}
	return w.offer(member, int64(len(w.data)), func() (io.Reader, error) { return r, nil })
}

// unpacker opens the stream; gzip may tell the name.
func (w *walk) unpacker(name *string) (io.Reader, error) {
	in := bytes.NewReader(w.data)
	switch w.format {
	case Gzip:
		z, err := gzip.NewReader(in)
		if err == nil && z.Name != "" {
			*name = path.Base(strings.ReplaceAll(z.Name, `\`, "/"))
		}
		return z, err
	case Bzip2:
		return bzip2.NewReader(in), nil
	case XZ:
		return xz.NewReader(in)
	}
	z, err := newZstd(in)
	return z, err
}

// maxWindow bounds the memory that a packed file may claim for its decoder.
const maxWindow = 64 << 20

func newZstd(r io.Reader) (io.Reader, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, err
	}
	return z.IOReadCloser(), nil
}

// tar walks an archive of tapes.
func (w *walk) tar() error {
	t := tar.NewReader(bytes.NewReader(w.data))
	for {
		h, err := t.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return w.rest(err)
		case h.Typeflag != tar.TypeReg:
			continue
		}
		if err := w.offer(h.Name, h.Size, func() (io.Reader, error) { return io.NopCloser(t), nil }); err != nil {
			return err
		}
	}
}

// rest is said when an archive breaks off: those before it stand, and one member
// without a name says that more was there.
func (w *walk) rest(err error) error {
	if w.seen == 0 {
		return w.wrap(err)
	}
	return w.visit(Member{Err: w.wrap(err)})
}
