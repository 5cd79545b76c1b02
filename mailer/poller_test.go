package mailer

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/mailer/dovecot"
	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

func options(srv *dovecot.Server) PollerOptions {
	return PollerOptions{Roots: srv.Roots(), Logger: quiet(), Retry: 10 * time.Millisecond, Silence: 10 * time.Second}
}

func TestLetterIsCommittedWithItsJobAndThenMarked(t *testing.T) {
	t.Parallel()
	srv, store, user := dovecottest.New(t), storagetest.New(t), dovecottest.User(t)
	ctx := context.Background()
	raw := report("Roman <Roman@Client.example>", "july", "here it is")
	deliver(t, srv, user, raw, note("stranger@x.example", "hi"))
	p := NewPoller(store, []Account{account(t, srv.Account(user, "INBOX")+"?move=Processed")}, options(srv))
	start(t, p)
	eventually(t, "both letters looked at", func() bool { return p.Stats().Rounds > 0 })
	if got := states(t, store); got != "1 stored, 2 nothing" {
		t.Fatal(got)
	}
	m, err := storage.MessageByID(ctx, store.Pool(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if m.Sender != "roman@client.example" || m.SenderName != "Roman" || m.Subject != "july" || m.RawSHA256 == nil || time.Since(m.ReceivedAt) > time.Hour {
		t.Fatalf("%+v", m)
	}
	bytes, err := storage.ReadBlob(ctx, store.Pool(), *m.RawSHA256)
	if err != nil || !strings.HasSuffix(string(bytes), string(raw)) {
		t.Fatalf("%q, %v", bytes, err)
	}
	if n := count(t, store, `select count(*) from river_job where kind = 'read_message' and args->>'message_id' = '1'`); n != 1 {
		t.Fatalf("%d jobs", n)
	}
	thread, err := ReadThread(m.ReplyTo)
	if err != nil || thread.MessageID != "july@test" || !thread.MayAnswer() {
		t.Fatalf("%+v, %v", thread, err)
	}
	eventually(t, "the letter is moved", func() bool {
		return count(t, store, `select count(*) from mail_message where moved_at is not null`) == 1
	})
	if n := letters(t, srv, user, "Processed"); n != 1 {
		t.Fatalf("%d letters in Processed", n)
	}
}

func TestNewLetterIsTakenWhileIdling(t *testing.T) {
	t.Parallel()
	srv, store, user := dovecottest.New(t), storagetest.New(t), dovecottest.User(t)
	p := NewPoller(store, []Account{account(t, srv.StartTLSAccount(user, "INBOX"))}, options(srv))
	start(t, p)
	eventually(t, "the empty mailbox is read", func() bool { return p.Stats().Rounds > 0 })
	deliver(t, srv, user, report("a@b.example", "pushed", "x"))
	eventually(t, "the letter is taken", func() bool { return p.Stats().Stored == 1 })
}

func TestChangedUIDValidityFetchesAgainButStoresNothingTwice(t *testing.T) {
	t.Parallel()
	srv, store, user := dovecottest.New(t), storagetest.New(t), dovecottest.User(t)
	deliver(t, srv, user, report("a@b.example", "one", "x"), report("a@b.example", "two", "x"), note("a@b.example", "three"))
	run := func() PollerStats {
		p := NewPoller(store, []Account{account(t, srv.Account(user, ""))}, options(srv))
		stop := start(t, p)
		eventually(t, "the mailbox is read", func() bool { return p.Stats().Rounds > 0 })
		stop()
		return p.Stats()
	}
	run()
	if err := srv.Renumber(user, 4242); err != nil {
		t.Fatal(err)
	}
	if got := run(); got.Fetched != 3 || got.Stored != 0 {
		t.Fatalf("%+v", got)
	}
	if n := count(t, store, `select count(*) from message`); n != 2 {
		t.Fatalf("%d messages: %s", n, states(t, store))
	}
	if n := count(t, store, `select count(*) from mail_message where state = 'duplicate' and uidvalidity = 4242`); n != 2 {
		t.Fatalf("%d duplicates: %s", n, states(t, store))
	}
}

func TestTwoPollersShareAMailboxWithoutDoubling(t *testing.T) {
	t.Parallel()
	srv, store, user := dovecottest.New(t), storagetest.New(t), dovecottest.User(t)
	a := []Account{account(t, srv.Account(user, ""))}
	first, second := NewPoller(store, a, options(srv)), NewPoller(store, a, options(srv))
	stop := start(t, first)
	eventually(t, "the first holds the mailbox", func() bool { return first.Stats().Rounds > 0 })
	start(t, second)
	deliver(t, srv, user, report("a@b.example", "one", "x"))
	eventually(t, "the letter is taken", func() bool { return first.Stats().Stored == 1 })
	if got := second.Stats(); got != (PollerStats{}) {
		t.Fatalf("the second took part: %+v", got)
	}
	stop()
	deliver(t, srv, user, report("a@b.example", "two", "x"))
	eventually(t, "the second takes over", func() bool { return second.Stats().Stored == 1 })
	if got := second.Stats().Fetched; got != 1 {
		t.Fatalf("the second fetched %d", got)
	}
}

func TestKickedSessionComesBack(t *testing.T) {
	t.Parallel()
	srv, store, user := dovecottest.New(t), storagetest.New(t), dovecottest.User(t)
	p := NewPoller(store, []Account{account(t, srv.Account(user, ""))}, options(srv))
	start(t, p)
	eventually(t, "the mailbox is read", func() bool { return p.Stats().Rounds > 0 })
	if err := srv.Kick(context.Background(), user); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the break is noticed", func() bool { return p.Stats().Failed > 0 })
	deliver(t, srv, user, report("a@b.example", "one", "x"))
	eventually(t, "the letter is taken", func() bool { return p.Stats().Stored == 1 })
}

func TestLetterOverTheLimitIsRecordedAndAskedAbout(t *testing.T) {
	t.Parallel()
	srv, store, user := dovecottest.New(t), storagetest.New(t), dovecottest.User(t)
	ctx := context.Background()
	d, err := storage.UpsertDistributor(ctx, store.Pool(), storage.Distributor{Code: "d", Name: "D", Active: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := storage.AddContact(ctx, store.Pool(), d, storage.DoorMail, "a@b.example", nil); err != nil {
		t.Fatal(err)
	}
	deliver(t, srv, user, report("a@b.example", "big", strings.Repeat("long line\r\n", 10_000)), report("a@b.example", "small", "x"))
	opt := options(srv)
	opt.MaxBytes, opt.Answers = 50_000, true
	p := NewPoller(store, []Account{account(t, srv.Account(user, ""))}, opt)
	start(t, p)
	eventually(t, "the mailbox is read", func() bool { return p.Stats().Rounds > 0 })
	if got := states(t, store); got != "1 too_big, 2 stored" {
		t.Fatal(got)
	}
	if p.Stats().Fetched != 1 {
		t.Fatalf("%+v", p.Stats())
	}
	if n := count(t, store, `select count(*) from question where kind = 'mail' and state = 'open' and payload->>'sender' = 'a@b.example' and payload->>'subject' = 'big'`); n != 1 {
		t.Fatalf("%d questions", n)
	}
	if n := count(t, store, `select count(*) from outbox where address = 'a@b.example'`); n != 1 {
		t.Fatalf("%d answers", n)
	}
}

func TestLargeLetterComesInPieces(t *testing.T) {
	t.Parallel()
	srv, store, user := dovecottest.New(t), storagetest.New(t), dovecottest.User(t)
	raw := report("a@b.example", "large", strings.Repeat("0123456789012345678901234567890123456789012345678901234567890\r\n", 85_000))
	deliver(t, srv, user, raw)
	p := NewPoller(store, []Account{account(t, srv.Account(user, ""))}, options(srv))
	start(t, p)
	eventually(t, "the letter is taken", func() bool { return p.Stats().Stored == 1 })
	m, err := storage.MessageByID(context.Background(), store.Pool(), 1)
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := storage.ReadBlob(context.Background(), store.Pool(), *m.RawSHA256)
	if err != nil || !strings.HasSuffix(string(bytes), string(raw)) {
		t.Fatalf("%d bytes, %v", len(bytes), err)
	}
}

func TestWrongPasswordIsReportedAndNotTriedAgainSoon(t *testing.T) {
	t.Parallel()
	srv, store, user := dovecottest.New(t), storagetest.New(t), dovecottest.User(t)
	a := account(t, srv.Account(user, ""))
	a.Password = "wrong"
	p := NewPoller(store, []Account{a}, options(srv))
	start(t, p)
	eventually(t, "a problem is raised", func() bool {
		return count(t, store, `select count(*) from question where payload->>'key' = 'mailer.problem.login'`) == 1
	})
	if got := p.Stats().Failed; got != 1 {
		t.Fatalf("tried %d times", got)
	}
}

func TestFolderIsFoundByTheServersOwnName(t *testing.T) {
	t.Parallel()
	dovecottest.New(t) // skips where there is none
	srv, err := dovecot.Start(context.Background(), dovecot.Options{Separator: ".", Prefix: "INBOX."})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	store := storagetest.New(t)
	deliver(t, srv, "me", report("a@b.example", "one", "x"))
	moving := NewPoller(store, []Account{account(t, srv.Account("me", "INBOX")+"?move=Отчёты/2026")}, options(srv))
	stop := start(t, moving)
	eventually(t, "the letter is moved", func() bool {
		return count(t, store, `select count(*) from mail_message where moved_at is not null`) == 1
	})
	stop()
	p := NewPoller(store, []Account{account(t, srv.Account("me", "Отчёты/2026"))}, options(srv))
	start(t, p)
	eventually(t, "the other folder is read", func() bool { return p.Stats().Rounds > 0 })
	if got := p.Stats(); got.Fetched != 1 || got.Stored != 0 {
		t.Fatalf("%+v", got)
	}
}

func deliver(t *testing.T, srv *dovecot.Server, user string, all ...[]byte) {
	t.Helper()
	for _, raw := range all {
		if err := srv.Deliver(context.Background(), "sender@b.example", user, raw); err != nil {
			t.Fatal(err)
		}
	}
}

// letters counts what lies in a folder.
func letters(t testing.TB, srv *dovecot.Server, user, folder string) int {
	t.Helper()
	p := NewPoller(nil, nil, options(srv))
	a := account(t, srv.Account(user, folder))
	s, err := dial(context.Background(), a, p.dialing())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	st, err := s.Open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return int(st.Letters)
}
