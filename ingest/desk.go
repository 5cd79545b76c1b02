package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// Desk is where the analyst answers. Every answer takes effect at once, in one
// transaction with its journal entry, and can be undone.
type Desk struct{ p *Pipeline }

// Desk is the analyst's side of the pipeline.
func (p *Pipeline) Desk() *Desk { return &Desk{p} }

const (
	// lease is how long a question stays with the analyst who sees it.
	lease = 10 * time.Minute
	// undoable is how long an answer can be taken back with one tap.
	undoable = 24 * time.Hour
)

// Next gives the person the next open question and keeps it theirs for ten
// minutes. submissionID 0 takes any report's. ErrNotFound: nothing is open.
func (d *Desk) Next(ctx context.Context, personID, submissionID int64) (storage.Question, error) {
	return d.NextOf(ctx, personID, submissionID, "")
}

// NextOf is Next among the questions of one kind; "" is any.
func (d *Desk) NextOf(ctx context.Context, personID, submissionID int64, kind string) (storage.Question, error) {
	for {
		q, err := storage.LeaseQuestion(ctx, d.p.store.Pool(), personID, submissionID, kind, d.p.now(), lease)
		if err != nil {
			return q, err
		}
		settled, err := d.settled(ctx, q)
		if err != nil || !settled {
			return q, err
		}
	}
}

// settled closes a question about a name that is decided: a job that had read the name
// before it was answered may have asked again.
func (d *Desk) settled(ctx context.Context, q storage.Question) (bool, error) {
	nameID, ok, err := nameOf(q)
	if err != nil || !ok {
		return false, err
	}
	m, err := storage.MappingInForce(ctx, d.p.store.Pool(), q.Kind, *q.DistributorID, nameID)
	if err != nil || m == 0 {
		return false, err
	}
	return true, storage.CancelQuestion(ctx, d.p.store.Pool(), q.Kind, q.Subject)
}

// Release gives back what the person holds.
func (d *Desk) Release(ctx context.Context, personID int64) error {
	return storage.ReleaseQuestions(ctx, d.p.store.Pool(), personID)
}

// Later puts a question off until a moment.
func (d *Desk) Later(ctx context.Context, questionID int64, until time.Time) error {
	return storage.PutOffQuestion(ctx, d.p.store.Pool(), questionID, until)
}

// The choices of an answer.
const (
	ChooseDistributor = "distributor" // sender: it is this distributor's
	ChooseReject      = "reject"      // sender, layout, replace: do not take it
	ChooseConfirm     = "confirm"     // layout: it is right as understood
	ChoosePeriod      = "period"      // period: from, to
	ChooseReplace     = "replace"     // replace: the new report takes the place
	ChooseAdd         = "add"         // replace: both count
	ChooseProduct     = "product"     // item: it is this product
	ChooseNotOurs     = "not_ours"    // item: another maker's; client: no outlet of ours; agent: the distributor's own
	ChooseNew         = "new"         // item, client, agent: ours, not in the master data yet
	ChooseOutlet      = "outlet"      // client: it is this outlet
	ChooseRep         = "rep"         // agent: it is this rep
	ChooseRight       = "right"       // audit: what was mapped is right
	ChooseWrong       = "wrong"       // audit: it is not; the mapping is taken back
)

// Answer is what the analyst decided. Which fields count depends on Choice.
type Answer struct {
	Choice      string `json:"choice"`
	Distributor string `json:"distributor,omitempty"` // code
	From        string `json:"from,omitempty"`        // ISO days
	To          string `json:"to,omitempty"`
	ProductID   int64  `json:"product_id,omitempty"`
	OutletID    int64  `json:"outlet_id,omitempty"`
	RepID       int64  `json:"rep_id,omitempty"`
	Factor      string `json:"factor,omitempty"` // base units in one unit of the report; "1"
	Reason      string `json:"reason,omitempty"` // of a rejection, told to the sender
}

// StaleError says that a question was answered or changed since it was shown.
type StaleError struct {
	By     string // who answered; empty: distbase, or nobody yet
	At     time.Time
	Answer Answer
	Open   bool // still open, only newer: show it again
	Later  bool // the name has been decided on again since: that is taken back first
}

func (e *StaleError) Error() string { return "the question has changed since it was shown" }

