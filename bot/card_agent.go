package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// agentCard shows an agent of a distributor and the reps it may be.
func (t *turn) agentCard(_ context.Context, q storage.Question, v view, k *keys) (string, error) {
	var p ingest.AgentPayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return "", fmt.Errorf("read question %d: %w", q.ID, err)
	}
	amount, err := decimal.NewFromString(p.Amount)
	lines := []string{t.html("agent.name", text.Data{
		"Name": shorten(p.Name, 120), "Money": err == nil && amount.IsPositive(), "Amount": amount, "Lines": p.Lines, "Clients": p.Clients,
	})}
	candidates, title := p.Candidates[:min(len(p.Candidates), maxCandidates)], "item.like"
	if v.query != "" {
		candidates, title = v.reps, "item.found"
	}
	if len(candidates) > 0 {
		lines = append(lines, "", t.html(title, text.Data{"Query": v.query}))
	}
	var row []key
	for i, c := range candidates {
		lines = append(lines, t.html("agent.candidate", text.Data{
			"N": i + 1, "Name": c.Name, "Place": c.Place, "Code": c.Code,
			"Likely": v.query == "", "Share": decimal.NewFromFloat(c.Confidence), "Why": t.reasons(c.Reasons),
		}))
		a := ingest.Answer{Choice: ingest.ChooseRep, RepID: c.RepID}
		row = append(row, key{strconv.Itoa(i + 1), "q.answer", answerArgs{q.ID, q.Version, a, shorten(p.Name, 30) + " → " + shorten(c.Name, 30)}})
	}
	k.row(row...)
	self := questionArgs{Question: q.ID, Version: q.Version}
	if v.more || v.query != "" {
		k.row(t.foundKeys(self, v)...)
	}
	simple := func(label, choice, line string) key {
		return key{t.text(label, nil), "q.answer", answerArgs{q.ID, q.Version, ingest.Answer{Choice: choice}, shorten(p.Name, 30) + " → " + t.text(line, nil)}}
	}
	k.row(key{t.text("key.search", nil), "q.ask.search", self}, simple("key.new_rep", ingest.ChooseNew, "line.new_rep"),
		simple("key.not_ours", ingest.ChooseNotOurs, "line.not_ours"))
	return strings.Join(lines, "\n"), nil
}

// showReps shows the reps found for the question, a page of them.
func (t *turn) showReps(ctx context.Context, st cardState, q storage.Question, query string, n int) error {
	query = shorten(query, 100)
	all, err := t.Desk.SearchReps(ctx, query, (n+1)*found+1)
	if err != nil {
		return err
	}
	v := view{query: query, page: n, expect: expectation{Kind: expectSearch, Question: q.ID, Version: q.Version}}
	from := min(n*found, len(all))
	v.reps, v.more = all[from:min(from+found, len(all))], len(all) > from+found
	if len(v.reps) == 0 {
		v.prompt = "prompt.nothing_found"
	}
	return t.showQuestion(ctx, st, q, v)
}
