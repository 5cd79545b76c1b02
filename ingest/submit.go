package ingest

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// Result is what became of one table, or of a file without one.
type Result struct {
	File       string `json:"file"`
	Sheet      string `json:"sheet,omitempty"`
	Submission int64  `json:"submission,omitempty"`
	State      string `json:"state"` // loaded, asked, duplicate, refused
	Rows       int    `json:"rows"`
	Questions  int    `json:"questions"`
	Message    string `json:"message"`
}

// Submit takes files of a distributor in without a door, and runs every step
// until each table is loaded or asked about. A running service may do some of
// the steps: they are safe to be run by both.
func (p *Pipeline) Submit(ctx context.Context, distributor storage.Distributor, files []IncomingFile) ([]Result, error) {
	var messageID int64
	err := p.store.InTx(ctx, func(tx pgx.Tx) error {
		var err error
		messageID, err = Receive(ctx, p.store, tx, Incoming{
			Door: storage.DoorUpload, ReceivedAt: p.now(), Sender: distributor.Code, Files: files,
		})
		if err != nil {
			return err
		}
		m, err := storage.LockMessage(ctx, tx, messageID)
		if err != nil {
			return err
		}
		m.DistributorID = &distributor.ID
		return storage.UpdateMessage(ctx, tx, m)
	})
	if err != nil {
		return nil, err
	}
	if err := p.settle(ctx, messageID); err != nil {
		return nil, err
	}
	return p.results(ctx, messageID)
}

// settle runs the steps of one message, one after the other.
func (p *Pipeline) settle(ctx context.Context, messageID int64) error {
	if err := p.repeat(ctx, func() error { return p.readMessage(ctx, messageID) }); err != nil {
		return err
	}
	files, err := storage.AttachmentsOf(ctx, p.store.Pool(), messageID)
	if err != nil {
		return err
	}
	for _, a := range files {
		if err := p.repeat(ctx, func() error { return p.understand(ctx, a.ID) }); err != nil {
			return err
		}
		all, err := storage.SubmissionsOf(ctx, p.store.Pool(), a.ID)
		if err != nil {
			return err
		}
		for _, s := range all {
			if err := p.repeat(ctx, func() error { return p.reread(ctx, s.ID, 0) }); err != nil {
				return err
			}
			if err := p.repeat(ctx, func() error { return p.load(ctx, s.ID) }); err != nil {
				return err
			}
			if err := p.repeat(ctx, func() error { return p.mapNames(ctx, s.ID) }); err != nil {
				return err
			}
		}
	}
	return p.answer(ctx, messageID)
}

// Settle runs the steps that a submission still has before it, where no service
// runs that would: after an answer given on the command line or in a test.
func (p *Pipeline) Settle(ctx context.Context, submissionID int64) error {
	s, err := storage.SubmissionByID(ctx, p.store.Pool(), submissionID)
	if err != nil {
		return err
	}
	a, err := storage.AttachmentByID(ctx, p.store.Pool(), s.AttachmentID)
	if err != nil {
		return err
	}
	return p.settle(ctx, a.MessageID)
}

// repeat runs a step again when a running service was at the same rows: with a
// unique violation the other's work is there now.
func (p *Pipeline) repeat(ctx context.Context, step func() error) error {
	for try := 0; ; try++ {
		err := step()
		var pg *pgconn.PgError
		if err == nil || try == 3 || !errors.As(err, &pg) || ctx.Err() != nil {
			return err
		}
		p.log.Info("step repeated", "code", pg.Code, "try", try+1)
	}
}

// results describes what became of each table of a message.
func (p *Pipeline) results(ctx context.Context, messageID int64) ([]Result, error) {
	var out []Result
	err := p.store.InTx(ctx, func(tx pgx.Tx) error {
		out = nil
		files, err := storage.AttachmentsOf(ctx, tx, messageID)
		if err != nil {
			return err
		}
		for _, a := range files {
			some, err := p.fileResults(ctx, tx, a)
			if err != nil {
				return err
			}
			out = append(out, some...)
		}
		return nil
	})
	return out, err
}

func (p *Pipeline) fileResults(ctx context.Context, tx pgx.Tx, a storage.Attachment) ([]Result, error) {
	say := text.For(p.lang)
	if a.State == storage.AttachmentRefused || a.State == storage.AttachmentDuplicate {
		s, _ := parseSentence(a.Problem)
		return []Result{{File: a.Name, State: string(a.State), Message: s.Text(say)}}, nil
	}
	all, err := storage.SubmissionsOf(ctx, tx, a.ID)
	if err != nil {
		return nil, err
	}
	var out []Result
	for _, s := range all {
		r := Result{File: firstOf(s.Path, a.Name), Sheet: s.Sheet, Submission: s.ID, State: string(s.State), Rows: s.Rows}
		if r.Questions, err = storage.CountOpen(ctx, tx, s.ID); err != nil {
			return nil, err
		}
		r.Message = say.Text("answer.understood", p.figures(say, s))
		for _, note := range FileNotes(a) {
			r.Message += "\n" + note.Text(say)
		}
		out = append(out, r)
	}
	return out, nil
}
