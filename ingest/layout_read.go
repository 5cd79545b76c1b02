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

// reading is a table and what is kept of it.
type reading struct {
	table   *table.Table
	summary Summary
}

// readFile is what became of the bytes of an attachment.
type readFile struct {
	readings []reading
	notes    []Sentence
}

// Likeness is another distributor's layout that a report seems to have.
type Likeness struct {
	LayoutID    int64  `json:"layout_id"`
	Distributor string `json:"distributor"` // name
}

// readTables reads an attachment with the layouts of its distributor. A table that
// is new and doubtful is tried with the layouts of others: one whose titles are
// the same is offered.
func (p *Pipeline) readTables(ctx context.Context, m storage.Message, a storage.Attachment) (readFile, error) {
	o, err := p.open(ctx, p.store.Pool(), m, a)
	if err != nil {
		return readFile{}, err
	}
	known, err := layoutsFor(ctx, p.store.Pool(), m)
	if err != nil {
		return readFile{}, err
	}
	all, err := o.tables(known.specs)
	if err != nil {
		return readFile{}, err
	}
	out := readFile{notes: o.notes}
	at := places(all)
	for i, t := range all {
		r, err := newReading(t, at[i], known)
		if err != nil {
			return out, err
		}
		if loadable(t) && t.KnownAs == "" && m.DistributorID != nil && len(openDoubts(r.summary)) > 0 {
			if r, err = p.readLikeOthers(ctx, o, r, *m.DistributorID); err != nil {
				return out, err
			}
		}
		out.readings = append(out.readings, r)
	}
	doubtOthers(out.readings)
	return out, nil
}

func newReading(t *table.Table, at tablePlace, known knownLayouts) (reading, error) {
	s, err := summarise(t)
	if err != nil {
		return reading{}, err
	}
	s.Place, s.Known = &at, known.ids()
	if r, ok := known.record(t); ok {
		s.LayoutID = r.ID
	}
	return reading{t, s}, nil
}

// readLikeOthers reads the table by the layout of another distributor whose titles
// are the same; where that leaves no doubt, it is what the analyst is offered.
func (p *Pipeline) readLikeOthers(ctx context.Context, o *opened, own reading, distributorID int64) (reading, error) {
	records, err := storage.SameLayouts(ctx, p.store.Pool(), own.table.Fingerprint, distributorID)
	if err != nil {
		return own, err
	}
	for _, record := range records {
		l, err := specOf(record)
		if err != nil {
			return own, err
		}
		l.Splits = nil // the other's own rules
		r, err := o.read(l, own.summary)
		if err != nil {
			return own, err
		}
		if r.table == nil || r.table.KnownAs == "" || len(openDoubts(r.summary)) > 0 {
			continue
		}
		d, err := storage.DistributorByID(ctx, p.store.Pool(), record.DistributorID)
		if err != nil {
			return own, err
		}
		r.summary.Like = &Likeness{LayoutID: record.ID, Distributor: d.Name}
		r.summary.Drift = nil
		return r, nil
	}
	return own, nil
}

// read reads the table of a summary by one layout only. What the analyst has said
// of it stays. The table is nil where the layout leaves none.
func (o *opened) read(l table.Layout, before Summary) (reading, error) {
	all, err := o.tables([]table.Layout{l})
	if err != nil || before.Place == nil {
		return reading{}, err
	}
	t := tableAt(all, *before.Place)
	if t == nil {
		return reading{}, nil
	}
	s, err := summarise(t)
	if err != nil {
		return reading{}, err
	}
	if s.Draft, err = json.Marshal(l); err != nil {
		return reading{}, fmt.Errorf("encode layout: %w", err)
	}
	s.Place, s.Known, s.LayoutID = before.Place, before.Known, before.LayoutID
	s.Drift, s.Corrections, s.Touched = before.Drift, before.Corrections, before.Touched
	s.Overlap, s.OpenMonth = before.Overlap, before.OpenMonth
	if before.PeriodSource == periodByAnalyst {
		s.PeriodSource = before.PeriodSource
	}
	return reading{t, s}, nil
}

// remember keeps the layout of a report that was loaded without a question, so
// that the next one is compared with it: that of a certain reading of an unknown
// layout, and that of a file whose columns moved without changing their meaning.
// What differed is in the journal.
func (p *Pipeline) remember(ctx context.Context, tx pgx.Tx, s storage.Submission, summary Summary) error {
	if summary.Confirmed || len(summary.Layout) == 0 || summary.Known == nil || len(summary.Doubts) > 0 {
		return nil
	}
	l := storage.LayoutRecord{DistributorID: s.DistributorID, Fingerprint: s.Fingerprint, Spec: summary.Layout, Origin: storage.LayoutCertain}
	if summary.LayoutID != 0 {
		if len(summary.Drift) == 0 {
			return nil
		}
		l.Origin, l.FromID = storage.LayoutFollowed, &summary.LayoutID
	}
	learned, err := storage.LearnLayout(ctx, tx, l)
	if err != nil {
		return err
	}
	detail, err := json.Marshal(map[string]any{"layout": learned.ID, "from": summary.LayoutID, "drift": summary.Drift})
	if err != nil {
		return fmt.Errorf("encode journal: %w", err)
	}
	_, err = storage.AddJournal(ctx, tx, storage.JournalEntry{
		Action: "layout." + l.Origin, Subject: fmt.Sprintf("submission:%d", s.ID), Detail: detail,
	})
	return err
}

// waiting is a submission that waits for the analyst about its layout, with its
// message and file; its ID is 0 where it does not.
func (p *Pipeline) waiting(ctx context.Context, submissionID int64) (s storage.Submission, m storage.Message, a storage.Attachment, err error) {
	q := p.store.Pool()
	if s, err = storage.SubmissionByID(ctx, q, submissionID); err != nil {
		return s, m, a, err
	}
	open, err := storage.OpenQuestions(ctx, q, submissionID)
	if err != nil {
		return s, m, a, err
	}
	if s.State != storage.SubmissionAsked || !slices.ContainsFunc(open, func(x storage.Question) bool { return x.Kind == storage.AskLayout }) {
		return storage.Submission{}, m, a, nil
	}
	if a, err = storage.AttachmentByID(ctx, q, s.AttachmentID); err != nil {
		return s, m, a, err
	}
	m, err = storage.MessageByID(ctx, q, a.MessageID)
	return s, m, a, err
}
