package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// answerPeriod sets the days a report is about. Days that the rule of its layout would
// not have given end the rule: the next such report is asked about too.
func (d *Desk) answerPeriod(ctx context.Context, tx pgx.Tx, personID int64, q storage.Question, a Answer) (undoRecord, error) {
	s, summary, err := d.reportOf(ctx, tx, q)
	if err != nil {
		return undoRecord{}, err
	}
	undo := undoRecord{Summary: s.Summary, PeriodUnset: true}
	if a.Choice == ChooseReject {
		return undo, d.refuse(ctx, tx, s, summary, a.Reason)
	}
	if a.Choice != ChoosePeriod {
		return undo, &WrongAnswerError{a.Choice}
	}
	from, to, err := Correction{From: a.From, To: a.To}.days()
	if err != nil {
		return undo, err
	}
	s.From, s.To = &from, &to
	summary.PeriodSource = periodByAnalyst
	if undo.LayoutID, undo.LayoutsBefore, err = d.endPeriodRule(ctx, tx, personID, s); err != nil {
		return undo, err
	}
	return undo, d.goOn(ctx, tx, s, summary)
}

// endPeriodRule has the layout in force of a report ask about the period where its rule
// contradicts the days the report is about. It returns the version it made, 0 for none,
// and the one that went out of force.
func (d *Desk) endPeriodRule(ctx context.Context, tx pgx.Tx, personID int64, s storage.Submission) (id int64, before []int64, err error) {
	all, err := storage.Layouts(ctx, tx, s.DistributorID, false)
	if err != nil {
		return 0, nil, err
	}
	i := slices.IndexFunc(all, func(l storage.LayoutRecord) bool { return l.Fingerprint == s.Fingerprint })
	if i < 0 {
		return 0, nil, nil
	}
	l := all[i]
	spec, err := d.askWhereNoRule(ctx, tx, s, l.Spec)
	if err != nil {
		return 0, nil, err
	}
	learned, err := storage.LearnLayout(ctx, tx, storage.LayoutRecord{
		DistributorID: s.DistributorID, Fingerprint: s.Fingerprint, Spec: spec, FromID: &l.ID, ConfirmedBy: &personID,
	})
	if err != nil || !learned.Made {
		return 0, nil, err
	}
	return learned.ID, []int64{learned.Replaced}, nil
}

// askWhereNoRule is the document of a layout, with [table.PeriodAsked] for a rule that
// gives other days than those the report is about.
func (d *Desk) askWhereNoRule(ctx context.Context, tx pgx.Tx, s storage.Submission, spec json.RawMessage) (json.RawMessage, error) {
	var l table.Layout
	if err := json.Unmarshal(spec, &l); err != nil {
		return nil, fmt.Errorf("read layout of submission %d: %w", s.ID, err)
	}
	a, err := storage.AttachmentByID(ctx, tx, s.AttachmentID)
	if err != nil {
		return nil, err
	}
	m, err := storage.MessageByID(ctx, tx, a.MessageID)
	if err != nil {
		return nil, err
	}
	p := l.PeriodAt(m.ReceivedAt)
	if p == nil || s.From == nil || s.To == nil || p.From.Equal(*s.From) && p.To.Equal(*s.To) {
		return spec, nil
	}
	l.Period = table.PeriodAsked
	out, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("encode layout: %w", err)
	}
	return out, nil
}
