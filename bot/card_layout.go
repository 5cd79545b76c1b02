package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// layoutCard shows how a report was understood: what it is, its period, whether its
// totals agree, what was left out, what is doubted or has changed, and the first
// rows. One tap confirms; others lead to what can be corrected.
func (t *turn) layoutCard(ctx context.Context, q storage.Question, _ view, k *keys) (string, error) {
	p, s, err := t.layoutOf(ctx, q)
	if err != nil {
		return "", err
	}
	if !ingest.LoadableKind(table.Kind(s.Kind)) {
		return t.otherKindCard(q, p, s, k), nil
	}
	data := text.Data{"Kind": t.p.Text("kind."+s.Kind, nil), "Sheet": shorten(s.Sheet, phone), "Rows": s.Rows, "Amount": s.Amount.Valid, "Sum": s.Amount.Decimal}
	lines := []string{t.html("card.layout", data), t.periodLine(p, s), t.totalsLine(p)}
	if skipped := t.skipped(p.Skipped); skipped != "" {
		lines = append(lines, skipped)
	}
	lines = append(lines, t.driftLines(p.Drift)...)
	lines = append(lines, t.doubtLines(p)...)
	lines = append(lines, "", t.html("layout.first_rows", nil), t.preview(p.Preview))
	if p.Like != nil {
		lines = append(lines, "", t.html("layout.like", text.Data{"Distributor": p.Like.Distributor}))
		k.row(t.confirmKey(q, t.text("key.like_yes", nil), t.text("line.like", text.Data{"Distributor": p.Like.Distributor})),
			key{t.text("key.like_no", nil), "l.fix", fixArgs{Question: q.ID, Version: q.Version, Fix: ingest.Correction{What: ingest.CorrectOwn}, Line: t.text("line.own", nil)}})
		k.row(t.reasonKey(q))
		return strings.Join(lines, "\n"), nil
	}
	k.row(t.confirmKey(q, t.text("key.confirm_layout", nil), t.text("line.layout", nil)))
	for _, x := range t.quickFixes(q, p) {
		k.row(x)
	}
	at := fixArgs{Question: q.ID, Version: q.Version}
	k.row(key{t.text("key.columns", nil), "l.columns", at}, key{t.text("key.kind", nil), "l.kind", at})
	row := []key{{t.text("key.titles", nil), "l.titles", at}}
	if len(p.Levels) > 0 {
		row = append(row, key{t.text("key.levels", nil), "l.levels", at})
	}
	k.row(row...)
	k.row(key{t.text("key.period", nil), "l.period", at}, t.reasonKey(q))
	return strings.Join(lines, "\n"), nil
}

// maxDoubts is how many doubts a card names: it has to fit a phone.
const maxDoubts = 6

