package xmlscan

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// UTF8 decodes a stream of XML (XML 1.0, appendix F): by its byte order mark, a NUL
// beside its first character, or what the declaration says. Where that is an encoding
// nobody knows it fails, and gives the stream as it is.
func UTF8(r io.Reader) (io.Reader, error) {
	br := bufio.NewReaderSize(r, 4<<10)
	head, _ := br.Peek(256) // a short stream is fine, its error comes with the next read
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = br.Discard(3)
		return br, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("<\x00")):
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00<")):
		e = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	default:
		label := strings.ToLower(Declared(head))
		if label == "" || label == "us-ascii" || strings.HasPrefix(label, "utf") {
			return br, nil
		}
		known, err := htmlindex.Get(label)
		if err != nil {
			return br, fmt.Errorf("xml in encoding %q: %w", label, err)
		}
		e = known
	}
	return transform.NewReader(br, e.NewDecoder()), nil
}

// Declared is the encoding that the XML declaration at the head of a file names, ""
// where it names none.
func Declared(head []byte) string {
	head = bytes.TrimLeft(head, " \t\r\n")
	end := bytes.Index(head, []byte("?>"))
	if end < 0 || !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	_, value, ok := strings.Cut(string(head[:end]), "encoding")
	value = strings.TrimLeft(value, " \t\r\n=")
	if !ok || value == "" {
		return ""
	}
	value, _, _ = strings.Cut(value[1:], value[:1])
	return strings.TrimSpace(value)
}
