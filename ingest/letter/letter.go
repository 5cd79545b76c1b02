package letter

import (
	"bytes"
	"errors"
	"fmt"
	"time"
)

// Limits bound what a hostile letter can cost. A field that is not positive takes
// its default.
type Limits struct {
	Depth      int   // letters inside letters, and multiparts inside multiparts of one letter; 10
	Parts      int   // parts altogether; 1000
	TotalBytes int64 // decoded bytes altogether; 200 MB
	NameBytes  int   // of one file name; 255
}

func (l Limits) filled() Limits {
	if l.Depth <= 0 {
		l.Depth = 10
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

// ErrLimit says that a letter has more parts or bytes than allowed.
var ErrLimit = errors.New("letter exceeds the limits")

// ErrEmpty says that there is nothing to read but blanks.
var ErrEmpty = errors.New("letter is empty")

// Letter is what a letter says and carries. Its strings are valid UTF-8, but for
// what [Header.Raw] returns.
type Letter struct {
	Header      Header
	From        []Address
	Sender      []Address
	ReplyTo     []Address
	To, Cc      []Address
	Subject     string
	MessageID   string // without its brackets, as are the ids below
	InReplyTo   []string
	References  []string
	Date        time.Time    // zero where there is none that can be read
	Text        string       // the plain text, or the HTML without its tags; line ends LF
	Attachments []Attachment // in the order of the letter, containers before their content
	Warnings    []string     // what was mended or left closed on the way; for the log
	Encrypted   bool         // some part is encrypted
}

// Parse reads a letter. It fails with [ErrEmpty], or with [ErrLimit] and what was
// read until then. Attachments may share memory with data.
func Parse(data []byte, lim Limits) (*Letter, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, ErrEmpty
	}
	h, body := splitLetter(data)
	w := &walker{lim: lim.filled(), letter: newLetter(h)}
	err := w.entity(h, body, place{})
	w.letter.Text = w.text()
	if err != nil {
		return w.letter, fmt.Errorf("read letter: %w", err)
	}
	return w.letter, nil
}

func newLetter(h Header) *Letter {
	l := &Letter{
		Header: h,
		From:   h.Addresses("From"), Sender: h.Addresses("Sender"), ReplyTo: h.Addresses("Reply-To"),
		To: h.Addresses("To"), Cc: h.Addresses("Cc"),
		Subject:   h.Text("Subject"),
		InReplyTo: h.ids("In-Reply-To"), References: h.ids("References"),
		Date: h.date(),
	}
	if ids := h.ids("Message-ID"); len(ids) > 0 {
		l.MessageID = ids[0]
	}
	return l
}