// WrongAnswerError says that an answer does not fit its question.
type WrongAnswerError struct{ What string }

func (e *WrongAnswerError) Error() string { return "answer does not fit: " + e.What }

// Outcome is what an answer led to.
type Outcome struct {
	JournalID int64
	Left      int   // open questions of the same report
	Same      Scope // what else the same answer can serve, not applied
}

// Answer applies the person's answer to a question of the version they saw.
// Errors: *StaleError, *WrongAnswerError, ErrNotFound.
func (d *Desk) Answer(ctx context.Context, personID, questionID int64, version int, a Answer) (Outcome, error) {
	var out Outcome
	err := d.p.store.InTx(ctx, func(tx pgx.Tx) error {
		q, journalID, err := d.answerIn(ctx, tx, personID, Given{questionID, version, a})
		if err != nil {
			return err
		}
		out.JournalID = journalID
		if err := d.rankAgain(ctx, tx, q); err != nil {
			return err
		}
		if out.Same, err = scopeOf(ctx, tx, q); err != nil {
			return err
		}
		if q.SubmissionID != nil {
			out.Left, err = storage.CountOpen(ctx, tx, *q.SubmissionID)
		}
		return err
	})
	return out, err
}

func (d *Desk) stale(ctx context.Context, tx pgx.Tx, q storage.Question) error {
	e := &StaleError{Open: q.State == "open"}
	if q.AnsweredAt != nil {
		e.At = *q.AnsweredAt
	}
	if len(q.Answer) > 0 {
		if err := json.Unmarshal(q.Answer, &e.Answer); err != nil {
			return fmt.Errorf("read answer of question %d: %w", q.ID, err)
		}
	}
	if q.AnsweredBy != nil {
		person, err := storage.PersonByID(ctx, tx, *q.AnsweredBy)
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return err
		}
		e.By = person.Name
	}
	return e
}

// undoRecord is what is needed to take an answer back; it is in the journal.
type undoRecord struct {
	QuestionID    int64           `json:"question_id"`
	MappingBefore int64           `json:"mapping_before,omitempty"`
	Made          *int64          `json:"made,omitempty"` // the mapping that came in force by it; 0: none did
	ContactDoor   string          `json:"contact_door,omitempty"`
	Contact       string          `json:"contact,omitempty"`
	LayoutID      int64           `json:"layout_id,omitempty"`
	LayoutsBefore []int64         `json:"layouts_before,omitempty"` // that went out of force for it
	Summary       json.RawMessage `json:"summary,omitempty"`        // of the submission before
	PeriodUnset   bool            `json:"period_unset,omitempty"`
	Reread        bool            `json:"reread,omitempty"` // other reports were read again for it
	Group         []int64         `json:"group,omitempty"`  // entries that are taken back together
}

type journalDetail struct {
	Answer Answer     `json:"answer"`
	Undo   undoRecord `json:"undo"`
}

func (d *Desk) journal(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, a Answer, undo undoRecord) (int64, error) {
	detail, err := json.Marshal(journalDetail{a, undo})
	if err != nil {
		return 0, fmt.Errorf("encode journal: %w", err)
	}
	return storage.AddJournal(ctx, tx, storage.JournalEntry{
		PersonID: &personID, Action: "answer." + q.Kind, Subject: q.Subject, Detail: detail,
	})
}

// apply carries an answer out.
func (d *Desk) apply(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, a Answer) (undoRecord, error) {
	switch q.Kind {
	case storage.AskItem:
		return d.answerItem(ctx, tx, personID, q, a)
	case storage.AskClient:
		return d.answerClient(ctx, tx, personID, q, a)
	case storage.AskAgent:
		return d.answerAgent(ctx, tx, personID, q, a)
	case storage.AskAudit:
		return d.answerAudit(ctx, tx, personID, q, a)
	case storage.AskSender:
		return d.answerSender(ctx, tx, personID, q, a)
	case storage.AskLayout:
		return d.answerLayout(ctx, tx, personID, q, a)
	case storage.AskPeriod:
		return d.answerPeriod(ctx, tx, personID, q, a)
	case storage.AskReplace:
		return d.answerReplace(ctx, tx, q, a)
	case storage.AskMail:
		return undoRecord{}, nil // seen
	}
	return undoRecord{}, &WrongAnswerError{"question of kind " + q.Kind}
}
