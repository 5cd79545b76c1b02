package post

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-smtp"

	"github.com/distbase/distbase/ingest/letter"
)

// Letter is one that came to the company or left it.
type Letter struct {
	N      int  // from 1, in the order of arrival
	In     bool // to the company
	At     time.Time
	Letter *letter.Letter
}

// fileName tells number and direction.
func fileName(n int, in bool) string {
	way := "out"
	if in {
		way = "in"
	}
	return fmt.Sprintf("%06d-%s.eml", n, way)
}

// load reads the folder and fills the mailbox.
func (x *Office) load() error {
	names, err := filepath.Glob(filepath.Join(x.opt.Dir, "letters", "*.eml"))
	if err != nil {
		return fmt.Errorf("list letters: %w", err)
	}
	slices.Sort(names)
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read letter: %w", err)
		}
		info, err := os.Stat(name)
		if err != nil {
			return fmt.Errorf("read letter: %w", err)
		}
		if _, err := x.take(raw, strings.HasSuffix(name, "-in.eml"), info.ModTime()); err != nil {
			return err
		}
	}
	return nil
}

// take adds a letter to the list and, when it is for the company, to the mailbox;
// the caller holds mu, or is alone.
func (x *Office) take(raw []byte, in bool, at time.Time) (Letter, error) {
	read, err := letter.Parse(raw, letter.Limits{})
	if read == nil {
		return Letter{}, fmt.Errorf("read letter: %w", err)
	}
	l := Letter{N: len(x.letters) + 1, In: in, At: at, Letter: read}
	if in {
		if _, err := x.user.Append("INBOX", literal{bytes.NewReader(raw)}, &imap.AppendOptions{Time: at}); err != nil {
			return Letter{}, fmt.Errorf("put letter into the mailbox: %w", err)
		}
	}
	x.letters = append(x.letters, l)
	return l, nil
}

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// Deliver puts a letter into the company's mailbox.
func (x *Office) Deliver(raw []byte) error { return x.accept(raw, true) }

func (x *Office) accept(raw []byte, in bool) error {
	if err := x.keep(raw, in); err != nil {
		return err
	}
	if x.opt.Changed != nil {
		x.opt.Changed()
	}
	return nil
}

func (x *Office) keep(raw []byte, in bool) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	name := filepath.Join(x.opt.Dir, "letters", fileName(len(x.letters)+1, in))
	if err := os.WriteFile(name+".new", raw, 0o600); err != nil {
		return fmt.Errorf("keep letter: %w", err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		return fmt.Errorf("keep letter: %w", err)
	}
	_, err := x.take(raw, in, x.opt.Now())
	return err
}

// Letters are all letters, oldest first.
func (x *Office) Letters() []Letter {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Clone(x.letters)
}

// backend takes letters by SMTP: what distbase sends.
type backend struct{ office *Office }

// NewSession answers go-smtp's call for a connection.
func (b backend) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{b.office}, nil }

type session struct{ office *Office }

func (*session) Mail(string, *smtp.MailOptions) error { return nil }
func (*session) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (*session) Reset()                               {}
func (*session) Logout() error                        { return nil }

// Data keeps a letter.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.office.accept(raw, false); err != nil {
		return errors.Join(&smtp.SMTPError{Code: 451, Message: "try again"}, err)
	}
	return nil
}
