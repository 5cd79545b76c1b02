package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"
)

// The steps of a report's way. Each is a job of its own that may be repeated
// with the same result; it is inserted in the transaction that made it due.

// ReadMessage opens a received message: sender, letter, attachments.
type ReadMessage struct {
	MessageID int64 `json:"message_id" river:"unique"`
}

// Kind names the job in the queue.
func (ReadMessage) Kind() string { return "read_message" }

// InsertOpts makes the job unique while it is waiting or running.
func (ReadMessage) InsertOpts() river.InsertOpts { return once("ingest") }

// Understand turns one attachment into tables and their submissions.
type Understand struct {
	AttachmentID int64 `json:"attachment_id" river:"unique"`
}

// Kind names the job in the queue.
func (Understand) Kind() string { return "understand" }

// InsertOpts makes the job unique while it is waiting or running.
func (Understand) InsertOpts() river.InsertOpts { return once("ingest") }

// Load writes the facts of one understood submission.
type Load struct {
	SubmissionID int64 `json:"submission_id" river:"unique"`
}

// Kind names the job in the queue.
func (Load) Kind() string { return "load" }

// InsertOpts lets the same job wait twice: a request made while one runs must
// not be lost.
func (Load) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: "ingest"} }

// Reread reads the table of a submission that waits for the analyst again, since
// the distributor's layouts have changed. Cause is the journal entry of the change,
// which takes the rereading back when it is undone; 0 for none.
type Reread struct {
	SubmissionID int64 `json:"submission_id" river:"unique"`
	Cause        int64 `json:"cause,omitempty"`
}

// Kind names the job in the queue.
func (Reread) Kind() string { return "reread" }

// InsertOpts lets the same job wait twice: a request made while one runs must
// not be lost.
func (Reread) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: "ingest"} }

// MapNames maps the new names of one loaded submission or asks about them.
type MapNames struct {
	SubmissionID int64 `json:"submission_id" river:"unique"`
}

// Kind names the job in the queue.
func (MapNames) Kind() string { return "map_names" }

// InsertOpts lets the same job wait twice: a request made while one runs must
// not be lost.
func (MapNames) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: "ingest"} }

// RankNames ranks the open questions about a distributor's names anew, after an
// answer taught more of them, and asks about names that lost their mapping.
type RankNames struct {
	DistributorID int64 `json:"distributor_id" river:"unique"`
}

// Kind names the job in the queue.
func (RankNames) Kind() string { return "rank_names" }

// InsertOpts makes the job unique while it is waiting or running.
func (RankNames) InsertOpts() river.InsertOpts { return once("ingest") }

// AuditMappings asks people about a sample of what was mapped without asking.
type AuditMappings struct{}

// Kind names the job in the queue.
func (AuditMappings) Kind() string { return "audit_mappings" }

// InsertOpts makes the job unique while it is waiting or running.
func (AuditMappings) InsertOpts() river.InsertOpts { return once("ingest") }

// Answer tells the sender of a message what became of it.
type Answer struct {
	MessageID int64 `json:"message_id" river:"unique"`
}

// Kind names the job in the queue.
func (Answer) Kind() string { return "answer" }

// InsertOpts lets the same job wait twice: a request made while one runs must
// not be lost.
func (Answer) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: "ingest"} }

// MakeSummary builds and sends what one subscription is due.
type MakeSummary struct {
	SubscriptionID int64     `json:"subscription_id" river:"unique"`
	DueAt          time.Time `json:"due_at" river:"unique"`
}

// Kind names the job in the queue.
func (MakeSummary) Kind() string { return "make_summary" }

// InsertOpts makes the job unique while it is waiting or running.
func (MakeSummary) InsertOpts() river.InsertOpts { return once("reports") }

// once is the insertion of a job that need not wait twice: while one with the
// same arguments waits or runs, another adds nothing. A job must therefore look
// again before it ends whether what it read has changed.
func once(queue string) river.InsertOpts {
	return river.InsertOpts{
		Queue: queue,
		UniqueOpts: river.UniqueOpts{
			ByArgs: true,
			ByState: []rivertype.JobState{
				rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
				rivertype.JobStateRetryable, rivertype.JobStateScheduled,
			},
		},
	}
}

// Enqueue inserts jobs in the transaction of the work that made them due.
func (s *Store) Enqueue(ctx context.Context, tx pgx.Tx, jobs ...river.JobArgs) error {
	for _, args := range jobs {
		if _, err := s.jobs.InsertTx(ctx, tx, args, nil); err != nil {
			return fmt.Errorf("enqueue %s: %w", args.Kind(), err)
		}
	}
	return nil
}

// WorkClient is the queue's client that runs workers with cfg, on this store's
// pool. The caller starts and stops it.
func (s *Store) WorkClient(cfg *river.Config) (*river.Client[pgx.Tx], error) {
	if cfg.Logger == nil {
		cfg.Logger = s.log
	}
	c, err := river.NewClient(riverpgxv5.New(s.pool), cfg)
	if err != nil {
		return nil, fmt.Errorf("open job workers: %w", err)
	}
	return c, nil
}
