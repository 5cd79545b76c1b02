package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/storage"
)

// The confidences from which a first candidate is listed as likely: of products the
// factor has to be right as well.
const (
	likelyItem = 0.95
	likelyElse = 0.8
)

// List says which open questions about names are listed to be answered together.
type List struct {
	Submission int64  `json:"s,omitempty"` // whose; 0: of all reports
	Kind       string `json:"k"`           // AskItem, AskClient, AskAgent
	Foreign    bool   `json:"f,omitempty"` // those held for none of ours; else those with a likely candidate
}

// ListedName is a line of such a list.
type ListedName struct {
	Question int64
	Version  int
	Name     string
	Place    string
	Value    decimal.Decimal
	// What the name is likely to be, and the answer that says so; without a target the
	// answer is left to the person.
	Target, TargetPlace, Factor string
	Confidence                  float64
	Answer                      Answer
}

// ListPage is a part of a list.
type ListPage struct {
	Names []ListedName
	Total int
	Value decimal.Decimal // of all
}

// List gives the names of a list that can be answered together, worth the most first.
func (d *Desk) List(ctx context.Context, personID int64, l List, offset, limit int) (ListPage, error) {
	x := storage.Listing{SubmissionID: l.Submission, Kind: l.Kind, Least: likelyElse, Foreign: l.Foreign}
	if l.Kind == storage.AskItem {
		x.Least = likelyItem
	}
	listed, err := storage.ListQuestions(ctx, d.p.store.Pool(), personID, x, d.p.now(), offset, limit)
	if err != nil {
		return ListPage{}, err
	}
	out := ListPage{Total: listed.Total, Value: listed.Value}
	for _, q := range listed.Questions {
		n, err := listedName(q)
		if err != nil {
			return out, err
		}
		if l.Foreign {
			n.Target, n.TargetPlace, n.Answer = "", "", Answer{}
		}
		out.Names = append(out.Names, n)
	}
	return out, nil
}

func listedName(q storage.Question) (ListedName, error) {
	n := ListedName{Question: q.ID, Version: q.Version, Value: q.Value}
	read := func(payload any) error {
		if err := json.Unmarshal(q.Payload, payload); err != nil {
			return fmt.Errorf("read question %d: %w", q.ID, err)
		}
		return nil
	}
	switch q.Kind {
	case storage.AskItem:
		var p ItemPayload
		if err := read(&p); err != nil {
			return n, err
		}
		n.Name, n.Place = p.Name, p.Unit
		if len(p.Candidates) > 0 {
			c := p.Candidates[0]
			n.Target, n.Confidence, n.Factor = c.Name, c.Confidence, c.Factors[0]
			n.Answer = Answer{Choice: ChooseProduct, ProductID: c.ProductID, Factor: c.Factors[0]}
		}
	case storage.AskClient:
		var p ClientPayload
		if err := read(&p); err != nil {
			return n, err
		}
		n.Name, n.Place = firstOf(p.OutletName, p.Name), p.Address
		if len(p.Candidates) > 0 {
			c := p.Candidates[0]
			n.Target, n.TargetPlace, n.Confidence, n.Answer = c.Name, c.Address, c.Confidence, Answer{Choice: ChooseOutlet, OutletID: c.OutletID}
		}
	case storage.AskAgent:
		var p AgentPayload
		if err := read(&p); err != nil {
			return n, err
		}
		n.Name = p.Name
		if len(p.Candidates) > 0 {
			c := p.Candidates[0]
			n.Target, n.TargetPlace, n.Confidence, n.Answer = c.Name, c.Place, c.Confidence, Answer{Choice: ChooseRep, RepID: c.RepID}
		}
	}
	return n, nil
}

// AskAll asks about all clients of a report that wait, since a person wants to see them
// together.
func (d *Desk) AskAll(ctx context.Context, submissionID int64) error {
	s, err := storage.SubmissionByID(ctx, d.p.store.Pool(), submissionID)
	if err != nil {
		return err
	}
	distributor, err := storage.DistributorByID(ctx, d.p.store.Pool(), s.DistributorID)
	if err != nil {
		return err
	}
	return d.p.store.InTx(ctx, func(tx pgx.Tx) error {
		if err := storage.LockReports(ctx, tx, s.DistributorID, namesLock); err != nil {
			return err
		}
		waiting, err := storage.WaitingClients(ctx, tx, s.DistributorID, s.ID)
		if err != nil || waiting.Count == 0 {
			return err
		}
		clients, err := storage.UnmappedClients(ctx, tx, s.DistributorID, s.ID)
		if err != nil {
			return err
		}
		return d.p.mapClients(ctx, tx, distributor, s.ID, clients, math.MaxInt)
	})
}
