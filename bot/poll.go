package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// poll asks for updates and commits them with the offset: only the next call
// tells Telegram that it may forget them.
func (b *Bot) poll(ctx context.Context) error {
	offset, err := b.offset(ctx)
	if err != nil {
		return err
	}
	for try := 0; ctx.Err() == nil; {
		raw, err := b.api.updates(ctx, offset)
		if err == nil {
			offset, err = b.take(ctx, raw, offset)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			try = 0
			b.setProblem(nil)
			continue
		case errors.Is(err, ErrToken):
			return err
		case errors.Is(err, telegram.ErrorConflict):
			b.conflict(ctx, err)
		}
		b.setProblem(err)
		b.log.Warn("poll telegram", "error", err)
		pause := backoff(b.TryPause, try)
		if v := judge(err); v.fault == faultWait {
			pause = v.pause
		}
		try++
		rest(ctx, pause)
	}
	return nil
}

// conflict is the answer to a second poller, or to polling while a webhook is set.
// The advisory lock keeps our own processes apart: a second one is somebody
// else's who has the token.
func (b *Bot) conflict(ctx context.Context, err error) {
	if !strings.Contains(err.Error(), "webhook") {
		b.log.Error("another program polls with the same token; stop it, or give this one a bot of its own")
		return
	}
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if err := b.chooseDelivery(call); err != nil {
		b.log.Warn("remove webhook", "error", err)
	}
}

// take stores updates together with the offset after them, and returns it. After
// a week of silence Telegram may begin with any number, so the offset follows
// what came last, be it lower than before.
func (b *Bot) take(ctx context.Context, raw []json.RawMessage, offset int64) (int64, error) {
	if len(raw) == 0 {
		return offset, nil
	}
	records := make([]storage.ChatUpdate, 0, len(raw))
	next := offset
	for i, r := range raw {
		rec, err := record(r)
		if err != nil {
			return offset, err
		}
		if i == 0 || rec.ID >= next {
			next = rec.ID + 1
		}
		records = append(records, rec)
	}
	err := b.Store.InTx(ctx, func(tx pgx.Tx) error {
		if err := storage.AddUpdates(ctx, tx, b.api.botID, records); err != nil {
			return err
		}
		return storage.SetSetting(ctx, tx, b.offsetKey(), next)
	})
	if err != nil {
		return offset, err
	}
	b.signal()
	return next, nil
}

func (b *Bot) offset(ctx context.Context) (int64, error) {
	var n int64
	err := storage.Setting(ctx, b.Store.Pool(), b.offsetKey(), &n)
	if errors.Is(err, storage.ErrNotFound) {
		return 0, nil
	}
	return n, err
}

func (b *Bot) offsetKey() string { return fmt.Sprintf("telegram.offset.%d", b.api.botID) }

// signal wakes the dispatcher.
func (b *Bot) signal() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// signalIn wakes the dispatcher after a while.
func (b *Bot) signalIn(d time.Duration) { time.AfterFunc(max(d, time.Millisecond), b.signal) }
