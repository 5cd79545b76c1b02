package xmlss

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/charset"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// utf8Text gives the file in UTF-8.
func utf8Text(data []byte) ([]byte, error) {
	found := charset.Detect(data)
	if found == "utf-8" && utf8.Valid(data) {
		return bytes.TrimPrefix(data, []byte("\ufeff")), nil
	}
	if !strings.HasPrefix(found, "utf-") && found != "" {
		if e := declared(data, found); e != nil {
			out, err := e.NewDecoder().Bytes(data)
			if err != nil {
				return nil, fmt.Errorf("decode declared encoding: %w", err)
			}
			return out, nil
		}
	}
	s, err := charset.Decode(found, data)
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	return []byte(s), nil
}

// declared is the encoding that the XML declaration names, nil where it cannot be:
// the bytes are no UTF, and what writers of the West name by habit yields to a text
// that reads as Russian.
func declared(data []byte, found string) encoding.Encoding {
	e, err := htmlindex.Get(declaration(data))
	if err != nil {
		return nil
	}
	name, err := htmlindex.Name(e)
	if err != nil || strings.HasPrefix(name, "utf-") || name == "windows-1252" && found != "windows-1252" {
		return nil
	}
	return e
}

// declaration is the name of an encoding as the XML declaration writes it.
func declaration(data []byte) string {
	head := data[:min(len(data), 200)]
	if end := bytes.Index(head, []byte("?>")); end >= 0 {
		head = head[:end]
	}
	_, rest, ok := bytes.Cut(head, []byte("encoding"))
	if !ok {
		return ""
	}
	rest = bytes.TrimLeft(rest, " =\t")
	if len(rest) == 0 {
		return ""
	}
	value, _, _ := bytes.Cut(rest[1:], rest[:1])
	return string(value)
}
