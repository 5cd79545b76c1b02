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

// clientCard shows a buyer of a distributor, with its place, and the outlets it may be.
func (t *turn) clientCard(_ context.Context, q storage.Question, v view, k *keys) (string, error) {
	var p ingest.ClientPayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return "", fmt.Errorf("read question %d: %w", q.ID, err)
	}
	amount, err := decimal.NewFromString(p.Amount)
	name, legal := p.Name, ""
	if p.OutletName != "" && p.OutletName != p.Name {
		name, legal = p.OutletName, p.Name
	}
	lines := []string{t.html("client.name", text.Data{
		"Name": shorten(name, 120), "Legal": shorten(legal, 120), "Address": shorten(p.Address, 160), "Code": p.Code, "INN": p.INN,
		"Money": err == nil && amount.IsPositive(), "Amount": amount, "Lines": p.Lines,
	})}
	candidates, title := p.Candidates[:min(len(p.Candidates), maxCandidates)], "item.like"
	switch {
	case v.query != "":
		candidates, title = v.shops, "item.found"
	case p.Foreign:
		lines = append(lines, "", t.html("client.foreign", nil))
	}
	if len(candidates) > 0 {
		lines = append(lines, "", t.html(title, text.Data{"Query": v.query}))
	}
	var row []key
	for i, c := range candidates {
		lines = append(lines, t.html("client.candidate", text.Data{
			"N": i + 1, "Name": c.Name, "Legal": legalOf(c), "Address": c.Address, "Code": c.Code,
			"Likely": v.query == "", "Share": decimal.NewFromFloat(c.Confidence), "Why": t.reasons(c.Reasons),
		}))
		a := ingest.Answer{Choice: ingest.ChooseOutlet, OutletID: c.OutletID}
		row = append(row, key{strconv.Itoa(i + 1), "q.answer", answerArgs{q.ID, q.Version, a, shorten(name, 30) + " → " + c.Code}})
	}
	k.row(row...)
	self := questionArgs{Question: q.ID, Version: q.Version}
	if v.more || v.query != "" {
		k.row(t.foundKeys(self, v)...)
	}
	simple := func(label, choice, line string) key {
		return key{t.text(label, nil), "q.answer", answerArgs{q.ID, q.Version, ingest.Answer{Choice: choice}, shorten(name, 30) + " → " + t.text(line, nil)}}
	}
	k.row(key{t.text("key.search", nil), "q.ask.search", self}, simple("key.new_shop", ingest.ChooseNew, "line.new_shop"),
		simple("key.not_ours", ingest.ChooseNotOurs, "line.not_ours"))
	return strings.Join(lines, "\n"), nil
}

// legalOf is the legal entity where it says more than the name.
func legalOf(c ingest.OutletCandidate) string {
	if c.LegalName == c.Name {
		return ""
	}
	return c.LegalName
}

// showShops shows the outlets found for the question, a page of them.
func (t *turn) showShops(ctx context.Context, st cardState, q storage.Question, query string, n int) error {
	query = shorten(query, 100)
	all, err := t.Desk.SearchOutlets(ctx, query, (n+1)*found+1)
	if err != nil {
		return err
	}
	v := view{query: query, page: n, expect: expectation{Kind: expectSearch, Question: q.ID, Version: q.Version}}
	from := min(n*found, len(all))
	v.shops, v.more = all[from:min(from+found, len(all))], len(all) > from+found
	if len(v.shops) == 0 {
		v.prompt = "prompt.nothing_found"
	}
	return t.showQuestion(ctx, st, q, v)
}
