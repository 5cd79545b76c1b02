package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// answerLayout confirms how a table was understood, and learns its layout. Other
// reports of the distributor that wait for the same answer are read again.
func (d *Desk) answerLayout(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, a Answer) (undoRecord, error) {
	s, summary, err := d.reportOf(ctx, tx, q)
	if err != nil {
		return undoRecord{}, err
	}
	undo := undoRecord{Summary: s.Summary}
	switch a.Choice {
	case ChooseReject:
		return undo, d.refuse(ctx, tx, s, summary, a.Reason)
	case ChooseConfirm:
	default:
		return undo, &WrongAnswerError{a.Choice}
	}
	summary.Confirmed = true
	if learnable(summary) {
		if undo.LayoutID, undo.LayoutsBefore, err = d.learn(ctx, tx, personID, s, summary); err != nil {
			return undo, err
		}
		undo.Reread = true
	}
	return undo, d.goOn(ctx, tx, s, summary)
}

// learnable: a total that does not add up is this file's fault, not its
// layout's, and confirms nothing about the columns; a correction does.
func learnable(s Summary) bool {
	if len(s.Layout) == 0 {
		return false
	}
	return len(s.Draft) > 0 || slices.ContainsFunc(s.Doubts, func(d Issue) bool {
		return d.Code != table.DoubtTotal && d.Code != table.DoubtSubtotal && d.Code != table.DoubtPeriod && d.Code != DoubtTruncated
	})
}

// learn stores the layout of a confirmed reading and returns its id, 0 where the same
// one was in force already. The version before it goes out
// of force, and so does the layout that the file was read by where it lays the
// same columns out: it would be tried again.
func (d *Desk) learn(ctx context.Context, tx pgx.Tx, personID int64, s storage.Submission, summary Summary) (id int64, before []int64, err error) {
	if summary.PeriodSource == periodByAnalyst {
		if summary.Layout, err = d.askWhereNoRule(ctx, tx, s, summary.Layout); err != nil {
			return 0, nil, err
		}
	}
	l := storage.LayoutRecord{DistributorID: s.DistributorID, Fingerprint: s.Fingerprint, Spec: summary.Layout, ConfirmedBy: &personID}
	switch {
	case summary.Like != nil:
		l.Origin, l.FromID = storage.LayoutCopied, &summary.Like.LayoutID
	case summary.LayoutID != 0:
		l.FromID = &summary.LayoutID
	}
	learned, err := storage.LearnLayout(ctx, tx, l)
	if err != nil {
		return 0, nil, err
	}
	if learned.Made { // one that was in force before stays when the answer is taken back
		id = learned.ID
	}
	if learned.Replaced != 0 {
		before = append(before, learned.Replaced)
	}
	if summary.LayoutID == 0 || summary.LayoutID == learned.Replaced || summary.LayoutID == learned.ID {
		return id, before, nil
	}
	old, err := storage.LayoutByID(ctx, tx, summary.LayoutID)
	if err != nil {
		return 0, nil, err
	}
	same, err := sameTitles(old.Spec, summary.Layout)
	if err != nil || !same || otherKind(summary.Drift) {
		return id, before, err
	}
	retired, err := storage.RetireLayout(ctx, tx, old.ID, &personID)
	if retired {
		before = append(before, old.ID)
	}
	return id, before, err
}

// otherKind: the report said that it is of another kind than its layout, which then
// stays in force for the reports of its own kind.
func otherKind(drift []table.Drift) bool {
	return slices.ContainsFunc(drift, func(d table.Drift) bool { return d.Code == table.DriftKind })
}

// sameTitles says whether two layouts have the same columns, in any order.
func sameTitles(a, b json.RawMessage) (bool, error) {
	var titles [2][]string
	for i, raw := range []json.RawMessage{a, b} {
		var l table.Layout
		if err := json.Unmarshal(raw, &l); err != nil {
			return false, fmt.Errorf("read layout: %w", err)
		}
		for _, c := range l.Columns {
			if c.Title != "" { // earlier documents do not tell those without
				titles[i] = append(titles[i], c.Title)
			}
		}
		slices.Sort(titles[i])
	}
	return slices.Equal(titles[0], titles[1]), nil
}

// What a correction is about.
const (
	CorrectColumn = "column" // Column has Role
	CorrectLevel  = "level"  // group rows of Level, 1 the outermost, have Role
	CorrectAcross = "across" // what stands across the heading has Role
	CorrectDetail = "detail" // the rows of Choice are taken
	CorrectKind   = "kind"   // the report is of Kind
	CorrectPeriod = "period" // its days are From to To
	CorrectOwn    = "own"    // it is not like the other distributor's
	CorrectTitles = "titles" // its titles stand in Row
)

// Correction is what the analyst says a table is, in place of what was understood.
type Correction struct {
	What   string             `json:"what"`
	Column int                `json:"column,omitempty"` // [table.ColumnInsight.Index]
	Level  int                `json:"level,omitempty"`
	Role   table.Role         `json:"role,omitempty"` // "": not taken
	Choice *table.LevelChoice `json:"choice,omitempty"`
	Kind   table.Kind         `json:"kind,omitempty"`
	Row    int                `json:"row,omitempty"`  // 1-based
	From   string             `json:"from,omitempty"` // ISO days
	To     string             `json:"to,omitempty"`
}

