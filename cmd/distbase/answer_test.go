package main

import (
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/bot/tgemu"
	"github.com/distbase/distbase/storage"
)

// desk is an analyst at a telephone: the service runs on the shell's database,
// and everything she does she does by taps.
type desk struct {
	t     *testing.T
	store *storage.Store
	tg    *tgemu.Emulator
	user  tgemu.User
	done  map[int]bool // announcements that were answered
}

// newDesk starts the service and lets the analyst in.
func newDesk(t *testing.T, s *shell) *desk {
	t.Helper()
	tg, err := tgemu.New(tgemu.Options{})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(tg)
	s.env = append(s.env, "DISTBASE_TELEGRAM_TOKEN="+tg.Token(), "DISTBASE_TELEGRAM_API="+srv.URL, "DISTBASE_LISTEN=127.0.0.1:0")
	url, _ := strings.CutPrefix(s.env[0], "DISTBASE_DATABASE_URL=")
	st, err := storage.Open(t.Context(), url, storage.Options{MaxConns: 4})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, process{args: []string{"serve"}, environ: s.env, stdout: log, stderr: log}) }()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitFine {
			t.Errorf("serve ended with status %d", code)
		}
		tg.Close()
		srv.Close()
		st.Close()
		_ = log.Close()
	})
	d := &desk{t: t, store: st, tg: tg, user: tgemu.User{ID: 501, FirstName: "Olga", LanguageCode: "en"}, done: map[int]bool{}}
	d.enter(s.must("user", "invite", "--role", "analyst"))
	return d
}

// enter opens the link that the command printed.
func (d *desk) enter(link string) {
	d.t.Helper()
	token := regexp.MustCompile(`start=(\S+)`).FindStringSubmatch(link)
	if token == nil {
		d.t.Fatalf("no deep link: %q", link)
	}
	d.tg.AddUser(d.user)
	if _, err := d.tg.Start(d.user, token[1]); err != nil {
		d.t.Fatal(err)
	}
	d.tap(0, "Accept")
	d.wait(0, func(m tgemu.Message) bool { return strings.Contains(m.Text, "what you can do here") }, "a welcome")
}

func (d *desk) wait(after int, fits func(tgemu.Message) bool, what string) tgemu.Message {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), time.Minute)
	defer cancel()
	m, err := d.tg.Wait(ctx, d.user.ID, func(m tgemu.Message) bool { return m.ID > after && fits(m) })
	if err != nil {
		d.t.Fatalf("the analyst waits for %s: %v", what, err)
	}
	return m
}

// tap presses the button of a label on the newest message after another one.
func (d *desk) tap(after int, label string) tgemu.Message {
	d.t.Helper()
	m := d.wait(after, func(m tgemu.Message) bool { return has(m, label) != "" }, "the button "+label)
	if err := d.tg.Press(d.user, m.ID, has(m, label)); err != nil {
		d.t.Fatal(err)
	}
	return m
}

func has(m tgemu.Message, label string) string {
	for _, row := range m.Buttons() {
		for _, b := range row {
			if b == label {
				return b
			}
		}
	}
	return ""
}

// confirmAll taps through what stands between the reports and their figures as
// an analyst would who finds everything right.
func (d *desk) confirmAll() {
	d.t.Helper()
	for d.blocked() {
		m := d.wait(0, func(m tgemu.Message) bool { return has(m, "Answer") != "" && !d.done[m.ID] }, "a question")
		d.done[m.ID] = true
		if err := d.tg.Press(d.user, m.ID, "Answer"); err != nil {
			d.t.Fatal(err)
		}
		right := []string{"All correct", "Add to the earlier", "Load"}
		card := d.wait(m.ID, func(m tgemu.Message) bool { return label(m, right) != "" }, "the question's card")
		if err := d.tg.Press(d.user, card.ID, label(card, right)); err != nil {
			d.t.Fatal(err)
		}
		d.wait(m.ID, func(m tgemu.Message) bool { return strings.HasPrefix(m.Text, "✔") }, "the answer to be taken")
	}
	d.idle()
}

// label is the first of the labels on a message, or the first month of a
// question about the period.
func label(m tgemu.Message, right []string) string {
	for _, l := range right {
		if has(m, l) != "" {
			return l
		}
	}
	if strings.Contains(m.Text, "which period") {
		return m.Buttons()[0][0]
	}
	return ""
}

// blocked reports whether a report waits for an answer.
func (d *desk) blocked() bool {
	d.t.Helper()
	open, err := storage.OpenQuestions(d.t.Context(), d.store.Pool(), 0)
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		d.t.Fatal(err)
	}
	for _, q := range open {
		if q.SubmissionID != nil && q.Kind != storage.AskItem && q.Kind != storage.AskClient {
			return true
		}
	}
	return false
}

// idle waits until what the answers led to is done.
func (d *desk) idle() {
	d.t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		var n int
		if err := d.store.Pool().QueryRow(d.t.Context(), `select count(*) from river_job where finalized_at is null and queue = 'ingest'`).Scan(&n); err != nil {
			d.t.Fatal(err)
		}
		if n == 0 {
			return
		}
		<-tick.C
	}
}
