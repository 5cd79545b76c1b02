package letter

import (
	"bytes"
	"net/http"
	"strings"
)

// walker goes through a letter's parts and collects.
type walker struct {
	lim    Limits
	letter *Letter
	text   texts
	parts  int
	bytes  int64
	depth  int
}

// place is where a part stands.
type place struct {
	main    bool     // part of the outermost letter: its texts are the letter's text
	path    []string // subjects of the nested letters around
	digest  bool     // in a multipart/digest, where the default type is a letter
	related bool     // in a multipart/related, below its first part
}

func (w *walker) warn(text string) {
	if len(w.letter.Warnings) < 100 {
		w.letter.Warnings = append(w.letter.Warnings, text)
	}
}

// enter counts a part, and goes one level deeper until the returned function is
// called.
func (w *walker) enter() (leave func(), err error) {
	w.parts++
	if w.parts > w.lim.Parts || w.depth >= w.lim.Depth {
		return nil, ErrLimit
	}
	w.depth++
	return func() { w.depth-- }, nil
}

// entity reads one part: header and body.
func (w *walker) entity(h Header, body []byte, at place) error {
	leave, err := w.enter()
	if err != nil {
		return err
	}
	defer leave()
	ct, disposition := parseValue(h.Raw("Content-Type")), parseValue(h.Raw("Content-Disposition"))
	if !strings.Contains(ct.main, "/") {
		ct.main = "text/plain"
		if at.digest {
			ct.main = "message/rfc822"
		}
	}
	encoding := h.Raw("Content-Transfer-Encoding")
	if strings.HasPrefix(ct.main, "multipart/") {
		return w.multipart(ct, encoding, body, at)
	}
	data, mended := decodeTransfer(body, encoding)
	if mended != "" {
		w.warn(mended)
	}
	name := fileName(disposition, ct, w.lim.NameBytes)
	if ct.main == "message/rfc822" || ct.main == "message/global" || ct.main == "message/news" {
		return w.nested(data, name, at)
	}
	a := Attachment{
		Name: name, Type: ct.main, Path: at.path, Data: data,
		Inline:    disposition.main == "inline" || at.related && disposition.main != "attachment",
		ContentID: strings.Trim(strings.TrimSpace(h.Raw("Content-ID")), "<>"),
	}
	if a.ContentID == "" && disposition.main != "inline" && !at.related {
		a.Inline = false
	}
	if isText(ct, disposition, name) {
		return w.textPart(a, ct, at)
	}
	return w.file(a, ct, at)
}

// isText tells a letter's own words from a file that is sent with it.
func isText(ct, disposition value, name string) bool {
	return (ct.main == "text/plain" || ct.main == "text/html") && disposition.main != "attachment" && name == ""
}

func (w *walker) multipart(ct value, encoding string, body []byte, at place) error {
	if e := strings.ToLower(strings.TrimSpace(encoding)); e == "base64" || e == "quoted-printable" {
		// RFC 2045 6.4 forbids it, some gateways do it all the same.
		if data, _ := decodeTransfer(body, e); bytes.Contains(data, []byte("--")) && !bytes.Contains(body, []byte("--"+ct.plain("boundary"))) {
			body = data
		}
	}
	boundary := strings.TrimSpace(ct.plain("boundary"))
	all := parts(body, boundary)
	if boundary == "" || len(all) == 0 {
		if found := findBoundary(body); found != "" {
			w.warn("boundary found in the text")
			all = parts(body, found)
		}
	}
	if len(all) == 0 {
		w.warn("multipart without a boundary")
		return w.textPart(Attachment{Type: "text/plain", Path: at.path, Data: body}, ct, at)
	}
	for i, one := range all {
		h, inner := split(one)
		below := at
		below.digest = ct.main == "multipart/digest"
		below.related = at.related || ct.main == "multipart/related" && i > 0
		if err := w.entity(h, inner, below); err != nil {
			return err
		}
	}
	return nil
}

// nested opens a letter inside the letter, and lists it as a container when it
// has a name or somebody attached it.
func (w *walker) nested(data []byte, name string, at place) error {
	h, body := split(data)
	if len(h.fields) == 0 {
		if decoded, mended := decodeBase64(data); mended == "" && len(decoded) > 0 {
			h, body = split(decoded) // base64 without saying so
		}
	}
	if len(h.fields) == 0 {
		return w.add(Attachment{Name: name, Type: "message/rfc822", Path: at.path, Data: data})
	}
	if err := w.add(Attachment{Name: name, Type: "message/rfc822", Path: at.path, Data: data, Unpacked: true}); err != nil {
		return err
	}
	path := append(append([]string(nil), at.path...), h.Text("Subject"))
	return w.entity(h, body, place{path: path})
}

// textPart takes words for the letter's text, and files that stand uuencoded
// among them for attachments.
func (w *walker) textPart(a Attachment, ct value, at place) error {
	w.bytes += int64(len(a.Data))
	if w.bytes > w.lim.TotalBytes {
		return ErrLimit
	}
	words := a.Data
	if ct.main != "text/html" && bytes.Contains(words, []byte("begin ")) {
		files, rest := uuencoded(words)
		for _, f := range files {
			f.Name, f.Path = safeName(f.Name, w.lim.NameBytes), at.path
			if err := w.add(f); err != nil {
				return err
			}
		}
		if len(files) > 0 {
			words = rest
		}
	}
	w.text.add(words, ct, at.main)
	return nil
}

// file takes an attachment, and opens those that carry others.
func (w *walker) file(a Attachment, ct value, at place) error {
	switch {
	case isTNEF(a):
		return w.tnef(a, at)
	case isPKCS7(a.Type, a.Name):
		return w.pkcs7(a, ct, at)
	case strings.HasSuffix(strings.ToLower(a.Name), ".eml") && looksLikeLetter(a.Data):
		return w.nested(a.Data, a.Name, at)
	}
	return w.add(a)
}

func (w *walker) add(a Attachment) error {
	w.bytes += int64(len(a.Data))
	if w.bytes > w.lim.TotalBytes {
		return ErrLimit
	}
	w.letter.Attachments = append(w.letter.Attachments, a)
	w.letter.Encrypted = w.letter.Encrypted || a.Encrypted
	return nil
}

// looksLikeLetter asks for a header of a few fields that letters have.
func looksLikeLetter(data []byte) bool {
	h, _ := split(data[:min(len(data), 64<<10)])
	known := 0
	for _, name := range []string{"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Received", "Content-Type"} {
		if h.Has(name) {
			known++
		}
	}
	return known >= 3
}

// endingOf guesses a file's ending from its first bytes.
func endingOf(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		if bytes.Contains(data[:min(len(data), 4096)], []byte("[Content_Types].xml")) {
			return ".xlsx"
		}
		return ".zip"
	case bytes.HasPrefix(data, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return ".xls"
	case bytes.HasPrefix(data, []byte("%PDF")):
		return ".pdf"
	case bytes.HasPrefix(data, []byte("Rar!")):
		return ".rar"
	case bytes.HasPrefix(data, []byte("7z\xbc\xaf")):
		return ".7z"
	}
	switch kind := http.DetectContentType(data); {
	case strings.HasPrefix(kind, "image/"):
		return "." + strings.TrimPrefix(kind, "image/")
	case strings.HasPrefix(kind, "text/html"):
		return ".html"
	case strings.HasPrefix(kind, "text/"):
		return ".txt"
	}
	return ".bin"
}
