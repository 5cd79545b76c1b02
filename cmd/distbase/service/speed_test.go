package service_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/mailer/smtptest"
	"github.com/distbase/distbase/storage/storagetest"
)

// BenchmarkLetterToAnswer measures the time from a letter in the mailbox to the
// answer at the distributor's server: one letter at a time, and 200 at once.
func BenchmarkLetterToAnswer(b *testing.B) {
	for _, crowd := range []int{1, 200} {
		b.Run(fmt.Sprintf("%d_at_once", crowd), func(b *testing.B) {
			imap := dovecottest.New(b)
			user := dovecottest.User(b)
			box := smtptest.New(b)
			s := storagetest.New(b)
			w := world.New(7, time.Now())
			fill(b, w, s)
			run(b, config.Config{
				Listen: "127.0.0.1:0", IMAPURL: imap.Account(user, "INBOX"), TLSCA: imap.CAFile, SMTPURL: box.URL(),
				MailFrom: "reports@maker.example", TZ: "Europe/Moscow", Lang: "ru",
			}, s)
			all, err := w.Letters()
			if err != nil {
				b.Fatal(err)
			}
			var raws [][]byte
			var from []string
			for i := range max(crowd, 20) {
				l := all[i%40] // the reports of five months by eight distributors
				l.ID = fmt.Sprintf("n%d@letters.example", i)
				for f := range l.Files {
					l.Files[f].Name = fmt.Sprintf("%d %s", i, l.Files[f].Name)
				}
				raw, err := l.Bytes("reports@maker.example")
				if err != nil {
					b.Fatal(err)
				}
				raws, from = append(raws, raw), append(from, l.From)
			}
			b.ResetTimer()
			var took []time.Duration
			if crowd == 1 {
				for i, raw := range raws {
					began := time.Now()
					if err := imap.Deliver(context.Background(), from[i], user, raw); err != nil {
						b.Fatal(err)
					}
					box.Wait(b, i+1, time.Minute)
					took = append(took, time.Since(began))
				}
			} else {
				began := time.Now()
				for i, raw := range raws {
					if err := imap.Deliver(context.Background(), from[i], user, raw); err != nil {
						b.Fatal(err)
					}
				}
				for _, l := range box.Wait(b, crowd, 5*time.Minute) {
					took = append(took, l.At.Sub(began))
				}
			}
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2].Seconds(), "s_median")
			b.ReportMetric(took[len(took)*95/100].Seconds(), "s_p95")
			if os.Getenv("SHOW") != "" {
				b.Log(took)
			}
		})
	}
}
