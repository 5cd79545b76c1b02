package bot

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// auditCard shows what was mapped without asking: right or wrong.
func (t *turn) auditCard(_ context.Context, q storage.Question, _ view, k *keys) (string, error) {
	var p ingest.AuditPayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return "", fmt.Errorf("read question %d: %w", q.ID, err)
	}
	answer := func(label, choice, line string) key {
		return key{t.text(label, nil), "q.answer", answerArgs{q.ID, q.Version, ingest.Answer{Choice: choice}, shorten(p.Name, 30) + ": " + t.text(line, nil)}}
	}
	k.row(answer("key.right", ingest.ChooseRight, "line.right"), answer("key.wrong", ingest.ChooseWrong, "line.wrong"))
	card := "audit." + p.Kind
	if p.Verdict == storage.VerdictNotOurs {
		card = "audit.not_ours"
	}
	return t.html(card, text.Data{
		"Share": decimal.NewFromFloat(p.Confidence), "Name": p.Name, "Unit": p.Unit, "Address": p.Address, "Target": p.Target,
		"Place": p.Place, "Code": p.Code, "Factor": p.Factor, "Why": t.reasons(p.Reasons),
	}), nil
}
