package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/storage"
)

// TestTenThousandLettersInLittleMemory measures the whole service on a mailbox of
// 10,000 letters, 300 of them with reports; it is run with DISTBASE_LARGE=1.
func TestTenThousandLettersInLittleMemory(t *testing.T) {
	if os.Getenv("DISTBASE_LARGE") == "" {
		t.Skip("set DISTBASE_LARGE=1 to run it")
	}
	r := newRig(t)
	reports := r.letters(40)
	all := make([][]byte, 10_000)
	for i := range all {
		l := reports[i%len(reports)]
		l.ID = fmt.Sprintf("large%d@letters.example", i)
		if i%33 != 0 || i >= 9900 {
			l.Files, l.Subject = nil, "Спасибо"
		} else {
			for f := range l.Files {
				l.Files[f].Name = fmt.Sprintf("%d %s", i, l.Files[f].Name)
			}
		}
		raw, err := l.Bytes("reports@maker.example")
		if err != nil {
			t.Fatal(err)
		}
		all[i] = raw
	}
	if err := dovecottest.New(t).Fill(r.user, all); err != nil {
		t.Fatal(err)
	}
	for turn := range 2 {
		began := time.Now()
		r.serve()
		pid := r.process.Process.Pid
		r.withStore(func(s *storage.Store) {
			for {
				var in, jobs int
				err := s.Pool().QueryRow(t.Context(), `select (select count(*) from mail_message),
					(select count(*) from river_job where finalized_at is null and queue = 'ingest')`).Scan(&in, &jobs)
				if err != nil {
					t.Fatal(err)
				}
				if in == len(all) && jobs == 0 {
					break
				}
				nap(200 * time.Millisecond)
			}
		})
		took := time.Since(began)
		nap(2 * time.Second)
		mb := peakOf(t, pid)
		r.kill()
		t.Logf("start %d: %v, peak resident %d MB", turn+1, took.Round(100*time.Millisecond), mb)
		if mb >= 150 {
			t.Errorf("%d MB", mb)
		}
	}
}

// peakOf is the most memory that a process ever held, in MB.
func peakOf(t *testing.T, pid int) int {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	kb, err := strconv.Atoi(regexp.MustCompile(`VmHWM:\s+(\d+)`).FindStringSubmatch(string(raw))[1])
	if err != nil {
		t.Fatal(err)
	}
	return kb / 1024
}
