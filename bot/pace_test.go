package bot

import (
	"errors"
	"fmt"
	"testing"
	"time"

	telegram "github.com/go-telegram/bot"
	"pgregory.net/rapid"
)

// TestTheRatesAreNeverBroken: whatever is asked for, no chat gets more than its
// burst and one a second, and all together no more than 25 and 25 a second.
func TestTheRatesAreNeverBroken(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
		begin := now
		p := newPace(func() time.Time { return now })
		sent, all := map[int64]int{}, 0
		for range rapid.IntRange(1, 300).Draw(t, "calls") {
			now = now.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "ms")) * time.Millisecond)
			chat := rapid.Int64Range(1, 40).Draw(t, "chat")
			if p.take(chat, rapid.Bool().Draw(t, "urgent")) > 0 {
				continue
			}
			sent[chat]++
			all++
			seconds := now.Sub(begin).Seconds()
			if float64(sent[chat]) > chatBurst+seconds*chatRate+1e-6 {
				t.Fatalf("chat %d: %d messages in %.1f s", chat, sent[chat], seconds)
			}
			if float64(all) > allRate+seconds*allRate+1e-6 {
				t.Fatalf("%d messages in %.1f s", all, seconds)
			}
		}
	})
}

func TestAPauseIsObeyed(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	p := newPace(func() time.Time { return now })
	p.pause(7, 5*time.Second)
	if d := p.take(7, true); d != 5*time.Second {
		t.Errorf("wait %v", d)
	}
	if d := p.take(8, true); d != 0 {
		t.Errorf("another chat waits %v", d)
	}
	now = now.Add(6 * time.Second)
	if d := p.take(7, true); d != 0 {
		t.Errorf("still waits %v", d)
	}
}

func TestWhatErrorsMean(t *testing.T) {
	t.Parallel()
	bad := func(s string) error { return fmt.Errorf("%w, Bad Request: %s", telegram.ErrorBadRequest, s) }
	for name, c := range map[string]struct {
		err  error
		want fault
	}{
		"nothing":            {nil, faultNone},
		"429":                {&telegram.TooManyRequestsError{RetryAfter: 3}, faultWait},
		"moved":              {&telegram.MigrateError{MigrateToChatID: -100}, faultMoved},
		"sent and cut":       {&lineError{Sent: true}, faultDoubt},
		"never sent":         {&lineError{}, faultAway},
		"502 of a gateway":   {&gatewayError{Status: 502}, faultAway},
		"504 of a gateway":   {&gatewayError{Status: 504}, faultDoubt},
		"413 of a gateway":   {&gatewayError{Status: 413}, faultFile},
		"blocked":            {fmt.Errorf("%w, Forbidden: bot was blocked by the user", telegram.ErrorForbidden), faultBlocked},
		"token":              {fmt.Errorf("%w, Unauthorized", telegram.ErrorUnauthorized), faultToken},
		"not modified":       {bad("message is not modified: specified"), faultNone},
		"markup":             {bad("can't parse entities: Unsupported start tag"), faultMarkup},
		"nothing to edit":    {bad("message to edit not found"), faultGone},
		"no picture":         {bad("PHOTO_INVALID_DIMENSIONS"), faultFile},
		"anything else":      {bad("chat not found"), faultRefused},
		"500 of the Bot API": {errors.New("error 500, Internal Server Error"), faultAway},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := judge(c.err).fault; got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}
