package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// MailProblem is the payload of a question of the kind AskMail: something about a
// mailbox that a person has to see to. Key is the text's key in the catalogues
// ("mailer.problem.…"), the fields are its arguments.
type MailProblem struct {
	Key     string `json:"key"`
	Account string `json:"account"`
	Folder  string `json:"folder"`
	UID     uint32 `json:"uid,omitempty"`
	Sender  string `json:"sender,omitempty"`
	Subject string `json:"subject,omitempty"`
	Bytes   int64  `json:"bytes,omitempty"`
	Limit   int64  `json:"limit,omitempty"`
	Error   string `json:"error,omitempty"`
}

// RaiseMailProblem opens a question about a mailbox or one of its letters;
// subject says which ("mailbox:3", "letter:3/17/204"). While it is open, raising
// it again changes nothing.
func RaiseMailProblem(ctx context.Context, q Querier, subject string, p MailProblem) error {
	open, err := openMailProblem(ctx, q, subject)
	if err != nil || open != 0 {
		return err
	}
	payload, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("encode mail problem: %w", err)
	}
	_, err = AddQuestion(ctx, q, Question{Kind: AskMail, Subject: subject, Payload: payload})
	return err
}

// SettleMailProblem cancels the open question of a subject, since the trouble is
// over. It does nothing where there is none.
func SettleMailProblem(ctx context.Context, q Querier, subject string, at time.Time) error {
	id, err := openMailProblem(ctx, q, subject)
	if err != nil || id == 0 {
		return err
	}
	return CloseQuestion(ctx, q, id, "cancelled", nil, nil, nil, at)
}

func openMailProblem(ctx context.Context, q Querier, subject string) (int64, error) {
	var id int64
	err := q.QueryRow(ctx, `select id from question where kind = $1 and subject = $2 and state = 'open'`, AskMail, subject).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("look for mail problem: %w", err)
	}
	return id, nil
}
