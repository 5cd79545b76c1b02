package mailer

import (
	"context"
	"time"
)

// longestWait is how long a failing server is left alone at most.
const longestWait = 2 * time.Minute

// backoff is a wait that doubles with every failure.
type backoff struct{ first, next time.Duration }

func newBackoff(first time.Duration) *backoff { return &backoff{first: first, next: first} }

func (b *backoff) pause(ctx context.Context) {
	pause(ctx, b.next)
	b.next = min(2*b.next, longestWait)
}

func (b *backoff) reset() { b.next = b.first }

// pause returns after d, or earlier when ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
