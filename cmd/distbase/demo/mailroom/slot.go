package mailroom

import (
	"errors"
	"io"
	"sync"

	"github.com/emersion/go-smtp"

	"github.com/distbase/distbase/ingest/letter"
)

// slot is where letters are handed in by SMTP.
type slot struct{ room *Mailroom }

// NewSession answers go-smtp's call for a connection.
func (s slot) NewSession(*smtp.Conn) (smtp.Session, error) {
	if err := s.room.enter(); err != nil {
		return nil, &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: err.Error()}
	}
	return &handover{room: s.room, leave: sync.OnceFunc(s.room.busy.Done)}, nil
}

// handover is one connection.
type handover struct {
	room  *Mailroom
	leave func()
	from  string
	to    []string
}

// Mail begins a letter.
func (h *handover) Mail(from string, _ *smtp.MailOptions) error {
	h.from, h.to = from, nil
	return nil
}

// Rcpt adds a recipient: everybody has a mailbox here.
func (h *handover) Rcpt(to string, _ *smtp.RcptOptions) error {
	h.to = append(h.to, to)
	return nil
}

// Data keeps the letter.
func (h *handover) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err //nolint:wrapcheck // go-smtp knows its own errors by their type
	}
	err = h.room.accept(raw, h.from, h.to)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, letter.ErrEmpty):
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "the letter is empty"}
	case errors.Is(err, ErrTooBig):
		return smtp.ErrDataTooLarge
	}
	h.room.opt.Logger.Error("take a letter by SMTP", "error", err)
	return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "the letter cannot be kept now"}
}

// Reset forgets a letter that was begun.
func (h *handover) Reset() { h.from, h.to = "", nil }

// Logout ends the session.
func (h *handover) Logout() error {
	h.leave()
	return nil
}
