package service

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"github.com/distbase/distbase/reports"
	"github.com/distbase/distbase/storage"
)

const (
	// graceful is how long steps under way may take to end when the service stops;
	// then they are cut, and repeated at the next start.
	graceful = 10 * time.Second
	// rescue is when a job that does not end is run again; longer than any step
	// may take. Those of a process that died do not wait for it.
	rescue = 20 * time.Minute
	// rescueEvery is how often jobs of processes that died are looked for.
	rescueEvery = 10 * time.Second
)

func (x *Service) runJobs(ctx context.Context) error {
	workers := river.NewWorkers()
	x.Pipeline.Register(workers)
	x.Reports.Register(workers)
	id := "distbase-" + rand.Text()
	nightly, err := x.nightly()
	if err != nil {
		return err
	}
	client, err := x.Store.WorkClient(&river.Config{
		ID:      id,
		Workers: workers,
		Queues: map[string]river.QueueConfig{
			"ingest": {MaxWorkers: 3}, "reports": {MaxWorkers: 1}, river.QueueDefault: {MaxWorkers: 1},
		},
		FetchPollInterval:    250 * time.Millisecond, // a signal can be lost
		FetchCooldown:        10 * time.Millisecond,  // most jobs are shorter than the usual 100 ms
		MaxAttempts:          50,
		PeriodicJobs:         nightly,
		RescueStuckJobsAfter: rescue,
	})
	if err != nil {
		return err
	}
	alive := x.live(ctx, id)
	select {
	case <-alive:
	case <-ctx.Done():
		return nil
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start job workers: %w", err)
	}
	x.rescueJobs(ctx, id)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceful)
	defer cancel()
	if err := client.Stop(stop); err == nil {
		return nil
	}
	hard, cancelHard := context.WithTimeout(context.WithoutCancel(ctx), graceful)
	defer cancelHard()
	if err := client.StopAndCancel(hard); err != nil {
		return fmt.Errorf("stop job workers: %w", err)
	}
	return nil
}

// auditAt is when a sample of what was mapped without asking is chosen, in the zone of
// the installation: before people come to work.
const auditAt = "30 5 * * *"

// nightly are the jobs that one process of all starts once a day.
func (x *Service) nightly() ([]*river.PeriodicJob, error) {
	zone := x.Config.Location().String()
	if zone == time.Local.String() { // has no name that a schedule takes
		zone = time.UTC.String()
	}
	at, err := reports.ParseSchedule(auditAt, zone)
	if err != nil {
		return nil, fmt.Errorf("schedule the audit: %w", err)
	}
	return []*river.PeriodicJob{
		river.NewPeriodicJob(at, func() (river.JobArgs, *river.InsertOpts) { return storage.AuditMappings{}, nil }, nil),
	}, nil
}

// live tells other processes that this one's workers live, until ctx ends, and
// again after the database was away. The channel closes when it has told first.
func (x *Service) live(ctx context.Context, id string) <-chan struct{} {
	told := make(chan struct{})
	var once sync.Once
	go func() {
		for ctx.Err() == nil {
			err := x.Store.HoldWorker(ctx, id, func(ctx context.Context) error {
				once.Do(func() { close(told) })
				<-ctx.Done()
				return nil
			})
			if err != nil && ctx.Err() == nil {
				x.log.Warn("tell that the workers live", "error", err)
			}
			rest(ctx, time.Second)
		}
	}()
	return told
}

// rescueJobs looks for jobs of processes that died until ctx ends.
func (x *Service) rescueJobs(ctx context.Context, id string) {
	for ctx.Err() == nil {
		n, err := x.Store.RescueJobs(ctx, id)
		if err != nil && ctx.Err() == nil {
			x.log.Warn("rescue jobs", "error", err)
		}
		if n > 0 {
			x.log.Info("jobs of a process that died are run again", "count", n)
		}
		rest(ctx, rescueEvery)
	}
}

func rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
