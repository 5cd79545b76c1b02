package pack

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Formats of archives.
const (
	Zip      = "zip"
	SevenZip = "7z"
	Rar      = "rar"
	Tar      = "tar"
	Gzip     = "gzip"
	Bzip2    = "bzip2"
	XZ       = "xz"
	Zstd     = "zstd"
)

// Member is one file of an archive.
type Member struct {
	// Name is the path inside the archive, with slashes.
	Name string
	Data []byte
	// Err says why there are no Data, of code encrypted, unsupported or broken.
	Err error
}

// Members calls visit for each file of an archive of the given format, in its order.
// The name of the archive itself names the member of a file packed alone. An error of
// visit ends the walk and is handed back. A password (Options.Password) is tried
// where one is needed.
//
// It fails with code too_big where a bound of the budget is exceeded, encrypted where
// not even the list of members can be read, broken where there is no archive.
func Members(b *sheet.Budget, format, name string, data []byte, visit func(Member) error) error {
	w := &walk{b: b, format: format, data: data, visit: visit}
	switch format {
	case Zip:
		return w.zip()
	case SevenZip:
		return w.sevenZip()
	case Rar:
		return w.rar()
	case Tar:
		return w.tar()
	case Gzip, Bzip2, XZ, Zstd:
		return w.single(name)
	}
	return &sheet.ReadError{Code: sheet.CodeUnsupported, Found: format}
}

// walk is on its way through an archive.
type walk struct {
	b      *sheet.Budget
	format string
	data   []byte
	visit  func(Member) error
	seen   int
}

// offer hands a member over, read from r, of which packed bytes lie in the archive.
func (w *walk) offer(name string, packed int64, open func() (io.Reader, error)) error {
	if w.seen++; w.seen > w.b.Options.MaxMembers {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
	}
	name = cleanName(name)
	if name == "" || isLitter(name) {
		return nil
	}
	m := Member{Name: name}
	r, err := open()
	if err == nil {
		m.Data, err = w.readAll(r, packed)
		if c, ok := r.(io.Closer); ok {
			c.Close()
		}
	}
	if err != nil {
		if stop := w.fatal(err); stop != nil {
			return stop
		}
		m.Err = w.wrap(err)
	}
	return w.visit(m)
}

// readAll unpacks a member. Decoders of libraries may panic on hostile bytes.
func (w *walk) readAll(r io.Reader, packed int64) (data []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			data, err = nil, fmt.Errorf("decoder gave up: %v", p)
		}
	}()
	return w.b.UnpackAll(r, packed)
}

// fatal is an error that ends the walk: the caller is gone, or a bound is exceeded.
func (w *walk) fatal(err error) error {
	if alive := w.b.Alive(); alive != nil {
		return alive
	}
	var re *sheet.ReadError
	if errors.As(err, &re) && re.Code == sheet.CodeTooBig {
		return err
	}
	return nil
}

// wrap gives an error of a member or of the whole archive its code.
func (w *walk) wrap(err error) error {
	var re *sheet.ReadError
	if errors.As(err, &re) {
		return err
	}
	return &sheet.ReadError{Code: sheet.CodeBroken, Expected: w.format, Err: err}
}

// encrypted is the error of a member that needs a password, or another one.
func (w *walk) encrypted() error {
	found := w.format
	if w.b.Options.Password != "" {
		found = "wrong_password"
	}
	return &sheet.ReadError{Code: sheet.CodeEncrypted, Found: found}
}

// unsupported is the error of a member packed in a way that is not read.
func (w *walk) unsupported(method string) error {
	return &sheet.ReadError{Code: sheet.CodeUnsupported, Found: method}
}

// cleanName takes everything off a name that points out of the archive.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1 // control and direction marks
		}
		return r
	}, strings.ReplaceAll(name, `\`, "/"))
	if len(name) > 1 && name[1] == ':' {
		name = name[2:]
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// isLitter tells files that systems leave in archives beside those of people.
func isLitter(name string) bool {
	switch base := path.Base(name); {
	case strings.HasPrefix(name, "__MACOSX/"), base == ".DS_Store", strings.EqualFold(base, "thumbs.db"), strings.EqualFold(base, "desktop.ini"):
		return true
	}
	return false
}