// UnreadableError says that a table cannot be read as it was corrected: the
// correction leaves nothing that is counted, or no rows.
type UnreadableError struct{}

func (e *UnreadableError) Error() string { return "the table cannot be read with this correction" }

// Correct reads the table of a layout question again as the analyst corrects it.
// The question stays open, in a new version, until they confirm. Errors:
// *StaleError, *WrongAnswerError, *UnreadableError, ErrNotFound.
func (d *Desk) Correct(ctx context.Context, personID, questionID int64, version int, c Correction) (Outcome, error) {
	var out Outcome
	q, err := storage.QuestionByID(ctx, d.p.store.Pool(), questionID)
	if err != nil {
		return out, err
	}
	if q.Kind != storage.AskLayout || q.SubmissionID == nil {
		return out, &WrongAnswerError{"correction of a question of kind " + q.Kind}
	}
	s, m, a, err := d.p.waiting(ctx, *q.SubmissionID)
	if err != nil {
		return out, err
	}
	// Reading is long: it is done before the transaction, which looks at the version.
	var r reading
	if s.ID != 0 && q.State == "open" && q.Version == version {
		if r, err = d.p.correct(ctx, s, m, a, c); err != nil {
			return out, err
		}
	}
	err = d.p.store.InTx(ctx, func(tx pgx.Tx) error {
		if q, err = storage.LockQuestion(ctx, tx, questionID); err != nil {
			return err
		}
		if q.State != "open" || q.Version != version || s.ID == 0 {
			return d.stale(ctx, tx, q)
		}
		if s, err = storage.LockSubmission(ctx, tx, s.ID); err != nil {
			return err
		}
		detail, err := json.Marshal(correctionDetail{c, undoRecord{QuestionID: q.ID}, snapshotOf(s)})
		if err != nil {
			return fmt.Errorf("encode journal: %w", err)
		}
		out.JournalID, err = storage.AddJournal(ctx, tx, storage.JournalEntry{PersonID: &personID, Action: actionCorrect, Subject: q.Subject, Detail: detail})
		if err != nil {
			return err
		}
		r.summary.Touched = true
		r.summary.Corrections = append(slices.Clone(r.summary.Corrections), out.JournalID)
		return d.rewrite(ctx, tx, s, m, r, c)
	})
	return out, err
}

// actionCorrect is a correction in the journal.
const actionCorrect = "correct.layout"

// rewrite stores a corrected reading, and asks about it again.
func (d *Desk) rewrite(ctx context.Context, tx pgx.Tx, s storage.Submission, m storage.Message, r reading, c Correction) error {
	if c.What == CorrectPeriod {
		from, to, err := c.days()
		if err != nil {
			return err
		}
		s.From, s.To = &from, &to
		raw, err := r.summary.raw()
		if err != nil {
			return err
		}
		s.Summary = raw
	} else if err := r.fill(&s, m); err != nil {
		return err
	}
	if err := storage.RewriteSubmission(ctx, tx, s); err != nil {
		return err
	}
	return d.p.decide(ctx, tx, s)
}

type correctionDetail struct {
	Correction Correction `json:"correction"`
	Undo       undoRecord `json:"undo"`
	Before     snapshot   `json:"before"`
}

// takeBackCorrection brings the reading before a correction back. Only the newest
// correction of an open question can be taken back.
func (d *Desk) takeBackCorrection(ctx context.Context, tx pgx.Tx, personID int64, e storage.JournalEntry) (storage.Question, error) {
	var detail correctionDetail
	if err := json.Unmarshal(e.Detail, &detail); err != nil {
		return storage.Question{}, fmt.Errorf("read journal entry %d: %w", e.ID, err)
	}
	q, err := storage.LockQuestion(ctx, tx, detail.Undo.QuestionID)
	if err != nil {
		return q, err
	}
	if q.State != "open" || q.SubmissionID == nil {
		return q, d.stale(ctx, tx, q)
	}
	s, summary, err := d.reportOf(ctx, tx, q)
	if err != nil {
		return q, err
	}
	if n := len(summary.Corrections); n == 0 || summary.Corrections[n-1] != e.ID {
		return q, d.stale(ctx, tx, q)
	}
	detail.Before.restore(&s)
	if err := storage.RewriteSubmission(ctx, tx, s); err != nil {
		return q, err
	}
	if _, err := storage.AddJournal(ctx, tx, storage.JournalEntry{PersonID: &personID, Action: "undo.correct", Subject: q.Subject, Undoes: &e.ID}); err != nil {
		return q, err
	}
	if err := d.p.decide(ctx, tx, s); err != nil {
		return q, err
	}
	return storage.QuestionByID(ctx, tx, q.ID)
}

// isStale tells an answer that came too late from a failure.
func isStale(err error) bool {
	var stale *StaleError
	return errors.As(err, &stale)
}
