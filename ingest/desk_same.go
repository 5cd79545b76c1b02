package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/distbase/distbase/storage"
)

// Scope is the open questions that an answer can serve too: the same name, at this
// distributor in another unit, or at others.
type Scope struct {
	Questions    []int64
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
		s.Questions = append(s.Questions, x.ID)
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

// AnswerSame applies an answer that was given to open questions of the same name, those
// of the scope that was shown, and returns how many it answered and the entry by which all
// of them are taken back, 0 where there were none. A name counted in another unit is
// answered where its unit says how many base units it holds; others stay open.
func (d *Desk) AnswerSame(ctx context.Context, personID, journalID int64, scope []int64) (n int, groupID int64, err error) {
	q, detail, err := d.answered(ctx, journalID)
	if err != nil {
		return 0, 0, err
	}
	all, err := storage.SameTopic(ctx, d.p.store.Pool(), q)
	if err != nil {
		return 0, 0, err
	}
	var list []Given
	for _, x := range all {
		if !slices.Contains(scope, x.ID) {
			continue
		}
		a, ok, err := d.sameAnswer(ctx, q, x, detail.Answer)
		if err != nil {
			return 0, 0, err
		}
		if ok {
			list = append(list, Given{x.ID, x.Version, a})
		}
	}
	done, err := d.answerMany(ctx, personID, "answer.same", q.Subject, list)
	return done.Applied, done.JournalID, err
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
