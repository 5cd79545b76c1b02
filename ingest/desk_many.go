package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// Given is a person's answer to a question in the version they saw.
type Given struct {
	QuestionID int64
	Version    int
	Answer     Answer
}

// Many is what answering many questions at once did.
type Many struct {
	JournalID int64 // the entry by which all are taken back; 0: none was answered
	Applied   int
	Refused   []RefusedGiven
}

// RefusedGiven is an answer that was not taken, by its place: *StaleError,
// *WrongAnswerError or ErrNotFound say why.
type RefusedGiven struct {
	Index int
	Err   error
}

// AnswerMany applies answers in one transaction: where the process ends in the middle,
// none is applied. Those whose questions have been answered meanwhile, or do not take the
// answer, are left out.
func (d *Desk) AnswerMany(ctx context.Context, personID int64, list []Given) (Many, error) {
	return d.answerMany(ctx, personID, "answer.many", "", list)
}

func (d *Desk) answerMany(ctx context.Context, personID int64, action, subject string, list []Given) (Many, error) {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	// Two people who answer the same questions lock them in the same order.
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(list[a].QuestionID, list[b].QuestionID) })
	var out Many
	err := d.p.store.InTx(ctx, func(tx pgx.Tx) error {
		out = Many{}
		var group []int64
		learners := map[int64]bool{}
		for _, i := range order {
			q, journalID, err := d.answerIn(ctx, tx, personID, list[i])
			if isRefusal(err) {
				out.Refused = append(out.Refused, RefusedGiven{i, err})
				continue
			}
			if err != nil {
				return err
			}
			group = append(group, journalID)
			if id, ok := learner(q); ok {
				learners[id] = true
			}
		}
		out.Applied = len(group)
		if out.Applied == 0 {
			return nil
		}
		for id := range learners {
			if err := d.p.store.Enqueue(ctx, tx, storage.RankNames{DistributorID: id}); err != nil {
				return err
			}
		}
		raw, err := json.Marshal(journalDetail{Undo: undoRecord{Group: group}})
		if err != nil {
			return fmt.Errorf("encode journal: %w", err)
		}
		out.JournalID, err = storage.AddJournal(ctx, tx, storage.JournalEntry{PersonID: &personID, Action: action, Subject: subject, Detail: raw})
		return err
	})
	slices.SortFunc(out.Refused, func(a, b RefusedGiven) int { return cmp.Compare(a.Index, b.Index) })
	return out, err
}

// isRefusal tells an answer that is not taken from a failure.
func isRefusal(err error) bool {
	var wrong *WrongAnswerError
	return isStale(err) || errors.As(err, &wrong) || errors.Is(err, storage.ErrNotFound)
}

// answerIn applies one answer within a transaction. Errors: *StaleError,
// *WrongAnswerError, ErrNotFound; nothing has been written then.
func (d *Desk) answerIn(ctx context.Context, tx pgx.Tx, personID int64, g Given) (storage.Question, int64, error) {
	q, err := storage.LockQuestion(ctx, tx, g.QuestionID)
	if err != nil {
		return q, 0, err
	}
	if q.State != "open" || q.Version != g.Version {
		return q, 0, d.stale(ctx, tx, q)
	}
	undo, err := d.apply(ctx, tx, personID, q, g.Answer)
	if err != nil {
		return q, 0, err
	}
	undo.QuestionID = q.ID
	journalID, err := d.journal(ctx, tx, personID, q, g.Answer, undo)
	if err != nil {
		return q, 0, err
	}
	if undo.Reread {
		if err := d.rereadOthers(ctx, tx, *q.DistributorID, q.ID, journalID); err != nil {
			return q, 0, err
		}
	}
	raw, err := json.Marshal(g.Answer)
	if err != nil {
		return q, 0, fmt.Errorf("encode answer: %w", err)
	}
	if err := storage.CloseQuestion(ctx, tx, q.ID, "answered", raw, &personID, &journalID, d.p.now()); err != nil {
		return q, 0, err
	}
	return q, journalID, d.teach(ctx, tx, personID, q, g.Answer, journalID)
}

// undoGroup takes answers back that were given together, in one transaction. Those that
// somebody took back before stay so. It returns the question of the first.
func (d *Desk) undoGroup(ctx context.Context, personID, journalID int64, group []int64) (first storage.Question, err error) {
	err = d.p.store.InTx(ctx, func(tx pgx.Tx) error {
		first = storage.Question{}
		if err := d.lockGroup(ctx, tx, group); err != nil {
			return err
		}
		undone := 0
		for _, id := range group {
			q, err := d.undoIn(ctx, tx, personID, id)
			if isStale(err) {
				continue
			}
			if err != nil {
				return err
			}
			if undone++; undone == 1 {
				first = q
			}
		}
		if undone == 0 {
			return &StaleError{}
		}
		_, err := storage.AddJournal(ctx, tx, storage.JournalEntry{PersonID: &personID, Action: "undo.many", Subject: first.Subject, Undoes: &journalID})
		return err
	})
	return first, err
}

// lockGroup takes the locks of all distributors whose names are concerned, in one order.
func (d *Desk) lockGroup(ctx context.Context, tx pgx.Tx, group []int64) error {
	ids, err := storage.DistributorsOfJournal(ctx, tx, group)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := storage.LockReports(ctx, tx, id, namesLock); err != nil {
			return err
		}
	}
	return nil
}
