package dovecot_test

import (
	"context"
	"crypto/tls"
	"os"
	"strconv"
	"testing"

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
	c, err := imapclient.DialTLS("127.0.0.1:"+strconv.Itoa(srv.IMAPS), &imapclient.Options{TLSConfig: &tls.Config{RootCAs: srv.Roots(), ServerName: "localhost"}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := c.Login(user, dovecot.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	box, err := c.Select("INBOX", nil).Wait()
	if err != nil || box.NumMessages != 3 {
		t.Fatalf("%+v, %v", box, err)
	}
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
