package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// rankNames ranks the open questions about a distributor's names anew, since an answer
// taught something, and takes up names that lost their mapping. It looks again until
// nothing was answered meanwhile: an answer while it runs starts no job of its own.
func (p *Pipeline) rankNames(ctx context.Context, distributorID int64) error {
	d, err := storage.DistributorByID(ctx, p.store.Pool(), distributorID)
	if err != nil {
		return err
	}
	for range rankTurns {
		before, err := storage.NewestDecision(ctx, p.store.Pool(), distributorID)
		if err != nil {
			return err
		}
		if err := p.rankOnce(ctx, d); err != nil {
			return err
		}
		after, err := storage.NewestDecision(ctx, p.store.Pool(), distributorID)
		if err != nil || after == before {
			return err
		}
	}
	return nil
}

// rankTurns is how often a job looks again while people answer.
const rankTurns = 10

func (p *Pipeline) rankOnce(ctx context.Context, d storage.Distributor) error {
	return p.store.InTx(ctx, func(tx pgx.Tx) error {
		if err := storage.LockReports(ctx, tx, d.ID, namesLock); err != nil {
			return err
		}
		// Under the lock: an answer that was taken back before is not followed any more.
		index, err := p.productIndex(ctx)
		if err != nil {
			return err
		}
		if err := p.rankOpenItems(ctx, tx, d, index); err != nil {
			return err
		}
		items, err := storage.UnmappedItems(ctx, tx, d.ID, 0)
		if err != nil {
			return err
		}
		if err := p.mapItems(ctx, tx, d, 0, items, index); err != nil {
			return err
		}
		if err := p.rankOpenClients(ctx, tx, d); err != nil {
			return err
		}
		if err := p.moreClients(ctx, tx, d); err != nil {
			return err
		}
		return p.mapAgents(ctx, tx, d.ID, 0)
	})
}

// moreClients asks about the clients that waited, where half of those asked about are
// answered.
func (p *Pipeline) moreClients(ctx context.Context, tx pgx.Tx, d storage.Distributor) error {
	open, err := storage.OpenNames(ctx, tx, d.ID, storage.AskClient)
	if err != nil || len(open) > maxOpenClients/2 {
		return err
	}
	clients, err := storage.UnmappedClients(ctx, tx, d.ID, 0)
	if err != nil {
		return err
	}
	return p.mapClients(ctx, tx, d, 0, clients[:min(len(clients), 2*maxOpenClients)], maxOpenClients)
}

// rankOpenItems ranks the items of the open questions together. What is certain now is
// mapped, and its question closed; a question that somebody has on the card stays.
func (p *Pipeline) rankOpenItems(ctx context.Context, tx pgx.Tx, d storage.Distributor, index *productIndex) error {
	open, err := storage.OpenNames(ctx, tx, d.ID, storage.AskItem)
	if err != nil || len(open) == 0 {
		return err
	}
	items, err := storage.ItemsAsked(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	asked, payloads, err := askedItems(open, items)
	if err != nil {
		return err
	}
	ranked, z, err := p.rankItems(ctx, tx, d, asked, index)
	if err != nil {
		return err
	}
	var maps []storage.ItemMapping
	renew := map[int64]json.RawMessage{}
	for i, q := range open {
		if m, ok := index.verdict(asked[i], ranked[i], z); ok {
			free, err := p.withdraw(ctx, tx, q, true)
			if err != nil {
				return err
			}
			if free {
				maps = append(maps, m)
				continue
			}
		}
		renewed, err := index.question(asked[i], ranked[i])
		if err != nil {
			return err
		}
		if bytes.Equal(renewed.Payload, payloads[i]) {
			continue
		}
		renew[q.ID] = renewed.Payload
	}
	if err := storage.RenewQuestions(ctx, tx, renew); err != nil {
		return err
	}
	return storage.MapItems(ctx, tx, maps)
}

// askedItems are the items of open questions with the weight that their cards show,
// and the payloads as they are encoded now.
func askedItems(open []storage.Question, items map[int64]storage.UnmappedItem) ([]storage.UnmappedItem, [][]byte, error) {
	out, payloads := make([]storage.UnmappedItem, len(open)), make([][]byte, len(open))
	for i, q := range open {
		var payload ItemPayload
		if err := json.Unmarshal(q.Payload, &payload); err != nil {
			return nil, nil, fmt.Errorf("read question %d: %w", q.ID, err)
		}
		x := items[payload.ItemID]
		x.Weight = storage.Weight{Amount: payload.Amount, Quantity: payload.Quantity, Lines: payload.Lines, Clients: payload.Clients}
		raw, err := json.Marshal(payload)
		if err != nil {
			return nil, nil, fmt.Errorf("encode question %d: %w", q.ID, err)
		}
		out[i], payloads[i] = x, raw
	}
	return out, payloads, nil
}
