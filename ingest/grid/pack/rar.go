package pack

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/nwaples/rardecode/v2"
)

// rar walks a rar archive, which has no directory: it is read from front to back.
func (w *walk) rar() (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = w.wrap(fmt.Errorf("decoder gave up: %v", p))
		}
	}()
	options := []rardecode.Option{rardecode.MaxDictionarySize(maxWindow)}
	if w.b.Options.Password != "" {
		options = append(options, rardecode.Password(w.b.Options.Password))
	}
	z, err := rardecode.NewReader(bytes.NewReader(w.data), options...)
	if err != nil {
		return w.rarError(err)
	}
	for {
		h, err := z.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return w.rest(w.rarError(err))
		case h.IsDir:
			continue
		}
		err = w.offer(h.Name, h.PackedSize, func() (io.Reader, error) {
			if h.Encrypted && w.b.Options.Password == "" {
				return nil, w.encrypted()
			}
			return &rarReader{z, w, h.Encrypted}, nil
		})
		if err != nil {
			return err
		}
	}
}

// rarReader reads the member that the archive stands at.
type rarReader struct {
	z         *rardecode.Reader
	w         *walk
	encrypted bool
}

func (r *rarReader) Read(p []byte) (int, error) {
	n, err := r.z.Read(p)
	switch {
	case err == nil || errors.Is(err, io.EOF):
		return n, err
	case r.encrypted: // rar 4 cannot check a password but by what comes out
		return n, r.w.encrypted()
	}
	return n, r.w.rarError(err)
}

func (w *walk) rarError(err error) error {
	switch {
	case errors.Is(err, rardecode.ErrArchiveEncrypted), errors.Is(err, rardecode.ErrArchivedFileEncrypted), errors.Is(err, rardecode.ErrBadPassword):
		return w.encrypted()
	case errors.Is(err, rardecode.ErrMultiVolume), errors.Is(err, rardecode.ErrVerMismatch), errors.Is(err, rardecode.ErrArchiveNameEmpty), errors.Is(err, rardecode.ErrFileNameRequired):
		return w.unsupported("volumes")
	case errors.Is(err, rardecode.ErrUnknownDecoder), errors.Is(err, rardecode.ErrUnsupportedDecoder), errors.Is(err, rardecode.ErrDictionaryTooLarge):
		return w.unsupported("rar_method")
	}
	return w.wrap(err)
}
