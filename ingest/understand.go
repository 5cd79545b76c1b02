package ingest

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// understand turns an attachment into submissions, or into the sentence that
// says why it cannot.
func (p *Pipeline) understand(ctx context.Context, attachmentID int64) error {
	a, err := storage.AttachmentByID(ctx, p.store.Pool(), attachmentID)
	if err != nil {
		return err
	}
	m, err := storage.MessageByID(ctx, p.store.Pool(), a.MessageID)
	if err != nil {
		return err
	}
	if a.State != storage.AttachmentReceived || m.DistributorID == nil {
		return nil
	}
	// Reading is long: it is done before the transaction, and changes nothing.
	file, readErr := p.readTables(ctx, m, a)
	if readErr != nil && !unreadable(readErr) {
		return readErr
	}
	return p.store.InTx(ctx, func(tx pgx.Tx) error {
		if _, err := storage.LockMessage(ctx, tx, m.ID); err != nil {
			return err
		}
		if a, err = storage.AttachmentByID(ctx, tx, attachmentID); err != nil || a.State != storage.AttachmentReceived {
			return err
		}
		if err := p.settleAttachment(ctx, tx, m, a, file, readErr); err != nil {
			return err
		}
		return p.store.Enqueue(ctx, tx, storage.Answer{MessageID: m.ID})
	})
}

// unreadable tells a file that will never be read from a step to be repeated.
func unreadable(err error) bool {
	var re *grid.ReadError
	return errors.As(err, &re) && re.Code != grid.CodeCancelled
}

func (p *Pipeline) settleAttachment(ctx context.Context, tx pgx.Tx, m storage.Message, a storage.Attachment, file readFile, readErr error) error {
	if readErr != nil {
		return storage.SetAttachmentState(ctx, tx, a.ID, storage.AttachmentRefused, problemOf(a.Name, readErr).raw())
	}
	first, err := storage.EarlierAttachment(ctx, tx, *m.DistributorID, a)
	switch {
	case err == nil:
		counts, err := p.stillCounts(ctx, tx, first)
		if err != nil {
			return err
		}
		if counts {
			return storage.SetAttachmentState(ctx, tx, a.ID, storage.AttachmentDuplicate, p.repeats(ctx, tx, first).raw())
		}
	case !errors.Is(err, storage.ErrNotFound):
		return err
	}
	found := 0
	for i, r := range file.readings {
		if !submits(r) {
			continue
		}
		if err := p.submit(ctx, tx, m, a, i, r); err != nil {
			return err
		}
		found++
	}
	if found == 0 {
		return storage.SetAttachmentState(ctx, tx, a.ID, storage.AttachmentRefused, noReport(a.Name, file.readings).raw())
	}
	return storage.SetAttachmentState(ctx, tx, a.ID, storage.AttachmentRead, rawSentences(file.notes))
}

// stillCounts says whether any report of an earlier attachment is in force or
// waits for the analyst: only then the same bytes again say nothing new.
func (p *Pipeline) stillCounts(ctx context.Context, tx pgx.Tx, a storage.Attachment) (bool, error) {
	all, err := storage.SubmissionsOf(ctx, tx, a.ID)
	if err != nil {
		return false, err
	}
	for _, s := range all {
		switch s.State {
		case storage.SubmissionLoaded, storage.SubmissionAsked, storage.SubmissionUnderstood, storage.SubmissionDuplicate:
			return true, nil
		}
	}
	return false, nil
}

// repeats names the report that came before.
func (p *Pipeline) repeats(ctx context.Context, tx pgx.Tx, first storage.Attachment) Sentence {
	s := Sentence{Key: "answer.same_file", Args: map[string]any{"File": first.Name, "Day": ""}}
	if m, err := storage.MessageByID(ctx, tx, first.MessageID); err == nil {
		s.Args["Day"] = m.ReceivedAt.Format("02.01.2006")
	}
	return s
}

// submit stores one table as a submission and decides what becomes of it.
func (p *Pipeline) submit(ctx context.Context, tx pgx.Tx, m storage.Message, a storage.Attachment, n int, r reading) error {
	s := storage.Submission{DistributorID: *m.DistributorID, AttachmentID: a.ID, Sheet: r.table.Sheet, TableNo: n, State: storage.SubmissionUnderstood}
	if r.table.File != a.Name {
		s.Path = r.table.File
	}
	if err := r.fill(&s, m); err != nil {
		return err
	}
	var err error
	if s.ID, _, err = storage.AddSubmission(ctx, tx, s); err != nil {
		return err
	}
	return p.decide(ctx, tx, s)
}

// fill writes what was read into a submission.
func (r reading) fill(s *storage.Submission, m storage.Message) error {
	t := r.table
	raw, err := r.summary.raw()
	if err != nil {
		return err
	}
	hash := t.CanonicalHash()
	s.Kind, s.Rows, s.Outlets, s.ContentSHA256, s.Fingerprint, s.Summary = string(t.Kind), len(t.Records), buyers(t), hash[:], t.Fingerprint, raw
	if r.summary.PeriodSource != periodByAnalyst {
		s.From, s.To = nil, nil
		if p := t.DatedPeriod(m.ReceivedAt); p != nil {
			from, to := p.From, p.To
			s.From, s.To = &from, &to
		}
	}
	s.Quantity, s.Amount = decimal.NullDecimal{}, decimal.NullDecimal{}
	for role, field := range map[table.Role]*decimal.NullDecimal{measure(t.Kind): &s.Quantity, table.Amount: &s.Amount} {
		if sum, ok := t.Totals[role]; ok {
			*field = decimal.NewNullDecimal(sum)
		}
	}
	return nil
}

// periodByAnalyst is the source of a period that a person gave.
const periodByAnalyst = "analyst"

func measure(k table.Kind) table.Role {
	if k == table.Stock || k == table.Movement {
		return table.StockQty
	}
	return table.Quantity
}

// buyers counts the different clients or outlets that a table names.
func buyers(t *table.Table) int {
	seen := make(map[string]bool)
	for _, r := range t.Records {
		if c, ok := clientOf(r); ok {
			seen[c.Key] = true
		}
	}
	return len(seen)
}

func day(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
