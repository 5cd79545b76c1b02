package tgemu

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// webhook is where updates are posted.
type webhook struct {
	URL       string    `json:"url"`
	Secret    string    `json:"secret,omitempty"`
	Max       int       `json:"max"`
	LastError string    `json:"last_error,omitempty"`
	ErrorAt   time.Time `json:"error_at,omitzero"`
}

// maxPosted is how many updates can be posted again.
const maxPosted = 100

// hookPause is how long the server waits before it posts again what was not
// taken; it doubles up to a minute.
const hookPause = time.Second

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]*$`)

func (e *Emulator) setWebhook(c *call) (any, error) {
	if e.limits && e.now().Sub(e.hookAt) < time.Second {
		return nil, refuseFor(1)
	}
	e.hookAt = e.now()
	address := c.arg("url")
	if address == "" {
		return e.deleteWebhook(c)
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, refuse(webhookURLInvalid)
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())) {
		return nil, refuse(webhookHTTPS)
	}
	if !isLoopback(u.Hostname()) {
		return nil, refuse(webhookElsewhere)
	}
	secret := c.arg("secret_token")
	if len(secret) > 256 {
		return nil, refuse(secretTooLong)
	}
	if !secretForm.MatchString(secret) {
		return nil, refuse(secretCharacters)
	}
	e.setAllowed(c)
	e.dropPending(c)
	e.endPoll(pollTerminatedByWebhook)
	e.Webhook = &webhook{URL: address, Secret: secret, Max: min(max(c.int("max_connections", 40), 1), 100)}
	e.touch(nil)
	e.startWebhook()
	return true, nil
}

func (e *Emulator) deleteWebhook(c *call) (any, error) {
	e.dropPending(c)
	if e.hookStop != nil {
		e.hookStop()
		e.hookStop = nil
	}
	e.Webhook = nil
	e.touch(nil)
	return true, nil
}

func (e *Emulator) dropPending(c *call) {
	if c.bool("drop_pending_updates") {
		e.Updates = nil
	}
}

func (e *Emulator) getWebhookInfo(*call) (any, error) {
	out := wire{"url": "", "has_custom_certificate": false, "pending_update_count": len(e.Updates)}
	if h := e.Webhook; h != nil {
		out["url"], out["max_connections"] = h.URL, h.Max
		if h.LastError != "" {
			out["last_error_message"], out["last_error_date"] = h.LastError, unix(h.ErrorAt)
		}
	}
	if len(e.Allowed) > 0 {
		out["allowed_updates"] = e.Allowed
	}
	return out, nil
}

// startWebhook posts what waits until the webhook changes; the caller holds mu.
func (e *Emulator) startWebhook() {
	if e.hookStop != nil {
		e.hookStop()
		e.hookStop = nil
	}
	if e.Webhook == nil {
		return
	}
	ctx, stop := context.WithCancel(e.running)
	e.hookStop = stop
	hook := e.Webhook
	e.workers.Go(func() { e.postUpdates(ctx, hook) })
}

// postUpdates posts one update after the other; one that is not taken is posted
// again before those after it.
func (e *Emulator) postUpdates(ctx context.Context, hook *webhook) {
	pause := hookPause
	for ctx.Err() == nil {
		e.mu.Lock()
		e.expire()
		var next *update
		if len(e.Updates) > 0 && !e.down {
			next = e.Updates[0]
		}
		changed := e.changed
		e.commit()
		if next == nil {
			wait(ctx, changed, time.Minute)
			continue
		}
		err := e.postUpdate(ctx, hook, next)
		e.mu.Lock()
		if err == nil {
			pause = hookPause
			e.took(next)
		} else if ctx.Err() == nil {
			hook.LastError, hook.ErrorAt = err.Error(), e.now()
		}
		until, changed := e.now().Add(pause), e.changed
		e.commit()
		if err != nil {
			pause = min(2*pause, time.Minute)
			e.waitUntil(ctx, changed, until)
		}
	}
}

// took drops an update that the webhook took.
func (e *Emulator) took(u *update) {
	e.Updates = slices.DeleteFunc(e.Updates, func(x *update) bool { return x == u })
	if e.posted = append(e.posted, u); len(e.posted) > maxPosted {
		e.posted = e.posted[1:]
	}
	e.touch(nil)
}

// Redeliver posts the last n updates again that the webhook took, newest first:
// Telegram does so where its answer got lost on the way, and in no certain order.
// Polls never see an update again that they confirmed.
func (e *Emulator) Redeliver(n int) {
	e.mu.Lock()
	defer e.commit()
	again := slices.Clone(e.posted[max(0, len(e.posted)-n):])
	slices.Reverse(again)
	e.Updates = append(again, e.Updates...)
	e.touch(nil)
}

func (e *Emulator) postUpdate(ctx context.Context, hook *webhook, u *update) error {
	body, err := json.Marshal(u.wire())
	if err != nil {
		return fmt.Errorf("encode update: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.URL, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("make request: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	if hook.Secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", hook.Secret)
	}
	resp, err := e.client.Do(req)
	if err != nil {
		return fmt.Errorf("Connection failed: %w", err) //nolint:staticcheck // their wording
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Errorf("Wrong response from the webhook: %s", resp.Status) //nolint:staticcheck // their wording
	}
	return nil
}

// waitUntil waits for a time of the emulator's clock, which may be advanced.
func (e *Emulator) waitUntil(ctx context.Context, changed <-chan struct{}, until time.Time) {
	for ctx.Err() == nil {
		left := until.Sub(e.Now())
		if left <= 0 {
			return
		}
		wait(ctx, changed, left)
		e.mu.Lock()
		changed = e.changed
		e.mu.Unlock()
	}
}

func wait(ctx context.Context, changed <-chan struct{}, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-changed:
	case <-timer.C:
	}
}
