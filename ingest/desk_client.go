package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/storage"
)

// answerClient maps a client. Facts are not touched: they point to the client.
func (d *Desk) answerClient(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, a Answer) (undoRecord, error) {
	var undo undoRecord
	var payload ClientPayload
	if err := json.Unmarshal(q.Payload, &payload); err != nil {
		return undo, fmt.Errorf("read question %d: %w", q.ID, err)
	}
	m := storage.ClientMapping{
		DistributorID: *q.DistributorID, ClientID: payload.ClientID, Verdict: a.Choice, DecidedBy: &personID, Reason: "analyst",
	}
	switch a.Choice {
	case ChooseOutlet:
		o, err := storage.OutletByID(ctx, tx, a.OutletID)
		if err != nil {
			return undo, err
		}
		m.OutletID = &o.ID
	case ChooseNotOurs, ChooseNew:
	default:
		return undo, &WrongAnswerError{a.Choice}
	}
	made, before, err := storage.SetClientMapping(ctx, tx, m)
	undo.Made, undo.MappingBefore = &made, before
	return undo, err
}

// SearchOutlets finds outlets by a code, a taxpayer number, or words of name and
// address, the outlet of the code first.
func (d *Desk) SearchOutlets(ctx context.Context, query string, limit int) ([]OutletCandidate, error) {
	index, err := d.p.outletIndex(ctx)
	if err != nil {
		return nil, err
	}
	var out []OutletCandidate
	exact, err := storage.OutletsByCode(ctx, d.p.store.Pool(), query)
	if err != nil {
		return nil, err
	}
	for _, o := range exact {
		out = append(out, outletCandidate(o, outlet.Candidate{}))
	}
	var ids []int64
	for _, c := range index.Rank(outlet.Query{Name: query, INN: query}, limit) {
		if id, err := strconv.ParseInt(c.ID, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	found, err := storage.OutletsByIDs(ctx, d.p.store.Pool(), ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		for _, o := range found {
			if o.ID == id && (len(exact) == 0 || exact[0].ID != id) {
				out = append(out, outletCandidate(o, outlet.Candidate{}))
			}
		}
	}
	return out[:min(len(out), limit)], nil
}
