package mailroom

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

const (
	maxForm   = 32 << 20
	maxMemory = 8 << 20 // of a form; the rest goes to temporary files
)

func (m *Mailroom) form(w http.ResponseWriter, r *http.Request) {
	m.render(w, "write.html", m.page(r, 0))
}

// write delivers the form's letter for one of the known senders and shows the list.
func (m *Mailroom) write(w http.ResponseWriter, r *http.Request) {
	p := m.page(r, 0)
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	var big *http.MaxBytesError
	switch err := r.ParseMultipartForm(maxMemory); {
	case errors.As(err, &big):
		http.Error(w, p.T("too_big"), http.StatusRequestEntityTooLarge)
		return
	case err != nil:
		http.Error(w, p.T("failed"), http.StatusBadRequest)
		return
	}
	defer r.MultipartForm.RemoveAll() //nolint:errcheck // temporary files
	i := slices.IndexFunc(m.opt.Senders, func(s Sender) bool { return s.Address == r.PostFormValue("from") })
	if i < 0 {
		http.Error(w, p.T("no_sender"), http.StatusBadRequest)
		return
	}
	raw, err := m.compose(r.MultipartForm, m.opt.Senders[i])
	if err == nil {
		err = m.Deliver(raw, m.opt.Senders[i].Address)
	}
	if err != nil {
		m.opt.Logger.Error("write a letter", "error", err)
		http.Error(w, p.T("failed"), http.StatusInternalServerError)
		return
	}
	m.list(w, r)
}

// compose is the form's letter as a mail program would send it.
func (m *Mailroom) compose(form *multipart.Form, from Sender) ([]byte, error) {
	value := func(name string) string { return strings.Join(form.Value[name], "\n") }
	_, domain, _ := strings.Cut(from.Address, "@")
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.SetDateWithValue(m.opt.Now())
	msg.SetMessageIDWithValue(rand.Text() + "@" + domain)
	msg.Subject(strings.Join(strings.Fields(value("subject")), " "))
	msg.SetBodyString(gomail.TypeTextPlain, value("text"))
	if err := msg.FromFormat(from.Name, from.Address); err != nil {
		return nil, fmt.Errorf("address letter: %w", err)
	}
	if err := msg.To(m.opt.Box); err != nil {
		return nil, fmt.Errorf("address letter: %w", err)
	}
	if err := m.attachSamples(msg, form.Value["sample"]); err != nil {
		return nil, err
	}
	if err := attachFiles(msg, form.File["file"]); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if _, err := msg.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("write letter: %w", err)
	}
	return out.Bytes(), nil
}

// attachSamples attaches samples, named by their places in the options.
func (m *Mailroom) attachSamples(msg *gomail.Msg, places []string) error {
	for _, place := range places {
		if place == "" {
			continue // the choice of none
		}
		i, err := strconv.Atoi(place)
		if err != nil || i < 0 || i >= len(m.opt.Samples) {
			return fmt.Errorf("there is no sample %q", place)
		}
		s := m.opt.Samples[i]
		data, err := s.Data()
		if err != nil {
			return fmt.Errorf("make sample %q: %w", s.FileName, err)
		}
		msg.AttachReadSeeker(s.FileName, bytes.NewReader(data))
	}
	return nil
}

// attachFiles attaches what was chosen; browsers send an empty file for none.
func attachFiles(msg *gomail.Msg, files []*multipart.FileHeader) error {
	for _, header := range files {
		if header.Filename == "" {
			continue
		}
		f, err := header.Open()
		if err != nil {
			return fmt.Errorf("read file %q: %w", header.Filename, err)
		}
		data, err := io.ReadAll(f)
		_ = f.Close()
		if err != nil {
			return fmt.Errorf("read file %q: %w", header.Filename, err)
		}
		msg.AttachReadSeeker(header.Filename, bytes.NewReader(data))
	}
	return nil
}
