package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

const (
	maxSenders = 4 // messages on the wire at once
	// shortWait is how long a message may hold a sender for the rates; a longer
	// wait is spent in the outbox, so that other chats go on.
	shortWait = 1500 * time.Millisecond
)

// drain sends what waits in the outbox. A message is claimed, and marked as being
// sent, only when a sender is free for it; messages of a chat keep their order.
func (b *Bot) drain(ctx context.Context) error {
	heard := b.Store.Listen(ctx, storage.TopicOutbox, 2*time.Second)
	free := make(chan struct{}, maxSenders)
	before := map[string]chan struct{}{} // by address: closed when its message is through
	var mu sync.Mutex                    // guards before
	var all sync.WaitGroup
	defer all.Wait()
	for {
		select {
		case <-ctx.Done():
			return nil
		case free <- struct{}{}:
		}
		claimed, err := b.Store.ClaimOutgoing(ctx, storage.DoorChat, 1)
		if err != nil && ctx.Err() == nil {
			b.log.Warn("claim outgoing message", "error", err)
		}
		if len(claimed) == 0 {
			<-free
			select {
			case <-ctx.Done():
				return nil
			case <-heard:
			}
			continue
		}
		o := claimed[0]
		mu.Lock()
		previous, done := before[o.Address], make(chan struct{})
		before[o.Address] = done
		mu.Unlock()
		all.Go(func() {
			if previous != nil {
				<-previous
			}
			// What is on the wire ends, even when the service is stopped.
			b.deliver(context.WithoutCancel(ctx), o)
			mu.Lock()
			if before[o.Address] == done {
				delete(before, o.Address)
			}
			mu.Unlock()
			close(done)
			<-free
		})
	}
}

// deliver sends one message and records what became of it.
func (b *Bot) deliver(ctx context.Context, o storage.Outgoing) {
	err := b.tryDeliver(ctx, o)
	if err != nil {
		// The row stays "being sent"; the next start finds it in doubt.
		b.log.Error("record outgoing message", "outgoing", o.ID, "error", b.api.hide(err.Error()))
	}
}

func (b *Bot) tryDeliver(ctx context.Context, o storage.Outgoing) error {
	q := b.Store.Pool()
	chatID, err := strconv.ParseInt(o.Address, 10, 64)
	if err != nil {
		return storage.OutgoingFailed(ctx, q, o.ID, "no chat id: "+o.Address)
	}
	parts, err := b.plan(ctx, o, chatID)
	if err != nil {
		return storage.RetryOutgoing(ctx, q, o.ID, b.Now().Add(backoff(b.TryPause, o.Attempts)), err.Error())
	}
	sent, err := storage.PartsSent(ctx, q, o.ID)
	if err != nil {
		return err
	}
	for i, p := range parts {
		if _, ok := sent[i]; ok {
			continue
		}
		id, err := b.sendPart(ctx, o, chatID, p)
		if err != nil {
			return b.giveBack(ctx, o, chatID, p, err)
		}
		if err := storage.PartSent(ctx, q, o.ID, i, id); err != nil {
			return err
		}
		sent[i] = id
	}
	return storage.OutgoingSent(ctx, q, o.ID, strconv.Itoa(sent[0]))
}

// paceError says that the rates do not let a message out now.
type paceError struct{ wait time.Duration }

func (e *paceError) Error() string { return "the rates ask to wait" }

// sendPart is one try for one piece. It returns the id of the message that now
// shows it.
func (b *Bot) sendPart(ctx context.Context, o storage.Outgoing, chatID int64, p part) (int, error) {
	urgent := o.Priority <= storage.PriorityAnswer
	for {
		d := b.out.pace.take(chatID, urgent)
		if d == 0 {
			break
		}
		if d > shortWait || !rest(ctx, d) {
			return 0, &paceError{d}
		}
	}
	keys := markup(p.keys)
	if p.file != nil {
		id, err := b.out.sendFile(ctx, chatID, *p.file, p.html, keys, p.reply)
		f := judge(err).fault
		if f != faultFile && f != faultMarkup && f != faultRefused {
			return id, err
		}
		b.log.Warn("file left out", "outgoing", o.ID, "error", b.api.hide(err.Error()))
		return b.out.sendText(ctx, chatID, p.instead, keys, p.reply)
	}
	if p.edit != 0 {
		err := b.out.editText(ctx, chatID, p.edit, p.html, keys)
		if f := judge(err).fault; f != faultGone && f != faultRefused {
			return p.edit, err
		}
	}
	return b.out.sendText(ctx, chatID, p.html, keys, p.reply)
}

// giveBack decides about a message that did not go out.
func (b *Bot) giveBack(ctx context.Context, o storage.Outgoing, chatID int64, p part, err error) error {
	q, why := b.Store.Pool(), b.api.hide(err.Error())
	retry := func(in time.Duration) error { return storage.RetryOutgoing(ctx, q, o.ID, b.Now().Add(in), why) }
	var paced *paceError
	if errors.As(err, &paced) {
		return retry(paced.wait)
	}
	pause := backoff(b.TryPause, o.Attempts-1)
	v := judge(err)
	switch v.fault {
	case faultWait:
		b.out.pace.pause(chatID, v.pause)
		return retry(v.pause)
	case faultMoved:
		return b.Store.InTx(ctx, func(tx pgx.Tx) error {
			if err := storage.MoveChat(ctx, tx, chatID, v.chat); err != nil {
				return err
			}
			return storage.RetryOutgoing(ctx, tx, o.ID, b.Now(), why)
		})
	case faultBlocked:
		return b.blocked(ctx, o, chatID, why)
	case faultToken:
		return retry(time.Minute)
	case faultDoubt:
		if p.edit != 0 { // edited twice is edited once
			return retry(pause)
		}
		return storage.DoubtOutgoing(ctx, q, o.ID, b.Now().Add(pause), why)
	case faultRefused:
		b.log.Error("outgoing message refused", "outgoing", o.ID, "error", why)
		return storage.OutgoingFailed(ctx, q, o.ID, why)
	}
	return retry(pause)
}

// blocked gives a message up, and lets deliveries to the person rest until they
// come back.
func (b *Bot) blocked(ctx context.Context, o storage.Outgoing, chatID int64, why string) error {
	return b.Store.InTx(ctx, func(tx pgx.Tx) error {
		p, err := storage.PersonByTelegram(ctx, tx, chatID)
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return err
		}
		if err == nil {
			if err := storage.SetBlocked(ctx, tx, p.ID, true); err != nil {
				return err
			}
		}
		return storage.OutgoingFailed(ctx, tx, o.ID, fmt.Sprintf("blocked: %s", why))
	})
}
