package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/bot/tgemu"
	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/ingest/master"
	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/mailer/smtptest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/cluster"
)

// asService makes the test binary be the program, so that it can be killed.
const asService = "DISTBASE_TEST_AS_SERVICE"

// rig is the service as a process of its own with everything it talks to, each
// of which can go away.
type rig struct {
	t    *testing.T
	w    *world.World
	imap string
	user string
	dir  string
	ca   string
	smtp *smtptest.Server
	tg   *tgemu.Emulator
	api  string

	mu      sync.Mutex // guards what follows
	pg      *cluster.Cluster
	process *exec.Cmd
}

func newRig(t *testing.T) *rig {
	t.Helper()
	mail := dovecottest.New(t)
	user := dovecottest.User(t)
	tg, err := tgemu.New(tgemu.Options{})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(tg)
	t.Cleanup(func() { tg.Close(); srv.Close() })
	dir, err := os.MkdirTemp("", "distbase-kill-") // a short name: the socket lies below
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{
		t: t, w: world.New(7, time.Now()), imap: mail.Account(user, "INBOX"), user: user, ca: mail.CAFile,
		dir: dir, smtp: smtptest.New(t), tg: tg, api: srv.URL,
	}
	r.startDatabase()
	t.Cleanup(func() {
		r.kill()
		if err := r.pg.Stop(); err != nil {
			t.Error(err)
		}
		_ = cluster.Remove(filepath.Join(dir, "postgres"))
		_ = os.RemoveAll(dir)
	})
	r.withStore(func(s *storage.Store) {
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, kind := range world.Imports() {
			var file strings.Builder
			if err := r.w.WriteImport(&file, kind); err != nil {
				t.Fatal(err)
			}
			k, err := master.KindByName(kind)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := master.Import(t.Context(), s, k, kind+".csv", []byte(file.String()), false); err != nil {
				t.Fatal(err)
			}
		}
		r.addPeople(s)
	})
	return r
}

