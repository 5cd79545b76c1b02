package ingest

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// Incoming is a message that a door has received.
type Incoming struct {
	Door       string // storage.DoorMail, DoorChat or DoorUpload
	ReceivedAt time.Time
	Sender     string // lower-case e-mail address or Telegram user id
	SenderName string
	Subject    string
	Body       string
	ReplyTo    json.RawMessage // what the door needs to answer in the same thread
	Raw        []byte          // a letter as it came; its files are found later
	Files      []IncomingFile  // of a chat message or an upload
}

// IncomingFile is one file of a message.
type IncomingFile struct {
	Name, Type string
	Data       []byte
}

// Receive stores a message, its files and the job that will read them in the
// door's transaction: when it has committed, nothing of the message can be lost.
func Receive(ctx context.Context, s *storage.Store, tx pgx.Tx, in Incoming) (messageID int64, err error) {
	m := storage.Message{
		Door: in.Door, ReceivedAt: in.ReceivedAt, Sender: in.Sender, SenderName: in.SenderName,
		Subject: in.Subject, Body: in.Body, ReplyTo: in.ReplyTo,
	}
	if in.Raw != nil {
		sum, err := storage.PutBlob(ctx, tx, in.Raw)
		if err != nil {
			return 0, err
		}
		m.RawSHA256 = &sum
	}
	id, err := storage.AddMessage(ctx, tx, m)
	if err != nil {
		return 0, err
	}
	for i, f := range in.Files {
		sum, err := storage.PutBlob(ctx, tx, f.Data)
		if err != nil {
			return 0, err
		}
		if _, err := storage.AddAttachment(ctx, tx, storage.Attachment{MessageID: id, Ordinal: i + 1, Name: f.Name, Type: f.Type, SHA256: sum}); err != nil {
			return 0, err
		}
	}
	return id, s.Enqueue(ctx, tx, storage.ReadMessage{MessageID: id})
}
