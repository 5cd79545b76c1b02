package ingest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// answerSender ties an address to a distributor, and lets in what waits in
// quarantine.
func (d *Desk) answerSender(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, a Answer) (undoRecord, error) {
	var payload SenderPayload
	if err := json.Unmarshal(q.Payload, &payload); err != nil {
		return undoRecord{}, fmt.Errorf("read question %d: %w", q.ID, err)
	}
	waiting, err := storage.QuarantinedFrom(ctx, tx, payload.Door, payload.Address)
	if err != nil {
		return undoRecord{}, err
	}
	switch a.Choice {
	case ChooseReject:
		return undoRecord{}, d.setMessages(ctx, tx, waiting, storage.MessageRefused)
	case ChooseDistributor:
	default:
		return undoRecord{}, &WrongAnswerError{a.Choice}
	}
	distributor, err := storage.DistributorByCode(ctx, tx, a.Distributor)
	if err != nil {
		return undoRecord{}, err
	}
	if err := storage.AddContact(ctx, tx, distributor.ID, payload.Door, payload.Address, &personID); err != nil {
		return undoRecord{}, err
	}
	if err := d.setMessages(ctx, tx, waiting, storage.MessageReceived); err != nil {
		return undoRecord{}, err
	}
	for _, id := range waiting {
		if err := d.p.store.Enqueue(ctx, tx, storage.ReadMessage{MessageID: id}); err != nil {
			return undoRecord{}, err
		}
	}
	return undoRecord{ContactDoor: payload.Door, Contact: payload.Address}, nil
}

func (d *Desk) setMessages(ctx context.Context, tx pgx.Tx, ids []int64, state storage.MessageState) error {
	for _, id := range ids {
		m, err := storage.LockMessage(ctx, tx, id)
		if err != nil {
			return err
		}
		m.State = state
		if err := storage.UpdateMessage(ctx, tx, m); err != nil {
			return err
		}
	}
	return nil
}

// reportOf locks the submission that a question is about.
func (d *Desk) reportOf(ctx context.Context, tx pgx.Tx, q storage.Question) (storage.Submission, Summary, error) {
	s, err := storage.LockSubmission(ctx, tx, *q.SubmissionID)
	if err != nil {
		return s, Summary{}, err
	}
	summary, err := summaryOf(s)
	return s, summary, err
}

// goOn decides about the submission again with what is known now.
func (d *Desk) goOn(ctx context.Context, tx pgx.Tx, s storage.Submission, summary Summary) error {
	raw, err := summary.raw()
	if err != nil {
		return err
	}
	s.Summary, s.State = raw, storage.SubmissionUnderstood
	if err := storage.UpdateSubmission(ctx, tx, s); err != nil {
		return err
	}
	if err := d.p.decide(ctx, tx, s); err != nil {
		return err
	}
	return d.tell(ctx, tx, s)
}

// tell has the sender answered again.
func (d *Desk) tell(ctx context.Context, tx pgx.Tx, s storage.Submission) error {
	a, err := storage.AttachmentByID(ctx, tx, s.AttachmentID)
	if err != nil {
		return err
	}
	return d.p.store.Enqueue(ctx, tx, storage.Answer{MessageID: a.MessageID})
}

func (d *Desk) refuse(ctx context.Context, tx pgx.Tx, s storage.Submission, summary Summary, reason string) error {
	summary.Refusal = cut(reason, 500)
	raw, err := summary.raw()
	if err != nil {
		return err
	}
	s.Summary, s.State = raw, storage.SubmissionRefused
	if err := storage.UpdateSubmission(ctx, tx, s); err != nil {
		return err
	}
	return d.tell(ctx, tx, s)
}

// answerReplace says what becomes of a report about days that another one speaks
// of, or of a closed month.
func (d *Desk) answerReplace(ctx context.Context, tx pgx.Tx, q storage.Question, a Answer) (undoRecord, error) {
	s, summary, err := d.reportOf(ctx, tx, q)
	if err != nil {
		return undoRecord{}, err
	}
	undo := undoRecord{Summary: s.Summary}
	switch a.Choice {
	case ChooseReject:
		return undo, d.refuse(ctx, tx, s, summary, a.Reason)
	case ChooseReplace:
		summary.Overlap = overlapReplace
	case ChooseAdd:
		summary.Overlap = overlapAdd
	default:
		return undo, &WrongAnswerError{a.Choice}
	}
	summary.OpenMonth = true
	return undo, d.goOn(ctx, tx, s, summary)
}
