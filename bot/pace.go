package bot

import (
	"context"
	"sync"
	"time"
)

// The rates Telegram's documents speak of, kept a little under.
const (
	allRate    = 25.0      // messages a second, everybody together
	chatRate   = 1.0       // a second and chat
	groupRate  = 18.0 / 60 // a second and group
	chatBurst  = 3
	groupBurst = 3
	// What is not an answer to somebody leaves a part of the common bucket to
	// those who wait.
	reserve = 6.0
)

// pace says when a message may go out. Editing counts too.
type pace struct {
	now func() time.Time

	mu    sync.Mutex // guards what follows
	all   bucket
	chats map[int64]*bucket
	until map[int64]time.Time // Telegram asked for a pause; 0: of all chats
}

type bucket struct {
	tokens float64
	at     time.Time
}

// fill adds what has dripped in since.
func (b *bucket) fill(now time.Time, rate, size float64) {
	if b.at.IsZero() {
		b.tokens = size
	} else if passed := now.Sub(b.at).Seconds(); passed > 0 {
		b.tokens = min(size, b.tokens+passed*rate)
	}
	b.at = now
}

func newPace(now func() time.Time) *pace {
	return &pace{now: now, chats: map[int64]*bucket{}, until: map[int64]time.Time{}}
}

// take counts one message to a chat and returns 0, or says how long to wait
// before asking again.
func (p *pace) take(chatID int64, urgent bool) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	for _, key := range []int64{0, chatID} {
		if until := p.until[key]; until.After(now) {
			return until.Sub(now)
		}
		delete(p.until, key)
	}
	rate, size := chatRate, float64(chatBurst)
	if chatID < 0 {
		rate, size = groupRate, groupBurst
	}
	c := p.chats[chatID]
	if c == nil {
		p.forget(now)
		c = &bucket{}
		p.chats[chatID] = c
	}
	c.fill(now, rate, size)
	p.all.fill(now, allRate, allRate)
	least := 1.0
	if !urgent {
		least += reserve
	}
	if c.tokens < 1 {
		return seconds((1 - c.tokens) / rate)
	}
	if p.all.tokens < least {
		return seconds((least - p.all.tokens) / allRate)
	}
	c.tokens--
	p.all.tokens--
	return 0
}

// wait is take that waits.
func (p *pace) wait(ctx context.Context, chatID int64, urgent bool) error {
	for {
		d := p.take(chatID, urgent)
		if d == 0 {
			return nil
		}
		t := time.NewTimer(d)
		select {
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		case <-t.C:
		}
	}
}

// pause holds a chat back after Telegram asked for it.
func (p *pace) pause(chatID int64, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.until[chatID] = p.now().Add(d)
}

// forget drops full buckets, so that the map does not grow with every chat ever.
func (p *pace) forget(now time.Time) {
	if len(p.chats) < 1000 {
		return
	}
	for id, b := range p.chats {
		if now.Sub(b.at) > time.Minute {
			delete(p.chats, id)
		}
	}
}

func seconds(s float64) time.Duration {
	return time.Duration(s*float64(time.Second)) + time.Millisecond
}
