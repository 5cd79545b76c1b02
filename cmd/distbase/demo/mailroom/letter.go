package mailroom

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/letter"
)

// maxLetter is the most bytes of a letter.
const maxLetter = 64 << 20

// Direction is where a letter went.
type Direction string

// The two directions, as the company sees them.
const (
	In  Direction = "in"  // into the company's mailbox
	Out Direction = "out" // to somebody else
)

// Letter is one that went through the post office.
type Letter struct {
	ID          int // from 1, in order of arrival
	Direction   Direction
	At          time.Time // of its arrival here
	From        letter.Address
	To          []letter.Address
	Subject     string
	Date        time.Time // as the letter says; zero where it does not
	MessageID   string    // without brackets, as are those it answers
	InReplyTo   []string
	References  []string
	Text        string
	Attachments []Attachment
	Unread      bool // came to somebody who has not opened it in the panel
}

// Attachment is a file of a letter.
type Attachment struct {
	Name string
	Size int64
}

// content is what was read of a letter's bytes.
type content struct {
	Letter
	size int64
}

// ErrTooBig says that a letter is over 64 MB.
var ErrTooBig = errors.New("the letter is over the limit")

// Deliver puts a letter into the company's mailbox. from is who hands it in; it
// counts as the sender where the letter names none.
func (m *Mailroom) Deliver(raw []byte, from string) error {
	return m.accept(raw, from, []string{m.opt.Box})
}

// accept keeps a letter, and files it in the mailbox if that is among its
// recipients.
func (m *Mailroom) accept(raw []byte, from string, to []string) error {
	read, err := parse(raw)
	if err != nil {
		return err
	}
	mine := slices.ContainsFunc(to, func(a string) bool { return strings.EqualFold(a, m.opt.Box) })
	return m.change(true, func(x *index) ([]news, error) {
		id, err := m.keep(x, raw, read, entry{At: m.opt.Now(), From: from, To: to, Out: !mine})
		if err != nil || !mine {
			return nil, err
		}
		f := x.folder(inbox)
		f.file(id, nil)
		return []news{{validity: f.Validity, exists: uint32(len(f.Filed))}}, nil //nolint:gosec // a count
	})
}

// keep writes a letter and enters it in the index; the caller holds mu.
func (m *Mailroom) keep(x *index, raw []byte, read *letter.Letter, e entry) (int, error) {
	id := len(x.Letters) + 1
	if err := m.disk.write(m.disk.letterFile(id), raw); err != nil {
		return 0, err
	}
	x.Letters = append(x.Letters, e)
	m.contents[id] = contentOf(id, e, read, len(raw))
	return id, nil
}

// parse reads what it can of a letter.
func parse(raw []byte) (*letter.Letter, error) {
	if len(raw) > maxLetter {
		return nil, ErrTooBig
	}
	read, err := letter.Parse(raw, letter.Limits{})
	if read == nil {
		return nil, fmt.Errorf("read letter: %w", err)
	}
	return read, nil // one over the parser's limits is taken as far as it was read
}

// open reads a letter of the folder.
func (m *Mailroom) open(id int) (*letter.Letter, int, error) {
	raw, err := os.ReadFile(m.disk.letterFile(id))
	if err != nil {
		return nil, 0, fmt.Errorf("read letter %d: %w", id, err)
	}
	read, err := parse(raw)
	return read, len(raw), err
}

func (m *Mailroom) readContent(id int) (content, error) {
	read, size, err := m.open(id)
	if err != nil {
		return content{}, err
	}
	return contentOf(id, m.index.Letters[id-1], read, size), nil
}

func contentOf(id int, e entry, read *letter.Letter, size int) content {
	l := Letter{
		ID: id, Direction: In, At: e.At, To: read.To, Subject: read.Subject, Date: read.Date, MessageID: read.MessageID,
		InReplyTo: read.InReplyTo, References: read.References, Text: read.Text, From: letter.Address{Addr: strings.ToLower(e.From)},
	}
	if e.Out {
		l.Direction = Out
	}
	if len(read.From) > 0 {
		l.From = read.From[0]
	}
	if len(l.To) == 0 {
		for _, a := range e.To {
			l.To = append(l.To, letter.Address{Addr: strings.ToLower(a)})
		}
	}
	for i, a := range read.Attachments {
		l.Attachments = append(l.Attachments, Attachment{Name: letter.NameOf(a, i+1), Size: int64(len(a.Data))})
	}
	return content{Letter: l, size: int64(size)}
}

// Letters are all letters, oldest first. What they point to is not to be changed.
func (m *Mailroom) Letters() []Letter {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := make([]Letter, 0, len(m.index.Letters))
	for i, e := range m.index.Letters {
		l := m.contents[i+1].Letter
		l.Unread = e.Out && !e.Opened
		out = append(out, l)
	}
	return out
}
