package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/ingest/master"
)

// importWorld imports master data and primary sales, once.
func (d *demo) importWorld(ctx context.Context) error {
	if d.memory.Imported {
		return nil
	}
	for _, kind := range world.Imports() {
		var file bytes.Buffer
		if err := d.world.WriteImport(&file, kind); err != nil {
			return err
		}
		k, err := master.KindByName(kind)
		if err != nil {
			return err
		}
		result, err := master.Import(ctx, d.Store, k, kind+".csv", file.Bytes(), false)
		if err != nil {
			return fmt.Errorf("import %s of the sample world: %w", kind, err)
		}
		if len(result.Refused) > 0 {
			return fmt.Errorf("import %s of the sample world: %d rows are refused", kind, len(result.Refused))
		}
	}
	d.memory.Imported = true
	return d.memory.save()
}

// play is what happens by itself.
func (d *demo) play(ctx context.Context) error {
	letters, err := d.world.Letters()
	if err != nil {
		return err
	}
	now := letters[:0:0]
	var past []world.Letter
	for _, l := range letters {
		if d.ofThePast(l) {
			past = append(past, l)
		} else {
			now = append(now, l)
		}
	}
	for _, act := range []func() error{
		func() error { return d.layIn(ctx, past) },
		func() error { return d.letIn(ctx) },
		func() error { return d.firstSummary(ctx) },
		func() error { return d.deliverSlowly(ctx, now) },
	} {
		if err := act(); err != nil {
			if errors.Is(err, context.Canceled) && ctx.Err() != nil {
				return nil
			}
			return err
		}
	}
	return nil
}

// ofThePast are the reports of months that have ended, not the odd letters.
func (d *demo) ofThePast(l world.Letter) bool {
	_, month, ok := strings.Cut(l.Key, "/")
	return ok && len(month) == len("2006-01") && month < d.memory.Day.Format("2006-01")
}

// deliver puts a letter into the mailbox, once.
func (d *demo) deliver(l world.Letter) error {
	if d.memory.Letters[l.Key] {
		return nil
	}
	raw, err := l.Bytes(box)
	if err != nil {
		return fmt.Errorf("write letter %s: %w", l.Key, err)
	}
	if err := d.post.Deliver(raw, l.From); err != nil {
		return fmt.Errorf("deliver letter %s: %w", l.Key, err)
	}
	d.memory.Letters[l.Key] = true
	return d.memory.save()
}

// deliverSlowly lets one look on: the odd letters come among the reports.
func (d *demo) deliverSlowly(ctx context.Context, letters []world.Letter) error {
	for _, l := range letters {
		if d.memory.Letters[l.Key] {
			continue
		}
		if err := d.deliver(l); err != nil {
			return err
		}
		if err := pause(ctx, d.Pause); err != nil {
			return err
		}
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
