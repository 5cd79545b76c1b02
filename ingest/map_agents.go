package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest/match/agent"
	"github.com/distbase/distbase/storage"
)

// AgentPayload is what a question about an agent shows.
type AgentPayload struct {
	AgentID    int64          `json:"agent_id"`
	Name       string         `json:"name"`
	Amount     string         `json:"amount"`
	Lines      int            `json:"lines"`
	Clients    int            `json:"clients"`
	Candidates []RepCandidate `json:"candidates"`
}

// RepCandidate is a rep that an agent may be.
type RepCandidate struct {
	RepID      int64    `json:"rep_id"`
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	Place      string   `json:"place,omitempty"` // department, region, manager
	Confidence float64  `json:"confidence"`
	Reasons    []string `json:"reasons,omitempty"`
}

// maxOpenAgents is how many agents of a distributor are asked about at a time: those
// worth most.
const maxOpenAgents = 30

func agentSubject(distributorID, agentID int64) string {
	return fmt.Sprintf("agent:%d/%d", distributorID, agentID)
}

// structure are the manufacturer's reps as a distributor's agents are compared with them.
type structure struct {
	reps  []agent.Rep
	byID  map[string]storage.Rep
	tied  []agent.Tied
	zones zones
}

func structureFor(ctx context.Context, q storage.Querier, distributorID int64) (structure, error) {
	x := structure{byID: map[string]storage.Rep{}}
	reps, err := storage.Reps(ctx, q)
	if err != nil {
		return x, err
	}
	team, err := storage.TeamOf(ctx, q, distributorID)
	if err != nil {
		return x, err
	}
	for _, r := range reps {
		id := strconv.FormatInt(r.ID, 10)
		x.byID[id] = r
		x.reps = append(x.reps, agent.Rep{ID: id, Code: r.Code, Name: r.Name, Team: team[r.ID]})
	}
	if x.zones, err = zonesOf(ctx, q, distributorID, storage.AskAgent); err != nil {
		return x, err
	}
	tied, err := storage.TiedAgents(ctx, q, distributorID)
	for _, t := range tied {
		x.tied = append(x.tied, agent.Tied{Name: t.Name, ID: strconv.FormatInt(t.RepID, 10), Confirmed: t.Confirmed})
	}
	return x, err
}

// mapAgents ties agents of a distributor to reps where they are certain, and asks about
// those that may be one. Who is nobody of the reps, as a distributor's own people are, is
// not asked about: the agent stays unmapped and visible. With submissionID 0 all agents
// without a verdict are looked at, and questions that have become clear are closed.
func (p *Pipeline) mapAgents(ctx context.Context, tx pgx.Tx, distributorID, submissionID int64) error {
	agents, err := storage.UnmappedAgents(ctx, tx, distributorID, submissionID)
	if err != nil || len(agents) == 0 {
		return err
	}
	x, err := structureFor(ctx, tx, distributorID)
	if err != nil {
		return err
	}
	names := make([]string, len(agents))
	for i, a := range agents {
		names[i] = a.Name
	}
	ranked := agent.Rank(names, x.reps, x.tied, candidateCount)
	open, err := openSubjects(ctx, tx, distributorID, storage.AskAgent)
	if err != nil {
		return err
	}
	var maps []storage.AgentMapping
	var ask []int
	room := maxOpenAgents - len(open)
	for i, a := range agents {
		asked, isAsked := open[agentSubject(a.DistributorID, a.ID)]
		m, ok := x.decide(a, ranked[i])
		if ok {
			if ok, err = p.withdraw(ctx, tx, asked, isAsked); err != nil {
				return err
			}
		}
		switch {
		case ok:
			maps = append(maps, m)
		case isAsked:
			ask = append(ask, i) // its card shows what it weighs now
		case a.Refused || room > 0 && len(ranked[i]) > 0 && ranked[i][0].Decision != agent.None:
			ask = append(ask, i)
			room--
		}
	}
	if err := storage.MapAgents(ctx, tx, maps); err != nil {
		return err
	}
	return x.ask(ctx, tx, submissionID, agents, ranked, ask)
}

