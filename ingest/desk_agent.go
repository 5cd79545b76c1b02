package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/match/agent"
	"github.com/distbase/distbase/storage"
)

// answerAgent maps an agent. Facts are not touched: they point to the agent.
func (d *Desk) answerAgent(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, a Answer) (undoRecord, error) {
	var undo undoRecord
	var payload AgentPayload
	if err := json.Unmarshal(q.Payload, &payload); err != nil {
		return undo, fmt.Errorf("read question %d: %w", q.ID, err)
	}
	m := storage.AgentMapping{
		DistributorID: *q.DistributorID, AgentID: payload.AgentID, Verdict: a.Choice, DecidedBy: &personID, Reason: "analyst",
	}
	switch a.Choice {
	case ChooseRep:
		rep, err := storage.RepByID(ctx, tx, a.RepID)
		if err != nil {
			return undo, err
		}
		m.RepID = &rep.ID
	case ChooseNotOurs, ChooseNew:
	default:
		return undo, &WrongAnswerError{a.Choice}
	}
	made, before, err := storage.SetAgentMapping(ctx, tx, m)
	undo.Made, undo.MappingBefore = &made, before
	return undo, err
}

// SearchReps finds reps by a code or words of a name, department, region or manager,
// those of the code first.
func (d *Desk) SearchReps(ctx context.Context, query string, limit int) ([]RepCandidate, error) {
	reps, err := storage.Reps(ctx, d.p.store.Pool())
	if err != nil {
		return nil, err
	}
	words := searchWords(query)
	var exact, out []RepCandidate
	for _, r := range reps {
		switch all := fold(r.Code + " " + r.Name + " " + r.Department + " " + r.Region + " " + r.Manager); {
		case fold(r.Code) == fold(query):
			exact = append(exact, repCandidate(r, agent.Candidate{}))
		case len(words) > 0 && containsAll(all, words):
			out = append(out, repCandidate(r, agent.Candidate{}))
		}
	}
	out = append(exact, out...)
	return out[:min(len(out), limit)], nil
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
