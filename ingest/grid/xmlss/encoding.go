package xmlss

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/charset"
)

// utf8Text gives the file in UTF-8.
func utf8Text(data []byte) ([]byte, error) {
	if utf8.Valid(data) && bytes.IndexByte(data[:min(len(data), 64)], 0) < 0 {
		return bytes.TrimPrefix(data, []byte("\ufeff")), nil // most are, and need no copy
	}
	s, err := charset.DecodeDeclared(data, declaration(data))
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	return []byte(s), nil
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
