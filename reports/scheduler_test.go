package reports

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"github.com/distbase/distbase/reports/chart"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

// clock is a hand that the test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

type desk struct {
	*Service
	store  *storage.Store
	clock  *clock
	person int64
}

// newDesk is a service on a trade, on Sunday, 22 November 2026, with a manager.
func newDesk(t *testing.T, cut storage.Cut) desk {
	t.Helper()
	store := storagetest.New(t)
	trade(t, store)
	c := &clock{at: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	s := New(Options{Store: store, Now: c.now, Zone: moscow(t), Logger: slog.New(slog.DiscardHandler)})
	return desk{s, store, c, manager(t, store, cut)}
}

func (d desk) subscribe(t *testing.T) int64 {
	t.Helper()
	id, err := d.Subscribe(context.Background(), storage.Subscription{PersonID: d.person, Summary: "daily", Door: storage.DoorChat, Address: "1000"})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// jobs are the due times of the jobs in the queue.
func (d desk) jobs(t *testing.T) []storage.MakeSummary {
	t.Helper()
	rows, err := d.store.Pool().Query(context.Background(), `select args from river_job where kind = 'make_summary' order by id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []storage.MakeSummary
	for rows.Next() {
		var raw []byte
		var job storage.MakeSummary
		if err := errors.Join(rows.Scan(&raw), json.Unmarshal(raw, &job)); err != nil {
			t.Fatal(err)
		}
		all = append(all, job)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func (d desk) outbox(t *testing.T) []storage.Outgoing {
	t.Helper()
	all, err := d.store.ClaimOutgoing(context.Background(), storage.DoorChat, 100)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func together(t *testing.T, n int, f func() error) {
	t.Helper()
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			if err := f(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestSummaryIsSentOnceWhateverRunsTogether(t *testing.T) {
	t.Parallel()
	ctx, d := context.Background(), newDesk(t, storage.Cut{})
	id := d.subscribe(t)
	if n, err := d.EnqueueDue(ctx); n != 0 || err != nil {
		t.Fatalf("%d were due before their time, %v", n, err)
	}
	d.clock.set(time.Date(2026, 11, 23, 6, 0, 5, 0, time.UTC))
	together(t, 6, func() error { _, err := d.EnqueueDue(ctx); return err })
	jobs := d.jobs(t)
	if len(jobs) != 1 || jobs[0].SubscriptionID != id || !jobs[0].DueAt.Equal(time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)) {
		t.Fatalf("jobs %+v", jobs)
	}
	together(t, 5, func() error { return d.Deliver(ctx, id, jobs[0].DueAt) })
	out := d.outbox(t)
	if len(out) != 1 || out[0].Address != "1000" || !strings.Contains(out[0].Payload.HTML, "22.11.2026") || len(out[0].Payload.Files) != 2 || !out[0].Payload.Files[0].Photo {
		t.Fatalf("outbox %+v", out)
	}
	for _, f := range out[0].Payload.Files {
		sum, err := storage.ParseSHA256(f.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		if data, err := storage.ReadBlob(ctx, d.store.Pool(), sum); err != nil || len(data) == 0 {
			t.Errorf("%s: %d bytes, %v", f.Name, len(data), err)
		}
	}
	made, err := d.deliveries(id)
	if err != nil || len(made) != 1 || made[0].OutboxID == nil || *made[0].OutboxID != out[0].ID || made[0].Note != "" {
		t.Errorf("deliveries %+v, %v", made, err)
	}
}

func (d desk) deliveries(id int64) ([]storage.Delivery, error) {
	return storage.DeliveriesOf(context.Background(), d.store.Pool(), id)
}

func TestMissedTimesAreServedOnceAndLate(t *testing.T) {
	t.Parallel()
	ctx, d := context.Background(), newDesk(t, storage.Cut{})
	id := d.subscribe(t)
	d.clock.set(time.Date(2026, 11, 26, 11, 0, 0, 0, time.UTC)) // down for three mornings, back at 14:00 in Moscow
	for range 2 {
		if _, err := d.EnqueueDue(ctx); err != nil {
			t.Fatal(err)
		}
	}
	jobs := d.jobs(t)
	if len(jobs) != 1 {
		t.Fatalf("jobs %+v", jobs)
	}
	if err := d.Deliver(ctx, id, jobs[0].DueAt); err != nil {
		t.Fatal(err)
	}
	out := d.outbox(t)
	if len(out) != 1 || !strings.Contains(out[0].Payload.HTML, "Сводка за 26.11.2026 09:00 пришла с опозданием.") {
		t.Errorf("outbox %+v", out)
	}
	d.clock.set(time.Date(2026, 11, 27, 6, 0, 0, 0, time.UTC))
	if n, err := d.EnqueueDue(ctx); n != 1 || err != nil {
		t.Errorf("%d were due on the next morning, %v", n, err)
	}
}

func TestWorkerTakesTheJobFromTheQueue(t *testing.T) {
	t.Parallel()
	ctx, d := context.Background(), newDesk(t, storage.Cut{})
	d.subscribe(t)
	workers := river.NewWorkers()
	d.Register(workers)
	client, err := d.store.WorkClient(&river.Config{Workers: workers, Queues: map[string]river.QueueConfig{"reports": {MaxWorkers: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	done, cancel := client.Subscribe(river.EventKindJobCompleted)
	defer cancel()
	if err := client.Start(ctx); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = client.Stop(ctx) }()
	d.clock.set(time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC))
	if _, err := d.EnqueueDue(ctx); err != nil {
		t.Fatal(err)
	}
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("no job was done")
	}
	if out := d.outbox(t); len(out) != 1 {
		t.Errorf("outbox %+v", out)
	}
}

func TestFailedPictureIsNotedInTheDelivery(t *testing.T) {
	t.Parallel()
	ctx, d := context.Background(), newDesk(t, storage.Cut{})
	id := d.subscribe(t)
	d.draw = func(chart.Month) ([]byte, error) { return nil, errors.New("no font") }
	due := time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	d.clock.set(due)
	if err := d.Deliver(ctx, id, due); err != nil {
		t.Fatal(err)
	}
	out := d.outbox(t)
	if len(out) != 1 || len(out[0].Payload.Files) != 1 || !strings.Contains(out[0].Payload.HTML, "Картинка не получилась") {
		t.Errorf("outbox %+v", out)
	}
	if made, err := d.deliveries(id); err != nil || len(made) != 1 || !strings.Contains(made[0].Note, "Картинка не получилась") {
		t.Errorf("deliveries %+v, %v", made, err)
	}
}

func TestNothingIsSentToWhoMayNotSeeItAnyMore(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(d desk) error
		note   string
	}{
		"role taken away": {func(d desk) error {
			_, err := d.store.Pool().Exec(context.Background(), `update person_role set revoked_at = now()`)
			return err
		}, "not sent: the person may not see it any more"},
		"bot blocked": {func(d desk) error { return storage.SetBlocked(context.Background(), d.store.Pool(), d.person, true) }, "not sent: the person blocked the bot"},
		"unsubscribed": {func(d desk) error {
			subs, err := d.Subscriptions(context.Background(), d.person)
			if err != nil {
				return err
			}
			return d.Unsubscribe(context.Background(), d.person, subs[0].ID)
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, storage.Cut{})
			id := d.subscribe(t)
			if err := c.change(d); err != nil {
				t.Fatal(err)
			}
			if err := d.Deliver(context.Background(), id, d.clock.now()); err != nil {
				t.Fatal(err)
			}
			if out := d.outbox(t); len(out) != 0 {
				t.Errorf("outbox %+v", out)
			}
			made, err := d.deliveries(id)
			if err != nil || (c.note == "") != (len(made) == 0) || len(made) == 1 && made[0].Note != c.note {
				t.Errorf("deliveries %+v, %v", made, err)
			}
		})
	}
}

func TestSubscriptionIsNarrowedByTheRole(t *testing.T) {
	t.Parallel()
	ctx, d := context.Background(), newDesk(t, storage.Cut{Distributors: []string{"D01", "D02"}})
	sub := storage.Subscription{PersonID: d.person, Summary: "daily", Door: storage.DoorChat, Address: "1000", Cut: storage.Cut{Distributors: []string{"D02", "D03"}}}
	if _, err := d.Subscribe(ctx, sub); err != nil {
		t.Fatal(err)
	}
	if err := d.SendNow(ctx, Request{PersonID: d.person, Kind: Daily, Door: storage.DoorChat, Address: "1000", Dedup: "tap:1", Cut: sub.Cut}); err != nil {
		t.Fatal(err)
	}
	out := d.outbox(t)
	if len(out) != 1 || !strings.Contains(out[0].Payload.HTML, "Север") || strings.Contains(out[0].Payload.HTML, "Вектор") || strings.Contains(out[0].Payload.HTML, "Ромашка") {
		t.Errorf("outbox %+v", out)
	}
	sub.Cut = storage.Cut{Distributors: []string{"D03"}}
	if _, err := d.Subscribe(ctx, sub); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("subscribed to what is not theirs: %v", err)
	}
	if err := d.SendNow(ctx, Request{PersonID: d.person, Kind: Daily, Dedup: "tap:2", Cut: sub.Cut}); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("sent what is not theirs: %v", err)
	}
}

func TestSubscribingAgainChangesTheSubscription(t *testing.T) {
	t.Parallel()
	ctx, d := context.Background(), newDesk(t, storage.Cut{})
	first := d.subscribe(t)
	second, err := d.Subscribe(ctx, storage.Subscription{PersonID: d.person, Summary: "daily", Cron: "30 7 * * 1-5", TZ: "Asia/Almaty", Door: storage.DoorChat, Address: "1000"})
	if err != nil || second != first {
		t.Fatalf("%d, %d, %v", first, second, err)
	}
	subs, err := d.Subscriptions(ctx, d.person)
	if err != nil || len(subs) != 1 || !subs[0].NextDue.Equal(time.Date(2026, 11, 23, 2, 30, 0, 0, time.UTC)) {
		t.Errorf("%+v, %v", subs, err)
	}
	if err := d.Unsubscribe(ctx, d.person+1, first); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("somebody else ended it: %v", err)
	}
	if _, err := d.Subscribe(ctx, storage.Subscription{PersonID: d.person, Summary: "hourly"}); err == nil {
		t.Error("an unknown summary was taken")
	}
}
