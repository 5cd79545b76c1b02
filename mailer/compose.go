package mailer

import (
	"bytes"
	"context"
	"fmt"
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// compose writes the letter of an outbox row. thread is what it answers, empty
// for a letter of our own accord.
func compose(ctx context.Context, q storage.Querier, from *mail.Address, o storage.Outgoing, thread Thread, now time.Time) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := m.FromFormat(from.Name, from.Address); err != nil {
		return nil, fmt.Errorf("write sender: %w", err)
	}
	if err := m.To(o.Address); err != nil {
		return nil, fmt.Errorf("write recipient: %w", err)
	}
	m.SetDateWithValue(now)
	m.SetMessageIDWithValue(messageID(o.Dedup, from.Address))
	answer := thread.Address != ""
	m.Subject(subject(o.Payload.Subject, thread.Subject, answer))
	auto := "auto-generated"
	if answer {
		auto = "auto-replied"
		addThread(m, thread)
	}
	m.SetGenHeader("Auto-Submitted", auto)
	m.SetGenHeader("X-Auto-Response-Suppress", "All") // Exchange: no absence notes, no receipts
	body := o.Payload.HTML
	if o.MaybeTwice { // the same Message-ID tells machines, the sentence tells people
		body += "\n\n" + text.For(o.Payload.Lang).HTML("mailer.maybe_twice", nil)
	}
	m.SetBodyString(gomail.TypeTextPlain, plainText(body))
	m.AddAlternativeString(gomail.TypeTextHTML, richText(body))
	for _, f := range o.Payload.Files {
		if err := attach(ctx, q, m, f); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// addThread names the letter that is answered and those before it.
func addThread(m *gomail.Msg, thread Thread) {
	if !goodID(thread.MessageID) {
		return
	}
	m.SetGenHeaderPreformatted("In-Reply-To", "<"+thread.MessageID+">")
	var ids []string
	for _, id := range append(append([]string{}, thread.References...), thread.MessageID) {
		if goodID(id) {
			ids = append(ids, "<"+id+">")
		}
	}
	m.SetGenHeaderPreformatted("References", strings.Join(ids, "\r\n "))
}

// goodID reports whether a Message-ID can stand in a header as it is.
func goodID(id string) bool {
	return id != "" && len(id) < 900 && !strings.ContainsFunc(id, func(r rune) bool {
		return r <= ' ' || r > '~' || r == '<' || r == '>'
	})
}

// reply is the word that begins an answer's subject, in the languages met here.
var reply = regexp.MustCompile(`(?i)^(re|aw|отв|ответ)\s*(\[\d+\])?\s*:\s*`)

// subject keeps an answer in its thread: mail programs compare subjects.
func subject(own, asked string, answer bool) string {
	own, asked = oneLine(own), oneLine(asked)
	if !answer {
		return own
	}
	if asked == "" {
		asked = own
	}
	return "Re: " + reply.ReplaceAllString(asked, "")
}

func attach(ctx context.Context, q storage.Querier, m *gomail.Msg, f storage.File) error {
	sum, err := storage.ParseSHA256(f.SHA256)
	if err != nil {
		return fmt.Errorf("attach %q: %w", f.Name, err)
	}
	data, err := storage.ReadBlob(ctx, q, sum)
	if err != nil {
		return fmt.Errorf("attach %q: %w", f.Name, err)
	}
	kind := gomail.ContentType(oneLine(f.Type))
	if kind == "" {
		kind = gomail.TypeAppOctetStream
	}
	m.AttachReadSeeker(oneLine(f.Name), bytes.NewReader(data), gomail.WithFileContentType(kind))
	return nil
}

// oneLine keeps text from outside from adding header fields.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}
