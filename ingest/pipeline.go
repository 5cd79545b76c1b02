package ingest

import (
	"context"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"github.com/distbase/distbase/storage"
)

// Pipeline runs the steps. It is safe for concurrent use.
type Pipeline struct {
	store *storage.Store
	log   *slog.Logger
	now   func() time.Time
	lang  string

	products productIndex
	outlets  outletBase
}

// Options tunes a pipeline. Zero values are defaults.
type Options struct {
	Logger *slog.Logger     // slog.Default()
	Now    func() time.Time // time.Now
	Lang   string           // language of answers to senders; "ru"
}

// New makes a pipeline on a store.
func New(s *storage.Store, opt Options) *Pipeline {
	p := &Pipeline{store: s, log: opt.Logger, now: opt.Now, lang: opt.Lang}
	if p.log == nil {
		p.log = slog.Default()
	}
	if p.now == nil {
		p.now = time.Now
	}
	if p.lang == "" {
		p.lang = "ru"
	}
	return p
}

// Register adds the pipeline's steps to the workers of the job queue.
func (p *Pipeline) Register(w *river.Workers) {
	river.AddWorker(w, step(func(ctx context.Context, a storage.ReadMessage) error { return p.readMessage(ctx, a.MessageID) }))
	river.AddWorker(w, step(func(ctx context.Context, a storage.Understand) error { return p.understand(ctx, a.AttachmentID) }))
	river.AddWorker(w, step(func(ctx context.Context, a storage.Reread) error { return p.reread(ctx, a.SubmissionID, a.Cause) }))
	river.AddWorker(w, step(func(ctx context.Context, a storage.Load) error { return p.load(ctx, a.SubmissionID) }))
	river.AddWorker(w, step(func(ctx context.Context, a storage.MapNames) error { return p.mapNames(ctx, a.SubmissionID) }))
	river.AddWorker(w, step(func(ctx context.Context, a storage.RankNames) error { return p.rankNames(ctx, a.DistributorID) }))
	river.AddWorker(w, step(func(ctx context.Context, _ storage.AuditMappings) error { return p.auditMappings(ctx) }))
	river.AddWorker(w, step(func(ctx context.Context, a storage.Answer) error { return p.answer(ctx, a.MessageID) }))
}

// stepTimeout is how long one step of one report may take: a workbook of a
// million rows needs minutes.
const stepTimeout = 15 * time.Minute

type worker[T river.JobArgs] struct {
	river.WorkerDefaults[T]
	run func(context.Context, T) error
}

func step[T river.JobArgs](run func(context.Context, T) error) *worker[T] {
	return &worker[T]{run: run}
}

// Work runs the step.
func (w *worker[T]) Work(ctx context.Context, job *river.Job[T]) error { return w.run(ctx, job.Args) }

// Timeout bounds one run.
func (w *worker[T]) Timeout(*river.Job[T]) time.Duration { return stepTimeout }

// NextRetry waits 1 s, 2 s, 4 s ... up to a minute: a person waits for the answer.
func (w *worker[T]) NextRetry(job *river.Job[T]) time.Time {
	return time.Now().Add(min(time.Second<<min(job.Attempt, 6), time.Minute))
}
