package mailer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/letter"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

func TestAnswerGoesIntoItsThread(t *testing.T) {
	t.Parallel()
	stub, store := newStubAndStore(t, "smtps")
	ctx := context.Background()
	sum, err := storage.PutBlob(ctx, store.Pool(), []byte("PK template"))
	if err != nil {
		t.Fatal(err)
	}
	thread := Thread{Address: "a@b.example", MessageID: "asked@b.example", References: []string{"first@b.example", "bad id\r\n"}, Subject: "Отчёт за июль"}
	o := outgoing("answer:1", thread)
	o.Payload.HTML = "<b>Принято</b>\n1 240 строк"
	o.Payload.Files = []storage.File{{SHA256: sum.String(), Name: "шаблон.xlsx", Type: "application/vnd.ms-excel"}}
	put(t, store, o)
	stub.run(t, store)
	eventually(t, "the letter is recorded as sent", func() bool { return outboxState(t, store, "answer:1") == "sent" })
	all := stub.taken()
	if len(all) != 1 {
		t.Fatalf("%d letters", len(all))
	}
	l, err := letter.Parse([]byte(all[0]), letter.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if l.Subject != "Re: Отчёт за июль" || l.MessageID != messageID("answer:1", "reports@us.example") ||
		fmt.Sprint(l.InReplyTo) != "[asked@b.example]" || fmt.Sprint(l.References) != "[first@b.example asked@b.example]" ||
		l.From[0].Addr != "reports@us.example" || l.To[0].Addr != "a@b.example" ||
		l.Header.Text("Auto-Submitted") != "auto-replied" || l.Header.Text("X-Auto-Response-Suppress") != "All" {
		t.Fatalf("%+v\n%s", l, all[0])
	}
	if !strings.Contains(l.Text, "Принято\n1 240 строк") || !strings.Contains(all[0], "text/html") {
		t.Fatalf("text %q", l.Text)
	}
	if r := l.Reports(); len(r) != 1 || r[0].Name != "шаблон.xlsx" || string(r[0].Data) != "PK template" {
		t.Fatalf("%+v", l.Attachments)
	}
	if ThreadOf(l).MayAnswer() {
		t.Fatal("our own letter would be answered")
	}
}

func TestLetterIsSentOnceWhateverTheServerDoes(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		prepare func(s *stubServer)
		state   string
		letters int
		twice   bool
	}{
		"takes it":                        {func(*stubServer) {}, "sent", 1, false},
		"busy greeting":                   {func(s *stubServer) { s.script("GREET", "421 later") }, "sent", 1, false},
		"recipient put off":               {func(s *stubServer) { s.script("RCPT", "450 4.2.1 greylisted") }, "sent", 1, false},
		"recipient unknown":               {func(s *stubServer) { s.script("RCPT", "550 5.1.1 no such user") }, "failed", 0, false},
		"sender put off":                  {func(s *stubServer) { s.script("MAIL", "451 4.7.0 slow down") }, "sent", 1, false},
		"content refused":                 {func(s *stubServer) { s.after = "554 5.7.1 spam" }, "failed", 0, false},
		"content put off":                 {func(s *stubServer) { s.after = "452 4.3.1 full" }, "sent", 1, false},
		"cut before the letter":           {func(s *stubServer) { s.script("DATA", "cut") }, "sent", 1, false},
		"cut after the dot, not taken":    {func(s *stubServer) { s.after = "cut" }, "sent", 1, true},
		"cut after the dot, taken":        {func(s *stubServer) { s.after = "take and cut" }, "sent", 2, true},
		"cut after it was acknowledged":   {func(s *stubServer) { s.script("RSET", "cut") }, "sent", 1, false},
		"reset refused after it was sent": {func(s *stubServer) { s.script("RSET", "500 what") }, "sent", 1, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stub, store := newStubAndStore(t, "smtp")
			c.prepare(stub)
			put(t, store, outgoing("n:1", Thread{}))
			stub.run(t, store)
			eventually(t, "it is settled", func() bool { return outboxState(t, store, "n:1") == c.state })
			if got := len(stub.taken()); got != c.letters {
				t.Fatalf("%d letters arrived", got)
			}
			if n := count(t, store, `select count(*) from outbox where maybe_twice`); (n == 1) != c.twice {
				t.Fatalf("marked as perhaps sent twice: %v", n == 1)
			}
			if c.letters == 2 { // the double can be told
				all := stub.taken()
				if id := "Message-ID: <" + messageID("n:1", "reports@us.example") + ">"; !strings.Contains(all[0], id) || !strings.Contains(all[1], id) {
					t.Fatal("the two have different ids")
				}
			}
		})
	}
}

func TestLoopsAreNotFed(t *testing.T) {
	t.Parallel()
	stub, store := newStubAndStore(t, "smtps")
	stub.opt.MaxAnswers, stub.opt.Lines = 2, 1
	put(t, store, outgoing("auto", Thread{Address: "a@b.example", Automatic: "Precedence: bulk"}))
	self := outgoing("self", Thread{})
	self.Address = "Reports@us.example"
	put(t, store, self)
	for i := range 3 {
		put(t, store, outgoing(fmt.Sprintf("answer:%d", i), Thread{Address: "a@b.example", MessageID: "x@y"}))
	}
	stub.run(t, store)
	eventually(t, "all are settled", func() bool {
		return count(t, store, `select count(*) from outbox where state in ('sent', 'cancelled')`) == 5
	})
	for dedup, want := range map[string]string{"auto": "cancelled", "self": "cancelled", "answer:0": "sent", "answer:1": "sent", "answer:2": "cancelled"} {
		if got := outboxState(t, store, dedup); got != want {
			t.Errorf("%s is %s", dedup, got)
		}
	}
	if n := len(stub.taken()); n != 2 {
		t.Fatalf("%d letters went out", n)
	}
}

