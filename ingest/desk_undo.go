package ingest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// UndoLast takes the person's newest answer back that can be, and returns its
// question, open again. ErrNotFound: there is none.
func (d *Desk) UndoLast(ctx context.Context, personID int64) (storage.Question, error) {
	actions := []string{"answer.item", "answer.client", "answer.agent", "answer.audit", "answer.same", "answer.many", "answer.sender", "answer.layout", "answer.period", "answer.replace", actionCorrect}
	e, err := storage.LastUndoable(ctx, d.p.store.Pool(), personID, actions, d.p.now().Add(-undoable))
	if err != nil {
		return storage.Question{}, err
	}
	return d.Undo(ctx, personID, e.ID)
}

// Undo takes one answer back: the mapping in force before comes back, a report
// leaves the figures and those it replaced return, a contact and a layout are
// withdrawn. The question is open again. Undone twice is undone once: the second
// gets *StaleError.
func (d *Desk) Undo(ctx context.Context, personID, journalID int64) (storage.Question, error) {
	e, err := storage.JournalByID(ctx, d.p.store.Pool(), journalID)
	if err != nil {
		return storage.Question{}, err
	}
	var detail journalDetail
	if err := json.Unmarshal(e.Detail, &detail); err == nil && len(detail.Undo.Group) > 0 {
		return d.undoGroup(ctx, personID, journalID, detail.Undo.Group)
	}
	return d.undoOne(ctx, personID, journalID)
}

func (d *Desk) undoOne(ctx context.Context, personID, journalID int64) (q storage.Question, err error) {
	err = d.p.store.InTx(ctx, func(tx pgx.Tx) error {
		q, err = d.undoIn(ctx, tx, personID, journalID)
		return err
	})
	return q, err
}

// undoIn takes one answer back within a transaction. Where it fails with *StaleError it
// has written nothing.
func (d *Desk) undoIn(ctx context.Context, tx pgx.Tx, personID, journalID int64) (storage.Question, error) {
	var q storage.Question
	e, err := storage.JournalByID(ctx, tx, journalID)
	if err != nil {
		return q, err
	}
	if e.Action == actionCorrect {
		return d.takeBackCorrection(ctx, tx, personID, e)
	}
	var detail journalDetail
	if err := json.Unmarshal(e.Detail, &detail); err != nil || detail.Undo.QuestionID == 0 {
		return q, &WrongAnswerError{"this entry cannot be undone"}
	}
	if q, err = d.lockToUndo(ctx, tx, detail.Undo.QuestionID); err != nil {
		return q, err
	}
	if q.State == "open" || q.JournalID == nil || *q.JournalID != journalID {
		return q, d.stale(ctx, tx, q)
	}
	if err := d.takeBack(ctx, tx, personID, q, detail); err != nil {
		return q, err
	}
	if err := d.unteach(ctx, tx, q, journalID); err != nil {
		return q, err
	}
	if _, err := storage.AddJournal(ctx, tx, storage.JournalEntry{
		PersonID: &personID, Action: "undo." + q.Kind, Subject: q.Subject, Undoes: &journalID,
	}); err != nil {
		return q, err
	}
	// A job may have asked about the name again already.
	if err := storage.CancelQuestion(ctx, tx, q.Kind, q.Subject); err != nil {
		return q, err
	}
	if err := storage.ReopenQuestion(ctx, tx, q.ID); err != nil {
		return q, err
	}
	return storage.QuestionByID(ctx, tx, q.ID)
}

// lockToUndo locks a question whose answer is taken back. One about a name is locked
// after the names of its distributor, in the order of the jobs that map them: so nothing
// can follow from an answer while it is being taken back.
func (d *Desk) lockToUndo(ctx context.Context, tx pgx.Tx, questionID int64) (storage.Question, error) {
	q, err := storage.QuestionByID(ctx, tx, questionID)
	if err != nil {
		return q, err
	}
	switch q.Kind {
	case storage.AskItem, storage.AskClient, storage.AskAgent, storage.AskAudit:
		if err := storage.LockReports(ctx, tx, *q.DistributorID, namesLock); err != nil {
			return q, err
		}
	}
	return storage.LockQuestion(ctx, tx, questionID)
}

