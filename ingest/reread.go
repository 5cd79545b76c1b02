package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// rereadOthers has the distributor's reports that wait for a word about their layout
// read again, but that of the question that was answered. Cause is the journal entry
// that changed the layouts.
func (d *Desk) rereadOthers(ctx context.Context, tx pgx.Tx, distributorID, answered, cause int64) error {
	open, err := storage.OpenQuestionsOf(ctx, tx, distributorID, storage.AskLayout)
	if err != nil {
		return err
	}
	for _, other := range open {
		if other.ID == answered || other.SubmissionID == nil {
			continue
		}
		if err := d.p.store.Enqueue(ctx, tx, storage.Reread{SubmissionID: *other.SubmissionID, Cause: cause}); err != nil {
			return err
		}
	}
	return nil
}

// reread reads the table of a submission that waits for the analyst again, by the
// layouts in force now: one that was confirmed for its sibling may answer its
// question. A table that the analyst has begun to correct stays theirs. Run again
// it does nothing.
func (p *Pipeline) reread(ctx context.Context, submissionID, cause int64) error {
	s, m, a, err := p.waiting(ctx, submissionID)
	if err != nil || s.ID == 0 {
		return err
	}
	file, err := p.readTables(ctx, m, a)
	if err != nil {
		return err
	}
	summary, err := summaryOf(s)
	if err != nil || summary.Place == nil {
		return err
	}
	i := slices.IndexFunc(file.readings, func(r reading) bool { return *r.summary.Place == *summary.Place })
	if i < 0 || !submits(file.readings[i]) && file.readings[i].table.KnownAs == "" {
		return nil
	}
	return p.store.InTx(ctx, func(tx pgx.Tx) error { return p.takeReading(ctx, tx, s.ID, m, file.readings[i], cause) })
}

// takeReading decides about a submission that still waits as it reads now. The layout
// is locked first, as where a change of it is undone: what that does not find yet has
// not been read by the layout either.
func (p *Pipeline) takeReading(ctx context.Context, tx pgx.Tx, submissionID int64, m storage.Message, r reading, cause int64) error {
	if holds, err := stillHolds(ctx, tx, r.summary.LayoutID); err != nil || !holds {
		return err
	}
	s, err := storage.LockSubmission(ctx, tx, submissionID)
	if err != nil {
		return err
	}
	summary, err := summaryOf(s)
	if err != nil || s.State != storage.SubmissionAsked || summary.Touched || summary.Confirmed || slices.Equal(r.summary.Known, summary.Known) {
		return err
	}
	if err := recordReread(ctx, tx, s, cause); err != nil {
		return err
	}
	if err := r.fill(&s, m); err != nil {
		return err
	}
	return p.decideAnew(ctx, tx, s)
}

// stillHolds says whether a layout is in force, and keeps it so until the transaction
// ends; true for none.
func stillHolds(ctx context.Context, tx pgx.Tx, layoutID int64) (bool, error) {
	if layoutID == 0 {
		return true, nil
	}
	l, err := storage.LockLayout(ctx, tx, layoutID)
	return l.RetiredAt == nil, err
}

// rereadDetail is a rereading in the journal.
type rereadDetail struct {
	Submission int64    `json:"submission"`
	Before     snapshot `json:"before"`
}

// rereadSubject finds the rereadings that a journal entry led to.
func rereadSubject(cause int64) string { return fmt.Sprintf("cause:%d", cause) }

// recordReread keeps what a report was before it was read again.
func recordReread(ctx context.Context, tx pgx.Tx, s storage.Submission, cause int64) error {
	if cause == 0 {
		return nil
	}
	detail, err := json.Marshal(rereadDetail{s.ID, snapshotOf(s)})
	if err != nil {
		return fmt.Errorf("encode journal: %w", err)
	}
	_, err = storage.AddJournal(ctx, tx, storage.JournalEntry{Action: "submission.reread", Subject: rereadSubject(cause), Detail: detail})
	return err
}

// decideAnew stores a submission that reads differently now, and lets its questions go.
func (p *Pipeline) decideAnew(ctx context.Context, tx pgx.Tx, s storage.Submission) error {
	if err := storage.RewriteSubmission(ctx, tx, s); err != nil {
		return err
	}
	if err := storage.CancelQuestions(ctx, tx, s.ID, 0); err != nil {
		return err
	}
	if err := p.decide(ctx, tx, s); err != nil {
		return err
	}
	a, err := storage.AttachmentByID(ctx, tx, s.AttachmentID)
	if err != nil {
		return err
	}
	return p.store.Enqueue(ctx, tx, storage.Answer{MessageID: a.MessageID})
}

// takeBackRereads brings the reports that a change of layouts had read again back to
// where they were asked about. *StaleError: a person has decided about one since.
func (d *Desk) takeBackRereads(ctx context.Context, tx pgx.Tx, personID, cause int64) error {
	all, err := storage.JournalOf(ctx, tx, rereadSubject(cause))
	if err != nil {
		return err
	}
	for _, e := range all {
		if err := d.takeBackReread(ctx, tx, personID, e); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) takeBackReread(ctx context.Context, tx pgx.Tx, personID int64, e storage.JournalEntry) error {
	var detail rereadDetail
	if err := json.Unmarshal(e.Detail, &detail); err != nil {
		return fmt.Errorf("read journal entry %d: %w", e.ID, err)
	}
	undone, err := storage.Undone(ctx, tx, e.ID)
	if err != nil || undone {
		return err
	}
	decided, err := storage.DecidedSince(ctx, tx, detail.Submission, e.ID)
	if err != nil {
		return err
	}
	if decided {
		return &StaleError{Later: true}
	}
	s, err := storage.LockSubmission(ctx, tx, detail.Submission)
	if err != nil {
		return err
	}
	switch s.State {
	case storage.SubmissionReplaced, storage.SubmissionRefused: // it does not count
		return nil
	}
	if err := d.outOfFigures(ctx, tx, s); err != nil {
		return err
	}
	if err := retireFollowed(ctx, tx, s, personID); err != nil {
		return err
	}
	detail.Before.restore(&s)
	s.State, s.ReplacesID, s.DuplicateOf, s.LoadedAt = storage.SubmissionAsked, nil, nil, nil
	if _, err := storage.AddJournal(ctx, tx, storage.JournalEntry{
		PersonID: person(personID), Action: "undo.reread", Subject: fmt.Sprintf("submission:%d", s.ID), Undoes: &e.ID,
	}); err != nil {
		return err
	}
	return d.p.decideAnew(ctx, tx, s)
}

// retireFollowed takes the layout out of force that a report's own columns led to
// when it was loaded.
func retireFollowed(ctx context.Context, tx pgx.Tx, s storage.Submission, personID int64) error {
	summary, err := summaryOf(s)
	if err != nil || summary.LayoutID == 0 {
		return err
	}
	all, err := storage.LayoutsOf(ctx, tx, s.DistributorID)
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.Origin == storage.LayoutFollowed && l.FromID != nil && *l.FromID == summary.LayoutID {
			if _, err := storage.RetireLayout(ctx, tx, l.ID, person(personID)); err != nil {
				return err
			}
		}
	}
	return nil
}
