package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// AttachmentState is how far an attachment has come.
type AttachmentState string

// The states of an attachment.
const (
	AttachmentReceived  AttachmentState = "received"
	AttachmentRead      AttachmentState = "read"      // its tables are submissions now
	AttachmentDuplicate AttachmentState = "duplicate" // the same bytes came before
	AttachmentRefused   AttachmentState = "refused"   // cannot be read, Problem says why
	AttachmentIgnored   AttachmentState = "ignored"   // no report: a signature, a picture
)

// Attachment is one file of a message.
type Attachment struct {
	ID        int64
	MessageID int64
	Ordinal   int
	Name      string
	Type      string
	SHA256    SHA256
	State     AttachmentState
	Problem   json.RawMessage // the sentence for the sender: key and arguments; of a file that was read a list of them
}

// AddAttachment stores the record of a file whose blob is there. Adding the same
// ordinal of a message again returns the first one's id.
func AddAttachment(ctx context.Context, q Querier, a Attachment) (int64, error) {
	var id int64
	err := q.QueryRow(ctx, `
		insert into attachment (message_id, ordinal, name, type, sha256) values ($1, $2, $3, $4, $5)
		on conflict (message_id, ordinal) do update set name = excluded.name returning id`,
		a.MessageID, a.Ordinal, clean(a.Name), clean(a.Type), a.SHA256[:]).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store attachment: %w", err)
	}
	return id, nil
}

// AttachmentByID returns an attachment, or ErrNotFound.
func AttachmentByID(ctx context.Context, q Querier, id int64) (Attachment, error) {
	rows, err := q.Query(ctx, attachmentSelect+` where id = $1`, id)
	if err != nil {
		return Attachment{}, fmt.Errorf("read attachment %d: %w", id, err)
	}
	a, err := pgx.CollectExactlyOneRow(rows, scanAttachment)
	if errors.Is(err, pgx.ErrNoRows) {
		return a, fmt.Errorf("attachment %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return a, fmt.Errorf("read attachment %d: %w", id, err)
	}
	return a, nil
}

// AttachmentsOf lists a message's attachments in their order.
func AttachmentsOf(ctx context.Context, q Querier, messageID int64) ([]Attachment, error) {
	rows, err := q.Query(ctx, attachmentSelect+` where message_id = $1 order by ordinal`, messageID)
	if err != nil {
		return nil, fmt.Errorf("list attachments: %w", err)
	}
	all, err := pgx.CollectRows(rows, scanAttachment)
	if err != nil {
		return nil, fmt.Errorf("list attachments: %w", err)
	}
	return all, nil
}

// SetAttachmentState records how far an attachment has come and, where it was
// refused, why.
func SetAttachmentState(ctx context.Context, q Querier, id int64, state AttachmentState, problem json.RawMessage) error {
	if _, err := q.Exec(ctx, `update attachment set state = $2, error = $3 where id = $1`, id, state, problem); err != nil {
		return fmt.Errorf("update attachment %d: %w", id, err)
	}
	return nil
}

// EarlierAttachment finds an attachment of the same bytes that came earlier from
// the same distributor and was not refused. ErrNotFound: there is none.
func EarlierAttachment(ctx context.Context, q Querier, distributorID int64, a Attachment) (Attachment, error) {
	rows, err := q.Query(ctx, attachmentSelect+`
		where sha256 = $1 and id < $2 and state in ('read', 'duplicate')
		  and message_id in (select id from message where distributor_id = $3)
		order by id limit 1`, a.SHA256[:], a.ID, distributorID)
	if err != nil {
		return Attachment{}, fmt.Errorf("look for the same file: %w", err)
	}
	first, err := pgx.CollectExactlyOneRow(rows, scanAttachment)
	if errors.Is(err, pgx.ErrNoRows) {
		return first, ErrNotFound
	}
	if err != nil {
		return first, fmt.Errorf("look for the same file: %w", err)
	}
	return first, nil
}

const attachmentSelect = `select id, message_id, ordinal, name, type, sha256, state, error from attachment`

func scanAttachment(row pgx.CollectableRow) (Attachment, error) {
	var a Attachment
	var sum []byte
	err := row.Scan(&a.ID, &a.MessageID, &a.Ordinal, &a.Name, &a.Type, &sum, &a.State, &a.Problem)
	copy(a.SHA256[:], sum)
	return a, err
}
