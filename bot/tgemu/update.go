package tgemu

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

const (
	maxPoll    = 50 * time.Second // longer timeouts are cut to it
	updateLife = 24 * time.Hour
)

// update waits until the bot has taken it.
type update struct {
	ID   int64           `json:"id"`
	Kind string          `json:"kind"`
	Body json.RawMessage `json:"body"`
	At   time.Time       `json:"at"`
}

// wire is the update as the Bot API gives it.
func (u *update) wire() wire { return wire{"update_id": u.ID, u.Kind: u.Body} }

// enqueue queues an update of a kind the bot wants; the caller holds mu.
func (e *Emulator) enqueue(kind string, body wire) {
	if !e.wants(kind) {
		return
	}
	e.LastUpdate++
	e.Updates = append(e.Updates, &update{ID: e.LastUpdate, Kind: kind, Body: freeze(body), At: e.now()})
	e.touch(nil)
}

// wants reports whether allowed_updates lets a kind through. An empty list means
// all but those that must be named.
func (e *Emulator) wants(kind string) bool {
	if len(e.Allowed) > 0 {
		return slices.Contains(e.Allowed, kind)
	}
	return kind != "chat_member" && kind != "message_reaction" && kind != "message_reaction_count"
}

// setAllowed takes allowed_updates over; without it the last one holds on. What
// is queued already stays queued.
func (e *Emulator) setAllowed(c *call) {
	var kinds []string
	if c.arg("allowed_updates") != "" && jsonArg(c, "allowed_updates", &kinds) {
		e.Allowed = kinds
		e.dirty = true
	}
}

// longPoll is a getUpdates that waits; ended tells why it must not any longer.
type longPoll struct{ ended chan problem }

func (e *Emulator) endPoll(why problem) {
	if e.poll != nil {
		e.poll.ended <- why
		e.poll = nil
	}
}

// getUpdates forgets what is before the offset and waits for what is after it.
func (e *Emulator) getUpdates(c *call) (any, error) {
	e.mu.Lock()
	if e.Webhook != nil {
		e.mu.Unlock()
		return nil, refuse(webhookActive)
	}
	e.endPoll(pollTerminated)
	e.setAllowed(c)
	offset, limit := int64(c.int("offset", 0)), min(max(c.int("limit", 100), 1), 100)
	timeout := min(max(time.Duration(c.int("timeout", 0))*time.Second, 0), maxPoll)
	if e.limits && offset == e.lastPoll.offset && timeout < 3*time.Second && e.now().Sub(e.lastPoll.at) < 3*time.Second {
		timeout = 3 * time.Second // as the server does with a bot in a hurry
	}
	e.lastPoll.offset, e.lastPoll.at = offset, e.now()
	e.forget(offset)
	mine := &longPoll{ended: make(chan problem, 1)}
	e.poll = mine
	deadline := e.now().Add(timeout)
	for {
		e.expire()
		if out := e.pending(limit); len(out) > 0 || !e.now().Before(deadline) {
			e.poll = nil
			e.commit()
			return out, nil
		}
		changed, left := e.changed, deadline.Sub(e.now())
		e.commit()
		if err := e.await(c, mine, changed, left); err != nil {
			return nil, err
		}
		e.mu.Lock()
		if e.poll != mine { // ended between the wait and the lock
			e.mu.Unlock()
			return nil, refuse(<-mine.ended)
		}
	}
}

// await waits for a change, the end of the poll or the client's leaving.
func (e *Emulator) await(c *call, mine *longPoll, changed <-chan struct{}, left time.Duration) error {
	timer := time.NewTimer(left)
	defer timer.Stop()
	select {
	case <-changed:
		return nil
	case <-timer.C:
		return nil
	case why := <-mine.ended:
		return refuse(why)
	case <-c.r.Context().Done():
	case <-e.running.Done():
	}
	e.mu.Lock()
	if e.poll == mine {
		e.poll = nil
	}
	e.mu.Unlock()
	return fmt.Errorf("the client left")
}

// forget drops confirmed updates: those before a positive offset, all but the
// last n for -n.
func (e *Emulator) forget(offset int64) {
	before := len(e.Updates)
	switch {
	case offset > 0:
		e.Updates = slices.DeleteFunc(e.Updates, func(u *update) bool { return u.ID < offset })
	case offset < 0 && int64(before) > -offset:
		e.Updates = slices.Clone(e.Updates[before+int(offset):])
	}
	if len(e.Updates) != before {
		e.dirty = true
	}
}

// expire drops what nobody fetched for a day.
func (e *Emulator) expire() {
	now := e.now()
	e.Updates = slices.DeleteFunc(e.Updates, func(u *update) bool { return now.Sub(u.At) > updateLife })
}

func (e *Emulator) pending(limit int) []wire {
	out := []wire{}
	for _, u := range e.Updates[:min(limit, len(e.Updates))] {
		out = append(out, u.wire())
	}
	return out
}

// Pending is how many updates the bot has not confirmed.
func (e *Emulator) Pending() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.Updates)
}
