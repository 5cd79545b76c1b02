package letter

import (
	"bytes"
	"net/mail"
	"strings"
	"time"
)

// field is one line of a header, unfolded, its bytes as they came.
type field struct {
	name  string // lower case
	value []byte
}

// Header is the header of a letter or of one of its parts. Names are compared
// without regard to case.
type Header struct{ fields []field }

// Raw returns the first field of that name as it came, unfolded; "" where there
// is none. It may hold bytes that are no UTF-8.
func (h Header) Raw(name string) string {
	v, _ := h.find(name)
	return string(v)
}

// Has reports whether there is a field of that name, be it empty.
func (h Header) Has(name string) bool {
	_, ok := h.find(name)
	return ok
}

// Text is the first field of that name with its encoded words decoded, in UTF-8.
func (h Header) Text(name string) string {
	v, _ := h.find(name)
	return strings.TrimSpace(printable(decodeHeader(v)))
}

func (h Header) find(name string) ([]byte, bool) {
	for _, f := range h.fields {
		if strings.EqualFold(f.name, name) {
			return f.value, true
		}
	}
	return nil, false
}

// ids are the message ids of a field without their brackets.
func (h Header) ids(name string) []string {
	var out []string
	for _, word := range strings.Fields(strings.ReplaceAll(h.Raw(name), "><", "> <")) {
		if id := strings.Trim(word, "<>,"); id != "" {
			out = append(out, strings.ToValidUTF8(id, "\uFFFD"))
		}
	}
	return out
}

func (h Header) date() time.Time {
	raw := strings.TrimSpace(h.Raw("Date"))
	if len(raw) > 200 {
		return time.Time{}
	}
	if t, err := mail.ParseDate(raw); err == nil {
		return t
	}
	for _, layout := range []string{"2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15:04:05", time.ANSIC, time.UnixDate, time.RFC3339} {
		if t, err := time.Parse(layout, raw); err == nil {
			return t
		}
	}
	return time.Time{}
}

// maxField and maxFields bound a header; what is beyond is dropped.
const (
	maxField  = 256 << 10
	maxFields = 5000
)

// splitLetter takes the header off a letter. Blank lines above the header and
// the "From " line of a mailbox file are passed over.
func splitLetter(data []byte) (Header, []byte) {
	in := newLines(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")))
	for {
		line, ok := in.peek()
		if !ok || len(bytes.TrimSpace(line)) > 0 {
			break
		}
		in.next()
	}
	if line, _ := in.peek(); bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From ")) {
		in.next()
	} else if trimmed := bytes.TrimLeft(line, " \t"); len(trimmed) < len(line) && knownField(trimmed) {
		in.rest = in.rest[len(line)-len(trimmed):] // the first field is indented
	}
	if line, _ := in.peek(); fieldName(line) == 0 {
		return Header{}, data // no header at all
	}
	return readHeader(&in)
}

// splitPart takes the header off a part of a multipart, which may have none.
func splitPart(data []byte) (Header, []byte) {
	in := newLines(data)
	return readHeader(&in)
}

// readHeader reads fields up to a blank line. A line that is neither a field nor
// the continuation of one ends the header too, and belongs to the body, unless
// what follows shows that the header goes on.
func readHeader(in *lines) (Header, []byte) {
	var h Header
	for {
		start := in.rest
		line, ok := in.next()
		if !ok || len(line) == 0 {
			return h, in.rest
		}
		colon := fieldName(line)
		switch {
		case line[0] == ' ' || line[0] == '\t':
			if len(bytes.TrimSpace(line)) == 0 && !headerGoesOn(in) {
				return h, in.rest
			}
			if len(h.fields) == 0 {
				return h, start
			}
			h.extend(line)
		case colon > 0:
			h.add(line, colon)
		case h.open() && bytes.IndexByte(line, '=') > 0:
			h.extend(append([]byte{' '}, line...)) // a parameter that lost its indent
		case len(h.fields) > 0 && nextIsKnown(in): // a broken line amid the header
		default:
			return h, start
		}
	}
}

func (h *Header) add(line []byte, colon int) {
	if len(h.fields) >= maxFields {
		return
	}
	value := bytes.Trim(line[colon+1:], " \t")
	h.fields = append(h.fields, field{
		name:  strings.ToLower(string(bytes.TrimRight(line[:colon], " \t"))),
		value: bytes.Clone(value[:min(len(value), maxField)]),
	})
}

// extend unfolds: only the line break goes (RFC 5322, 2.2.3).
func (h *Header) extend(line []byte) {
	last := &h.fields[len(h.fields)-1]
	if room := maxField - len(last.value); room > 0 {
		last.value = append(last.value, line[:min(len(line), room)]...)
	}
}

// open reports whether the last field waits for more parameters.
func (h *Header) open() bool {
	if len(h.fields) == 0 {
		return false
	}
	return bytes.HasSuffix(bytes.TrimRight(h.fields[len(h.fields)-1].value, " \t"), []byte(";"))
}

func headerGoesOn(in *lines) bool {
	line, ok := in.peek()
	return ok && len(line) > 0 && (line[0] == ' ' || line[0] == '\t' || fieldName(line) > 0)
}

func nextIsKnown(in *lines) bool {
	line, ok := in.peek()
	return ok && knownField(line)
}

// knownField reports whether a line is a field that letters and their parts have.
func knownField(line []byte) bool {
	colon := fieldName(line)
	if colon == 0 {
		return false
	}
	name := strings.ToLower(string(bytes.TrimRight(line[:min(colon, 64)], " \t")))
	switch name {
	case "from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "reply-to", "sender",
		"mime-version", "references", "in-reply-to", "delivered-to", "dkim-signature":
		return true
	}
	return strings.HasPrefix(name, "content-")
}

// known counts the different fields that letters have, to tell a letter from
// other text.
func (h Header) known() int {
	n := 0
	for _, name := range []string{"From", "To", "Subject", "Date", "Message-ID", "Received", "MIME-Version", "Content-Type", "Return-Path"} {
		if h.Has(name) {
			n++
		}
	}
	return n
}

// fieldName is where the colon of a field stands, or 0.
func fieldName(line []byte) int {
	for i, c := range line {
		switch {
		case c == ':':
			return i
		case c == ' ' || c == '\t': // "Subject : x" is seen in the wild
			rest := bytes.TrimLeft(line[i:], " \t")
			if i > 0 && len(rest) > 0 && rest[0] == ':' {
				return len(line) - len(rest)
			}
			return 0
		case c < 33 || c >= 127:
			return 0
		}
	}
	return 0
}
