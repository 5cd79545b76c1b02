package mailer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

func hostileOptions(h *hostile) PollerOptions {
	return PollerOptions{
		Roots: h.roots, Logger: quiet(), Retry: 5 * time.Millisecond, Silence: 300 * time.Millisecond, Poll: 50 * time.Millisecond,
	}
}

// Each server breaks the protocol around letter 2; letters 1 and 3 are sound.
func TestLettersSurviveHostileServers(t *testing.T) {
	t.Parallel()
	type body = func(h *hostile, out io.Writer, seq, uid int, byUID bool, whole, part string, offset int) bool
	only2 := func(b body) body {
		return func(h *hostile, out io.Writer, seq, uid int, byUID bool, whole, part string, offset int) bool {
			return uid == 2 && b(h, out, seq, uid, byUID, whole, part, offset)
		}
	}
	const poisoned = "1 stored, 2 needs_human, 3 stored"
	cases := map[string]struct {
		prepare func(h *hostile)
		body    body
		want    string
	}{
		"UID after the literal": {
			body: func(_ *hostile, out io.Writer, seq, uid int, _ bool, _, part string, offset int) bool {
				_, _ = fmt.Fprintf(out, "* %d FETCH (BODY[]<%d> {%d}\r\n%s UID %d)\r\n", seq, offset, len(part), part, uid)
				return true
			},
			want: "1 stored, 2 stored, 3 stored",
		},
		"pieces ignored": {
			body: func(_ *hostile, out io.Writer, seq, uid int, _ bool, whole, _ string, _ int) bool {
				_, _ = fmt.Fprintf(out, "* %d FETCH (UID %d BODY[] {%d}\r\n%s)\r\n", seq, uid, len(whole), whole)
				return true
			},
			want: "1 stored, 2 stored, 3 stored",
		},
		"unasked items and untagged noise": {
			body: func(_ *hostile, out io.Writer, seq, uid int, _ bool, _, part string, offset int) bool {
				_, _ = fmt.Fprintf(out, "* OK still here\r\n* %d FETCH (FLAGS (\\Seen))\r\n* %d FETCH (UID %d FLAGS (\\Seen) BODY[]<%d> {%d}\r\n%s)\r\n", seq, seq, uid, offset, len(part), part)
				return true
			},
			want: "1 stored, 2 stored, 3 stored",
		},
		"cut literal": {
			body: only2(func(_ *hostile, out io.Writer, seq, uid int, _ bool, _, part string, offset int) bool {
				_, _ = fmt.Fprintf(out, "* %d FETCH (UID %d BODY[]<%d> {%d}\r\n%s", seq, uid, offset, len(part), part[:5])
				if c, ok := out.(io.Closer); ok {
					_ = c.Close()
				}
				return true
			}), want: poisoned,
		},
		"half-dead in the middle of a literal": {
			body: only2(func(h *hostile, out io.Writer, seq, uid int, _ bool, _, part string, offset int) bool {
				_, _ = fmt.Fprintf(out, "* %d FETCH (UID %d BODY[]<%d> {%d}\r\n%s", seq, uid, offset, len(part), part[:5])
				<-h.hung
				return true
			}), want: poisoned,
		},
		"asterisk in the middle of the answer": {
			body: only2(func(_ *hostile, out io.Writer, seq, uid int, _ bool, _, part string, offset int) bool {
				_, _ = fmt.Fprintf(out, "* %d FETCH (UID %d * BODY[]<%d> {%d}\r\n%s)\r\n", seq, uid, offset, len(part), part)
				return true
			}), want: poisoned,
		},
		"another letter's bytes": {
			body: only2(func(_ *hostile, out io.Writer, seq, _ int, byUID bool, _, part string, offset int) bool {
				if byUID {
					return true // silence
				}
				_, _ = fmt.Fprintf(out, "* %d FETCH (BODY[]<%d> {%d}\r\n%s UID 3)\r\n", seq, offset, len(part), part)
				return true
			}), want: poisoned,
		},
		"NIL for a body": {
			body: only2(func(_ *hostile, out io.Writer, seq, uid int, _ bool, _, _ string, _ int) bool {
				_, _ = fmt.Fprintf(out, "* %d FETCH (UID %d BODY[] NIL)\r\n", seq, uid)
				return true
			}), want: poisoned,
		},
		"gone between list and fetch": {
			body: only2(func(h *hostile, _ io.Writer, _, _ int, _ bool, _, _ string, _ int) bool {
				h.set(func() { delete(h.letters, 2) })
				return true
			}), want: "1 stored, 2 nothing, 3 stored",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, store := newHostile(t), storagetest.New(t)
			h.fill(3)
			h.body = c.body
			p := NewPoller(store, []Account{h.account(t)}, hostileOptions(h))
			start(t, p)
			eventually(t, "all letters are settled", func() bool {
				return count(t, store, `select count(*) from mail_message where state <> 'failing'`) == 3
			})
			if got := states(t, store); got != c.want {
				t.Fatal(got)
			}
			if c.want != poisoned {
				return
			}
			if n := count(t, store, `select count(*) from question where kind = 'mail' and payload->>'key' = 'mailer.problem.letter' and payload->>'uid' = '2'`); n != 1 {
				t.Fatalf("%d questions", n)
			}
			if n := count(t, store, `select last_uid from mail_source`); n != 3 {
				t.Fatalf("cursor at %d", n)
			}
		})
	}
}

