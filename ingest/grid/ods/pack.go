package ods

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// pack is the archive (OpenDocument 1.3 part 2).
type pack struct {
	b      *sheet.Budget
	files  []*zip.File
	locked map[string]*encryption // members that are enciphered
}

func openPack(b *sheet.Budget, data []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &sheet.ReadError{Code: sheet.CodeBroken, Expected: format, Err: err}
	}
	if len(z.File) > b.Options.MaxMembers {
		return nil, &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
	}
	p := &pack{b: b, files: z.File}
	return p, p.readManifest()
}

// find gives a member by its name; some writers have slashes of Windows.
func (p *pack) find(name string) *zip.File {
	for _, f := range p.files {
		if strings.EqualFold(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"), name) {
			return f
		}
	}
	return nil
}

// open reads a member, deciphered where it has to be; nil where it is not there.
func (p *pack) open(name string) (io.ReadCloser, error) {
	f := p.find(name)
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, &sheet.ReadError{Code: sheet.CodeEncrypted, Found: format}
	}
	if e := p.locked[strings.ToLower(name)]; e != nil {
		return p.decipher(f, e)
	}
	return p.raw(f)
}

func (p *pack) raw(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, &sheet.ReadError{Code: sheet.CodeBroken, Found: f.Name, Err: err}
	}
	return struct {
		io.Reader
		io.Closer
	}{p.b.Unpack(r, int64(f.CompressedSize64)), r}, nil
}