// ask asks about the agents of the given places.
func (x *structure) ask(ctx context.Context, tx pgx.Tx, submissionID int64, agents []storage.UnmappedAgent, ranked [][]agent.Candidate, which []int) error {
	var asks []storage.Question
	for _, i := range which {
		q, err := x.question(agents[i], ranked[i])
		if err != nil {
			return err
		}
		if q.SubmissionID = &agents[i].FirstSeen; submissionID != 0 {
			q.SubmissionID = &submissionID
		}
		asks = append(asks, q)
	}
	return storage.AddQuestions(ctx, tx, asks)
}

// openSubjects are the open questions of a kind about a distributor's names by subject.
func openSubjects(ctx context.Context, q storage.Querier, distributorID int64, kind string) (map[string]storage.Question, error) {
	open, err := storage.OpenNames(ctx, q, distributorID, kind)
	if err != nil {
		return nil, err
	}
	out := make(map[string]storage.Question, len(open))
	for _, x := range open {
		out[x.Subject] = x
	}
	return out, nil
}

// withdraw closes the question about a name that has become certain, and tells whether
// the name may be mapped: not where somebody has the question on the card, or has just
// answered it.
func (p *Pipeline) withdraw(ctx context.Context, tx pgx.Tx, q storage.Question, asked bool) (bool, error) {
	if !asked {
		return true, nil
	}
	return storage.WithdrawQuestion(ctx, tx, q.ID, q.Version, p.now())
}

// decide is the mapping of an agent whose rep is certain.
func (x *structure) decide(a storage.UnmappedAgent, list []agent.Candidate) (storage.AgentMapping, bool) {
	if len(list) == 0 || list[0].Decision != agent.Map {
		return storage.AgentMapping{}, false
	}
	first, z := list[0], x.zones
	confirmed := hasReason(first.Reasons, "confirmed")
	if !confirmed && (a.Refused || z.tightened() && first.Confidence < z.Map) || !z.allows(first.Confidence, confirmed) {
		return storage.AgentMapping{}, false
	}
	rep, ok := x.byID[first.ID]
	if !ok {
		return storage.AgentMapping{}, false
	}
	return storage.AgentMapping{
		DistributorID: a.DistributorID, AgentID: a.ID, Verdict: storage.VerdictRep, RepID: &rep.ID,
		Reason: strings.Join(first.Reasons, "; "), Confidence: share(first.Confidence), Model: agent.Version(),
	}, true
}

// question is what is asked about an agent.
func (x *structure) question(a storage.UnmappedAgent, list []agent.Candidate) (storage.Question, error) {
	payload := AgentPayload{AgentID: a.ID, Name: a.Name, Amount: a.Amount, Lines: a.Lines, Clients: a.Clients}
	for _, c := range list {
		if rep, ok := x.byID[c.ID]; ok {
			payload.Candidates = append(payload.Candidates, repCandidate(rep, c))
		}
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		return storage.Question{}, fmt.Errorf("encode question: %w", err)
	}
	value, err := decimal.NewFromString(a.Amount)
	if err != nil {
		return storage.Question{}, fmt.Errorf("read amount of agent %d: %w", a.ID, err)
	}
	return storage.Question{
		Kind: storage.AskAgent, Subject: agentSubject(a.DistributorID, a.ID), DistributorID: &a.DistributorID, Payload: raw, Value: value,
	}, nil
}

func repCandidate(r storage.Rep, c agent.Candidate) RepCandidate {
	var where []string
	for _, s := range []string{r.Department, r.Region, r.Manager} {
		if s != "" {
			where = append(where, s)
		}
	}
	return RepCandidate{RepID: r.ID, Code: r.Code, Name: r.Name, Place: strings.Join(where, ", "), Confidence: round(c.Confidence), Reasons: c.Reasons}
}
