package html

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"mime"
	"net/textproto"
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

const archiveFormat = "mht"

// maxHeader bounds the header of a part.
const maxHeader = 64 << 10

// part is one file of a web archive.
type part struct {
	location string // base name of its address, in lower case
	kind     string // media type
	charset  string
	data     []byte
}

// ReadArchive gives the tables of a web archive. Where it is a workbook of several
// sheets that Excel saved, they come in the order and with the names of the workbook.
func ReadArchive(b *sheet.Budget, data []byte, to sheet.Sink) error {
	if int64(len(data)) > b.Options.MaxText {
		return &sheet.ReadError{Code: sheet.CodeTooBig, Found: "text"}
	}
	parts, cut, err := unpack(b, data)
	if err != nil {
		return err
	}
	a := &archive{b: b, to: to, styles: &styles{}}
	for _, p := range parts {
		if p.kind == "text/css" {
			a.styles.read(string(p.data))
		}
	}
	if err := a.read(parts); err != nil {
		return err
	}
	if a.sent == 0 {
		return &sheet.ReadError{Code: sheet.CodeEmpty, Found: archiveFormat, Expected: "table"}
	}
	if cut {
		to.Warn(sheet.Warning{Code: "truncated"})
	}
	return nil
}

// archive is one that is being read.
type archive struct {
	b      *sheet.Budget
	to     sheet.Sink
	styles *styles
	sent   int
}

// read sends the sheets of the workbook that the first page describes, or else the
// tables of all pages.
func (a *archive) read(parts []part) error {
	byName := map[string]*part{}
	var wb book
	for i := range parts {
		p := &parts[i]
		if !isPage(p) {
			continue
		}
		if byName[p.location] == nil {
			byName[p.location] = p
		}
		if len(wb.sheets) > 0 || !bytes.Contains(p.data, []byte("<x:ExcelWorksheets>")) {
			continue
		}
		source, err := decode(p.data, p.charset)
		if err != nil {
			return err
		}
		wb.read(source)
	}
	wb.sheets = slices.DeleteFunc(wb.sheets, func(s bookSheet) bool { return s.source == "" || byName[s.source] == nil })
	for i := range wb.sheets {
		if err := a.page(byName[wb.sheets[i].source], &wb.sheets[i]); err != nil {
			return err
		}
	}
	if len(wb.sheets) > 0 {
		return nil
	}
	for i := range parts {
		if !isPage(&parts[i]) {
			continue
		}
		if err := a.page(&parts[i], nil); err != nil {
			return err
		}
	}
	return nil
}

func isPage(p *part) bool {
	return p.kind == "text/html" || p.kind == "application/xhtml+xml" || p.kind == ""
}

func (a *archive) page(part *part, as *bookSheet) error {
	source, err := decode(part.data, part.charset)
	if err != nil {
		return err
	}
	st := *a.styles // classes are shared, what the page says of numbers is its own
	p := newPage(a.b, &st)
	if err := p.read(source); err != nil {
		return err
	}
	sent, err := p.send(a.to, as)
	if err != nil {
		return err
	}
	a.sent += sent
	if sent > 0 || as == nil {
		return nil
	}
	a.sent++ // a sheet of a workbook is one without cells too
	s := &sheet.Sheet{Name: as.name, Hidden: as.hidden}
	if err := a.to.Begin(s); err != nil {
		return err
	}
	return a.to.End(s)
}

// unpack takes the parts out of a MIME message; cut tells that it ends early.
func unpack(b *sheet.Budget, data []byte) (parts []part, cut bool, err error) {
	head, body := cutHeader(bytes.TrimLeft(data, "\ufeff \t\r\n"))
	if len(head) == 0 {
		return nil, false, &sheet.ReadError{Code: sheet.CodeBroken, Expected: archiveFormat}
	}
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil && params == nil || !strings.HasPrefix(kind, "multipart/") || params["boundary"] == "" {
		p, err := newPart(b, head, body)
		return []part{p}, false, err
	}
	bodies, cut := cutParts(body, params["boundary"])
	if len(bodies) > b.Options.MaxMembers {
		return nil, false, &sheet.ReadError{Code: sheet.CodeTooBig, Found: "members"}
	}
	for _, raw := range bodies {
		head, body := cutHeader(raw)
		p, err := newPart(b, head, body)
		if err != nil {
			return nil, false, err
		}
		parts = append(parts, p)
	}
	return parts, cut, nil
}

