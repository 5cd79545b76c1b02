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

const (
	maxCandidates = 3
	maxFactors    = 3
)

// itemCard shows a distributor's name and the products it may be. A button says
// the product and, where there is a choice, how many of its units one unit of the
// report holds.
func (t *turn) itemCard(ctx context.Context, q storage.Question, v view, k *keys) (string, error) {
	var p ingest.ItemPayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return "", fmt.Errorf("read question %d: %w", q.ID, err)
	}
	amount, err := decimal.NewFromString(p.Amount)
	lines := []string{t.html("item.name", text.Data{
		"Name": p.Name, "Code": p.Code, "Unit": p.Unit, "Money": err == nil, "Amount": amount, "Lines": p.Lines, "Clients": p.Clients,
	})}
	candidates := p.Candidates[:min(len(p.Candidates), maxCandidates)]
	title := "item.like"
	if v.query != "" {
		candidates, title = v.found, "item.found"
	}
	if p.Foreign && v.query == "" {
		lines = append(lines, "", t.html("item.foreign", nil))
	}
	if len(candidates) > 0 {
		lines = append(lines, "", t.html(title, text.Data{"Query": v.query}))
	}
	var plainRow []key
	for i, c := range candidates {
		lines = append(lines, t.candidateLine(i+1, c, v.query == ""))
		row := t.candidateKeys(q, p, i+1, c, v.factor)
		if len(row) == 1 {
			plainRow = append(plainRow, row[0])
			continue
		}
		k.row(row...)
	}
	k.row(plainRow...)
	self := questionArgs{Question: q.ID, Version: q.Version}
	if v.more || v.query != "" {
		k.row(t.foundKeys(self, v)...)
	}
	simple := func(label, choice, line string) key {
		a := ingest.Answer{Choice: choice}
		return key{t.text(label, nil), "q.answer", answerArgs{q.ID, q.Version, a, shorten(p.Name, 30) + " → " + t.text(line, nil)}}
	}
	k.row(key{t.text("key.search", nil), "q.ask.search", self}, key{t.text("key.factor", nil), "q.ask.factor", self})
	k.row(simple("key.new", ingest.ChooseNew, "line.new"), simple("key.not_ours", ingest.ChooseNotOurs, "line.not_ours"))
	same, err := t.Desk.Same(ctx, q)
	if err != nil {
		return "", err
	}
	if len(same.Questions) > 0 {
		lines = append(lines, "", t.html("item.same", text.Data{"Count": len(same.Questions), "Names": distributorNames(same.Distributors)}))
	}
	return strings.Join(lines, "\n"), nil
}

func (t *turn) candidateLine(n int, c ingest.ItemCandidate, likely bool) string {
	return t.html("item.candidate", text.Data{
		"N": n, "Name": c.Name, "Code": c.Code, "Likely": likely, "Share": decimal.NewFromFloat(c.Confidence), "Why": t.reasons(c.Reasons),
		"Inactive": c.Inactive,
	}) + t.factorLine(c)
}

// factorLine says where the likeliest number of base units comes from; nothing where it
// is one for certain.
func (t *turn) factorLine(c ingest.ItemCandidate) string {
	if len(c.Factors) == 0 || c.Factors[0] == "1" && len(c.Factors) == 1 {
		return ""
	}
	var why []string
	for _, w := range c.FactorReasons {
		if t.p.Has("bot.factor." + w) {
			why = append(why, t.text("factor."+w, nil))
		}
	}
	return "\n" + t.html("item.factor", text.Data{
		"Factor": c.Factors[0], "Why": strings.Join(why, ", "), "Share": decimal.NewFromFloat(c.FactorConfidence), "Doubt": c.FactorConfidence < 0.9,
	})
}

// candidateKeys are a candidate's buttons, one for each likely factor.
func (t *turn) candidateKeys(q storage.Question, p ingest.ItemPayload, n int, c ingest.ItemCandidate, factor string) []key {
	factors := c.Factors[:min(len(c.Factors), maxFactors)]
	if factor != "" {
		factors = []string{factor}
	}
	if len(factors) == 0 {
		factors = []string{"1"}
	}
	var out []key
	for i, f := range factors {
		label, line := strconv.Itoa(n), shorten(p.Name, 30)+" → "+c.Code
		if len(factors) > 1 || f != "1" {
			label += " · ×" + f
		}
		if f != "1" {
			line += " ×" + f
		}
		if i > 0 {
			label = "×" + f
		}
		a := ingest.Answer{Choice: ingest.ChooseProduct, ProductID: c.ProductID, Factor: f}
		out = append(out, key{label, "q.answer", answerArgs{q.ID, q.Version, a, line}})
	}
	return out
}

// foundKeys lead through what a search found, and back.
func (t *turn) foundKeys(self questionArgs, v view) []key {
	out := []key{{t.text("key.back", nil), "q.show", self}}
	if v.more {
		next := self
		next.Query, next.Page = v.query, v.page+1
		out = append(out, key{t.text("key.more", nil), "q.more", next})
	}
	return out
}