func (d *Desk) takeBack(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, detail journalDetail) error {
	undo := detail.Undo
	switch q.Kind {
	case storage.AskItem, storage.AskClient, storage.AskAgent:
		return d.takeBackName(ctx, tx, personID, q, detail)
	case storage.AskAudit:
		return d.takeBackAudit(ctx, tx, personID, q, undo)
	case storage.AskSender:
		return d.takeBackSender(ctx, tx, q, undo)
	}
	if undo.LayoutID != 0 {
		if _, err := storage.RetireLayout(ctx, tx, undo.LayoutID, nil); err != nil {
			return err
		}
	}
	if undo.Reread {
		if err := d.takeBackRereads(ctx, tx, personID, *q.JournalID); err != nil {
			return err
		}
	}
	for _, id := range undo.LayoutsBefore {
		if _, err := storage.RestoreLayout(ctx, tx, id); err != nil {
			return err
		}
	}
	return d.takeBackReport(ctx, tx, q, undo)
}

// takeBackSender withdraws the contact. Reports that were loaded by it meanwhile
// stay: each has its own undoing.
func (d *Desk) takeBackSender(ctx context.Context, tx pgx.Tx, q storage.Question, undo undoRecord) error {
	if undo.Contact != "" {
		return storage.RevokeContact(ctx, tx, undo.ContactDoor, undo.Contact)
	}
	var payload SenderPayload
	if err := json.Unmarshal(q.Payload, &payload); err != nil {
		return fmt.Errorf("read question %d: %w", q.ID, err)
	}
	refused, err := storage.MessagesFrom(ctx, tx, payload.Door, payload.Address, storage.MessageRefused)
	if err != nil {
		return err
	}
	return d.setMessages(ctx, tx, refused, storage.MessageQuarantined)
}

// takeBackReport brings a submission back to where the question was asked: its
// facts leave the figures, and those it replaced return to them.
func (d *Desk) takeBackReport(ctx context.Context, tx pgx.Tx, q storage.Question, undo undoRecord) error {
	s, err := storage.LockSubmission(ctx, tx, *q.SubmissionID)
	if err != nil {
		return err
	}
	if err := d.outOfFigures(ctx, tx, s); err != nil {
		return err
	}
	if err := storage.CancelQuestions(ctx, tx, s.ID, q.ID); err != nil {
		return err
	}
	s.Summary, s.State, s.ReplacesID, s.DuplicateOf, s.LoadedAt = undo.Summary, storage.SubmissionAsked, nil, nil, nil
	if undo.PeriodUnset {
		s.From, s.To = nil, nil
	}
	if err := storage.UpdateSubmission(ctx, tx, s); err != nil {
		return err
	}
	return d.tell(ctx, tx, s)
}

// outOfFigures takes the facts of a submission out of the figures; those it replaced
// return to them.
func (d *Desk) outOfFigures(ctx context.Context, tx pgx.Tx, s storage.Submission) error {
	if err := storage.LockReports(ctx, tx, s.DistributorID, family(tableKind(s.Kind))); err != nil {
		return err
	}
	if err := storage.RemoveFacts(ctx, tx, s.DistributorID, s.ID); err != nil {
		return err
	}
	if s.State == storage.SubmissionLoaded && s.ReplacesID != nil {
		return d.bringBack(ctx, tx, s.ID)
	}
	return nil
}

// bringBack puts the submissions that by replaced in force again.
func (d *Desk) bringBack(ctx context.Context, tx pgx.Tx, by int64) error {
	ids, err := storage.ReplacedBy(ctx, tx, by)
	if err != nil {
		return err
	}
	for _, id := range ids {
		old, err := storage.LockSubmission(ctx, tx, id)
		if err != nil {
			return err
		}
		if old.State != storage.SubmissionReplaced {
			continue
		}
		old.State = storage.SubmissionLoaded
		if err := storage.UpdateSubmission(ctx, tx, old); err != nil {
			return err
		}
	}
	return nil
}
