package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// Scope is the open questions that an answer can serve too: the same name, at this
// distributor in another unit, or at others.
type Scope struct {
	Questions    int
	Distributors []string // names, without repeats
}

// Same is what else an answer to a question could serve.
func (d *Desk) Same(ctx context.Context, q storage.Question) (Scope, error) {
	return scopeOf(ctx, d.p.store.Pool(), q)
}

func scopeOf(ctx context.Context, db storage.Querier, q storage.Question) (Scope, error) {
	var s Scope
	if q.Topic == "" {
		return s, nil
	}
	all, err := storage.SameTopic(ctx, db, q)
	if err != nil {
		return s, err
	}
	var last int64
	for _, x := range all {
		s.Questions++
		if *x.DistributorID == last {
			continue
		}
		last = *x.DistributorID
		distributor, err := storage.DistributorByID(ctx, db, last)
		if err != nil {
			return s, err
		}
		s.Distributors = append(s.Distributors, distributor.Name)
	}
	return s, nil
}

// AnswerSame applies an answer that was given to the open questions of the same name,
// and returns how many it answered and the entry by which all of them are taken back,
// 0 where there were none. A name counted in another unit is answered where its unit
// says how many base units it holds; others stay open.
func (d *Desk) AnswerSame(ctx context.Context, personID, journalID int64) (n int, groupID int64, err error) {
	q, detail, err := d.answered(ctx, journalID)
	if err != nil {
		return 0, 0, err
	}
	all, err := storage.SameTopic(ctx, d.p.store.Pool(), q)
	if err != nil {
		return 0, 0, err
	}
	var group []int64
	for _, x := range all {
		a, ok, err := d.sameAnswer(ctx, q, x, detail.Answer)
		if err != nil {
			return len(group), 0, err
		}
		if !ok {
			continue
		}
		out, err := d.Answer(ctx, personID, x.ID, x.Version, a)
		if err != nil && !isStale(err) {
			return len(group), 0, err
		}
		if err == nil {
			group = append(group, out.JournalID)
		}
	}
	if len(group) == 0 {
		return 0, 0, nil
	}
	raw, err := json.Marshal(journalDetail{detail.Answer, undoRecord{Group: group}})
	if err != nil {
		return len(group), 0, fmt.Errorf("encode journal: %w", err)
	}
	groupID, err = storage.AddJournal(ctx, d.p.store.Pool(), storage.JournalEntry{PersonID: &personID, Action: "answer.same", Subject: q.Subject, Detail: raw})
	return len(group), groupID, err
}

// answered is the question that an entry of the journal answers, and how.
func (d *Desk) answered(ctx context.Context, journalID int64) (storage.Question, journalDetail, error) {
	var detail journalDetail
	e, err := storage.JournalByID(ctx, d.p.store.Pool(), journalID)
	if err != nil {
		return storage.Question{}, detail, err
	}
	if err := json.Unmarshal(e.Detail, &detail); err != nil || detail.Undo.QuestionID == 0 {
		return storage.Question{}, detail, &WrongAnswerError{"this entry is no answer"}
	}
	q, err := storage.QuestionByID(ctx, d.p.store.Pool(), detail.Undo.QuestionID)
	if err != nil {
		return q, detail, err
	}
	if q.JournalID == nil || *q.JournalID != journalID || q.Topic == "" {
		return q, detail, &WrongAnswerError{"the answer was taken back"}
	}
	return q, detail, nil
}

// sameAnswer is the answer to q as x needs it.
func (d *Desk) sameAnswer(ctx context.Context, q, x storage.Question, a Answer) (Answer, bool, error) {
	if a.Choice != ChooseProduct {
		return a, true, nil
	}
	var from, to ItemPayload
	if err := errors.Join(json.Unmarshal(q.Payload, &from), json.Unmarshal(x.Payload, &to)); err != nil {
		return a, false, fmt.Errorf("read question %d: %w", x.ID, err)
	}
	if fold(from.Unit) == fold(to.Unit) {
		return a, true, nil
	}
	product, err := storage.ProductByID(ctx, d.p.store.Pool(), a.ProductID)
	if err != nil {
		return a, false, err
	}
	list, sure := factorsOf(storage.UnmappedItem{
		Item:   storage.Item{Name: to.Name, Unit: to.Unit, Barcode: to.Barcode},
		Weight: storage.Weight{Amount: to.Amount, Quantity: to.Quantity},
	}, product)
	a.Factor = list[0].Value.String()
	return a, sure, nil
}

// undoGroup takes answers back that were given together. Those that somebody took back
// before stay so. It returns the question of the first.
func (d *Desk) undoGroup(ctx context.Context, personID, journalID int64, group []int64) (first storage.Question, err error) {
	undone := 0
	for _, id := range group {
		q, err := d.undoOne(ctx, personID, id)
		if isStale(err) {
			continue
		}
		if err != nil {
			return first, err
		}
		if undone++; undone == 1 {
			first = q
		}
	}
	if undone == 0 {
		return first, &StaleError{}
	}
	err = d.p.store.InTx(ctx, func(tx pgx.Tx) error {
		_, err := storage.AddJournal(ctx, tx, storage.JournalEntry{PersonID: &personID, Action: "undo.same", Subject: first.Subject, Undoes: &journalID})
		return err
	})
	return first, err
}
