package docx

import (
	"bytes"
	"encoding/xml"
	"io"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Bounds of XML, since the decoder keeps what is open and what is one piece in
// memory.
const (
	maxDepth = 2000    // elements in elements
	maxPiece = 1 << 20 // bytes from one "<" to the next, and in a cell
)

// scanner gives the tokens of a part.
type scanner struct {
	*xml.Decoder
	depth int
}

func newScanner(r io.Reader) *scanner {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	return &scanner{Decoder: d}
}

func (s *scanner) next() (xml.Token, error) {
	token, err := s.Token()
	switch token.(type) {
	case xml.StartElement:
		if s.depth++; s.depth > maxDepth {
			return nil, &sheet.ReadError{Code: sheet.CodeTooBig, Found: "nesting"}
		}
	case xml.EndElement:
		s.depth--
	}
	return token, err
}

// limited fails where a part is longer than may be held as text, or one piece of
// it than any writer makes it.
type limited struct {
	io.Reader
	left  int64
	piece int
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	l.left -= int64(n)
	l.piece += n
	if at := bytes.LastIndexByte(p[:n], '<'); at >= 0 {
		l.piece = n - at
	}
	if l.left < 0 || l.piece > maxPiece {
		return 0, &sheet.ReadError{Code: sheet.CodeTooBig, Found: "text"}
	}
	return n, err
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// on reads a property that is a switch: there is true, unless it says otherwise
// (ECMA-376 part 1, 17.17.4).
func on(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