func TestLetterLeftByACrashIsSentOnceMoreAndMarked(t *testing.T) {
	t.Parallel()
	stub, store := newStubAndStore(t, "smtps")
	put(t, store, outgoing("n:1", Thread{}))
	if _, err := store.ClaimOutgoing(context.Background(), storage.DoorMail, 1); err != nil { // and then the process died
		t.Fatal(err)
	}
	stub.run(t, store)
	eventually(t, "it is sent", func() bool { return outboxState(t, store, "n:1") == "sent" })
	if n := count(t, store, `select count(*) from outbox where maybe_twice`); n != 1 {
		t.Fatal("it is not marked")
	}
}

func TestManyLettersGoOutOnceEach(t *testing.T) {
	t.Parallel()
	stub, store := newStubAndStore(t, "smtps")
	const n = 100
	for i := range n {
		put(t, store, outgoing(fmt.Sprintf("n:%d", i), Thread{}))
	}
	stub.run(t, store)
	eventually(t, "all are sent", func() bool { return count(t, store, `select count(*) from outbox where state = 'sent'`) == n })
	if got := len(stub.taken()); got != n {
		t.Fatalf("%d letters arrived", got)
	}
}

func TestPlainTextIsForLoopbackAlone(t *testing.T) {
	t.Parallel()
	stub, _ := newStubAndStore(t, "smtp")
	stub.noTLS = true
	ctx := context.Background()
	if err := CheckServer(ctx, stub.server, "r@us.example", CheckOptions{}); err != nil {
		t.Fatalf("loopback: %v", err)
	}
	for host, want := range map[string]bool{"127.0.0.1": true, "::1": true, "localhost": true, "mail.example": false, "10.0.0.1": false} {
		if got := (Server{Host: host}).loopback(); got != want {
			t.Errorf("%s: %v", host, got)
		}
	}
}

func TestServerCheckSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		prepare func(s *stubServer)
		from    string
		want    ProblemKind
	}{
		"untrusted":        {func(s *stubServer) { s.opt.Roots = nil }, "r@us.example", ProblemCertificate},
		"wrong password":   {func(s *stubServer) { s.password, s.server.User, s.server.Password = "x", "me", "topsecret" }, "r@us.example", ProblemLogin},
		"nobody there":     {func(s *stubServer) { s.server.Port = "1" }, "r@us.example", ProblemUnreachable},
		"bad from":         {func(*stubServer) {}, "no address", ProblemSender},
		"from not allowed": {func(s *stubServer) { s.script("MAIL", "553 5.7.1 not yours") }, "r@us.example", ProblemSender},
		"busy":             {func(s *stubServer) { s.script("GREET", "421 4.3.2 later") }, "r@us.example", ProblemBusy},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stub, _ := newStubAndStore(t, "smtps")
			c.prepare(stub)
			err := CheckServer(context.Background(), stub.server, c.from, CheckOptions{Roots: stub.opt.Roots, Timeout: 5 * time.Second})
			var p *Problem
			if !errors.As(err, &p) || p.Kind != c.want {
				t.Fatalf("got %v", err)
			}
			sayings(t, p)
		})
	}
}

// stubServer is a stub with the settings that reach it.
type stubServer struct {
	*smtpStub
	server Server
	opt    SenderOptions
}

func newStubAndStore(t *testing.T, scheme string) (*stubServer, *storage.Store) {
	t.Helper()
	stub, client := newSMTPStub(t, scheme == "smtps")
	server, err := ParseServer(stub.url(scheme))
	if err != nil {
		t.Fatal(err)
	}
	return &stubServer{smtpStub: stub, server: server, opt: SenderOptions{
		Roots: client.RootCAs, Logger: quiet(), Retry: 20 * time.Millisecond, Poll: 50 * time.Millisecond, Timeout: 10 * time.Second,
	}}, storagetest.New(t)
}

// run starts a sender that ends with the test.
func (s *stubServer) run(t *testing.T, store *storage.Store) {
	t.Helper()
	sender, err := NewSender(store, s.server, "Reports <reports@us.example>", s.opt)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- sender.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
	})
}

func outgoing(dedup string, thread Thread) storage.Outgoing {
	o := storage.Outgoing{Door: storage.DoorMail, Address: "a@b.example", Dedup: dedup, Payload: storage.Payload{Subject: "Subject", HTML: "text"}}
	if thread.Address != "" {
		o.Payload.ReplyTo = thread.JSON()
	}
	return o
}

func put(t *testing.T, store *storage.Store, o storage.Outgoing) {
	t.Helper()
	if _, added, err := storage.AddOutgoing(context.Background(), store.Pool(), o); err != nil || !added {
		t.Fatal(added, err)
	}
}

func outboxState(t *testing.T, store *storage.Store, dedup string) string {
	t.Helper()
	var state string
	if err := store.Pool().QueryRow(context.Background(), `select state from outbox where dedup = $1`, dedup).Scan(&state); err != nil {
		t.Fatal(err)
	}
	return state
}
