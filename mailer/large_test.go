package mailer

import (
	"testing"

	"github.com/distbase/distbase/mailer/dovecot"
	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/storage/storagetest"
)

// BenchmarkTenThousandLetters reads a mailbox of 10,000 letters, 300 of them with
// workbooks of 50 to 500 kB, by a poller in a process of its own, starts it once
// more, and lets two plain loops read the same mailbox, which store nothing.
//
// go test ./mailer -run '^$' -bench TenThousandLetters -benchtime 1x
func BenchmarkTenThousandLetters(b *testing.B) {
	const letters, reports = 10_000, 300
	for b.Loop() {
		b.StopTimer()
		srv, user := dovecottest.New(b), dovecottest.User(b)
		if err := srv.Fill(user, mass(b, letters, reports, 1_000)); err != nil {
			b.Fatal(err)
		}
		task := taskFor(b, srv, user)
		openOnce(b, srv, user) // the server's own first sight of the files is not ours to measure
		b.StartTimer()
		first := child(b, "poller", task)
		b.StopTimer()
		bodies := used(b, srv, user, 2).Bodies
		second := child(b, "poller", task)
		again := used(b, srv, user, 3).Bodies - bodies
		if first.Stored != reports || first.Failed != 0 || bodies != letters || again != 0 {
			b.Fatalf("%+v, then %+v; the server gave %d bodies, then %d", first, second, bodies, again)
		}
		if max(first.PeakMB, second.PeakMB) >= 150 {
			b.Errorf("%d MB, then %d MB", first.PeakMB, second.PeakMB)
		}
		rate := func(r childResult) float64 { return letters / r.Took.Seconds() }
		b.ReportMetric(rate(first), "letters/s")
		b.ReportMetric(float64(first.PeakMB), "peak-MB")
		b.ReportMetric(float64(bodies), "bodies")
		b.ReportMetric(float64(again), "bodies-2nd")
		b.ReportMetric(second.Took.Seconds()*1000, "ms-2nd")
		naive := child(b, "fetch all", task)
		b.ReportMetric(rate(naive), "fetch-all-letters/s")
		b.ReportMetric(float64(naive.PeakMB), "fetch-all-peak-MB")
		if plain, err := python(b, task); err != nil {
			b.Log("without imaplib: ", err)
		} else {
			b.ReportMetric(rate(plain), "imaplib-letters/s")
			b.ReportMetric(float64(plain.PeakMB), "imaplib-peak-MB")
			if plain.Letters != letters || naive.Letters != letters {
				b.Fatalf("the peers read %d and %d letters", naive.Letters, plain.Letters)
			}
		}
		b.StartTimer()
	}
}

func TestBodiesAreFetchedOnceAndNoneAtTheSecondStart(t *testing.T) {
	t.Parallel()
	const letters, reports = 300, 9
	srv, user := dovecottest.New(t), dovecottest.User(t)
	all := mass(t, letters, reports, 50)
	if err := srv.Fill(user, all); err != nil {
		t.Fatal(err)
	}
	task := taskFor(t, srv, user)
	first := child(t, "poller", task)
	if first.Fetched != letters || first.Stored != reports || first.Failed != 0 {
		t.Fatalf("first start: %+v", first.PollerStats)
	}
	u := used(t, srv, user, 1)
	var size int64
	for _, raw := range all {
		size += int64(len(raw))
	}
	if u.Bodies != letters || u.Bytes != size {
		t.Fatalf("the server gave %d bodies of %d bytes, the letters have %d", u.Bodies, u.Bytes, size)
	}
	second := child(t, "poller", task)
	if second.Fetched != 0 || second.Stored != 0 || second.Failed != 0 {
		t.Fatalf("second start: %+v", second.PollerStats)
	}
	if again := used(t, srv, user, 2); again.Bodies != u.Bodies {
		t.Fatalf("the server gave %d bodies more", again.Bodies-u.Bodies)
	}
}

func taskFor(t testing.TB, srv *dovecot.Server, user string) childTask {
	t.Helper()
	return childTask{Account: srv.Account(user, ""), Authority: string(srv.Authority()), Database: storagetest.URL(t)}
}

// openOnce selects the folder and leaves.
func openOnce(t testing.TB, srv *dovecot.Server, user string) {
	t.Helper()
	letters(t, srv, user, "")
}
