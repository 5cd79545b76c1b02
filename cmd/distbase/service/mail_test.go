package service_test

import (
	"bytes"
	"context"
	"flag"
	"log/slog"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/cmd/distbase/service"
	"github.com/distbase/distbase/ingest/master"
	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/mailer/smtptest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

func TestMain(m *testing.M) {
	// The tests mostly wait for what a chat may be sent in a second: more of them at
	// once than there are processors, unless the command line says otherwise.
	flag.Parse()
	if most := flag.Lookup("test.parallel"); most.Value.String() == most.DefValue {
		if err := most.Value.Set(strconv.Itoa(3 * runtime.GOMAXPROCS(0))); err != nil {
			panic(err)
		}
	}
	storagetest.Main(m)
}

// fill imports the world's master data.
func fill(t testing.TB, w *world.World, s *storage.Store) {
	t.Helper()
	for _, kind := range world.Imports() {
		var file bytes.Buffer
		if err := w.WriteImport(&file, kind); err != nil {
			t.Fatal(err)
		}
		k, err := master.KindByName(kind)
		if err != nil {
			t.Fatal(err)
		}
		if res, err := master.Import(context.Background(), s, k, kind+".csv", file.Bytes(), false); err != nil || len(res.Refused) > 0 {
			t.Fatalf("import %s: %+v, %v", kind, res, err)
		}
	}
}

// run runs a service until the test ends.
func run(t testing.TB, c config.Config, s *storage.Store) *service.Service {
	t.Helper()
	x, err := service.New(c, s, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- x.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("service: %v", err)
		}
	})
	return x
}

func TestLetterIsAnsweredInItsThread(t *testing.T) {
	t.Parallel()
	imap := dovecottest.New(t)
	user := dovecottest.User(t)
	box := smtptest.New(t)
	s := storagetest.New(t)
	w := world.New(7, time.Now())
	fill(t, w, s)
	run(t, config.Config{
		Listen: "127.0.0.1:0", IMAPURL: imap.Account(user, "INBOX"), TLSCA: imap.CAFile, SMTPURL: box.URL(),
		MailFrom: "reports@maker.example", TZ: "Europe/Moscow", Lang: "ru",
	}, s)
	letters, err := w.Letters()
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]world.Letter{}
	sent := 0
	for _, l := range letters {
		if !strings.HasPrefix(l.Key, "SEVER/") && !strings.HasPrefix(l.Key, "VOLGA/") && l.Key != "thanks" && l.Key != "stranger" {
			continue
		}
		raw, err := l.Bytes("reports@maker.example")
		if err != nil {
			t.Fatal(err)
		}
		if err := imap.Deliver(context.Background(), l.From, user, raw); err != nil {
			t.Fatal(err)
		}
		byID[l.ID] = l
		if l.Key != "thanks" {
			sent++
		}
	}
	answers := box.Wait(t, sent, time.Minute)
	var said []string
	for _, a := range answers {
		if len(a.InReplyTo) != 1 {
			t.Errorf("an answer to nothing: %q", a.Text)
			continue
		}
		l := byID[a.InReplyTo[0]]
		if len(a.To) != 1 || a.To[0].Addr != l.From || !strings.HasPrefix(a.Subject, "Re: ") || a.Header.Raw("Auto-Submitted") == "" {
			t.Errorf("%s: to %v, subject %q", l.Key, a.To, a.Subject)
		}
		line, _, _ := strings.Cut(a.Text, "\n")
		said = append(said, l.Key+": "+line)
		if l.Key == "VOLGA/broken" && len(a.Reports()) != 1 {
			t.Errorf("no template with the answer to a broken file")
		}
	}
	sort.Strings(said)
	t.Log(strings.Join(said, "\n"))
}
