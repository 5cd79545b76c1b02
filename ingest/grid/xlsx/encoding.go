package xlsx

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// plainXML gives the bytes of XML as UTF-8 (XML 1.0, appendix F): a byte order mark,
// or "<" with a NUL beside it, tells UTF-16; else the declaration has its say.
func plainXML(r io.Reader) (io.Reader, error) {
	var head [128]byte
	n, err := readUp(r, head[:])
	start := head[:n]
	if err != nil {
		r = failing{err}
	}
	r = io.MultiReader(bytes.NewReader(start), r)
	switch {
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("<\x00")):
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), nil
	case bytes.HasPrefix(start, []byte("\xfe\xff")), bytes.HasPrefix(start, []byte("\x00<")):
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()), nil
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		br := bufio.NewReaderSize(r, 4<<10)
		_, _ = br.Discard(3)
		return br, nil
	}
	label := declaredEncoding(start)
	if label == "" || label == "utf-8" || label == "utf8" || label == "us-ascii" || strings.HasPrefix(label, "utf-16") {
		return r, nil
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil, fmt.Errorf("xml in encoding %q: %w", label, err)
	}
	return transform.NewReader(r, e.NewDecoder()), nil
}

// declaredEncoding is the one an XML declaration names, in small letters.
func declaredEncoding(head []byte) string {
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
	return strings.ToLower(strings.TrimSpace(value))
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
