package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// correct reads the table of a submission with a correction.
func (p *Pipeline) correct(ctx context.Context, s storage.Submission, m storage.Message, a storage.Attachment, c Correction) (reading, error) {
	summary, err := summaryOf(s)
	if err != nil {
		return reading{}, err
	}
	if c.What == CorrectPeriod {
		if _, _, err := c.days(); err != nil {
			return reading{}, err
		}
		summary.PeriodSource = periodByAnalyst
		summary.Doubts = slices.DeleteFunc(summary.Doubts, func(d Issue) bool { return d.Code == table.DoubtPeriod })
		return reading{summary: summary}, nil
	}
	o, err := p.open(ctx, p.store.Pool(), m, a)
	if err != nil {
		return reading{}, err
	}
	switch c.What {
	case CorrectOwn:
		return p.readOwn(ctx, o, s, summary)
	case CorrectTitles:
		return c.readUnder(o, summary)
	}
	var l table.Layout
	if err := json.Unmarshal(summary.Layout, &l); err != nil {
		return reading{}, fmt.Errorf("read layout of submission %d: %w", s.ID, err)
	}
	if err := c.apply(&l); err != nil {
		return reading{}, err
	}
	// What was doubted before the correction is not accepted by it.
	l.Accepted = slices.DeleteFunc(l.Accepted, func(code string) bool {
		return slices.ContainsFunc(summary.Doubts, func(d Issue) bool { return d.Code == code })
	})
	r, err := c.read(o, l, summary)
	if err != nil {
		return reading{}, err
	}
	if r.table == nil || r.table.KnownAs == "" || !loadable(r.table) {
		return reading{}, &UnreadableError{}
	}
	r.summary.Doubts = append(r.summary.Doubts, c.left(summary, r.summary)...)
	return r, nil
}

// read reads the table by the corrected document. The analyst who says its kind knows
// better than this file's words; those of another may be right.
func (c Correction) read(o *opened, l table.Layout, before Summary) (reading, error) {
	if c.What != CorrectKind {
		return o.read(l, before)
	}
	l.AcceptKind("")
	r, err := o.read(l, before)
	if err != nil || r.table == nil || r.table.ToldKind() == "" {
		return r, err
	}
	l.AcceptKind(r.table.ToldKind())
	return o.read(l, before)
}

// readOwn reads the table without the other distributor's layout that was offered.
func (p *Pipeline) readOwn(ctx context.Context, o *opened, s storage.Submission, summary Summary) (reading, error) {
	plain := summary
	plain.Draft, plain.Like = nil, nil
	t, err := p.tableOf(ctx, o, s, plain)
	if err != nil {
		return reading{}, err
	}
	if t == nil {
		return reading{}, &UnreadableError{}
	}
	out, err := summarise(t)
	if err != nil {
		return reading{}, err
	}
	out.Place, out.Known, out.LayoutID, out.Corrections = summary.Place, summary.Known, summary.LayoutID, summary.Corrections
	if summary.PeriodSource == periodByAnalyst {
		out.PeriodSource = periodByAnalyst
	}
	return reading{t, out}, nil
}

// apply changes the document as the analyst says.
func (c Correction) apply(l *table.Layout) error {
	if c.Role != "" && !slices.Contains(table.Roles(), c.Role) {
		return &WrongAnswerError{"role " + string(c.Role)}
	}
	switch c.What {
	case CorrectColumn:
		if c.Column < 0 || c.Column >= len(l.Columns) {
			return &WrongAnswerError{"column"}
		}
		l.SetRole(c.Column, c.Role)
		if c.Role != "" { // a role stands in one place only
			clear1(l.Levels, c.Role)
		}
	case CorrectLevel:
		return c.applyLevel(l)
	case CorrectAcross:
		if l.Across == "" || c.Role == "" {
			return &WrongAnswerError{"across"}
		}
		l.Across = c.Role
	case CorrectDetail:
		return c.applyDetail(l)
	case CorrectKind:
		if !slices.Contains(correctableKinds(), c.Kind) {
			return &WrongAnswerError{"kind " + string(c.Kind)}
		}
		l.Kind = c.Kind
	default:
		return &WrongAnswerError{"correction of " + c.What}
	}
	return nil
}