// addPeople lets an analyst and a manager in, who gets a summary every minute.
func (r *rig) addPeople(s *storage.Store) {
	r.t.Helper()
	for id, role := range map[int64]string{501: storage.RoleAnalyst, 502: storage.RoleManager} {
		r.tg.AddUser(tgemu.User{ID: id, FirstName: role})
		if _, err := r.tg.Start(tgemu.User{ID: id}, ""); err != nil {
			r.t.Fatal(err)
		}
		p, err := storage.AddPerson(r.t.Context(), s.Pool(), storage.Person{TelegramID: &id, Name: role, Lang: "ru"})
		if err == nil {
			err = storage.AddGrant(r.t.Context(), s.Pool(), p, role, storage.Cut{}, nil)
		}
		if err == nil && role == storage.RoleManager {
			_, err = storage.Subscribe(r.t.Context(), s.Pool(), storage.Subscription{
				PersonID: p, Summary: "daily", Cron: "* * * * *", TZ: "Europe/Moscow", Door: storage.DoorChat, Address: fmt.Sprint(id),
				NextDue: time.Now(),
			})
		}
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *rig) startDatabase() {
	r.t.Helper()
	pg, err := cluster.Start(context.Background(), cluster.Options{Dir: filepath.Join(r.dir, "postgres"), Volatile: true})
	if err != nil {
		r.t.Fatal(err)
	}
	r.mu.Lock()
	r.pg = pg
	r.mu.Unlock()
}

func (r *rig) withStore(f func(*storage.Store)) {
	r.t.Helper()
	s, err := storage.Open(context.Background(), r.pg.URL(""), storage.Options{MaxConns: 4})
	if err != nil {
		r.t.Fatal(err)
	}
	defer s.Close()
	f(s)
}

// serve starts the service as a process.
func (r *rig) serve() {
	r.t.Helper()
	log, err := os.OpenFile(filepath.Join(r.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		r.t.Fatal(err)
	}
	defer log.Close()
	cmd := exec.Command(os.Args[0], "serve") //nolint:gosec,noctx // ourselves, to be killed
	cmd.Env = append(os.Environ(), asService+"=1", "DISTBASE_DATABASE_URL="+r.pg.URL(""), "DISTBASE_LISTEN=127.0.0.1:0",
		"DISTBASE_IMAP_URL="+r.imap, "DISTBASE_TLS_CA="+r.ca, "DISTBASE_SMTP_URL="+r.smtp.URL(), "DISTBASE_MAIL_FROM=reports@maker.example",
		"DISTBASE_TELEGRAM_TOKEN="+r.tg.Token(), "DISTBASE_TELEGRAM_API="+r.api)
	cmd.Stdout, cmd.Stderr, cmd.Dir = log, log, r.dir
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.mu.Lock()
	r.process = cmd
	r.mu.Unlock()
}

// kill kills the service as the kernel does.
func (r *rig) kill() {
	r.mu.Lock()
	cmd := r.process
	r.process = nil
	r.mu.Unlock()
	if cmd == nil {
		return
	}
	_ = cmd.Process.Signal(syscall.SIGKILL)
	_ = cmd.Wait()
}

// outage takes one of the servers away for a while.
func (r *rig) outage(i int, d time.Duration) string {
	r.t.Helper()
	switch i % 3 {
	case 0:
		r.tg.SetDown(true)
		nap(d)
		r.tg.SetDown(false)
		return "telegram"
	case 1:
		r.smtp.Leave()
		nap(d)
		r.smtp.Return(r.t)
		return "smtp"
	}
	if err := r.pg.Stop(); err != nil {
		r.t.Fatal(err)
	}
	nap(d)
	r.startDatabase()
	return "postgres"
}

// nap lets the other processes run for a while: the moment of a kill is a time.
func nap(d time.Duration) { <-time.After(d) }

// TestKillsAndOutagesLoseAndDoubleNothing kills the service at random moments and
// takes Telegram, SMTP and PostgreSQL away in between. DISTBASE_KILLS=30 makes it
// the full run of fifty letters.
func TestKillsAndOutagesLoseAndDoubleNothing(t *testing.T) {
	t.Parallel()
	kills, letters := 4, 10
	if n := os.Getenv("DISTBASE_KILLS"); n != "" {
		if _, err := fmt.Sscan(n, &kills); err != nil {
			t.Fatal(err)
		}
		letters = 50
	}
	r := newRig(t)
	sent := r.letters(letters)
	random := rand.New(rand.NewPCG(uint64(kills), 1)) //nolint:gosec // a test
	counts := map[string]int{}
	r.serve()
	for i := range kills {
		for _, l := range portion(sent, i, kills) {
			r.deliver(l)
		}
		nap(time.Duration(300+random.IntN(2200)) * time.Millisecond)
		if i%2 == 1 {
			counts[r.outage(i/2, time.Duration(500+random.IntN(1500))*time.Millisecond)]++
		}
		r.kill()
		counts["kills"]++
		r.serve()
	}
	r.withStore(func(s *storage.Store) {
		r.settle(s, len(sent))
		r.judge(s, sent, counts)
	})
}

func portion(all []world.Letter, i, n int) []world.Letter {
	return all[i*len(all)/n : (i+1)*len(all)/n]
}

// letters are reports of all distributors, and letters without one.
func (r *rig) letters(n int) []world.Letter {
	r.t.Helper()
	all, err := r.w.Letters()
	if err != nil {
		r.t.Fatal(err)
	}
	var out []world.Letter
	for _, l := range all {
		if strings.Contains(l.Key, "/20") {
			out = append(out, l)
		}
	}
	out = out[len(out)-min(len(out), n):]
	thanks := all[len(all)-1]
	for i := len(out); i < n; i++ {
		l := thanks
		l.ID = fmt.Sprintf("thanks%d@letters.example", i)
		out = append(out, l)
	}
	return out
}

func (r *rig) deliver(l world.Letter) {
	r.t.Helper()
	raw, err := l.Bytes("reports@maker.example")
	if err != nil {
		r.t.Fatal(err)
	}
	mail := dovecottest.New(r.t)
	if err := mail.Deliver(r.t.Context(), l.From, r.user, raw); err != nil {
		r.t.Fatal(err)
	}
}

// settle waits until every letter is in, every job done and every message out.
func (r *rig) settle(s *storage.Store, letters int) {
	r.t.Helper()
	end := time.Now().Add(4 * time.Minute)
	for {
		var in, jobs, out int
		err := s.Pool().QueryRow(r.t.Context(), `select
			(select count(*) from message where door = 'mail'),
			(select count(*) from river_job where finalized_at is null and queue = 'ingest'),
			(select count(*) from outbox where state in ('waiting', 'sending') and dedup not like 'summary:%')`).Scan(&in, &jobs, &out)
		if err != nil {
			r.t.Fatal(err)
		}
		if in == letters && jobs == 0 && out == 0 {
			return
		}
		if time.Now().After(end) {
			log, _ := os.ReadFile(filepath.Join(r.dir, "log"))
			r.t.Fatalf("%d of %d letters in, %d jobs and %d messages waiting\n%s", in, letters, jobs, out, tail(log, 6000))
		}
		nap(200 * time.Millisecond)
	}
}

func tail(b []byte, n int) []byte { return b[max(0, len(b)-n):] }

// judge compares what is loaded and what was said with what should be.
func (r *rig) judge(s *storage.Store, sent []world.Letter, counts map[string]int) {
	r.t.Helper()
	reports := 0
	for _, l := range sent {
		if len(l.Files) > 0 {
			reports++
		}
	}
	var messages, submissions, doubled int
	err := s.Pool().QueryRow(r.t.Context(), `select
		(select count(*) from message),
		(select count(*) from (select distinct distributor_id, period_from from submission where kind = 'sales' and state in ('loaded', 'asked')) x),
		(select count(*) from (select 1 from submission where kind = 'sales' and state = 'loaded' group by distributor_id, period_from having count(*) > 1) x)`).
		Scan(&messages, &submissions, &doubled)
	if err != nil {
		r.t.Fatal(err)
	}
	if messages != len(sent) || submissions != reports || doubled > 0 {
		r.t.Errorf("%d letters, %d messages, %d reports of %d, %d twice", len(sent), messages, submissions, reports, doubled)
	}
	r.judgeFacts(s)
	mails, repeated := r.judgeMail(s)
	chats, chatRepeated := r.judgeChats(s)
	r.t.Logf("%d letters, %d reports, %v: %d mails (%d came twice), %d chat messages (%d came twice)",
		len(sent), reports, counts, mails, repeated, chats, chatRepeated)
}

// judgeFacts holds every loaded report to the world's figures.
func (r *rig) judgeFacts(s *storage.Store) {
	r.t.Helper()
	rows, err := s.Pool().Query(r.t.Context(), `
		select d.code, b.period_from, b.period_to, coalesce(sum(f.quantity), 0)::text
		from submission b join distributor d on d.id = b.distributor_id left join sale f on f.submission_id = b.id
		where b.state = 'loaded' and b.kind = 'sales' and b.distributor_id is not null group by b.id, d.code`)
	if err != nil {
		r.t.Fatal(err)
	}
	type loaded struct {
		Code     string
		From, To time.Time
		Quantity string
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[loaded])
	if err != nil {
		r.t.Fatal(err)
	}
	for _, x := range all {
		if x.Code == "KAMA" { // reports cases
			continue
		}
		for i, d := range r.w.Distributors {
			if d.Code != x.Code {
				continue
			}
			if q, _, _ := r.w.Totals(i, x.From, x.To); fmt.Sprint(q) != strings.TrimSuffix(strings.TrimRight(x.Quantity, "0"), ".") && fmt.Sprint(q) != x.Quantity {
				r.t.Errorf("%s %s: %s loaded, %d reported", x.Code, x.From.Format("2006-01"), x.Quantity, q)
			}
		}
	}
}

// judgeMail: every letter of the outbox arrived, once, or twice with the mark; one
// that was given up in doubt for the second time may have arrived.
func (r *rig) judgeMail(s *storage.Store) (n, repeated int) {
	r.t.Helper()
	err := s.Pool().QueryRow(r.t.Context(), `select count(*) from outbox where door = 'mail' and state = 'sent'`).Scan(&n)
	if err != nil {
		r.t.Fatal(err)
	}
	came := map[string]int{}
	for _, l := range r.smtp.Letters() {
		came[l.MessageID]++
		if came[l.MessageID] > 1 {
			repeated++
			if came[l.MessageID] > 2 || !strings.Contains(l.Text, "пришло дважды") {
				r.t.Errorf("letter %s came %d times, the last unmarked or too often", l.MessageID, came[l.MessageID])
			}
		}
	}
	var givenUp int
	err = s.Pool().QueryRow(r.t.Context(), `select count(*) from outbox where door = 'mail' and state = 'failed' and maybe_twice`).Scan(&givenUp)
	if err != nil {
		r.t.Fatal(err)
	}
	if len(came) < n || len(came) > n+givenUp {
		r.t.Errorf("%d letters sent, %d different ones came, %d given up in doubt", n, len(came), givenUp)
	}
	return n, repeated
}

// judgeChats: every message of the outbox is in its chat, once, or twice with the
// mark; one that was given up in doubt for the second time may be there as well. An
// edit leaves one message.
func (r *rig) judgeChats(s *storage.Store) (n, repeated int) {
	r.t.Helper()
	rows, err := s.Pool().Query(r.t.Context(), `select dedup, address, attempts from outbox where door = 'chat' and state = 'sent'`)
	if err != nil {
		r.t.Fatal(err)
	}
	type row struct {
		Dedup, Address string
		Attempts       int
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[row])
	if err != nil {
		r.t.Fatal(err)
	}
	texts, marked := 0, 0
	for _, id := range []int64{501, 502} {
		for _, m := range r.tg.Messages(id) {
			if !m.From.IsBot || m.Document != nil || strings.Contains(m.Text, "вот что здесь можно") {
				continue
			}
			texts++
			if strings.Contains(m.Text, "пришло дважды") {
				marked++
			}
		}
	}
	var givenUp int
	err = s.Pool().QueryRow(r.t.Context(), `select count(*) from outbox where door = 'chat' and state = 'failed' and maybe_twice`).Scan(&givenUp)
	if err != nil {
		r.t.Fatal(err)
	}
	if texts < len(all) || texts > len(all)+marked+givenUp {
		r.t.Errorf("%d messages sent, %d arrived, %d of them marked as repeated, %d given up in doubt", len(all), texts, marked, givenUp)
	}
	return len(all), texts - len(all)
}
