package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
)

// layIn sends the reports of ended months through the mailbox and answers what is
// asked about them, as an analyst has done who worked here before.
func (d *demo) layIn(ctx context.Context, letters []world.Letter) error {
	if d.memory.Settled {
		return nil
	}
	for _, l := range letters {
		if err := d.deliver(l); err != nil {
			return err
		}
	}
	if err := d.untilRead(ctx, len(letters)); err != nil {
		return err
	}
	analyst, err := storage.AddPerson(ctx, d.Store.Pool(), storage.Person{Name: d.say.Text("demo.predecessor", nil), Lang: d.Lang})
	if err != nil {
		return err
	}
	for {
		answered, err := d.answerOpen(ctx, analyst)
		if err != nil {
			return err
		}
		if err := d.untilIdle(ctx); err != nil {
			return err
		}
		if answered == 0 {
			break
		}
	}
	d.memory.Settled = true
	return d.memory.save()
}

// answerOpen answers the open questions that have a certain answer, but for the
// names that are left to the visitor.
func (d *demo) answerOpen(ctx context.Context, analyst int64) (answered int, err error) {
	open, err := storage.OpenQuestions(ctx, d.Store.Pool(), 0)
	if err != nil {
		return 0, err
	}
	for _, q := range open {
		a, ok, err := d.answer(ctx, q)
		if err != nil {
			return answered, err
		}
		if !ok {
			continue
		}
		_, err = d.service.Pipeline.Desk().Answer(ctx, analyst, q.ID, q.Version, a)
		var stale *ingest.StaleError
		if errors.As(err, &stale) {
			continue
		}
		if err != nil {
			return answered, fmt.Errorf("answer question %d: %w", q.ID, err)
		}
		answered++
	}
	return answered, nil
}

func (d *demo) answer(ctx context.Context, q storage.Question) (a ingest.Answer, ok bool, err error) {
	switch q.Kind {
	case storage.AskLayout:
		return ingest.Answer{Choice: ingest.ChooseConfirm}, true, nil
	case storage.AskItem:
		return d.answerItem(ctx, q)
	}
	return a, false, nil
}

// answerItem knows what the world's names mean. One in sixteen is left.
func (d *demo) answerItem(ctx context.Context, q storage.Question) (a ingest.Answer, ok bool, err error) {
	var item ingest.ItemPayload
	if err := json.Unmarshal(q.Payload, &item); err != nil {
		return a, false, fmt.Errorf("read question %d: %w", q.ID, err)
	}
	if q.DistributorID == nil || left(item.Name) {
		return a, false, nil
	}
	distributor, err := storage.DistributorByID(ctx, d.Store.Pool(), *q.DistributorID)
	if err != nil {
		return a, false, err
	}
	code, ok := d.world.Meant(distributor.Code, item.Name)
	if !ok {
		return a, false, nil
	}
	for _, c := range item.Candidates {
		if c.Code == code {
			return ingest.Answer{Choice: ingest.ChooseProduct, ProductID: c.ProductID, Factor: c.Factors[0]}, true, nil
		}
	}
	return a, false, nil
}

func left(name string) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return h.Sum32()%16 == 0
}

// untilRead waits until the mailbox's letters are taken in and worked through.
func (d *demo) untilRead(ctx context.Context, letters int) error {
	for {
		n, err := d.count(ctx, "select count(*) from message")
		if err != nil {
			return err
		}
		if n >= letters {
			return d.untilIdle(ctx)
		}
		if err := pause(ctx, 200*time.Millisecond); err != nil {
			return err
		}
	}
}

// untilIdle waits until no step of a report is under way.
func (d *demo) untilIdle(ctx context.Context) error {
	for {
		n, err := d.count(ctx, "select count(*) from river_job where queue = 'ingest' and finalized_at is null")
		if err != nil || n == 0 {
			return err
		}
		if err := pause(ctx, 200*time.Millisecond); err != nil {
			return err
		}
	}
}

func (d *demo) count(ctx context.Context, query string) (n int, err error) {
	if err := d.Store.Pool().QueryRow(ctx, query).Scan(&n); err != nil {
		return 0, fmt.Errorf("watch the queue: %w", err)
	}
	return n, nil
}
