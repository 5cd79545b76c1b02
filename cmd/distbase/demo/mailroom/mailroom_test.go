package mailroom_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/distbase/distbase/cmd/distbase/demo/mailroom"
	"github.com/distbase/distbase/ingest/letter"
	"github.com/distbase/distbase/mailer"
)

func TestTheServiceTakesBothServers(t *testing.T) {
	t.Parallel()
	m := start(t, t.TempDir())
	account, err := mailer.ParseAccount(m.AccountURL() + "?move=Taken")
	if err != nil {
		t.Fatal(err)
	}
	server, err := mailer.ParseServer(m.SMTPURL())
	if err != nil {
		t.Fatal(err)
	}
	roots, err := mailer.LoadRoots(m.CAFile())
	if err != nil {
		t.Fatal(err)
	}
	if err := mailer.CheckAccount(t.Context(), account, mailer.CheckOptions{Roots: roots}); err != nil {
		t.Error(err)
	}
	if err := mailer.CheckServer(t.Context(), server, "Отчёты <"+box+">", mailer.CheckOptions{Roots: roots}); err != nil {
		t.Error(err)
	}
	wrong := account
	wrong.Password = "other"
	var problem *mailer.Problem
	if err := mailer.CheckAccount(t.Context(), wrong, mailer.CheckOptions{Roots: roots}); !errors.As(err, &problem) || problem.Kind != mailer.ProblemLogin {
		t.Errorf("a wrong password: %v", err)
	}
	if err := mailer.CheckAccount(t.Context(), account, mailer.CheckOptions{}); !errors.As(err, &problem) || problem.Kind != mailer.ProblemCertificate {
		t.Errorf("without the authority: %v", err)
	}
}

func TestLettersSentBySMTPThread(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var changes atomic.Int64
	m := start(t, dir, func(o *mailroom.Options) { o.OnChange = func() { changes.Add(1) } })
	deliver(t, m, draft{subject: "Отчёт", id: "report@x", file: "отчёт.xlsx"})
	send(t, m, draft{from: box, to: irina, subject: "Re: Отчёт", id: "answer@x", answers: "report@x"})
	if n := changes.Load(); n != 2 {
		t.Errorf("%d changes were told", n)
	}
	check := func(m *mailroom.Mailroom) {
		t.Helper()
		all := m.Letters()
		if len(all) != 2 {
			t.Fatalf("%d letters", len(all))
		}
		in, out := all[0], all[1]
		if in.ID != 1 || in.Direction != mailroom.In || in.From.Addr != irina || in.Unread || len(in.Attachments) != 1 ||
			in.Attachments[0] != (mailroom.Attachment{Name: "отчёт.xlsx", Size: 3}) || !strings.Contains(in.Text, "вторая строка") {
			t.Errorf("in: %+v", in)
		}
		if out.Direction != mailroom.Out || out.To[0].Addr != irina || !out.Unread || len(out.InReplyTo) != 1 || out.InReplyTo[0] != in.MessageID {
			t.Errorf("out: %+v", out)
		}
	}
	check(m)
	if got := folder(t, client(t, m, nil), "INBOX"); len(got) != 2 {
		t.Errorf("what left came into the mailbox: %v", got)
	}
	m.Close()
	check(start(t, dir))
}

func TestALetterToTheCompanyBySMTPComesIn(t *testing.T) {
	t.Parallel()
	m := start(t, t.TempDir())
	send(t, m, draft{from: irina, to: strings.ToUpper(box), subject: "сама"})
	if got := folder(t, client(t, m, nil), "INBOX"); len(got) != 2 || m.Letters()[0].Direction != mailroom.In {
		t.Errorf("got %v", got)
	}
}

func TestWhatIsNoLetterIsRefused(t *testing.T) {
	t.Parallel()
	m := start(t, t.TempDir())
	if err := m.Deliver([]byte(" \r\n"), irina); !errors.Is(err, letter.ErrEmpty) {
		t.Errorf("blanks: %v", err)
	}
	if err := m.Deliver(bytes.Repeat([]byte{'x'}, 64<<20+1), irina); !errors.Is(err, mailroom.ErrTooBig) {
		t.Errorf("too big: %v", err)
	}
	if err := m.Deliver([]byte("без заголовков"), irina); err != nil || m.Letters()[0].From.Addr != irina || m.Letters()[0].To[0].Addr != box {
		t.Errorf("a letter without header: %v, %+v", err, m.Letters())
	}
	m.Close()
	if err := m.Deliver([]byte("поздно"), irina); !errors.Is(err, mailroom.ErrClosed) || len(m.Letters()) != 1 {
		t.Errorf("after the end: %v", err)
	}
}

func TestTheCertificateIsKeptWhileItIsGood(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	m := start(t, dir)
	first := m.CACertPEM()
	m.Close()
	m = start(t, dir)
	if !bytes.Equal(first, m.CACertPEM()) {
		t.Error("it was made anew")
	}
	m.Close()
	if err := os.WriteFile(filepath.Join(dir, "server.key"), []byte("torn"), 0o600); err != nil {
		t.Fatal(err)
	}
	m = start(t, dir)
	if bytes.Equal(first, m.CACertPEM()) {
		t.Error("a torn one was kept")
	}
	client(t, m, nil)
}

func TestATornIndexIsAnErrorNotAnEmptyMailbox(t *testing.T) {
	t.Parallel()
	for name, what := range map[string]string{"torn": `{"folders":`, "without an inbox": `{}`} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "index.json"), []byte(what), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := mailroom.New(mailroom.Options{Dir: dir, Box: box}); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
