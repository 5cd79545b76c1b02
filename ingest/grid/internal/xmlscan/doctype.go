package xmlscan

import (
	"bytes"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Doctype is the size of the document type that text begins with, declarations in
// its brackets included; 0 where its end is not there. One that declares entities
// fails as unsupported.
func Doctype(text []byte) (size int, err error) {
	quote, inner := byte(0), 0
	for i, c := range text {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[':
			inner++
		case c == ']':
			inner--
		case c == '>' && inner <= 0:
			if bytes.Contains(text[:i], []byte("<!ENTITY")) {
				err = &sheet.ReadError{Code: sheet.CodeUnsupported, Found: "xml_entities"}
			}
			return i + 1, err
		}
	}
	return 0, nil
}
