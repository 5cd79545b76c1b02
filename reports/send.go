package reports

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// lateAfter is when a summary says that it comes late.
const lateAfter = time.Hour

// Register adds the worker that makes summaries to a set of workers.
func (s *Service) Register(workers *river.Workers) {
	river.AddWorker(workers, &summaryWorker{service: s})
}

type summaryWorker struct {
	river.WorkerDefaults[storage.MakeSummary]
	service *Service
}

// Timeout leaves time for a large month.
func (w *summaryWorker) Timeout(*river.Job[storage.MakeSummary]) time.Duration {
	return 10 * time.Minute
}

// Work makes the delivery of one due time.
func (w *summaryWorker) Work(ctx context.Context, job *river.Job[storage.MakeSummary]) error {
	return w.service.Deliver(ctx, job.Args.SubscriptionID, job.Args.DueAt)
}

// Deliver makes the summary of a subscription's due time and puts it into the
// outbox, once: a due time that was delivered, or that another process is
// delivering, is left alone. Nothing is sent to a person who may see nothing any
// more or who blocked the bot; the delivery says so.
func (s *Service) Deliver(ctx context.Context, subscriptionID int64, due time.Time) error {
	sub, err := storage.SubscriptionByID(ctx, s.store.Pool(), subscriptionID)
	if errors.Is(err, storage.ErrNotFound) {
		return nil // ended since
	}
	if err != nil {
		return err
	}
	if _, err := storage.DeliveryAt(ctx, s.store.Pool(), sub.ID, due); !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	person, err := storage.PersonByID(ctx, s.store.Pool(), sub.PersonID)
	if err != nil {
		return err
	}
	delivery := storage.Delivery{SubscriptionID: sub.ID, DueAt: due}
	cut, ok := cutOf(person, sub.Cut)
	blocked := person.BlockedAt != nil && sub.Door == storage.DoorChat
	if !ok || blocked {
		delivery.Note = "not sent: the person blocked the bot"
		if !ok {
			delivery.Note = "not sent: the person may not see it any more"
		}
		return s.store.InTx(ctx, func(tx pgx.Tx) error {
			_, err := storage.ClaimDelivery(ctx, tx, delivery)
			return err
		})
	}
	zone, err := time.LoadLocation(sub.TZ)
	if err != nil {
		zone = s.zone
	}
	var notes []string
	if s.now().Sub(due) > lateAfter {
		said := text.Date(person.Lang, due.In(zone)) + " " + due.In(zone).Format("15:04")
		notes = append(notes, text.For(person.Lang).Text("reports.note.late", text.Data{"Due": said}))
	}
	sum, err := s.build(ctx, Kind(sub.Summary), cut, due.In(zone), person.Lang, notes)
	if err != nil {
		return err
	}
	delivery.Note = strings.Join(sum.Notes, " ")
	return s.store.InTx(ctx, func(tx pgx.Tx) error {
		first, err := storage.ClaimDelivery(ctx, tx, delivery)
		if err != nil || !first {
			return err
		}
		id, _, err := put(ctx, tx, sum, storage.Outgoing{
			Door: sub.Door, Address: sub.Address, PersonID: &person.ID, Priority: storage.PriorityDigest,
			Dedup:   fmt.Sprintf("summary:%d:%d", sub.ID, due.Unix()),
			Payload: storage.Payload{Lang: person.Lang},
		})
		if err != nil {
			return err
		}
		delivery.OutboxID = &id
		return storage.SetDeliveryOutbox(ctx, tx, delivery)
	})
}

// Request asks for a summary now.
type Request struct {
	PersonID int64
	Kind     Kind
	Door     string
	Address  string
	Dedup    string      // what "once" means: the tap that asked
	Cut      storage.Cut // narrows what the person may see
}

// SendNow makes the summary a person asked for, as of now in their zone, and puts
// it into the outbox. ErrNotAllowed: they may see nothing of it.
func (s *Service) SendNow(ctx context.Context, r Request) error {
	person, err := storage.PersonByID(ctx, s.store.Pool(), r.PersonID)
	if err != nil {
		return err
	}
	cut, ok := cutOf(person, r.Cut)
	if !ok {
		return ErrNotAllowed
	}
	sum, err := s.Build(ctx, r.Kind, cut, s.now().In(s.zoneOf(person)), person.Lang)
	if err != nil {
		return err
	}
	return s.store.InTx(ctx, func(tx pgx.Tx) error {
		_, _, err := put(ctx, tx, sum, storage.Outgoing{
			Door: r.Door, Address: r.Address, PersonID: &person.ID, Priority: storage.PriorityAnswer, Dedup: r.Dedup,
			Payload: storage.Payload{Lang: person.Lang},
		})
		return err
	})
}

// put stores the files of a summary and its message.
func put(ctx context.Context, tx pgx.Tx, sum Summary, o storage.Outgoing) (id int64, added bool, err error) {
	o.Payload.Subject, o.Payload.HTML = sum.Subject, sum.HTML
	for _, f := range []struct {
		data []byte
		file storage.File
	}{
		{sum.Chart, storage.File{Name: sum.FileName + ".png", Type: "image/png", Photo: true}},
		{sum.Workbook, storage.File{Name: sum.FileName + ".xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}},
	} {
		if len(f.data) == 0 {
			continue
		}
		hash, err := storage.PutBlob(ctx, tx, f.data)
		if err != nil {
			return 0, false, err
		}
		f.file.SHA256 = hash.String()
		o.Payload.Files = append(o.Payload.Files, f.file)
	}
	return storage.AddOutgoing(ctx, tx, o)
}
