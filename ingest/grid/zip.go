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
func readZip(b *sheet.Budget, data []byte, depth int) (*File, error) {
	if depth >= b.MaxDepth {
		return nil, &ReadError{Code: CodeTooBig, Found: "depth"}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &ReadError{Code: CodeBroken, Expected: formatZip, Err: err}
	}
	if len(z.File) > sheet.MaxMembers {
		return nil, &ReadError{Code: CodeTooBig, Found: "members"}
	}
	z.RegisterDecompressor(12, func(r io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(r)) })
	a := &archive{file: &File{Format: formatZip}}
	for _, f := range z.File {
		name := memberName(f)
		if f.FileInfo().IsDir() || strings.HasPrefix(name, "__MACOSX/") || path.Base(name) == ".DS_Store" {
			continue
		}
		member, err := readMember(b, f, name, depth)
		if err := a.add(name, member, err); err != nil {
			return nil, err
		}
	}
	return a.result()
}

// readGzip reads the one member of a gzip file.
func readGzip(b *sheet.Budget, name string, data []byte, depth int) (*File, error) {
	if depth >= b.MaxDepth {
		return nil, &ReadError{Code: CodeTooBig, Found: "depth"}
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, &ReadError{Code: CodeBroken, Expected: formatGzip, Err: err}
	}
	inner, err := io.ReadAll(b.Unpack(z, int64(len(data))))
	if err != nil {
		return nil, wrapBroken(formatGzip, err)
	}
	member := path.Base(strings.ReplaceAll(z.Name, `\`, "/"))
	if z.Name == "" {
		member = strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), ".gz")
	}
	a := &archive{file: &File{Format: formatGzip}}
	file, err := readAny(b, member, inner, depth+1)
	if err := a.add(member, file, err); err != nil {
		return nil, err
	}
	return a.result()
}

func readMember(b *sheet.Budget, f *zip.File, name string, depth int) (*File, error) {
	if f.Flags&1 != 0 {
		return nil, &ReadError{Code: CodeEncrypted, Found: formatZip}
	}
	r, err := f.Open()
	if err != nil {
		return nil, wrapBroken(formatZip, err)
	}
	defer r.Close()
	data, err := io.ReadAll(b.Unpack(r, int64(f.CompressedSize64)))
	if err != nil {
		return nil, wrapBroken(formatZip, err)
	}
	return readAny(b, name, data, depth+1)
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
	file  *File
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
		a.file.Warnings = append(a.file.Warnings, Warning{Sheet: re.Path, Code: re.Code, Text: re.Found})
		return nil
	}
	for _, s := range member.Sheets {
		s.Path = path.Join(name, s.Path)
		a.file.Sheets = append(a.file.Sheets, s)
	}
	a.file.Warnings = append(a.file.Warnings, member.Warnings...)
	if a.file.Dialect == nil {
		a.file.Encoding, a.file.Dialect = member.Encoding, member.Dialect
	}
	return nil
}

func (a *archive) result() (*File, error) {
	if len(a.file.Sheets) > 0 {
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
