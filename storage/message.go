package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// The doors a message comes in and leaves by.
const (
	DoorMail   = "mail"
	DoorChat   = "chat"
	DoorUpload = "upload"
)

// MessageState is how far a message has come.
type MessageState string

// The states of a message.
const (
	MessageReceived    MessageState = "received"    // committed, nobody looked at it yet
	MessageRead        MessageState = "read"        // opened; its attachments are on their way
	MessageQuarantined MessageState = "quarantined" // the sender is not known
	MessageIgnored     MessageState = "ignored"     // carries no report, or an automatic letter
	MessageRefused     MessageState = "refused"     // the analyst refused the sender
	MessageDone        MessageState = "done"        // answered
)

// Message is one letter, chat message or upload, as received.
type Message struct {
	ID            int64
	Door          string
	ReceivedAt    time.Time
	Sender        string // lower-case e-mail address or Telegram user id
	SenderName    string
	Subject       string
	Body          string
	DistributorID *int64
	State         MessageState
	RawSHA256     *SHA256         // the whole letter, nil for a chat message
	ReplyTo       json.RawMessage // what the door needs to answer in the same thread
	Note          string
}

// AddMessage stores a received message and returns its id. The caller enqueues
// ReadMessage in the same transaction.
func AddMessage(ctx context.Context, q Querier, m Message) (int64, error) {
	var id int64
	err := q.QueryRow(ctx, `
		insert into message (door, received_at, sender, sender_name, subject, body, distributor_id, raw_sha256, reply_to)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
		m.Door, m.ReceivedAt, clean(m.Sender), clean(m.SenderName), clean(m.Subject), clean(m.Body),
		m.DistributorID, hashBytes(m.RawSHA256), jsonObject(m.ReplyTo)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store message: %w", err)
	}
	return id, nil
}

// MessageByID returns a message, or ErrNotFound.
func MessageByID(ctx context.Context, q Querier, id int64) (Message, error) {
	return oneMessage(q.QueryRow(ctx, messageSelect+` where id = $1`, id))
}

// LockMessage is MessageByID that keeps other transactions from changing the
// message until this one ends.
func LockMessage(ctx context.Context, q Querier, id int64) (Message, error) {
	return oneMessage(q.QueryRow(ctx, messageSelect+` where id = $1 for update`, id))
}

// QuarantinedFrom lists the quarantined messages of one sender, oldest first.
func QuarantinedFrom(ctx context.Context, q Querier, door, sender string) ([]int64, error) {
	return MessagesFrom(ctx, q, door, sender, MessageQuarantined)
}

// MessagesFrom lists the messages of one sender in a state, oldest first.
func MessagesFrom(ctx context.Context, q Querier, door, sender string, state MessageState) ([]int64, error) {
	rows, err := q.Query(ctx, `select id from message where state = $3 and door = $1 and sender = $2 order by id`, door, sender, state)
	if err != nil {
		return nil, fmt.Errorf("list messages of a sender: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("list messages of a sender: %w", err)
	}
	return ids, nil
}

// UpdateMessage writes what reading a message found out: sender, names, subject,
// body, distributor, state, way to reply and note.
func UpdateMessage(ctx context.Context, q Querier, m Message) error {
	tag, err := q.Exec(ctx, `
		update message set sender = $2, sender_name = $3, subject = $4, body = $5, distributor_id = $6,
			state = $7, reply_to = $8, note = $9
		where id = $1`,
		m.ID, clean(m.Sender), clean(m.SenderName), clean(m.Subject), clean(m.Body), m.DistributorID,
		m.State, jsonObject(m.ReplyTo), clean(m.Note))
	if err != nil {
		return fmt.Errorf("update message %d: %w", m.ID, err)
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("message %d: %w", m.ID, ErrNotFound)
	}
	return nil
}

const messageSelect = `
	select id, door, received_at, sender, sender_name, subject, body, distributor_id, state, raw_sha256, reply_to, note
	from message`

func oneMessage(row pgx.Row) (Message, error) {
	var m Message
	var sum []byte
	err := row.Scan(&m.ID, &m.Door, &m.ReceivedAt, &m.Sender, &m.SenderName, &m.Subject, &m.Body,
		&m.DistributorID, &m.State, &sum, &m.ReplyTo, &m.Note)
	if errors.Is(err, pgx.ErrNoRows) {
		return m, fmt.Errorf("message: %w", ErrNotFound)
	}
	if err != nil {
		return m, fmt.Errorf("read message: %w", err)
	}
	if len(sum) == len(SHA256{}) {
		h := SHA256(sum)
		m.RawSHA256 = &h
	}
	return m, nil
}
