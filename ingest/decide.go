package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/storage"
)

// decide says what becomes of an understood submission: it repeats another one,
// it needs the analyst's word, it is set aside as no report, or it is loaded. It is called again after each
// answer, and asks one question at a time: layout, period, replacement.
func (p *Pipeline) decide(ctx context.Context, tx pgx.Tx, s storage.Submission) error {
	summary, err := summaryOf(s)
	if err != nil {
		return err
	}
	if err := storage.LockReports(ctx, tx, s.DistributorID, family(tableKind(s.Kind))); err != nil {
		return err
	}
	if asksLayout(summary) {
		return p.ask(ctx, tx, s, storage.AskLayout, layoutPayload(s, summary, p.likelyMonths(ctx, tx, s)))
	}
	if !LoadableKind(tableKind(s.Kind)) {
		return p.setAside(ctx, tx, s, summary)
	}
	if s.From == nil {
		return p.ask(ctx, tx, s, storage.AskPeriod, PeriodPayload{Months: p.likelyMonths(ctx, tx, s), Preview: summary.Preview})
	}
	same, err := storage.SameContent(ctx, tx, s)
	if err == nil && same.State == storage.SubmissionLoaded {
		s.State, s.DuplicateOf = storage.SubmissionDuplicate, &same.ID
		return storage.UpdateSubmission(ctx, tx, s)
	}
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	question, err := p.replacement(ctx, tx, s, summary)
	if err != nil {
		return err
	}
	if question != nil {
		return p.ask(ctx, tx, s, storage.AskReplace, question)
	}
	s.State = storage.SubmissionUnderstood
	if err := storage.UpdateSubmission(ctx, tx, s); err != nil {
		return err
	}
	return p.store.Enqueue(ctx, tx, storage.Load{SubmissionID: s.ID})
}

// openDoubts are what keeps a table from being loaded without a word of the
// analyst. A period that is not told is a question of its own.
func openDoubts(s Summary) []Issue {
	if s.Confirmed {
		return nil
	}
	var open []Issue
	for _, d := range s.Doubts {
		if d.Code != "period_unknown" {
			open = append(open, d)
		}
	}
	return open
}

// PeriodPayload is what a question about a period shows; months are first days.
type PeriodPayload struct {
	Months  []string   `json:"months"`
	Preview [][]string `json:"preview"`
}

// ReplacePayload is what a question about a replacement shows.
type ReplacePayload struct {
	Old         []OldReport `json:"old"`
	Rows        int         `json:"rows"`
	Amount      string      `json:"amount"`
	Quantity    string      `json:"quantity"`
	ClosedMonth string      `json:"closed_month,omitempty"`
}

// OldReport is a loaded report that a new one would replace.
type OldReport struct {
	SubmissionID int64  `json:"submission_id"`
	File         string `json:"file"`
	From         string `json:"from"`
	To           string `json:"to"`
	Rows         int    `json:"rows"`
	Amount       string `json:"amount"`
	Quantity     string `json:"quantity"`
}

// replacement says whether loading s needs the analyst's word, since another
// report speaks of the same days or a month is closed. A report that grows from
// the same first day replaces its shorter self without asking; tables of one
// message stand side by side.
func (p *Pipeline) replacement(ctx context.Context, tx pgx.Tx, s storage.Submission, summary Summary) (*ReplacePayload, error) {
	payload := &ReplacePayload{Rows: s.Rows, Amount: text0(s.Amount), Quantity: text0(s.Quantity)}
	closed, err := storage.ClosedMonths(ctx, tx, *s.From, *s.To)
	if err != nil {
		return nil, err
	}
	if len(closed) > 0 && !summary.OpenMonth {
		payload.ClosedMonth = closed[0].Format("2006-01")
	}
	others, err := p.rivals(ctx, tx, s)
	if err != nil {
		return nil, err
	}
	for _, o := range others {
		if summary.Overlap != "" || grows(o, s) {
			continue
		}
		a, err := storage.AttachmentByID(ctx, tx, o.AttachmentID)
		if err != nil {
			return nil, err
		}
		payload.Old = append(payload.Old, OldReport{
			SubmissionID: o.ID, File: a.Name, From: iso(o.From), To: iso(o.To), Rows: o.Rows, Amount: text0(o.Amount), Quantity: text0(o.Quantity),
		})
	}
	if len(payload.Old) == 0 && payload.ClosedMonth == "" {
		return nil, nil
	}
	return payload, nil
}

// rivals are the loaded submissions about the same days that came in other
// messages.
func (p *Pipeline) rivals(ctx context.Context, tx pgx.Tx, s storage.Submission) ([]storage.Submission, error) {
	a, err := storage.AttachmentByID(ctx, tx, s.AttachmentID)
	if err != nil {
		return nil, err
	}
	all, err := storage.Overlapping(ctx, tx, s)
	if err != nil {
		return nil, err
	}
	var out []storage.Submission
	for _, o := range all {
		b, err := storage.AttachmentByID(ctx, tx, o.AttachmentID)
		if err != nil {
			return nil, err
		}
		if b.MessageID != a.MessageID {
			out = append(out, o)
		}
	}
	return out, nil
}

// grows: a month-to-date report sent again some days later.
func grows(old, s storage.Submission) bool {
	return old.From.Equal(*s.From) && old.To.Before(*s.To) && s.Rows >= old.Rows
}

// ask opens the one question that a submission waits for.
func (p *Pipeline) ask(ctx context.Context, tx pgx.Tx, s storage.Submission, kind string, payload any) error {
	raw, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("encode question: %w", err)
	}
	s.State = storage.SubmissionAsked
	if err := storage.UpdateSubmission(ctx, tx, s); err != nil {
		return err
	}
	value := decimal.Zero
	if s.Amount.Valid {
		value = s.Amount.Decimal.Abs()
	}
	_, err = storage.AddQuestion(ctx, tx, storage.Question{
		Kind: kind, Subject: fmt.Sprintf("submission:%d", s.ID), DistributorID: &s.DistributorID, SubmissionID: &s.ID,
		Payload: raw, Value: value,
	})
	return err
}

// likelyMonths are the months a report may be about: the one before it came, the
// one it came in, and the one before both.
func (p *Pipeline) likelyMonths(ctx context.Context, tx pgx.Tx, s storage.Submission) []string {
	at := p.now()
	if a, err := storage.AttachmentByID(ctx, tx, s.AttachmentID); err == nil {
		if m, err := storage.MessageByID(ctx, tx, a.MessageID); err == nil {
			at = m.ReceivedAt
		}
	}
	month := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	return []string{iso0(month.AddDate(0, -1, 0)), iso0(month), iso0(month.AddDate(0, -2, 0))}
}

func iso0(t time.Time) string { return t.Format(time.DateOnly) }

func iso(t *time.Time) string {
	if t == nil {
		return ""
	}
	return iso0(*t)
}

func text0(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}
