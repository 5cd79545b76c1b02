package ingest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/storage"
)

// answerItem maps an item. Facts are not touched: they point to the item.
func (d *Desk) answerItem(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, a Answer) (undoRecord, error) {
	var undo undoRecord
	var payload ItemPayload
	if err := json.Unmarshal(q.Payload, &payload); err != nil {
		return undo, fmt.Errorf("read question %d: %w", q.ID, err)
	}
	m := storage.ItemMapping{
		DistributorID: *q.DistributorID, ItemID: payload.ItemID, Verdict: a.Choice, Factor: decimal.NewFromInt(1), DecidedBy: &personID, Reason: "analyst",
	}
	switch a.Choice {
	case ChooseProduct:
		product, err := storage.ProductByID(ctx, tx, a.ProductID)
		if err != nil {
			return undo, err
		}
		m.ProductID = &product.ID
		if a.Factor != "" {
			if m.Factor, err = parseFactor(a.Factor); err != nil {
				return undo, err
			}
		}
	case ChooseNotOurs, ChooseNew:
	default:
		return undo, &WrongAnswerError{a.Choice}
	}
	made, before, err := storage.SetItemMapping(ctx, tx, m)
	undo.Made, undo.MappingBefore = &made, before
	return undo, err
}

// maxFactor is more than any pallet holds.
const maxFactor = 1_000_000

func parseFactor(s string) (decimal.Decimal, error) {
	f, err := decimal.NewFromString(s)
	if err != nil || !f.IsPositive() || f.GreaterThan(decimal.NewFromInt(maxFactor)) {
		return f, &WrongAnswerError{"factor " + s}
	}
	return f, nil
}

// Search finds products by the name, words of it or their beginnings, a code or a
// barcode, for the item of a question; without one for nothing in particular. What is
// written exactly so comes first.
func (d *Desk) Search(ctx context.Context, query string, item *ItemPayload, limit int) ([]ItemCandidate, error) {
	index, err := d.p.productIndex(ctx)
	if err != nil {
		return nil, err
	}
	var x storage.UnmappedItem
	if item != nil {
		x.Item = storage.Item{Name: item.Name, Code: item.Code, Unit: item.Unit, Barcode: item.Barcode}
		x.Weight = storage.Weight{Amount: item.Amount, Quantity: item.Quantity}
	}
	var out []ItemCandidate
	for _, code := range index.find(query, limit) {
		if product, ok := index.product(code); ok {
			out = append(out, candidate(x, product, match.Candidate{ID: code}))
		}
	}
	return out, nil
}
