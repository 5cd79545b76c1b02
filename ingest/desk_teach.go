package ingest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/storage"
)

// teach keeps what an answer says of the matcher.
func (d *Desk) teach(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, a Answer, journalID int64) error {
	c, ok, err := checkOf(q, a)
	if err != nil {
		return err
	}
	if ok {
		c.PersonID, c.JournalID = personID, journalID
		return storage.AddCheck(ctx, tx, c)
	}
	return nil
}

// unteach takes that back.
func (d *Desk) unteach(ctx context.Context, tx pgx.Tx, q storage.Question, journalID int64) error {
	if err := storage.WithdrawChecks(ctx, tx, journalID); err != nil {
		return err
	}
	return d.rankAgain(ctx, tx, q)
}

// rankAgain has the names of a distributor ranked anew.
func (d *Desk) rankAgain(ctx context.Context, tx pgx.Tx, q storage.Question) error {
	if id, ok := learner(q); ok {
		return d.p.store.Enqueue(ctx, tx, storage.RankNames{DistributorID: id})
	}
	return nil
}

// learner is the distributor about whose names an answer to the question teaches something.
func learner(q storage.Question) (distributorID int64, ok bool) {
	switch q.Kind {
	case storage.AskItem, storage.AskClient, storage.AskAgent, storage.AskAudit:
		return *q.DistributorID, true
	}
	return 0, false
}

// checkOf says whether the first candidate of a question was right, and whether the name
// was rightly held for none of ours; ok is false where an answer says nothing of either.
func checkOf(q storage.Question, a Answer) (c storage.Check, ok bool, err error) {
	c = storage.Check{Kind: q.Kind, Foreign: a.Choice == ChooseNotOurs}
	if q.DistributorID != nil {
		c.DistributorID = *q.DistributorID
	}
	read := func(payload any) error {
		if err := json.Unmarshal(q.Payload, payload); err != nil {
			return fmt.Errorf("read question %d: %w", q.ID, err)
		}
		return nil
	}
	switch q.Kind {
	case storage.AskItem:
		var p ItemPayload
		err = read(&p)
		c.NameID, c.HeldForeign = p.ItemID, p.Foreign
		if ok = len(p.Candidates) > 0; ok {
			c.Confidence, c.Right = p.Candidates[0].Confidence, a.Choice == ChooseProduct && a.ProductID == p.Candidates[0].ProductID
		}
	case storage.AskClient:
		var p ClientPayload
		err = read(&p)
		c.NameID, c.HeldForeign = p.ClientID, p.Foreign
		if ok = len(p.Candidates) > 0; ok {
			c.Confidence, c.Right = p.Candidates[0].Confidence, a.Choice == ChooseOutlet && a.OutletID == p.Candidates[0].OutletID
		}
	case storage.AskAgent:
		var p AgentPayload
		err = read(&p)
		c.NameID = p.AgentID
		if ok = len(p.Candidates) > 0; ok {
			c.Confidence, c.Right = p.Candidates[0].Confidence, a.Choice == ChooseRep && a.RepID == p.Candidates[0].RepID
		}
	case storage.AskAudit:
		var p AuditPayload
		err = read(&p)
		c.Kind, c.NameID, c.Confidence, c.Automatic, c.Right, ok = p.Kind, p.NameID, p.Confidence, true, a.Choice == ChooseRight, true
		if p.Verdict == storage.VerdictNotOurs { // zones are told by how near the first candidate was
			c.HeldForeign, c.Foreign, c.Confidence = true, c.Right, round(1-p.Confidence)
		}
	}
	return c, ok || c.HeldForeign, err
}

// takeBackName undoes an answer about a name; what distbase mapped because of it loses
// its mapping too.
func (d *Desk) takeBackName(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, detail journalDetail) error {
	v, err := verdictsOf(q.Kind)
	if err != nil {
		return err
	}
	nameID, _, err := nameOf(q)
	if err != nil {
		return err
	}
	if err := v.takeBack(ctx, tx, personID, *q.DistributorID, nameID, detail.Undo); err != nil {
		return err
	}
	if q.Kind == storage.AskItem && detail.Answer.Choice == ChooseProduct {
		return d.endFollowers(ctx, tx, personID, q, detail.Answer.ProductID)
	}
	return nil
}

// endFollowers ends the mappings of items of the same name that distbase made because
// of an answer.
func (d *Desk) endFollowers(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, productID int64) error {
	var payload ItemPayload
	if err := json.Unmarshal(q.Payload, &payload); err != nil {
		return fmt.Errorf("read question %d: %w", q.ID, err)
	}
	followers, err := storage.FollowedItems(ctx, tx, *q.DistributorID, productID)
	if err != nil {
		return err
	}
	for _, x := range followers {
		if match.Normalise(x.Name) != match.Normalise(payload.Name) {
			continue
		}
		if _, err := storage.EndItemMapping(ctx, tx, x.DistributorID, x.ID, &personID); err != nil {
			return err
		}
	}
	return nil
}