// doubtLines name each doubt once: two levels of groups may be doubted in the same words.
func (t *turn) doubtLines(p ingest.LayoutPayload) []string {
	var lines []string
	for _, d := range p.Doubts {
		if d.Code == table.DoubtDrift && len(p.Drift) > 0 || d.Code == table.DoubtPeriod {
			continue
		}
		if line := t.doubt(d); len(lines) < maxDoubts && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// otherKindCard shows a table that is not about goods sold or held. A tap says what
// it is after all; that it is no report is remembered, and the next of its layout is
// not asked about.
func (t *turn) otherKindCard(q storage.Question, p ingest.LayoutPayload, s storage.Submission, k *keys) string {
	html := t.html("layout.other_kind", text.Data{"Kind": t.p.Text("kind."+s.Kind, nil), "Sheet": shorten(s.Sheet, phone), "Rows": s.Rows})
	var row []key
	for _, kind := range p.Kinds() {
		if row = append(row, t.kindKey(fixArgs{Question: q.ID, Version: q.Version}, kind)); len(row) == 2 {
			k.row(row...)
			row = nil
		}
	}
	k.row(row...)
	k.row(key{t.text("key.titles", nil), "l.titles", fixArgs{Question: q.ID, Version: q.Version}})
	k.row(t.confirmKey(q, t.text("key.no_report", nil), t.text("line.no_report", nil)))
	k.row(t.reasonKey(q))
	return html + "\n" + t.preview(p.Preview)
}

// layoutOf reads what a question about a layout shows.
func (t *turn) layoutOf(ctx context.Context, q storage.Question) (ingest.LayoutPayload, storage.Submission, error) {
	var p ingest.LayoutPayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		return p, storage.Submission{}, fmt.Errorf("read question %d: %w", q.ID, err)
	}
	_, s, err := t.fileOf(ctx, *q.SubmissionID)
	return p, s, err
}

func (t *turn) confirmKey(q storage.Question, label, line string) key {
	return key{label, "q.answer", answerArgs{q.ID, q.Version, ingest.Answer{Choice: ingest.ChooseConfirm}, line}}
}

// periodLine says which days the report is about and where that is told.
func (t *turn) periodLine(p ingest.LayoutPayload, s storage.Submission) string {
	if s.From == nil || s.To == nil {
		return t.html("layout.no_period", nil)
	}
	source := ""
	if t.p.Has("bot.period_source." + p.PeriodSource) {
		source = t.text("period_source."+p.PeriodSource, nil)
	}
	return t.html("layout.period", text.Data{"Period": text.Period(t.p.Lang(), *s.From, *s.To), "Source": source})
}

// totalsLine says what the file's own totals prove.
func (t *turn) totalsLine(p ingest.LayoutPayload) string {
	switch {
	case p.Reconciled == nil:
		return t.html("layout.no_totals", nil)
	case *p.Reconciled:
		return t.html("layout.totals_agree", nil)
	}
	return t.html("layout.totals_differ", nil)
}

// skipped counts the rows that were not taken by reason.
func (t *turn) skipped(all []table.SkippedGroup) string {
	var parts []string
	rows := 0
	for _, g := range all {
		rows += g.Rows
		name := g.Reason
		if k := "skip." + strings.ReplaceAll(g.Reason, " ", "_"); t.p.Has("bot." + k) {
			name = t.text(k, nil)
		}
		part := name + " " + strconv.Itoa(g.Rows)
		if g.Text != "" && (g.Reason == table.SkipNote || g.Reason == table.SkipTotal || g.Reason == table.SkipSubtotal) {
			part += " («" + shorten(g.Text, 24) + "»)"
		}
		parts = append(parts, part)
	}
	if rows == 0 {
		return ""
	}
	return t.html("layout.skipped", text.Data{"Rows": rows, "Reasons": strings.Join(parts, ", ")})
}

// maxDrift is how many differences a card names.
const maxDrift = 8

// driftLines say in words how a file differs from its layout, what is asked first.
func (t *turn) driftLines(all []table.Drift) []string {
	if len(all) == 0 {
		return nil
	}
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b table.Drift) int { return rankDrift(a) - rankDrift(b) })
	lines := []string{t.html("layout.drift", nil)}
	for _, d := range sorted[:min(len(sorted), maxDrift)] {
		lines = append(lines, t.driftLine(d))
	}
	if more := len(sorted) - maxDrift; more > 0 {
		lines = append(lines, t.html("layout.more_drift", text.Data{"Count": more}))
	}
	return lines
}

func rankDrift(d table.Drift) int {
	if d.Asks() {
		return 0
	}
	return 1
}

func (t *turn) driftLine(d table.Drift) string {
	k := "drift." + d.Code
	if !t.p.Has("bot." + k) {
		k = "drift.other"
	}
	was, now := d.Was, d.Now
	if d.Code == table.DriftKind {
		was, now = t.p.Text("kind."+was, nil), t.p.Text("kind."+now, nil)
	}
	return t.html(k, text.Data{"Code": d.Code, "Role": t.role(string(d.Role)), "Was": shorten(was, phone), "Now": shorten(now, phone)})
}

// maxQuick is how many corrections stand on the card itself.
const maxQuick = 3

// quickFixes offer, for a doubt between two columns, the one that was not taken:
// one tap in place of three.
func (t *turn) quickFixes(q storage.Question, p ingest.LayoutPayload) []key {
	var out []key
	for _, d := range p.Doubts {
		if d.Role == "" || d.Code != table.DoubtTwoColumns && d.Code != table.DoubtUnknownColumn {
			continue
		}
		i := slices.IndexFunc(p.Insight, func(c table.ColumnInsight) bool {
			return c.Index >= 0 && c.Title != "" && (c.Title == d.Found || c.Title == d.Expected) && string(c.Role) != d.Role
		})
		if i < 0 || len(out) == maxQuick {
			continue
		}
		c := p.Insight[i]
		label := shorten(t.role(d.Role)+": "+string(c.Ref)+" «"+c.Title+"»", phone)
		out = append(out, key{label, "l.fix", fixArgs{
			Question: q.ID, Version: q.Version, Line: label,
			Fix: ingest.Correction{What: ingest.CorrectColumn, Column: c.Index, Role: table.Role(d.Role)},
		}})
	}
	return out
}
