package grid

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// xmlToken is what a scan hands to its visitor: an element's start or end, or text.
// It is valid during the call only. Namespaces are not looked at: prefixes vary, local names do not.
type xmlToken struct {
	name        string
	isStartElem bool
	isEndElem   bool
	attrs       []xml.Attr
	text        []byte
	open        []string // names of the elements around
}

func (t *xmlToken) start(name string) bool { return t.isStartElem && t.name == name }
func (t *xmlToken) end(name string) bool   { return t.isEndElem && t.name == name }
func (t *xmlToken) isStart() bool          { return t.isStartElem }
func (t *xmlToken) isText() bool           { return !t.isStartElem && !t.isEndElem }

// within tells whether an element of that name is open around the token.
func (t *xmlToken) within(name string) bool {
	for _, n := range t.open {
		if n == name {
			return true
		}
	}
	return false
}

func (t *xmlToken) attr(local string) string {
	for i := range t.attrs {
		if t.attrs[i].Name.Local == local && t.attrs[i].Name.Space != "xmlns" {
			return t.attrs[i].Value
		}
	}
	return ""
}

// number is an attribute as a count; absent or odd ones are 0.
func (t *xmlToken) number(local string) int {
	n, err := strconv.Atoi(t.attr(local))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }

const maxXMLDepth = 200

// scan reads a part and shows its tokens to the visitor, whose error ends the scan.
func (w *workbook) scan(part string, visit func(*xmlToken) error) error {
	r, err := w.openPart(part)
	if err != nil {
		return err
	}
	defer r.Close()
	dec := xml.NewDecoder(&tokenLimit{r: plainXML(r)})
	dec.CharsetReader = charsetReader
	t := &xmlToken{}
	for {
		tok, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			if len(t.open) > 0 {
				return &ReadError{Code: CodeBroken, Found: part, Err: io.ErrUnexpectedEOF}
			}
			return nil
		}
		if err != nil {
			return partError(part, err)
		}
		if err := t.set(tok); err != nil {
			return &ReadError{Code: CodeBroken, Found: part, Err: err}
		}
		if t.name == "" {
			continue
		}
		if err := visit(t); err != nil {
			return err
		}
	}
}

// set takes over a token and keeps the stack of open elements.
func (t *xmlToken) set(tok xml.Token) error {
	t.isStartElem, t.isEndElem, t.attrs, t.text, t.name = false, false, nil, nil, ""
	switch e := tok.(type) {
	case xml.StartElement:
		t.isStartElem, t.name, t.attrs = true, e.Name.Local, e.Attr
		if t.open = append(t.open, e.Name.Local); len(t.open) > maxXMLDepth {
			return errors.New("elements are nested too deep")
		}
	case xml.EndElement:
		t.isEndElem, t.name = true, e.Name.Local
		if len(t.open) == 0 || t.open[len(t.open)-1] != e.Name.Local {
			return fmt.Errorf("element %s is closed but not open", e.Name.Local)
		}
		t.open = t.open[:len(t.open)-1]
	case xml.CharData:
		t.name, t.text = "#text", e
	}
	return nil
}

// partError keeps the errors of the budget and calls every other one broken.
func partError(part string, err error) error {
	var re *ReadError
	if errors.As(err, &re) {
		return err
	}
	return &ReadError{Code: CodeBroken, Found: part, Err: err}
}

// maxToken bounds one tag or text; the longest text of a cell is 32,767 characters.
const maxToken = 4 << 20

// tokenLimit fails on a tag or text of endless length, which the decoder would gather in memory.
type tokenLimit struct {
	r   io.Reader
	run int
}

func (l *tokenLimit) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if i := bytes.LastIndexAny(p[:n], "<>"); i >= 0 {
		l.run = n - i
	} else if l.run += n; l.run > maxToken {
		return n, &ReadError{Code: CodeTooBig, Found: "token"}
	}
	return n, err
}

// plainXML turns UTF-16 into UTF-8; the byte order mark, or "<" with a NUL beside it, tells.
func plainXML(r io.Reader) io.Reader {
	br := bufio.NewReaderSize(r, 64<<10)
	head, _ := br.Peek(4) // a short part is fine, its error comes with the next read
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{'<', 0}):
		return transform.NewReader(br, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}), bytes.HasPrefix(head, []byte{0, '<'}):
		return transform.NewReader(br, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
		_, _ = br.Discard(3)
	}
	return br
}

// charsetReader serves the encodings an XML declaration may name; UTF-16 is plain by then.
func charsetReader(label string, r io.Reader) (io.Reader, error) {
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		return r, nil
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil, fmt.Errorf("xml in encoding %q: %w", label, err)
	}
	return transform.NewReader(r, e.NewDecoder()), nil
}
