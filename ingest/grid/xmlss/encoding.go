package xmlss

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid/charset"
	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
)

// utf8Text gives the file in UTF-8.
func utf8Text(data []byte) ([]byte, error) {
	if utf8.Valid(data) && bytes.IndexByte(data[:min(len(data), 64)], 0) < 0 {
		return bytes.TrimPrefix(data, []byte("\ufeff")), nil // most are, and need no copy
	}
	s, err := charset.DecodeDeclared(data, xmlscan.Declared(data[:min(len(data), 256)]))
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	return []byte(s), nil
}
