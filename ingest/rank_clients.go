package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// rankOpenClients ranks the clients of the open questions that are worth most anew: the
// base has changed, or an answer has told of them. What is certain now is mapped, and its
// question closed; a question that somebody has on the card stays.
func (p *Pipeline) rankOpenClients(ctx context.Context, tx pgx.Tx, d storage.Distributor) error {
	open, err := storage.OpenNames(ctx, tx, d.ID, storage.AskClient)
	if err != nil || len(open) == 0 {
		return err
	}
	open = open[:min(len(open), maxOpenClients)]
	clients, payloads, err := askedClients(ctx, tx, d.ID, open)
	if err != nil {
		return err
	}
	z, err := zonesOf(ctx, tx, d.ID, storage.AskClient)
	if err != nil {
		return err
	}
	ranked, err := p.rankClients(ctx, tx, d, clients)
	if err != nil {
		return err
	}
	byID, err := outletsOf(ctx, tx, ranked)
	if err != nil {
		return err
	}
	var maps []storage.ClientMapping
	renew := map[int64]json.RawMessage{}
	for i, q := range open {
		m, ok, err := clientVerdict(clients[i], ranked[i], z)
		if ok && err == nil {
			ok, err = p.withdraw(ctx, tx, q, true)
		}
		if err != nil {
			return err
		}
		if ok {
			maps = append(maps, m)
			continue
		}
		renewed, err := clientQuestion(clients[i], ranked[i].list, byID)
		if err != nil {
			return err
		}
		if !bytes.Equal(renewed.Payload, payloads[i]) {
			renew[q.ID] = renewed.Payload
		}
	}
	if err := storage.RenewQuestions(ctx, tx, renew); err != nil {
		return err
	}
	return storage.MapClients(ctx, tx, maps)
}

// outletsOf are the outlets that candidates name, by their ids.
func outletsOf(ctx context.Context, tx pgx.Tx, ranked []rankedClient) (map[string]storage.Outlet, error) {
	var ids []int64
	for _, r := range ranked {
		for _, c := range r.list {
			if id, err := strconv.ParseInt(c.ID, 10, 64); err == nil {
				ids = append(ids, id)
			}
		}
	}
	found, err := storage.OutletsByIDs(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]storage.Outlet, len(found))
	for _, o := range found {
		byID[strconv.FormatInt(o.ID, 10)] = o
	}
	return byID, nil
}

// askedClients are the clients of open questions with the weight that their cards show,
// and the payloads as they are encoded now.
func askedClients(ctx context.Context, tx pgx.Tx, distributorID int64, open []storage.Question) ([]storage.UnmappedClient, [][]byte, error) {
	ids := make([]int64, len(open))
	shown, raw := make([]ClientPayload, len(open)), make([][]byte, len(open))
	for i, q := range open {
		if err := json.Unmarshal(q.Payload, &shown[i]); err != nil {
			return nil, nil, fmt.Errorf("read question %d: %w", q.ID, err)
		}
		ids[i] = shown[i].ClientID
		var err error
		if raw[i], err = json.Marshal(shown[i]); err != nil {
			return nil, nil, fmt.Errorf("encode question %d: %w", q.ID, err)
		}
	}
	found, err := storage.ClientsByIDs(ctx, tx, distributorID, ids)
	if err != nil {
		return nil, nil, err
	}
	out := make([]storage.UnmappedClient, len(open))
	for i, p := range shown {
		out[i] = found[p.ClientID]
		out[i].Weight = storage.Weight{Amount: p.Amount, Lines: p.Lines}
	}
	return out, raw, nil
}
