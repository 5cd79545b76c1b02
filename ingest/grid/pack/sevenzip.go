package pack

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/bodgit/sevenzip"
)

// sevenZip walks a 7z archive. Its order is that of the packed streams, so that
// nothing is unpacked twice.
func (w *walk) sevenZip() (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = w.wrap(fmt.Errorf("decoder gave up: %v", p))
		}
	}()
	z, err := sevenzip.NewReaderWithPassword(bytes.NewReader(w.data), int64(len(w.data)), w.b.Options.Password)
	if err != nil {
		return w.sevenZipError(err)
	}
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		err := w.offer(f.Name, int64(len(w.data)), func() (io.Reader, error) {
			r, err := f.Open()
			if err != nil {
				return nil, w.sevenZipError(err)
			}
			return &sevenZipReader{r, w}, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sevenZipReader tells a wrong password from damage.
type sevenZipReader struct {
	io.ReadCloser
	w *walk
}

func (r *sevenZipReader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = r.w.sevenZipError(err)
	}
	return n, err
}

func (w *walk) sevenZipError(err error) error {
	var re *sevenzip.ReadError
	if errors.As(err, &re) && re.Encrypted {
		return w.encrypted()
	}
	return w.wrap(err)
}
