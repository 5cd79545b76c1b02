package ingest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/storage"
)

// teach keeps what an answer says of the matcher, and has the other names of the
// distributor ranked anew.
func (d *Desk) teach(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, a Answer, journalID int64) error {
	c, ok, err := checkOf(q, a)
	if err != nil {
		return err
	}
	if ok {
		c.PersonID, c.JournalID = personID, journalID
		if err := storage.AddCheck(ctx, tx, c); err != nil {
			return err
		}
	}
	return d.rankAgain(ctx, tx, q)
}

// unteach takes that back.
func (d *Desk) unteach(ctx context.Context, tx pgx.Tx, q storage.Question, journalID int64) error {
	if err := storage.WithdrawChecks(ctx, tx, journalID); err != nil {
		return err
	}
	return d.rankAgain(ctx, tx, q)
}

func (d *Desk) rankAgain(ctx context.Context, tx pgx.Tx, q storage.Question) error {
	switch q.Kind {
	case storage.AskItem, storage.AskClient, storage.AskAudit:
		return d.p.store.Enqueue(ctx, tx, storage.RankNames{DistributorID: *q.DistributorID})
	}
	return nil
}

// checkOf says whether the first candidate of a question was right; ok is false where
// there was none.
func checkOf(q storage.Question, a Answer) (c storage.Check, ok bool, err error) {
	switch q.Kind {
	case storage.AskItem:
		var p ItemPayload
		if err := json.Unmarshal(q.Payload, &p); err != nil {
			return c, false, fmt.Errorf("read question %d: %w", q.ID, err)
		}
		if len(p.Candidates) == 0 {
			return c, false, nil
		}
		first := p.Candidates[0]
		return storage.Check{
			DistributorID: *q.DistributorID, Kind: storage.AskItem, NameID: p.ItemID, Confidence: first.Confidence,
			Right: a.Choice == ChooseProduct && a.ProductID == first.ProductID,
		}, true, nil
	case storage.AskClient:
		var p ClientPayload
		if err := json.Unmarshal(q.Payload, &p); err != nil {
			return c, false, fmt.Errorf("read question %d: %w", q.ID, err)
		}
		if len(p.Candidates) == 0 {
			return c, false, nil
		}
		first := p.Candidates[0]
		return storage.Check{
			DistributorID: *q.DistributorID, Kind: storage.AskClient, NameID: p.ClientID, Confidence: first.Confidence,
			Right: a.Choice == ChooseOutlet && a.OutletID == first.OutletID,
		}, true, nil
	case storage.AskAudit:
		var p AuditPayload
		if err := json.Unmarshal(q.Payload, &p); err != nil {
			return c, false, fmt.Errorf("read question %d: %w", q.ID, err)
		}
		return storage.Check{
			DistributorID: *q.DistributorID, Kind: p.Kind, NameID: p.NameID, Confidence: p.Confidence, Automatic: true, Right: a.Choice == ChooseRight,
		}, true, nil
	}
	return c, false, nil
}

// takeBackItem ends the mapping that an answer made, or puts the one before in force
// again; what distbase mapped by that answer loses its mapping too.
func (d *Desk) takeBackItem(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, detail journalDetail) error {
	var payload ItemPayload
	if err := json.Unmarshal(q.Payload, &payload); err != nil {
		return fmt.Errorf("read question %d: %w", q.ID, err)
	}
	if detail.Answer.Choice == ChooseProduct {
		if err := d.endFollowers(ctx, tx, personID, q, payload.Name, detail.Answer.ProductID); err != nil {
			return err
		}
	}
	if detail.Undo.MappingBefore == 0 {
		_, err := storage.EndItemMapping(ctx, tx, *q.DistributorID, payload.ItemID, &personID)
		return err
	}
	before, err := storage.ItemMappingByID(ctx, tx, *q.DistributorID, detail.Undo.MappingBefore)
	if err != nil {
		return err
	}
	_, _, err = storage.SetItemMapping(ctx, tx, before)
	return err
}

// endFollowers ends the mappings of items of the same name that distbase made because
// of an answer.
func (d *Desk) endFollowers(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, name string, productID int64) error {
	followers, err := storage.FollowedItems(ctx, tx, *q.DistributorID, productID)
	if err != nil {
		return err
	}
	for _, x := range followers {
		if match.Normalise(x.Name) != match.Normalise(name) {
			continue
		}
		if _, err := storage.EndItemMapping(ctx, tx, x.DistributorID, x.ID, &personID); err != nil {
			return err
		}
	}
	return nil
}
