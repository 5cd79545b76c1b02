package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/letter"
	"github.com/distbase/distbase/storage"
)

// mailReply is what the pipeline reads of a letter's message.reply_to, which the
// mail door has written: where an answer goes, and why there must be none.
type mailReply struct {
	Address   string `json:"address"`
	Automatic string `json:"automatic,omitempty"` // why a machine must not answer
}

// readMessage opens a received message: its sender, and the files that may be
// reports.
func (p *Pipeline) readMessage(ctx context.Context, id int64) error {
	return p.store.InTx(ctx, func(tx pgx.Tx) error {
		m, err := storage.LockMessage(ctx, tx, id)
		if err != nil {
			return err
		}
		if m.State != storage.MessageReceived {
			return nil
		}
		if m.RawSHA256 != nil {
			if err := p.openLetter(ctx, tx, &m); err != nil {
				return err
			}
		}
		files, err := storage.AttachmentsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(files) == 0 {
			m.State = storage.MessageIgnored
			return storage.UpdateMessage(ctx, tx, m)
		}
		return p.admit(ctx, tx, m, files)
	})
}

// admit sends the files of a known distributor on, and puts those of a stranger
// into quarantine with a question.
func (p *Pipeline) admit(ctx context.Context, tx pgx.Tx, m storage.Message, files []storage.Attachment) error {
	if m.DistributorID == nil {
		d, err := storage.DistributorByContact(ctx, tx, m.Door, m.Sender)
		if errors.Is(err, storage.ErrNotFound) {
			return p.quarantine(ctx, tx, m, files)
		}
		if err != nil {
			return err
		}
		m.DistributorID = &d.ID
	}
	m.State = storage.MessageRead
	if err := storage.UpdateMessage(ctx, tx, m); err != nil {
		return err
	}
	for _, a := range files {
		if a.State != storage.AttachmentReceived {
			continue
		}
		if err := p.store.Enqueue(ctx, tx, storage.Understand{AttachmentID: a.ID}); err != nil {
			return err
		}
	}
	return nil
}

// openLetter reads the letter's header, words and files into the message.
func (p *Pipeline) openLetter(ctx context.Context, tx pgx.Tx, m *storage.Message) error {
	raw, err := storage.ReadBlob(ctx, tx, *m.RawSHA256)
	if err != nil {
		return err
	}
	l, err := letter.Parse(raw, letter.Limits{})
	if l == nil || len(l.From) == 0 && len(l.Attachments) == 0 {
		m.Note = "no letter in these bytes"
		if err != nil {
			m.Note = err.Error()
		}
		return nil
	}
	if err != nil { // over the limits: what was read before counts
		m.Note = err.Error()
	}
	if len(l.From) > 0 {
		m.Sender, m.SenderName = l.From[0].Addr, l.From[0].Name
	}
	m.Subject, m.Body = l.Subject, cut(l.Text, 20_000)
	if len(m.ReplyTo) <= len("{}") { // the door left it to us
		if m.ReplyTo, err = json.Marshal(mailReply{Address: m.Sender}); err != nil {
			return fmt.Errorf("encode way to reply: %w", err)
		}
	}
	for i, a := range l.Reports() {
		sum, err := storage.PutBlob(ctx, tx, a.Data)
		if err != nil {
			return err
		}
		if _, err := storage.AddAttachment(ctx, tx, storage.Attachment{
			MessageID: m.ID, Ordinal: i + 1, Name: letter.NameOf(a, i+1), Type: a.Type, SHA256: sum,
		}); err != nil {
			return err
		}
	}
	return nil
}

// SenderPayload is what a question about an unknown sender shows.
type SenderPayload struct {
	Door    string   `json:"door"`
	Address string   `json:"address"`
	Name    string   `json:"name"`
	Subject string   `json:"subject"`
	Files   []string `json:"files"`
	Letters int      `json:"letters"`
	Similar []string `json:"similar"` // codes of distributors it may belong to
}

func (p *Pipeline) quarantine(ctx context.Context, tx pgx.Tx, m storage.Message, files []storage.Attachment) error {
	m.State = storage.MessageQuarantined
	if err := storage.UpdateMessage(ctx, tx, m); err != nil {
		return err
	}
	waiting, err := storage.QuarantinedFrom(ctx, tx, m.Door, m.Sender)
	if err != nil {
		return err
	}
	payload := SenderPayload{Door: m.Door, Address: m.Sender, Name: m.SenderName, Subject: m.Subject, Letters: len(waiting)}
	for _, f := range files {
		payload.Files = append(payload.Files, f.Name)
	}
	if payload.Similar, err = similarDistributors(ctx, tx, m); err != nil {
		return err
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("encode question: %w", err)
	}
	_, err = storage.AddQuestion(ctx, tx, storage.Question{
		Kind: storage.AskSender, Subject: "sender:" + m.Door + ":" + m.Sender, MessageID: &m.ID, Payload: raw,
	})
	if err != nil {
		return err
	}
	return p.answerStranger(ctx, tx, m)
}

// similarDistributors are those with a confirmed address of the same mail domain.
func similarDistributors(ctx context.Context, tx pgx.Tx, m storage.Message) ([]string, error) {
	_, domain, ok := strings.Cut(m.Sender, "@")
	if m.Door != storage.DoorMail || !ok {
		return nil, nil
	}
	all, err := storage.Distributors(ctx, tx)
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, d := range all {
		addresses, err := storage.ContactsOf(ctx, tx, d.ID, storage.DoorMail)
		if err != nil {
			return nil, err
		}
		for _, a := range addresses {
			if strings.HasSuffix(a, "@"+domain) {
				codes = append(codes, d.Code)
				break
			}
		}
	}
	return codes, nil
}

// cut shortens a text to n bytes at a rune's border.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
