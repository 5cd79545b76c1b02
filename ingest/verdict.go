package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// verdicts is how decisions about one kind of names are taken back.
type verdicts struct {
	kind string
	// end leaves a name without a decision and returns the one that was, or 0.
	end func(ctx context.Context, q storage.Querier, distributorID, nameID int64, by *int64) (int64, error)
	// restore puts a superseded decision in force again.
	restore func(ctx context.Context, q storage.Querier, distributorID, mappingID int64) error
	subject func(distributorID, nameID int64) string
}

func verdictsOf(kind string) (verdicts, error) {
	switch kind {
	case storage.AskItem:
		return verdicts{kind, storage.EndItemMapping, restoreItem, itemSubject}, nil
	case storage.AskClient:
		return verdicts{kind, storage.EndClientMapping, restoreClient, clientSubject}, nil
	case storage.AskAgent:
		return verdicts{kind, storage.EndAgentMapping, restoreAgent, agentSubject}, nil
	}
	return verdicts{}, fmt.Errorf("decisions about a %s", kind)
}

// nameOf is the item, client or agent that a question is about; ok is false for others.
func nameOf(q storage.Question) (id int64, ok bool, err error) {
	var p struct {
		ItemID   int64 `json:"item_id"`
		ClientID int64 `json:"client_id"`
		AgentID  int64 `json:"agent_id"`
	}
	switch q.Kind {
	case storage.AskItem, storage.AskClient, storage.AskAgent:
	default:
		return 0, false, nil
	}
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return 0, false, fmt.Errorf("read question %d: %w", q.ID, err)
	}
	return cmp.Or(p.ItemID, p.ClientID, p.AgentID), true, nil
}

func restoreItem(ctx context.Context, q storage.Querier, distributorID, mappingID int64) error {
	m, err := storage.ItemMappingByID(ctx, q, distributorID, mappingID)
	if err == nil {
		_, _, err = storage.SetItemMapping(ctx, q, m)
	}
	return err
}

func restoreClient(ctx context.Context, q storage.Querier, distributorID, mappingID int64) error {
	m, err := storage.ClientMappingByID(ctx, q, distributorID, mappingID)
	if err == nil {
		_, _, err = storage.SetClientMapping(ctx, q, m)
	}
	return err
}

func restoreAgent(ctx context.Context, q storage.Querier, distributorID, mappingID int64) error {
	m, err := storage.AgentMappingByID(ctx, q, distributorID, mappingID)
	if err == nil {
		_, _, err = storage.SetAgentMapping(ctx, q, m)
	}
	return err
}

// takeBack undoes what a person decided on a name. Where the name has been decided on
// again since, the later decision stays and has to be undone first: *StaleError.
func (v verdicts) takeBack(ctx context.Context, tx pgx.Tx, personID, distributorID, nameID int64, undo undoRecord) error {
	now, err := storage.MappingInForce(ctx, tx, v.kind, distributorID, nameID)
	if err != nil {
		return err
	}
	if undo.Made != nil && now != *undo.Made {
		return &StaleError{Later: true}
	}
	if undo.MappingBefore != 0 {
		return v.restore(ctx, tx, distributorID, undo.MappingBefore)
	}
	_, err = v.end(ctx, tx, distributorID, nameID, &personID)
	return err
}
