package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/distbase/distbase/storage"
)

const (
	maxChats      = 8 // handled side by side
	maxFailures   = 5 // of an update, before it is parked
	handleTimeout = 3 * time.Minute
)

// dispatch gives every chat with waiting updates an executor of its own: updates
// of a chat are handled one after another, chats side by side.
func (b *Bot) dispatch(ctx context.Context) error {
	heard := b.Store.Listen(ctx, storage.TopicUpdate, 5*time.Second)
	for {
		if err := b.startChats(ctx); err != nil && ctx.Err() == nil {
			b.log.Warn("look for updates", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-b.wake:
		case <-heard:
		}
	}
}

func (b *Bot) startChats(ctx context.Context) error {
	chats, err := storage.ChatsWithUpdates(ctx, b.Store.Pool(), b.api.botID, b.Now())
	if err != nil {
		return err
	}
	for _, id := range chats {
		if !b.occupy(id) {
			continue
		}
		b.chats.Go(func() {
			defer b.signal() // what came while it ended, and the chats that found no room
			defer b.leave(id)
			b.handleChat(ctx, id)
		})
	}
	return nil
}

// occupy takes a chat for an executor; false: it has one, or there is no room.
func (b *Bot) occupy(chatID int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.busy[chatID] || len(b.busy) >= maxChats {
		return false
	}
	b.busy[chatID] = true
	return true
}

func (b *Bot) leave(chatID int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.busy, chatID)
}

// handleChat handles a chat's updates until none is due.
func (b *Bot) handleChat(ctx context.Context, chatID int64) {
	for ctx.Err() == nil {
		rec, err := storage.NextUpdate(ctx, b.Store.Pool(), b.api.botID, chatID)
		if errors.Is(err, storage.ErrNotFound) {
			return
		}
		if err != nil {
			b.log.Warn("read update", "error", err)
			rest(ctx, b.TryPause)
			return
		}
		if rec.NotBefore != nil && rec.NotBefore.After(b.Now()) {
			b.signalIn(rec.NotBefore.Sub(b.Now()))
			return
		}
		err = b.handle(ctx, rec)
		if ctx.Err() != nil {
			return // on the way out: the update is handled again
		}
		if err := b.settle(ctx, rec, err); err != nil {
			b.log.Warn("finish update", "update", rec.ID, "error", err)
			rest(ctx, b.TryPause)
			return
		}
	}
}

// laterError asks to handle an update, and those after it, later.
type laterError struct{ In time.Duration }

func (e *laterError) Error() string { return "later" }

// settle records what became of an update. A fault of the line is no fault of the
// update: it is tried until the line is back.
func (b *Bot) settle(ctx context.Context, rec storage.ChatUpdate, err error) error {
	q, now := b.Store.Pool(), b.Now()
	var later *laterError
	switch {
	case err == nil:
		return storage.UpdatesDone(ctx, q, b.api.botID, rec.ID)
	case errors.As(err, &later):
		return storage.DeferUpdate(ctx, q, b.api.botID, rec.ID, now.Add(later.In))
	}
	v := judge(err)
	if v.fault == faultWait {
		return storage.DeferUpdate(ctx, q, b.api.botID, rec.ID, now.Add(v.pause))
	}
	if transient(err) {
		b.log.Warn("update waits for the line", "update", rec.ID, "error", err)
		return storage.DeferUpdate(ctx, q, b.api.botID, rec.ID, now.Add(3*b.TryPause))
	}
	b.log.Error("update failed", "update", rec.ID, "failures", rec.Failures+1, "error", err)
	var again time.Time
	if rec.Failures+1 < maxFailures {
		again = now.Add(backoff(b.TryPause, 2*rec.Failures))
	} else {
		b.apologise(ctx, rec)
	}
	return storage.UpdateFailed(ctx, q, b.api.botID, rec.ID, again, b.api.hide(err.Error()))
}

// transient tells errors of the line to Telegram and to the database.
func transient(err error) bool {
	var line *lineError
	var gateway *gatewayError
	var network net.Error
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &pg): // 08 connection, 53 resources, 57 shutdown, 40 conflict
		class := pg.Code[:min(2, len(pg.Code))]
		return class == "08" || class == "53" || class == "57" || class == "40"
	case errors.As(err, &line), errors.As(err, &gateway), errors.As(err, &network),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, context.DeadlineExceeded):
		return true
	}
	return pgconn.SafeToRetry(err)
}

// handle does what an update asks for. A panic is an error like others.
func (b *Bot) handle(ctx context.Context, rec storage.ChatUpdate) (err error) {
	defer func() {
		if r := recover(); r != nil {
			b.log.Error("panic", "update", rec.ID, "panic", b.api.hide(fmt.Sprint(r)), "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, handleTimeout)
	defer cancel()
	u, err := readUpdate(rec.Payload)
	if err != nil {
		return err
	}
	return b.route(ctx, rec, u)
}

// apologise tells a person that something of theirs could not be handled.
func (b *Bot) apologise(ctx context.Context, rec storage.ChatUpdate) {
	u, err := readUpdate(rec.Payload)
	if err != nil || u.from() == nil || u.chat().Type != "private" {
		return
	}
	p, err := storage.PersonByTelegram(ctx, b.Store.Pool(), u.from().ID)
	if err != nil {
		return
	}
	if _, err := b.out.say(ctx, u.chat().ID, b.printer(p.Lang).HTML("bot.failed", nil), nil, 0); err != nil {
		b.log.Warn("say that an update failed", "error", err)
	}
}