func TestPoisonedLetterIsTriedAgainAtNightAndSettled(t *testing.T) {
	t.Parallel()
	h, store := newHostile(t), storagetest.New(t)
	h.fill(3)
	h.body = func(h *hostile, out io.Writer, _, uid int, _ bool, _, _ string, _ int) bool {
		if uid == 2 {
			_, _ = io.WriteString(out, "* nonsense\r\n")
		}
		return uid == 2
	}
	p := NewPoller(store, []Account{h.account(t)}, hostileOptions(h))
	stop := start(t, p)
	eventually(t, "the letter is put aside", func() bool { return strings.Contains(states(t, store), "2 needs_human") })
	eventually(t, "the gap check is done", func() bool {
		return count(t, store, `select count(*) from mail_source where gap_check_at is not null`) == 1
	})
	stop()
	h.set(func() { h.body = nil })
	opt := hostileOptions(h)
	opt.Now = func() time.Time { return time.Now().Add(25 * time.Hour) }
	start(t, NewPoller(store, []Account{h.account(t)}, opt))
	eventually(t, "the letter is taken", func() bool { return states(t, store) == "1 stored, 2 stored, 3 stored" })
	if n := count(t, store, `select count(*) from question where kind = 'mail' and state = 'open'`); n != 0 {
		t.Fatalf("%d questions are still open", n)
	}
}

func TestGapCheckFindsALetterBelowTheCursor(t *testing.T) {
	t.Parallel()
	h, store := newHostile(t), storagetest.New(t)
	h.fill(3)
	h.set(func() { delete(h.letters, 2) })
	p := NewPoller(store, []Account{h.account(t)}, hostileOptions(h))
	stop := start(t, p)
	eventually(t, "the folder is read", func() bool { return p.Stats().Rounds > 0 })
	stop()
	h.fill(3) // 2 appears late
	opt := hostileOptions(h)
	opt.Now = func() time.Time { return time.Now().Add(25 * time.Hour) }
	p = NewPoller(store, []Account{h.account(t)}, opt)
	start(t, p)
	eventually(t, "it is taken", func() bool { return states(t, store) == "1 stored, 2 stored, 3 stored" })
	if got := p.Stats().Fetched; got != 1 {
		t.Fatalf("%d bodies fetched", got)
	}
}

func TestServerWithoutUIDValidityIsRefused(t *testing.T) {
	t.Parallel()
	for name, validity := range map[string]int{"zero": 0, "none": -1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, store := newHostile(t), storagetest.New(t)
			h.fill(1)
			h.uidValidity = validity
			start(t, NewPoller(store, []Account{h.account(t)}, hostileOptions(h)))
			eventually(t, "it is reported", func() bool {
				return count(t, store, `select count(*) from question where payload->>'key' = 'mailer.problem.unsafe'`) == 1
			})
			if got := states(t, store); got != "" {
				t.Fatal(got)
			}
		})
	}
}

