package xmlscan

import (
	"bytes"
	"errors"
	"io"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Token is what the scanner stands on.
type Token uint8

// The tokens. An empty element gives Open, then Close.
const (
	Open Token = iota + 1
	Close
	Text
)

// maxToken bounds one tag, comment or section.
const maxToken = 4 << 20

// Attr is an attribute of a tag, its value as it is written ([Unescape]).
type Attr struct{ Prefix, Name, Value []byte }

// Scanner pulls tokens out of a stream.
type Scanner struct {
	// Prefix and Name are those of the tag.
	Prefix, Name []byte
	// Attrs are those of an Open tag, without declarations of namespaces.
	Attrs []Attr
	// Depth counts the elements that are open.
	Depth int

	text  []byte
	plain bool // text is a CDATA section
	empty bool // the tag is its own end, which has yet to come

	r   io.Reader
	buf []byte
	pos int
	err error // why there is no more to fill
}

// New begins to scan a stream. In an encoding that nobody knows it is read as UTF-8:
// another name of that is likelier than another encoding.
func New(r io.Reader) *Scanner {
	s := &Scanner{buf: make([]byte, 0, 32<<10)}
	s.r, _ = UTF8(r)
	return s
}

// NewText begins to scan a text that is UTF-8, whatever it declares.
func NewText(text []byte) *Scanner { return &Scanner{buf: text, err: io.EOF} }

// errMore asks for more input in the midst of a token.
var errMore = errors.New("the token goes on")

// Next moves to the next token. At the end of the stream it fails with io.EOF, in
// the midst of a tag with io.ErrUnexpectedEOF, at a document type with the error of
// [Doctype]. Once it has failed it fails for ever.
func (s *Scanner) Next() (Token, error) {
	if s.empty {
		s.empty = false
		s.Depth--
		return Close, nil
	}
	for {
		if s.pos == len(s.buf) {
			if err := s.fill(); err != nil {
				return 0, err
			}
			continue
		}
		t, err := s.take(s.buf[s.pos:])
		if errors.Is(err, errMore) {
			if err = s.fill(); errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
		}
		if t != 0 || err != nil {
			return t, err
		}
	}
}

// fill reads on behind what is not yet taken. The buffer is filled to its end and
// doubled, so that a long token is looked at anew only a few times.
func (s *Scanner) fill() error {
	if s.err != nil {
		return s.err
	}
	if s.pos > 0 {
		s.buf = s.buf[:copy(s.buf[:cap(s.buf)], s.buf[s.pos:])]
		s.pos = 0
	}
	if len(s.buf) == cap(s.buf) {
		if len(s.buf) >= maxToken {
			s.err = &sheet.ReadError{Code: sheet.CodeTooBig, Found: "token"}
			return s.err
		}
		s.buf = append(make([]byte, 0, 2*cap(s.buf)), s.buf...)
	}
	had := len(s.buf)
	n, err := io.ReadFull(s.r, s.buf[had:cap(s.buf)])
	s.buf = s.buf[:had+n]
	if errors.Is(err, io.ErrUnexpectedEOF) { // the buffer is larger than what was left
		err = io.EOF
	}
	s.err = err
	if n > 0 {
		return nil
	}
	return s.err
}

// take takes the token that rest begins with; 0 is one that is passed over.
func (s *Scanner) take(rest []byte) (Token, error) {
	if rest[0] != '<' {
		return s.takeText(rest)
	}
	if len(rest) < 2 {
		return 0, errMore
	}
	switch rest[1] {
	case '/':
		end := bytes.IndexByte(rest, '>')
		if end < 0 {
			return 0, errMore
		}
		s.Prefix, s.Name = split(bytes.TrimRight(rest[2:end], " \t\r\n"))
		s.pos += end + 1
		s.Depth--
		return Close, nil
	case '?':
		return 0, s.pass(rest, "?>")
	case '!':
		return s.takeDeclaration(rest)
	}
	return s.takeTag(rest)
}

// takeText takes the text up to the next tag, or a good part of it.
func (s *Scanner) takeText(rest []byte) (Token, error) {
	const part = 8 << 10
	n := bytes.IndexByte(rest, '<')
	if n < 0 {
		if n = len(rest); s.err == nil && n < part {
			return 0, errMore
		}
		if s.err == nil {
			n = s.cut(rest)
		}
	}
	s.text, s.plain = rest[:n], false
	s.pos += n
	return Text, nil
}

// cut says how much of a long text may go ahead: what can be the beginning of a
// reference or of a line end stays with what follows.
func (s *Scanner) cut(text []byte) int {
	const longest = 16 // of a reference
	n := len(text)
	if at := bytes.LastIndexByte(text[n-longest:], '&'); at >= 0 {
		return n - longest + at
	}
	if text[n-1] == '\r' {
		return n - 1
	}
	return n
}

// pass leaves out what ends with the mark.
func (s *Scanner) pass(rest []byte, mark string) error {
	end := bytes.Index(rest[2:], []byte(mark))
	if end < 0 {
		return errMore
	}
	s.pos += 2 + end + len(mark)
	return nil
}

func (s *Scanner) takeDeclaration(rest []byte) (Token, error) {
	const comment, section = "<!--", "<![CDATA["
	switch {
	case bytes.HasPrefix(rest, []byte(comment)):
		end := bytes.Index(rest[len(comment):], []byte("-->"))
		if end < 0 {
			return 0, errMore
		}
		s.pos += len(comment) + end + len("-->")
		return 0, nil
	case bytes.HasPrefix(rest, []byte(section)):
		end := bytes.Index(rest, []byte("]]>"))
		if end < 0 && s.err == nil {
			return 0, errMore
		}
		size := end + len("]]>")
		if end < 0 { // what is there counts, as of other text that the end cuts
			end, size = len(rest), len(rest)
		}
		s.text, s.plain = rest[len(section):end], true
		s.pos += size
		return Text, nil
	case len(rest) < len(section) && s.err == nil:
		return 0, errMore
	}
	return 0, s.passDoctype(rest)
}

// passDoctype leaves out a document type.
func (s *Scanner) passDoctype(rest []byte) error {
	size, err := Doctype(rest)
	if size == 0 {
		return errMore
	}
	s.pos += size
	if err != nil {
		s.pos, s.err = len(s.buf), err
	}
	return err
}

// Unescaped appends the text, or the part of it that the token is, to dst.
func (s *Scanner) Unescaped(dst []byte) []byte {
	if s.plain {
		return appendLines(dst, s.text)
	}
	return Unescape(dst, s.text)
}
