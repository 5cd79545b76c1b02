package mailer

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
	"github.com/distbase/distbase/text"
)

func TestMain(m *testing.M) {
	if kind := os.Getenv(childVariable); kind != "" {
		if err := beChild(kind); err != nil {
			fmt.Fprintln(os.Stderr, kind+":", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(func() int {
		defer dovecottest.Stop()
		return storagetest.Run(m)
	}())
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// report is a letter with a small workbook attached.
func report(from, subject, body string) []byte {
	return fmt.Appendf(nil, "From: %s\r\nTo: reports@localhost\r\nSubject: %s\r\nMessage-ID: <%s@test>\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n%s\r\n"+
		"--b\r\nContent-Type: text/csv; name=r.csv\r\nContent-Disposition: attachment; filename=r.csv\r\n\r\ndate,qty\r\n2026-07-01,1\r\n--b--\r\n",
		from, subject, subject, body)
}

// note is a letter without any attachment.
func note(from, subject string) []byte {
	return fmt.Appendf(nil, "From: %s\r\nSubject: %s\r\nMessage-ID: <%s@test>\r\n\r\nhello\r\n", from, subject, subject)
}

// eventually waits until ok is true.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("not within 30 s: %s", what)
		}
	}
}

// start runs a poller in the background; stop ends it and waits.
func start(t *testing.T, p *Poller) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
	}
	t.Cleanup(stop)
	return stop
}

func account(t testing.TB, raw string) Account {
	t.Helper()
	a, err := ParseAccount(raw)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func count(t *testing.T, s *storage.Store, sql string, args ...any) int {
	t.Helper()
	var n int
	if err := s.Pool().QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// states lists what became of a mailbox's letters, by UID.
func states(t *testing.T, s *storage.Store) string {
	t.Helper()
	var all string
	err := s.Pool().QueryRow(context.Background(), `select coalesce(string_agg(uid || ' ' || state, ', ' order by uidvalidity, uid), '') from mail_message`).Scan(&all)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func rootsOf(authority []byte) (*x509.CertPool, error) {
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(authority) {
		return nil, errors.New("no certificate")
	}
	return pool, nil
}

// sayings checks that a problem has its sentence in both languages, without
// secrets.
func sayings(t *testing.T, p *Problem) {
	t.Helper()
	for _, lang := range text.Languages() {
		s := p.Sentence(text.For(lang))
		if strings.HasPrefix(s, "[") || strings.Contains(s, "topsecret") || !strings.Contains(s, p.Target) {
			t.Errorf("%s: %q", lang, s)
		}
	}
}
