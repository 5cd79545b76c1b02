package ingest

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/storage"
)

// Digest is what the analyst is told of one report.
type Digest struct {
	Submission  storage.Submission
	Distributor storage.Distributor
	File        string
	Received    time.Time
	Questions   int             // open questions about it
	Share       decimal.Decimal // of its money that is mapped; of its rows where it has none
	Unmapped    decimal.Decimal // money
	Summary     Summary
}

// Digest describes a report for the analyst.
func (d *Desk) Digest(ctx context.Context, submissionID int64) (Digest, error) {
	q := d.p.store.Pool()
	var out Digest
	var err error
	if out.Submission, err = storage.SubmissionByID(ctx, q, submissionID); err != nil {
		return out, err
	}
	if out.Distributor, err = storage.DistributorByID(ctx, q, out.Submission.DistributorID); err != nil {
		return out, err
	}
	a, err := storage.AttachmentByID(ctx, q, out.Submission.AttachmentID)
	if err != nil {
		return out, err
	}
	m, err := storage.MessageByID(ctx, q, a.MessageID)
	if err != nil {
		return out, err
	}
	out.File, out.Received = a.Name, m.ReceivedAt
	if out.Questions, err = storage.CountOpen(ctx, q, submissionID); err != nil {
		return out, err
	}
	if out.Summary, err = summaryOf(out.Submission); err != nil {
		return out, err
	}
	total, unmapped, err := storage.UnmappedMoney(ctx, q, out.Submission.DistributorID, submissionID)
	if err != nil {
		return out, err
	}
	out.Unmapped = unmapped
	if total.IsZero() { // stock, and sales told in pieces only
		rows, open, err := storage.UnmappedRows(ctx, q, out.Submission.DistributorID, submissionID)
		if err != nil {
			return out, err
		}
		total, unmapped = decimal.NewFromInt(rows), decimal.NewFromInt(open)
	}
	out.Share = decimal.NewFromInt(1)
	if !total.IsZero() {
		out.Share = out.Share.Sub(unmapped.Div(total))
	}
	return out, nil
}