// applyLevel gives a level of groups its role, which then stands nowhere else.
func (c Correction) applyLevel(l *table.Layout) error {
	if c.Level < 1 || c.Level > len(l.Levels) {
		return &WrongAnswerError{"level"}
	}
	clear1(l.Levels, c.Role)
	for i := range l.Columns {
		if c.Role != "" && l.Columns[i].Role == c.Role {
			l.Columns[i].Role = ""
		}
	}
	l.Levels[c.Level-1] = c.Role
	return nil
}

// applyDetail has the layout take the rows of another level.
func (c Correction) applyDetail(l *table.Layout) error {
	if c.Choice == nil || c.Choice.Detail.Level < table.EveryRow || !c.Choice.Goods {
		return &WrongAnswerError{"level of rows"}
	}
	l.Choose(*c.Choice)
	return nil
}

// clear1 takes a role away from the levels that have it.
func clear1(levels []table.Role, r table.Role) {
	for i := range levels {
		if levels[i] == r {
			levels[i] = ""
		}
	}
}

// correctableKinds are what a report can be said to be.
func correctableKinds() []table.Kind {
	return []table.Kind{table.Sales, table.Stock, table.Movement, table.Returns}
}

// days are the days of a corrected period.
func (c Correction) days() (from, to time.Time, err error) {
	from, err1 := time.Parse(time.DateOnly, c.From)
	to, err2 := time.Parse(time.DateOnly, c.To)
	if err1 != nil || err2 != nil || to.Before(from) || to.Sub(from) > maxPeriod {
		return from, to, &WrongAnswerError{"period " + c.From + ".." + c.To}
	}
	return from, to, nil
}

// maxPeriod is the longest time a report may be about.
const maxPeriod = 2 * 366 * 24 * time.Hour

// left are the doubts before a correction that it has not settled: reading by a
// layout takes all of them for settled.
func (c Correction) left(before, now Summary) []Issue {
	title := ""
	for _, in := range before.Insight {
		if c.What == CorrectColumn && in.Index == c.Column {
			title = in.Title
		}
	}
	var out []Issue
	for _, d := range before.Doubts {
		settled := true
		switch d.Code {
		case table.DoubtTwoColumns, table.DoubtWeakColumn, table.DoubtUnknownColumn:
			settled = table.Role(d.Role) == c.Role || title != "" && (d.Found == title || d.Expected == title)
		case table.DoubtGroups:
			settled = c.What == CorrectLevel || c.What == CorrectDetail
		case table.DoubtCrosstab:
			settled = c.What == CorrectAcross
		case table.DoubtNotDistribution:
			settled = c.What == CorrectKind
		case table.DoubtDrift, DoubtTruncated:
			settled = false
		}
		if !settled && !slices.ContainsFunc(now.Doubts, func(x Issue) bool { return x == d }) {
			out = append(out, d)
		}
	}
	return out
}

// snapshot is what a submission was before a correction.
type snapshot struct {
	Kind          string              `json:"kind"`
	From          *time.Time          `json:"from,omitempty"`
	To            *time.Time          `json:"to,omitempty"`
	Rows          int                 `json:"rows"`
	Outlets       int                 `json:"outlets"`
	Quantity      decimal.NullDecimal `json:"quantity"`
	Amount        decimal.NullDecimal `json:"amount"`
	ContentSHA256 []byte              `json:"content_sha256"`
	Fingerprint   string              `json:"fingerprint"`
	Summary       json.RawMessage     `json:"summary"`
}

func snapshotOf(s storage.Submission) snapshot {
	return snapshot{s.Kind, s.From, s.To, s.Rows, s.Outlets, s.Quantity, s.Amount, s.ContentSHA256, s.Fingerprint, s.Summary}
}

func (b snapshot) restore(s *storage.Submission) {
	s.Kind, s.From, s.To, s.Rows, s.Outlets = b.Kind, b.From, b.To, b.Rows, b.Outlets
	s.Quantity, s.Amount, s.ContentSHA256, s.Fingerprint, s.Summary = b.Quantity, b.Amount, b.ContentSHA256, b.Fingerprint, b.Summary
}
