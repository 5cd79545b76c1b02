package letter

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Limits bound what a hostile letter can cost. The zero value of a field is its
// default.
type Limits struct {
	Depth      int   // nested letters and multiparts; 12
	Parts      int   // parts altogether; 1000
	TotalBytes int64 // decoded bytes altogether; 200 MB
	NameBytes  int   // of one file name; 255
}

func (l Limits) filled() Limits {
	if l.Depth <= 0 {
		l.Depth = 12
	}
	if l.Parts <= 0 {
		l.Parts = 1000
	}
	if l.TotalBytes <= 0 {
		l.TotalBytes = 200 << 20
	}
	if l.NameBytes <= 0 {
		l.NameBytes = 255
	}
	return l
}

// ErrLimit says that a letter is larger, deeper or has more parts than allowed.
var ErrLimit = errors.New("letter exceeds the limits")

// ErrEmpty says that there are no bytes to read.
var ErrEmpty = errors.New("letter is empty")

// Attachment is one file of a letter.
type Attachment struct {
	Name      string   // decoded, without path parts; empty where the letter gives none
	Type      string   // media type as the letter states it, lower case
	Path      []string // subjects of the nested letters around it, outermost first
	Data      []byte
	Inline    bool   // shown in the text: Content-Disposition inline, or related to it
	ContentID string // without brackets
	Encrypted bool   // S/MIME enveloped: cannot be opened
	Unpacked  bool   // a container whose content is listed too: winmail.dat, a forwarded letter
}

// SHA256 is the hash of the attachment's bytes.
func (a Attachment) SHA256() [sha256.Size]byte { return sha256.Sum256(a.Data) }

// Address is a mailbox with the name that stands beside it.
type Address struct{ Name, Addr string }

// Letter is what a letter says and carries.
type Letter struct {
	Header      Header
	From        []Address
	To, Cc      []Address
	Subject     string
	MessageID   string   // without brackets, as are the two below
	InReplyTo   []string //
	References  []string
	Date        time.Time // zero where there is none that can be read
	Text        string    // the plain text, or the HTML without its tags; UTF-8
	Attachments []Attachment
	Warnings    []string // what was mended on the way
	Encrypted   bool     // some part is encrypted
}

// Parse reads a letter. It fails only with ErrEmpty and ErrLimit; with ErrLimit
// the letter holds what was read before.
func Parse(data []byte, lim Limits) (*Letter, error) {
	if len(strings.TrimSpace(string(data[:min(len(data), 4096)]))) == 0 {
		return nil, ErrEmpty
	}
	w := &walker{lim: lim.filled(), letter: &Letter{}}
	header, body := split(data)
	w.letter.fill(header)
	err := w.entity(header, body, place{main: true})
	w.letter.Text = w.text.best()
	if err != nil {
		return w.letter, fmt.Errorf("read letter: %w", err)
	}
	return w.letter, nil
}

func (l *Letter) fill(h Header) {
	l.Header = h
	l.From, l.To, l.Cc = h.Addresses("From"), h.Addresses("To"), h.Addresses("Cc")
	l.Subject = h.Text("Subject")
	if ids := h.ids("Message-ID"); len(ids) > 0 {
		l.MessageID = ids[0]
	}
	l.InReplyTo, l.References = h.ids("In-Reply-To"), h.ids("References")
	l.Date = h.date()
}

// Reports are the attachments that may be reports: no pictures of a signature,
// no calendars, cards and signatures, no containers that were unpacked, nothing
// without bytes.
func (l *Letter) Reports() []Attachment {
	var out []Attachment
	for _, a := range l.Attachments {
		if len(a.Data) > 0 && !a.Unpacked && !decoration(a) {
			out = append(out, a)
		}
	}
	return out
}

// smallPicture is the size under which a nameless or embedded picture is taken
// for a logo.
const smallPicture = 100 << 10

func decoration(a Attachment) bool {
	name := strings.ToLower(a.Name)
	for _, end := range []string{".ics", ".vcf", ".p7s", ".asc", ".sig"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	switch a.Type {
	case "text/calendar", "text/vcard", "text/x-vcard", "application/pkcs7-signature", "application/x-pkcs7-signature",
		"application/pgp-signature", "application/ms-tnef", "message/delivery-status", "message/disposition-notification",
		"text/rfc822-headers", "text/x-amp-html":
		return true
	}
	if strings.HasPrefix(a.Type, "image/") {
		return a.ContentID != "" || a.Inline || len(a.Data) < smallPicture && a.Name == ""
	}
	return false
}
