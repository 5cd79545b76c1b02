package xlsx

import (
	"bytes"
	"errors"
	"io"

	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// token is what the scanner stands on.
type token uint8

const (
	tokenEnd   token = iota // the input is over
	tokenOpen               // a start tag; scanner.closed tells one that is its own end
	tokenClose              // an end tag
	tokenText               // text, or a part of a long one
)

// maxToken bounds one tag or text; the longest text of a cell is 32,767 characters.
const maxToken = 4 << 20

// attribute is one of the open tag, its value as it is written.
type attribute struct{ name, value []byte }

// scanner pulls tokens out of XML. It does not look at namespaces, since prefixes
// vary and local names do not, and it knows no entities but those of XML itself:
// what a document type declares is never expanded. What it hands out is good until
// the next token.
type scanner struct {
	r     io.Reader // more input, nil when buf is all
	buf   []byte
	pos   int
	err   error // why r ended, nil for its regular end
	depth int   // of open elements

	name   []byte // of the tag, without prefix
	attrs  []attribute
	closed bool
	text   []byte
	quoted bool // text is a CDATA section, without entities
}

// endless is the error for what exceeds maxToken.
func endless() error { return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "token"} }

// scanAll scans what is in memory as a whole.
func scanAll(buf []byte) *scanner { return &scanner{buf: buf} }

const scanBuffer = 32 << 10

// scanFrom scans a stream through a buffer that is at first of a size.
func scanFrom(r io.Reader, size int) *scanner {
	return &scanner{r: r, buf: make([]byte, 0, size)}
}

// next moves to the next token.
func (s *scanner) next() token {
	for {
		if s.pos >= len(s.buf) && !s.fill() {
			return tokenEnd
		}
		if s.buf[s.pos] != '<' {
			if s.takeText() {
				return tokenText
			}
			continue
		}
		switch t, state := s.takeTag(); state {
		case taken:
			return t
		case unfinished:
			if !s.fill() {
				s.cut()
				return tokenEnd
			}
		}
	}
}

// cut notes that the input ended within something.
func (s *scanner) cut() {
	s.pos = len(s.buf)
	if s.err == nil {
		s.err = io.ErrUnexpectedEOF
	}
}

// fill reads more behind what is not yet done; it reports whether there was any.
func (s *scanner) fill() bool {
	if s.r == nil {
		return false
	}
	if s.pos > 0 {
		s.buf = s.buf[:copy(s.buf[:cap(s.buf)], s.buf[s.pos:])]
		s.pos = 0
	}
	if len(s.buf) == cap(s.buf) {
		if len(s.buf) > maxToken {
			s.r, s.err = nil, endless()
			return false
		}
		s.buf = append(s.buf, make([]byte, max(len(s.buf), 4<<10))...)[:len(s.buf)]
	}
	// The buffer is filled to its end, so that a token is looked at anew only each
	// time it has doubled.
	had := len(s.buf)
	n, err := readUp(s.r, s.buf[had:cap(s.buf)])
	s.buf = s.buf[:had+n]
	if err != nil {
		s.r = nil
		if !errors.Is(err, io.EOF) {
			s.err = err
		}
	}
	return n > 0
}

// readUp fills b, as io.ReadFull does, but gives the reader's own error: an archive
// that broke off is not the end of a part.
func readUp(r io.Reader, b []byte) (n int, err error) {
	for idle := 0; n < len(b) && err == nil; {
		var got int
		if got, err = r.Read(b[n:]); got > 0 {
			idle = 0
		} else if idle++; idle > 100 && err == nil {
			err = io.ErrNoProgress
		}
		n += got
	}
	return n, err
}

