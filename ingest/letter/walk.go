package letter

import (
	"fmt"
	"slices"
	"strings"
)

// walker collects what the parts of a letter hold.
type walker struct {
	lim    Limits
	letter *Letter
	parts  int
	bytes  int64
	bodies []body
}

// place is where in a letter a part stands.
type place struct {
	path       []string // names of the letters around it
	depth      int      // letters, containers and signatures around it
	multiparts int      // multiparts of the same letter around it
	digest     bool     // parts without a type are letters
	related    bool     // not the root of a multipart/related
	encrypted  bool     // within a multipart/encrypted
}

// part is an entity of MIME: a letter or a part of one.
type part struct {
	header      Header
	body        []byte // as it came, transfer encoding and all
	contentType value
	disposition value
	name        string
	at          place
}

// mediaType is the part's type; what is no type counts as none.
func (p part) mediaType() string {
	t := p.contentType.main
	if major, minor, ok := strings.Cut(t, "/"); ok && major != "" && minor != "" {
		return t
	}
	switch {
	case p.at.digest:
		return "message/rfc822"
	case p.isFile():
		return "application/octet-stream"
	}
	return "text/plain"
}

// isFile reports whether the part's own header calls it a file.
func (p part) isFile() bool { return p.name != "" || p.disposition.main == "attachment" }

// entity walks a letter or a part. It fails only with ErrLimit.
func (w *walker) entity(h Header, data []byte, at place) error {
	if w.parts++; w.parts > w.lim.Parts {
		return fmt.Errorf("%w: more than %d parts", ErrLimit, w.lim.Parts)
	}
	p := part{header: h, body: data, at: at,
		contentType: parseValue(h.Raw("Content-Type")), disposition: parseValue(h.Raw("Content-Disposition"))}
	p.name = fileName(p.disposition, p.contentType, w.lim.NameBytes)
	switch t := p.mediaType(); {
	case strings.HasPrefix(t, "multipart/"):
		return w.multipart(p)
	case t == "message/rfc822", t == "message/global", t == "message/news":
		return w.nestedPart(p)
	case t == "message/partial" && strings.TrimSpace(p.contentType.ascii("number")) == "1":
		w.warn("only the first piece of a letter sent in pieces")
		return w.nestedPart(p)
	case t == "message/external-body":
		w.warn("a part lies outside of the letter and was not fetched")
		return nil
	}
	return w.leaf(p)
}

// leaf takes a part that holds no other parts by its type; by its content it may.
func (w *walker) leaf(p part) error {
	data, uuName := undo(transferCoding(p.header), p.body)
	t := p.mediaType()
	text := t == "text/plain" || t == "text/html"
	if !text {
		data = unlabelled(p.header, data)
	}
	if p.name == "" {
		p.name = cleanName(uuName, w.lim.NameBytes)
	}
	if err := w.spend(len(data)); err != nil {
		return err
	}
	switch {
	case isTNEF(t, p.name, data):
		return w.tnef(p, data)
	case isCMS(t, p.name):
		return w.cms(p, data)
	case isLetterFile(p.name, data):
		return w.nestedFile(p, data)
	case text && !p.isFile():
		return w.body(t, p, data)
	}
	w.add(p, data)
	return nil
}

// add lists a part as an attachment and returns it to be marked.
func (w *walker) add(p part, data []byte) *Attachment {
	encrypted := p.at.encrypted && p.mediaType() != "application/pgp-encrypted"
	w.letter.Encrypted = w.letter.Encrypted || encrypted
	w.letter.Attachments = append(w.letter.Attachments, Attachment{
		Name: p.name, Type: p.mediaType(), Path: slices.Clone(p.at.path), Data: data,
		Inline:    p.disposition.main == "inline" || p.at.related && p.disposition.main != "attachment",
		ContentID: strings.Trim(p.header.Text("Content-ID"), "<> "),
		Encrypted: encrypted,
	})
	return &w.letter.Attachments[len(w.letter.Attachments)-1]
}

// spend counts decoded bytes against the limit.
func (w *walker) spend(n int) error {
	if w.bytes += int64(n); w.bytes > w.lim.TotalBytes {
		return fmt.Errorf("%w: more than %d bytes", ErrLimit, w.lim.TotalBytes)
	}
	return nil
}

// maxWarnings bounds what a hostile letter can have said about it.
const maxWarnings = 50

func (w *walker) warn(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if len(w.letter.Warnings) < maxWarnings && !slices.Contains(w.letter.Warnings, text) {
		w.letter.Warnings = append(w.letter.Warnings, text)
	}
}