func TestThrottledServerIsLeftAloneAndNoLetterBlamed(t *testing.T) {
	t.Parallel()
	h, store := newHostile(t), storagetest.New(t)
	h.fill(1)
	h.answers["UID FETCH BODY"] = "TAG NO [THROTTLED] slow down"
	start(t, NewPoller(store, []Account{h.account(t)}, hostileOptions(h)))
	eventually(t, "it is asked often", func() bool { return h.asked("UID FETCH BODY") > 5 })
	if got := states(t, store); got != "" {
		t.Fatal(got)
	}
	h.set(func() { delete(h.answers, "UID FETCH BODY") })
	eventually(t, "the letter is taken", func() bool { return states(t, store) == "1 stored" })
}

func TestSilentServerIsLeftAndFoundAgain(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"SELECT", "UID SEARCH", "UID FETCH", "UID FETCH BODY", "IDLE", "AUTHENTICATE", "CAPABILITY"} {
		t.Run(verb, func(t *testing.T) {
			t.Parallel()
			h, store := newHostile(t), storagetest.New(t)
			h.fill(1)
			h.answers[verb] = "hang"
			p := NewPoller(store, []Account{h.account(t)}, hostileOptions(h))
			start(t, p)
			eventually(t, "the silence is noticed", func() bool { return p.Stats().Failed > 0 })
			h.set(func() { delete(h.answers, verb) })
			eventually(t, "the letter is taken", func() bool { return states(t, store) == "1 stored" })
		})
	}
}

func TestByeWhileIdlingLeadsToANewConnection(t *testing.T) {
	t.Parallel()
	h, store := newHostile(t), storagetest.New(t)
	h.answers["IDLE"] = "+ idling\r\n* BYE autologout"
	p := NewPoller(store, []Account{h.account(t)}, hostileOptions(h))
	start(t, p)
	eventually(t, "it idles again and again", func() bool { return h.asked("IDLE") > 2 })
	h.fill(1)
	eventually(t, "the letter is taken", func() bool { return states(t, store) == "1 stored" })
}

func TestServerWithoutIdleIsPolled(t *testing.T) {
	t.Parallel()
	h, store := newHostile(t), storagetest.New(t)
	h.caps = "IMAP4rev1 AUTH=PLAIN SASL-IR"
	p := NewPoller(store, []Account{h.account(t)}, hostileOptions(h))
	start(t, p)
	eventually(t, "the folder is read", func() bool { return p.Stats().Rounds > 0 })
	h.fill(1)
	eventually(t, "the letter is taken", func() bool { return states(t, store) == "1 stored" })
	if h.asked("IDLE") > 0 {
		t.Fatal("IDLE was asked for")
	}
}

func TestMoveNeverLosesALetter(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		caps    string
		refused string
		left    int  // letters in the folder
		deleted bool // a STORE was sent
		err     bool
	}{
		"MOVE":                        {"IMAP4rev1 MOVE UIDPLUS", "", 2, false, false},
		"step by step":                {"IMAP4rev1 UIDPLUS", "", 2, true, false},
		"COPY refused":                {"IMAP4rev1 UIDPLUS", "UID COPY", 3, false, true},
		"MOVE refused":                {"IMAP4rev1 MOVE UIDPLUS", "UID MOVE", 3, false, true},
		"neither MOVE nor UIDPLUS":    {"IMAP4rev1", "", 3, false, true},
		"marking refused after COPY":  {"IMAP4rev1 UIDPLUS", "UID STORE", 3, true, true},
		"removing refused after COPY": {"IMAP4rev1 UIDPLUS", "UID EXPUNGE", 3, true, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHostile(t)
			h.fill(3)
			h.caps = c.caps
			if c.refused != "" {
				h.answers[c.refused] = "TAG NO [TRYCREATE] no"
			}
			p := NewPoller(nil, nil, hostileOptions(h))
			s, err := dial(context.Background(), h.account(t), p.dialing())
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, err := s.Open(context.Background()); err != nil {
				t.Fatal(err)
			}
			if err := s.Move(context.Background(), []uint32{2}, "Done"); (err != nil) != c.err {
				t.Fatalf("move: %v", err)
			}
			if n := len(h.uids()); n != c.left {
				t.Errorf("%d letters are left", n)
			}
			if got := h.asked("UID STORE") > 0; got != c.deleted {
				t.Errorf("marked for deletion: %v", got)
			}
			if h.asked("EXPUNGE") > 0 {
				t.Error("a plain EXPUNGE was sent")
			}
		})
	}
}