// takeText takes the text up to the next tag. Where more has to be read first it
// reports false, unless there is enough to be handed out in parts.
func (s *scanner) takeText() bool {
	rest := s.buf[s.pos:]
	n := bytes.IndexByte(rest, '<')
	if n < 0 {
		n = len(rest)
		if s.r != nil {
			if n < 8<<10 && s.fill() {
				return false
			}
			rest = s.buf[s.pos:]
			n = len(rest)
			// What could be the beginning of an entity, or of a line's end, stays together.
			if amp := bytes.LastIndexByte(rest, '&'); s.r != nil && amp > 0 && n-amp < 16 {
				n = amp
			} else if s.r != nil && n > 1 && rest[n-1] == '\r' {
				n--
			}
		}
	}
	s.text, s.quoted = rest[:n], false
	s.pos += n
	return true
}

// How far the taking of a tag came.
type progress uint8

const (
	taken progress = iota
	unfinished
	passed // a comment or the like, which is no token
)

func (s *scanner) takeTag() (token, progress) {
	rest := s.buf[s.pos:]
	if len(rest) < 2 {
		return 0, unfinished
	}
	switch rest[1] {
	case '/':
		end := bytes.IndexByte(rest, '>')
		if end < 0 {
			return 0, unfinished
		}
		s.name = localName(trimRight(rest[2:end]))
		s.pos += end + 1
		s.depth--
		return tokenClose, taken
	case '?':
		return 0, s.pass(rest, "?>")
	case '!':
		return s.takeDeclaration(rest)
	}
	return s.takeOpen(rest)
}

// pass leaves out what ends with the mark.
func (s *scanner) pass(rest []byte, mark string) progress {
	end := bytes.Index(rest, []byte(mark))
	if end < 0 {
		return unfinished
	}
	s.pos += end + len(mark)
	return passed
}

func (s *scanner) takeDeclaration(rest []byte) (token, progress) {
	const comment, data = "<!--", "<![CDATA["
	switch {
	case len(rest) < len(data) && (data[:len(rest)] == string(rest) || len(rest) < len(comment) && comment[:len(rest)] == string(rest)):
		return 0, unfinished
	case bytes.HasPrefix(rest, []byte(comment)):
		end := bytes.Index(rest[len(comment):], []byte("-->"))
		if end < 0 {
			return 0, unfinished
		}
		s.pos += len(comment) + end + 3
		return 0, passed
	case bytes.HasPrefix(rest, []byte(data)):
		end := bytes.Index(rest, []byte("]]>"))
		if end < 0 {
			return 0, unfinished
		}
		s.text, s.quoted = rest[len(data):end], true
		s.pos += end + 3
		return tokenText, taken
	}
	return 0, s.passDoctype(rest)
}

// passDoctype leaves out a document type, which packages should not have (ECMA-376
// part 2, 8.1.4). One that declares entities ends the scan.
func (s *scanner) passDoctype(rest []byte) progress {
	size, err := xmlscan.Doctype(rest)
	if size == 0 {
		return unfinished
	}
	s.pos += size
	if err != nil {
		s.err, s.r = err, nil
		s.cut()
	}
	return passed
}

// takeOpen takes a start tag with its attributes. A stray < is left out.
func (s *scanner) takeOpen(rest []byte) (token, progress) {
	i := 1
	for i < len(rest) && !endsName(rest[i]) {
		i++
	}
	name := rest[1:i]
	s.attrs = s.attrs[:0]
	for {
		for i < len(rest) && (isBlank(rest[i]) || rest[i] == '/') {
			i++
		}
		if i == len(rest) {
			return 0, unfinished
		}
		if rest[i] == '>' {
			s.name, s.closed = localName(name), rest[i-1] == '/'
			s.pos += i + 1
			if !s.closed {
				s.depth++
			}
			return tokenOpen, taken
		}
		var a attribute
		if a.name, a.value, i = xmlscan.Attribute(rest, i); i < 0 {
			return 0, unfinished
		}
		if a.value != nil {
			s.attrs = append(s.attrs, a)
		}
	}
}

func trimRight(name []byte) []byte {
	for len(name) > 0 && isBlank(name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	return name
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func endsName(c byte) bool { return c == '>' || c == '/' || isBlank(c) }

func localName(name []byte) []byte {
	for i, c := range name {
		if c == ':' {
			return name[i+1:]
		}
	}
	return name
}
