package tgemu

import (
	"math"
	"strings"
	"time"
)

// rates are the limits that the Bot API's questions and answers name: about one
// message a second in a chat with short bursts, 30 a second in all, 20 a minute
// in a group.
type rates struct {
	all    meter
	chats  map[string]*meter
	minute map[string]*meter // of groups
}

func newRates() *rates { return &rates{chats: map[string]*meter{}, minute: map[string]*meter{}} }

// meter is a bucket that fills at a rate a second up to a size.
type meter struct {
	tokens float64
	at     time.Time
}

// lacks is how long n tokens are missing for; none are taken.
func (m *meter) lacks(now time.Time, n, rate, size float64) time.Duration {
	if m.at.IsZero() {
		m.tokens = size
	} else {
		m.tokens = min(size, m.tokens+now.Sub(m.at).Seconds()*rate)
	}
	m.at = now
	if m.tokens >= n {
		return 0
	}
	return time.Duration((n - m.tokens) / rate * float64(time.Second))
}

// take counts a sending call, or refuses it with the seconds to wait. An album
// counts as all of its messages.
func (r *rates) take(now time.Time, key string, c *call) error {
	n := 1.0
	if c.method == "sendmediagroup" {
		n = float64(max(strings.Count(c.arg("media"), `"media"`), 1))
	}
	at := func(m map[string]*meter) *meter {
		if m[key] == nil {
			m[key] = &meter{}
		}
		return m[key]
	}
	chat := at(r.chats)
	meters, longest := []*meter{&r.all, chat}, max(r.all.lacks(now, n, 30, 30), chat.lacks(now, n, 1, 5))
	if strings.HasPrefix(key, "-") {
		group := at(r.minute)
		meters = append(meters, group)
		longest = max(longest, group.lacks(now, n, 20.0/60, 20))
	}
	if longest > 0 {
		return refuseFor(max(int(math.Ceil(longest.Seconds())), 1))
	}
	for _, m := range meters {
		m.tokens -= n
	}
	return nil
}

func (e *Emulator) rateKey(c *call) string { return strings.TrimSpace(c.arg("chat_id")) }
