package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// doubt says why a table is not certain.
func (t *turn) doubt(d ingest.Issue) string {
	key := "bot.doubt." + d.Code
	if !t.p.Has(key) {
		key = "bot.doubt.other"
	}
	return t.p.HTML(key, text.Data{"Role": t.role(d.Role), "Found": d.Found, "Expected": d.Expected, "Cell": d.Cell, "Row": d.Row, "Column": d.Column, "Code": d.Code})
}

func (t *turn) role(role string) string {
	if role == "" || !t.p.Has("role."+role) {
		return role
	}
	return t.p.Text("role."+role, nil)
}

// preview shows records one value a line, since a table of their columns does not
// fit a phone: role and value in fixed width.
func (t *turn) preview(rows [][]string) string {
	if len(rows) < 2 {
		return ""
	}
	width := 0
	var names []string
	for _, role := range rows[0] {
		name := shorten(t.role(role), 14)
		names, width = append(names, name), max(width, utf8.RuneCountInString(name))
	}
	var b strings.Builder
	for i, row := range rows[1:min(len(rows), 4)] {
		if i > 0 {
			b.WriteString(strings.Repeat("─", phone/2) + "\n")
		}
		for j, value := range row[:min(len(row), len(names))] {
			if value = strings.Join(strings.Fields(t.understood(table.Role(rows[0][j]), value)), " "); value == "" {
				continue
			}
			pad := strings.Repeat(" ", width-utf8.RuneCountInString(names[j]))
			b.WriteString(names[j] + pad + " " + shorten(value, phone-width-1) + "\n")
		}
	}
	return "<pre>" + text.Escape(strings.TrimRight(b.String(), "\n")) + "</pre>"
}

// understood writes a value as people write it: what the sheet shows may hide how it was
// read, as 1,234 does.
func (t *turn) understood(r table.Role, value string) string {
	if r == table.Date {
		if day, err := time.Parse(time.DateOnly, value); err == nil {
			return text.Period(t.p.Lang(), day, day)
		}
		return value
	}
	n, err := decimal.NewFromString(value)
	if !r.IsNumber() || err != nil {
		return value
	}
	return text.Number(t.p.Lang(), n.Round(4), -1)
}

func (t *turn) periodCard(_ context.Context, q storage.Question, _ view, k *keys) (string, error) {
	var p ingest.PeriodPayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return "", fmt.Errorf("read question %d: %w", q.ID, err)
	}
	for _, m := range p.Months {
		from, _, ok := readPeriod(m)
		if !ok {
			continue
		}
		to := from.AddDate(0, 1, -1)
		name := text.Period(t.p.Lang(), from, to)
		a := ingest.Answer{Choice: ingest.ChoosePeriod, From: from.Format("2006-01-02"), To: to.Format("2006-01-02")}
		k.row(key{name, "q.answer", answerArgs{q.ID, q.Version, a, name}})
	}
	k.row(key{t.text("key.other_period", nil), "q.ask.period", questionArgs{Question: q.ID, Version: q.Version}}, t.reasonKey(q))
	return t.html("card.period", nil) + "\n" + t.preview(p.Preview), nil
}

func (t *turn) replaceCard(ctx context.Context, q storage.Question, _ view, k *keys) (string, error) {
	var p ingest.ReplacePayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return "", fmt.Errorf("read question %d: %w", q.ID, err)
	}
	_, s, err := t.fileOf(ctx, *q.SubmissionID)
	if err != nil {
		return "", err
	}
	lines := []string{t.html("card.replace", text.Data{"Kind": t.p.Text("kind."+s.Kind, nil), "Closed": p.ClosedMonth, "Old": len(p.Old)})}
	period := ""
	if s.From != nil && s.To != nil {
		period = text.Period(t.p.Lang(), *s.From, *s.To)
	}
	lines = append(lines, t.reportLine("card.replace_new", "", period, p.Rows, p.Amount))
	for _, o := range p.Old[:min(len(p.Old), 5)] {
		old := o.From + "–" + o.To
		if from, to, ok := readPeriod(o.From + " " + o.To); ok {
			old = text.Period(t.p.Lang(), from, to)
		}
		lines = append(lines, t.reportLine("card.replace_old", shorten(o.File, phone), old, o.Rows, o.Amount))
	}
	if line := t.difference(p); line != "" {
		lines = append(lines, line)
	}
	answer := func(label, choice, line string) key {
		return key{t.text(label, nil), "q.answer", answerArgs{q.ID, q.Version, ingest.Answer{Choice: choice}, t.text(line, nil)}}
	}
	if len(p.Old) > 0 {
		k.row(answer("key.replace", ingest.ChooseReplace, "line.replaced"), answer("key.add", ingest.ChooseAdd, "line.added"))
	} else {
		k.row(answer("key.load", ingest.ChooseReplace, "line.loaded"))
	}
	k.row(t.reasonKey(q))
	return strings.Join(lines, "\n"), nil
}

// difference is what replacing would change, where there is one report to replace.
func (t *turn) difference(p ingest.ReplacePayload) string {
	if len(p.Old) != 1 {
		return ""
	}
	old, err := decimal.NewFromString(p.Old[0].Amount)
	fresh, err2 := decimal.NewFromString(p.Amount)
	if err != nil || err2 != nil {
		return ""
	}
	return t.html("card.replace_difference", text.Data{"Difference": fresh.Sub(old)})
}

func (t *turn) reportLine(key, file, period string, rows int, amount string) string {
	sum, err := decimal.NewFromString(amount)
	return t.html(key, text.Data{"File": file, "Period": period, "Rows": rows, "Amount": err == nil, "Sum": sum})
}
