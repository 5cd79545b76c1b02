package mailer

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/storage/storagetest"
)

// TestTenThousandLetters measures; it is run with DISTBASE_LARGE=1.
func TestTenThousandLetters(t *testing.T) {
	if os.Getenv("DISTBASE_LARGE") == "" {
		t.Skip("set DISTBASE_LARGE=1 to run it")
	}
	srv, store, user := dovecottest.New(t), storagetest.New(t), dovecottest.User(t)
	all := make([][]byte, 10_000)
	for i := range all {
		if i%33 == 0 && i < 9900 {
			all[i] = report("a@b.example", fmt.Sprint("r", i), strings.Repeat("a line of some length\r\n", 5000))
			continue
		}
		all[i] = note("a@b.example", fmt.Sprint("n", i))
	}
	if err := srv.Fill(user, all); err != nil {
		t.Fatal(err)
	}
	all = nil
	for turn, want := range []PollerStats{{Fetched: 10_000, Stored: 300}, {}} {
		began := time.Now()
		p := NewPoller(store, []Account{account(t, srv.Account(user, ""))}, options(srv))
		stop := start(t, p)
		for p.Stats().Rounds == 0 {
			eventually(t, "more letters", func() func() bool {
				before := p.Stats().Fetched
				return func() bool { return p.Stats().Fetched > before || p.Stats().Rounds > 0 }
			}())
		}
		took := time.Since(began)
		stop()
		if got := p.Stats(); got.Fetched != want.Fetched || got.Stored != want.Stored {
			t.Fatalf("start %d: %+v", turn+1, got)
		}
		t.Logf("start %d: %v, peak resident %d MB", turn+1, took, peakMemory(t))
	}
	if mb := peakMemory(t); mb >= 150 {
		t.Fatalf("%d MB", mb)
	}
}

// peakMemory is the most memory that this process ever held, in MB.
func peakMemory(t *testing.T) int {
	t.Helper()
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip(err)
	}
	kb, err := strconv.Atoi(regexp.MustCompile(`VmHWM:\s+(\d+)`).FindStringSubmatch(string(raw))[1])
	if err != nil {
		t.Fatal(err)
	}
	return kb / 1024
}
