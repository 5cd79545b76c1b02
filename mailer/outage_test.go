package mailer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/distbase/distbase/mailer/dovecot"
	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/mailer/smtptest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

func TestDovecotKilledInTheMiddleOfALetterLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	dovecottest.New(t)       // skips where there is none
	cases := map[string]int{ // bytes that the server sends before its death
		"in the first piece":  700_000,
		"in the second piece": 1_700_000,
		"in the last piece":   2_300_000,
	}
	for name, bytes := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			srv, err := dovecot.Start(ctx, dovecot.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(srv.Stop)
			large := report("a@b.example", "two", strings.Repeat("0123456789012345678901234567890123456789012345678901234567890\r\n", 40_000))
			deliver(t, srv, "me", report("a@b.example", "one", "x"), large, report("a@b.example", "three", "x"))
			store := storagetest.New(t)
			front := newFront(t, srv.IMAPS, bytes)
			a := account(t, srv.Account("me", ""))
			a.Port = front.port
			p := NewPoller(store, []Account{a}, options(srv))
			start(t, p)
			<-front.reached // and what was asked for is not all here
			if got := states(t, store); got != "1 stored" {
				t.Fatal(got)
			}
			srv.Kill()
			front.open()
			eventually(t, "the death is noticed", func() bool { return p.Stats().Failed > 0 })
			if err := srv.Restart(ctx); err != nil {
				t.Fatal(err)
			}
			eventually(t, "the mailbox is read", func() bool { return p.Stats().Rounds > 0 })
			if got := states(t, store); got != "1 stored, 2 stored, 3 stored" {
				t.Fatal(got)
			}
			if got := p.Stats(); got.Fetched != 4 || got.Stored != 3 {
				t.Fatalf("%+v", got)
			}
			m, err := storage.MessageByID(ctx, store.Pool(), 2)
			if err != nil {
				t.Fatal(err)
			}
			if raw, err := storage.ReadBlob(ctx, store.Pool(), *m.RawSHA256); err != nil || !strings.HasSuffix(string(raw), string(large)) {
				t.Fatalf("%d bytes of letter 2, %v", len(raw), err)
			}
			if n := count(t, store, `select count(*) from river_job where kind = 'read_message'`); n != 3 {
				t.Fatalf("%d jobs", n)
			}
			if n := count(t, store, `select count(*) from question where kind = 'mail' and state = 'open'`); n != 0 {
				t.Fatalf("%d questions to people", n)
			}
		})
	}
}

func TestSMTPServerThatDiesBeforeItsAnswerGetsTheLetterOnceMore(t *testing.T) {
	t.Parallel()
	for name, kept := range map[string]bool{"letter kept": true, "letter lost": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store, box := storagetest.New(t), smtptest.New(t)
			server, err := ParseServer(box.URL())
			if err != nil {
				t.Fatal(err)
			}
			stub := &stubServer{server: server, opt: SenderOptions{Logger: quiet(), Retry: 20 * time.Millisecond, Poll: 50 * time.Millisecond}}
			dead := box.DieAtNext(kept)
			put(t, store, outgoing("n:1", Thread{}))
			stub.run(t, store)
			<-dead
			eventually(t, "the letter is in doubt", func() bool { return count(t, store, `select count(*) from outbox where maybe_twice`) == 1 })
			eventually(t, "the server is missed", func() bool {
				return count(t, store, `select count(*) from outbox where error like '%refused%'`) == 1
			})
			box.Return(t)
			eventually(t, "the letter is sent", func() bool { return outboxState(t, store, "n:1") == "sent" })
			put(t, store, outgoing("n:2", Thread{}))
			eventually(t, "the next one is sent", func() bool { return outboxState(t, store, "n:2") == "sent" })
			var ids []string
			for _, l := range box.Letters() {
				ids = append(ids, l.MessageID)
			}
			first, next := messageID("n:1", "reports@us.example"), messageID("n:2", "reports@us.example")
			want := []string{first, next}
			if kept {
				want = []string{first, first, next}
			}
			if fmt.Sprint(ids) != fmt.Sprint(want) {
				t.Fatalf("letters %q, want %q", ids, want)
			}
			if n := count(t, store, `select attempts from outbox where dedup = 'n:1'`); n != 2 {
				t.Fatalf("%d tries are counted: those without a server are not the letter's", n)
			}
			if n := count(t, store, `select count(*) from outbox where maybe_twice = (dedup = 'n:1')`); n != 2 {
				t.Fatal("not the letter in doubt alone is marked")
			}
		})
	}
}

// front stands before a server and lets so many of its bytes through; then it
// holds the rest back until it is opened.
type front struct {
	port    string
	reached chan struct{} // closed when the bytes are through
	opened  chan struct{}
	once    sync.Once
	left    int // touched by the first connection alone until reached is closed
}

func newFront(t *testing.T, port, bytes int) *front {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &front{reached: make(chan struct{}), opened: make(chan struct{}), left: bytes}
	_, f.port, _ = net.SplitHostPort(l.Addr().String())
	var all sync.WaitGroup
	t.Cleanup(func() { f.open(); _ = l.Close(); all.Wait() })
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { f.pass(conn, fmt.Sprintf("127.0.0.1:%d", port)) })
		}
	})
	return f
}

func (f *front) open() { f.once.Do(func() { close(f.opened) }) }

func (f *front) pass(conn net.Conn, to string) {
	defer func() { _ = conn.Close() }()
	server, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	go func() {
		_, _ = io.Copy(server, conn) // ends with either
		_ = server.Close()
	}()
	select {
	case <-f.opened:
	default:
		if _, err := io.CopyN(conn, server, int64(f.left)); err != nil && !errors.Is(err, io.EOF) {
			return
		}
		close(f.reached)
		<-f.opened
	}
	_, _ = io.Copy(conn, server)
}
