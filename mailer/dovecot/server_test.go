package dovecot_test

import (
	"context"
	"crypto/tls"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/distbase/distbase/mailer/dovecot"
	"github.com/distbase/distbase/mailer/dovecottest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	dovecottest.Stop()
	os.Exit(code)
}

func TestDeliveredLettersAreInTheMailbox(t *testing.T) {
	t.Parallel()
	srv := dovecottest.New(t)
	user := dovecottest.User(t)
	if err := srv.Fill(user, [][]byte{[]byte("Subject: one\n\nhello\n"), []byte("Subject: two\n\nhello\n")}); err != nil {
		t.Fatal(err)
	}
	if err := srv.Deliver(context.Background(), "a@b.example", user, []byte("Subject: three\r\n\r\nhello\r\n")); err != nil {
		t.Fatal(err)
	}
	c := login(t, srv, user)
	box, err := c.Select("INBOX", nil).Wait()
	if err != nil || box.NumMessages != 3 {
		t.Fatalf("%+v, %v", box, err)
	}
}

func TestKilledServerComesBackWithItsMail(t *testing.T) {
	t.Parallel()
	dovecottest.New(t) // skips where there is none
	srv, err := dovecot.Start(context.Background(), dovecot.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	for turn := range 3 {
		if err := srv.Deliver(context.Background(), "a@b.example", "me", []byte("Subject: x\r\n\r\nhello\r\n")); err != nil {
			t.Fatal(err)
		}
		c := login(t, srv, "me")
		if box, err := c.Select("INBOX", nil).Wait(); err != nil || int(box.NumMessages) != turn+1 {
			t.Fatalf("%+v, %v", box, err)
		}
		srv.Kill()
		if err := c.Noop().Wait(); err == nil {
			t.Fatal("the session lives on")
		}
		if err := srv.Restart(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestServerTellsWhatASessionTook(t *testing.T) {
	t.Parallel()
	srv := dovecottest.New(t)
	user := dovecottest.User(t)
	for range 3 {
		if err := srv.Deliver(context.Background(), "a@b.example", user, []byte("Subject: x\r\n\r\nhello\r\n")); err != nil {
			t.Fatal(err)
		}
	}
	c := login(t, srv, user)
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	whole := &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{{Peek: true}}}
	if all, err := c.Fetch(imap.SeqSetNum(1, 3), whole).Collect(); err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	if err := c.Logout().Wait(); err != nil {
		t.Fatal(err)
	}
	end, tick := time.After(10*time.Second), time.NewTicker(10*time.Millisecond)
	defer tick.Stop()
	for {
		u, err := srv.Used(user)
		if err != nil {
			t.Fatal(err)
		}
		if u.Sessions == 1 {
			if u.Bodies != 2 || u.Bytes < 40 {
				t.Fatalf("%+v", u)
			}
			return
		}
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("%+v", u)
		}
	}
}

func login(t *testing.T, srv *dovecot.Server, user string) *imapclient.Client {
	t.Helper()
	c, err := imapclient.DialTLS("127.0.0.1:"+strconv.Itoa(srv.IMAPS), &imapclient.Options{TLSConfig: &tls.Config{RootCAs: srv.Roots(), ServerName: "localhost"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Login(user, dovecot.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestServerEndsWithAllItsFiles(t *testing.T) {
	t.Parallel()
	dovecottest.New(t) // skips where there is none
	srv, err := dovecot.Start(context.Background(), dovecot.Options{})
	if err != nil {
		t.Fatal(err)
	}
	srv.Stop()
	srv.Stop()
	if _, err := os.Stat(srv.CAFile); !os.IsNotExist(err) {
		t.Fatalf("still there: %v", err)
	}
}
