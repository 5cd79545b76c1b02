package grid

import (
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/sheet"

	"golang.org/x/text/encoding/charmap"
)

// readZip reads the members of an archive in their order. A member that is no
// table is a warning; an archive without any table is refused.
func (r *run) readZip(data []byte, to Sink, depth int) (*File, error) {
	if depth >= r.b.Options.MaxDepth {
		return nil, &ReadError{Code: CodeTooBig, Found: "depth"}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &ReadError{Code: CodeBroken, Expected: formatZip, Err: err}
	}
	if len(z.File) > r.b.Options.MaxMembers {
		return nil, &ReadError{Code: CodeTooBig, Found: "members"}
	}
	z.RegisterDecompressor(12, func(r io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(r)) })
	a := &archive{to: to, file: &File{Format: formatZip}}
	for _, f := range z.File {
		name := memberName(f)
		if f.FileInfo().IsDir() || strings.HasPrefix(name, "__MACOSX/") || path.Base(name) == ".DS_Store" {
			continue
		}
		member, err := r.readMember(f, name, depth)
		if err := a.add(name, member, err); err != nil {
			return nil, err
		}
	}
	return a.result()
}

// readGzip reads the one member of a gzip file.
func (r *run) readGzip(name string, data []byte, to Sink, depth int) (*File, error) {
	if depth >= r.b.Options.MaxDepth {
		return nil, &ReadError{Code: CodeTooBig, Found: "depth"}
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, &ReadError{Code: CodeBroken, Expected: formatGzip, Err: err}
	}
	inner, err := r.b.UnpackAll(z, int64(len(data)))
	if err != nil {
		return nil, wrapBroken(formatGzip, err)
	}
	member := path.Base(strings.ReplaceAll(z.Name, `\`, "/"))
	if z.Name == "" {
		member = strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), ".gz")
	}
	a := &archive{to: to, file: &File{Format: formatGzip}}
	file, err := r.whole(member, inner, depth+1)
	if err := a.add(member, file, err); err != nil {
		return nil, err
	}
	return a.result()
}

// whole keeps what a member holds, so that one that breaks off leaves nothing behind.
func (r *run) whole(name string, data []byte, depth int) (*File, error) {
	book := &sheet.Book{}
	file, err := r.read(name, data, book, depth)
	if err != nil {
		return nil, err
	}
	file.Sheets, file.Warnings = book.Sheets, book.Warnings
	return file, nil
}

func (r *run) readMember(f *zip.File, name string, depth int) (*File, error) {
	if f.Flags&1 != 0 {
		return nil, &ReadError{Code: CodeEncrypted, Found: formatZip}
	}
	member, err := f.Open()
	if err != nil {
		return nil, wrapBroken(formatZip, err)
	}
	defer member.Close()
	data, err := r.b.UnpackAll(member, int64(f.CompressedSize64))
	if err != nil {
		return nil, wrapBroken(formatZip, err)
	}
	return r.whole(name, data, depth+1)
}

func wrapBroken(format string, err error) error {
	var re *ReadError
	if errors.As(err, &re) {
		return err
	}
	if errors.Is(err, zip.ErrAlgorithm) {
		return &ReadError{Code: CodeUnsupported, Found: "zip_method", Err: err}
	}
	return &ReadError{Code: CodeBroken, Expected: format, Err: err}
}

// archive gathers the sheets of members.
type archive struct {
	to    Sink
	file  *File
	sent  int
	first error // why the first member that could not be read could not
}

// add takes what came of a member. Errors that concern the whole read are handed back.
func (a *archive) add(name string, member *File, err error) error {
	if err != nil {
		re := *asReadError("", err)
		if re.Code == CodeTooBig || re.Code == CodeCancelled {
			re.Path = path.Join(name, re.Path)
			return &re
		}
		re.Path = path.Join(name, re.Path)
		if a.first == nil {
			a.first = &re
		}
		a.to.Warn(Warning{Sheet: re.Path, Code: re.Code, Text: re.Found})
		return nil
	}
	for _, s := range member.Sheets {
		s.Path = path.Join(name, s.Path)
		if err := send(s, a.to); err != nil {
			return err
		}
		a.sent++
	}
	for _, w := range member.Warnings {
		a.to.Warn(w)
	}
	if a.file.Dialect == nil {
		a.file.Encoding, a.file.Dialect = member.Encoding, member.Dialect
	}
	return nil
}

func send(s *Sheet, to Sink) error {
	if err := to.Begin(s); err != nil {
		return err
	}
	for row := range s.All() {
		if err := to.Row(row); err != nil {
			return err
		}
	}
	return to.End(s)
}

func (a *archive) result() (*File, error) {
	if a.sent > 0 {
		return a.file, nil
	}
	if a.first != nil {
		return nil, a.first
	}
	return nil, &ReadError{Code: CodeEmpty, Found: a.file.Format, Expected: "table"}
}

// memberName decodes a name and takes everything off that points out of the archive.
// Without the UTF-8 flag names are in the code page of DOS, though many write UTF-8 all the same.
func memberName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 && !utf8.ValidString(name) {
		if s, err := charmap.CodePage866.NewDecoder().String(name); err == nil {
			name = s
		}
	}
	name = path.Clean("/" + strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(name, "/")
}