func TestEnvelopeAndBodystructureAreNeverAskedFor(t *testing.T) {
	t.Parallel()
	h, store := newHostile(t), storagetest.New(t)
	h.fill(2)
	p := NewPoller(store, []Account{h.account(t)}, hostileOptions(h))
	start(t, p)
	eventually(t, "the letters are taken", func() bool { return states(t, store) == "1 stored, 2 stored" })
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.commands {
		if strings.Contains(c, "ENVELOPE") || strings.Contains(c, "STRUCTURE") {
			t.Fatal(c)
		}
	}
}

func TestChangedUIDValidityPassesOverOldLetters(t *testing.T) {
	t.Parallel()
	h, store := newHostile(t), storagetest.New(t) // its letters are of July 2026
	ctx := context.Background()
	src, err := storage.OpenMailSource(ctx, store.Pool(), h.account(t).Name(), "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(
		storage.RestartMailSource(ctx, store.Pool(), src.ID, 6, nil, 0),
		storage.MailSourceOK(ctx, store.Pool(), src.ID, time.Date(2026, 9, 15, 0, 0, 0, 0, time.UTC)),
		storage.GapChecked(ctx, store.Pool(), src.ID, time.Now()),
	); err != nil {
		t.Fatal(err)
	}
	h.fill(3)
	h.answers["SELECT"] = "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 4] ok\r\nTAG OK done"
	p := NewPoller(store, []Account{h.account(t)}, hostileOptions(h))
	start(t, p)
	eventually(t, "the folder is read", func() bool { return p.Stats().Rounds > 0 })
	if got := p.Stats().Fetched; got != 0 {
		t.Fatalf("%d bodies fetched", got)
	}
	h.fill(4) // beyond the old UIDNEXT, whatever its date
	eventually(t, "the new letter is taken", func() bool { return states(t, store) == "4 stored" })
}

func TestAccountCheckSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		prepare func(h *hostile, a *Account, o *CheckOptions)
		want    ProblemKind
	}{
		"fine":         {func(*hostile, *Account, *CheckOptions) {}, ""},
		"untrusted":    {func(_ *hostile, _ *Account, o *CheckOptions) { o.Roots = nil }, ProblemCertificate},
		"nobody there": {func(_ *hostile, a *Account, _ *CheckOptions) { a.Port = "1" }, ProblemUnreachable},
		"wrong password": {func(h *hostile, _ *Account, _ *CheckOptions) {
			h.answers["AUTHENTICATE"] = "TAG NO [AUTHENTICATIONFAILED] no"
		}, ProblemLogin},
		"busy": {func(h *hostile, _ *Account, _ *CheckOptions) {
			h.answers["AUTHENTICATE"] = "TAG NO [UNAVAILABLE] later"
		}, ProblemBusy},
		"no folder":      {func(_ *hostile, a *Account, _ *CheckOptions) { a.Folder = "Nowhere" }, ProblemFolder},
		"no uidvalidity": {func(h *hostile, _ *Account, _ *CheckOptions) { h.uidValidity = -1 }, ProblemUnsafe},
		"unsafe move": {func(h *hostile, a *Account, _ *CheckOptions) {
			h.caps, a.MoveTo = "IMAP4rev1 AUTH=PLAIN SASL-IR", "Done"
		}, ProblemUnsafe},
		"no oauth settings": {func(_ *hostile, a *Account, _ *CheckOptions) { a.Auth = AuthXOAuth2 }, ProblemToken},
		"silent":            {func(h *hostile, _ *Account, _ *CheckOptions) { h.answers["SELECT"] = "hang" }, ProblemUnreachable},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHostile(t)
			a, o := h.account(t), CheckOptions{Roots: h.roots, Timeout: 500 * time.Millisecond}
			c.prepare(h, &a, &o)
			err := CheckAccount(context.Background(), a, o)
			if c.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var p *Problem
			if !errors.As(err, &p) || p.Kind != c.want {
				t.Fatalf("got %v", err)
			}
			sayings(t, p)
		})
	}
}

// fill puts reports with the UIDs from 1 to n in, where there are none.
func (h *hostile) fill(n int) {
	h.set(func() {
		for uid := 1; uid <= n; uid++ {
			h.letters[uid] = string(report("a@b.example", fmt.Sprint("letter", uid), "x"))
		}
	})
}
