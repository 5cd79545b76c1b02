package grid

import (
	"path"

	"github.com/distbase/distbase/ingest/grid/mail"
	"github.com/distbase/distbase/ingest/grid/pack"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// archive gathers the sheets of members. A member that is no table is a warning;
// an archive without any table is refused for the reason of its first member.
type archive struct {
	r     *run
	to    Sink
	depth int
	file  *File
	sent  int   // sheets
	first error // why the first member that could not be read could not
}

// readPack reads the members of an archive in their order.
func (r *run) readPack(format, name string, data []byte, to Sink, depth int) (*File, error) {
	return r.readMembers(format, to, depth, func(visit visitor) error {
		return pack.Members(r.b, format, name, data, func(m pack.Member) error { return visit(m.Name, m.Data, m.Err) })
	})
}

// readLetter reads the attachments of a letter in their order.
func (r *run) readLetter(format string, data []byte, to Sink, depth int) (*File, error) {
	return r.readMembers(format, to, depth, func(visit visitor) error {
		return mail.Attachments(r.b, format, data, func(name string, data []byte) error { return visit(name, data, nil) })
	})
}

// visitor takes a member, or why it could not be unpacked.
type visitor func(name string, data []byte, err error) error

func (r *run) readMembers(format string, to Sink, depth int, walk func(visitor) error) (*File, error) {
	if depth >= r.b.Options.MaxDepth {
		return nil, &ReadError{Code: CodeTooBig, Found: "depth"}
	}
	a := &archive{r: r, to: to, depth: depth, file: &File{Format: format}}
	outside, companions := r.b.Options.Beside, companionsOf(r.b.Options.MaxText, walk)
	defer func() { r.b.Options.Beside = outside }()
	err := walk(func(name string, data []byte, err error) error {
		if err != nil {
			return a.refuse(name, err)
		}
		r.b.Options.Beside = companions(name)
		return a.member(name, data)
	})
	switch {
	case err != nil && (a.sent == 0 || ends(err)):
		return nil, err
	case err != nil:
		if err := a.refuse("", err); err != nil {
			return nil, err
		}
	case a.sent == 0 && a.first != nil:
		return nil, a.first
	case a.sent == 0:
		return nil, &ReadError{Code: CodeEmpty, Found: format, Expected: "table"}
	}
	return a.file, nil
}

// ends says whether an error concerns the whole read and not one member.
func ends(err error) bool {
	code := asReadError("", err).Code
	return code == CodeTooBig || code == CodeCancelled
}

// member reads one file of the archive. What it holds is kept until it is whole, so
// that one that breaks off leaves nothing behind.
func (a *archive) member(name string, data []byte) error {
	if isCompanion(name) {
		if a.first == nil {
			a.first = &ReadError{Code: CodeUnsupported, Path: name, Found: formatBinary}
		}
		return nil
	}
	book := &sheet.Book{}
	file, err := a.r.read(name, data, book, a.depth+1)
	if err != nil {
		return a.refuse(name, err)
	}
	if isRemark(file, book) {
		return a.refuse(name, &ReadError{Code: CodeEmpty, Found: formatText, Expected: "table"})
	}
	for _, w := range book.Warnings {
		w.Sheet = path.Join(name, w.Sheet)
		a.to.Warn(w)
	}
	for _, s := range book.Sheets {
		s.Path = path.Join(name, s.Path)
		if err := send(s, a.to); err != nil {
			return err
		}
		a.sent++
	}
	if a.file.Dialect == nil {
		a.file.Encoding, a.file.Dialect = file.Encoding, file.Dialect
	}
	return nil
}

// isRemark tells a text of one line without columns, such as people put beside a
// report in an archive, from a table.
func isRemark(file *File, book *sheet.Book) bool {
	if file.Format != formatText || len(book.Sheets) != 1 {
		return false
	}
	s := book.Sheets[0]
	return s.Len() == 0 || s.Len() == 1 && len(s.RowAt(0, nil).Cells) < 2
}

// refuse notes a member that could not be read. Errors that concern the whole read
// are handed back.
func (a *archive) refuse(name string, err error) error {
	re := *asReadError("", err)
	re.Path = path.Join(name, re.Path)
	if ends(&re) {
		return &re
	}
	if a.first == nil {
		a.first = &re
	}
	a.to.Warn(Warning{Sheet: re.Path, Code: re.Code, Text: re.Found})
	return nil
}

// send hands a sheet that was kept to a sink.
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