// cutHeader reads the header of a message or a part, and gives what stands behind it.
func cutHeader(data []byte) (textproto.MIMEHeader, []byte) {
	end, after := len(data), len(data)
	for _, blank := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(data[:min(end+4, len(data))], []byte(blank)); i >= 0 && i < end {
			end, after = i, i+len(blank)
		}
	}
	if bytes.HasPrefix(data, []byte("\n")) || bytes.HasPrefix(data, []byte("\r\n")) {
		return nil, bytes.TrimLeft(data, "\r\n")
	}
	head := append(bytes.Clone(data[:min(end, maxHeader)]), "\r\n\r\n"...)
	fields, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(head))).ReadMIMEHeader()
	if err != nil && fields == nil {
		fields = textproto.MIMEHeader{} // what could be read before is kept
	}
	return fields, data[after:]
}

// cutParts cuts a body at the lines of its boundary (RFC 2046, 5.1.1); cut tells that
// the last one is missing.
func cutParts(body []byte, boundary string) (parts [][]byte, cut bool) {
	delimiter := []byte("--" + boundary)
	start := -1
	for at := 0; ; {
		i := bytes.Index(body[at:], delimiter)
		if i < 0 {
			if start >= 0 {
				parts = append(parts, body[start:])
			}
			return parts, true
		}
		i += at
		at = i + len(delimiter)
		if i > 0 && body[i-1] != '\n' {
			continue
		}
		if start >= 0 {
			parts = append(parts, bytes.TrimSuffix(bytes.TrimSuffix(body[start:i], []byte("\n")), []byte("\r")))
		}
		rest := body[at:]
		if bytes.HasPrefix(rest, []byte("--")) {
			return parts, false
		}
		end := bytes.IndexByte(rest, '\n')
		if end < 0 {
			return parts, true
		}
		start = at + end + 1
		at = start
	}
}

// newPart undoes the transfer encoding of what may hold tables or styles.
func newPart(b *sheet.Budget, head textproto.MIMEHeader, body []byte) (part, error) {
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil {
		kind = ""
	}
	p := part{location: baseName(head.Get("Content-Location")), kind: kind, charset: params["charset"], data: body}
	if !strings.HasPrefix(kind, "text/") && !isPage(&p) {
		p.data = nil // pictures
		return p, nil
	}
	switch strings.ToLower(strings.TrimSpace(head.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		p.data = decodeQuoted(body)
	case "base64":
		p.data = decodeBase64(body)
	}
	return p, b.SpendBytes(int64(len(p.data)))
}

// decodeQuoted undoes quoted-printable (RFC 2045, 6.7); what is none stays.
func decodeQuoted(in []byte) []byte {
	out := make([]byte, 0, len(in))
	for i := 0; i < len(in); i++ {
		if in[i] != '=' {
			out = append(out, in[i])
			continue
		}
		rest := in[i+1:]
		switch {
		case bytes.HasPrefix(rest, []byte("\r\n")):
			i += 2
		case bytes.HasPrefix(rest, []byte("\n")):
			i++
		case len(rest) >= 2 && isHex(rest[0]) && isHex(rest[1]):
			out = append(out, nibble(rest[0])<<4|nibble(rest[1]))
			i += 2
		default:
			out = append(out, '=')
		}
	}
	return out
}

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

func nibble(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	}
	return c - 'A' + 10
}

// decodeBase64 skips what is no base64, and takes what it can of a text that ends early.
func decodeBase64(in []byte) []byte {
	out := make([]byte, 0, base64.RawStdEncoding.DecodedLen(len(in)))
	var quad [4]byte
	var three [3]byte
	n := 0
	flush := func() {
		k, _ := base64.RawStdEncoding.Decode(three[:], quad[:n]) // every byte is of the alphabet
		out, n = append(out, three[:k]...), 0
	}
	for _, c := range in {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
			quad[n] = c
			if n++; n == 4 {
				flush()
			}
		}
	}
	flush()
	return out
}
