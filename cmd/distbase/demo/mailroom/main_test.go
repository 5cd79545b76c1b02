package mailroom_test

import (
	"bytes"
	"crypto/tls"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"
	gomail "github.com/wneessen/go-mail"

	"github.com/distbase/distbase/cmd/distbase/demo/mailroom"
	"github.com/distbase/distbase/mailer"
)

const (
	box     = "sales@demo.distbase.local"
	irina   = "otchet@severtorg.example"
	patient = 20 * time.Second // for what has to happen at all
)

// start opens a post office over a folder.
func start(t *testing.T, dir string, set ...func(*mailroom.Options)) *mailroom.Mailroom {
	t.Helper()
	o := mailroom.Options{
		Dir: dir, Box: box, Password: "s:e@c/ret",
		Senders: []mailroom.Sender{{Name: "Ирина, ООО «Северторг»", Address: irina}},
		Samples: []mailroom.Sample{{
			Name: map[string]string{"ru": "Отчёт", "en": "Report"}, FileName: "отчёт.csv",
			Data: func() ([]byte, error) { return []byte("a;b"), nil },
		}},
	}
	for _, f := range set {
		f(&o)
	}
	m, err := mailroom.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	if err := m.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return m
}

// client is logged in to the mailbox, by TLS with the post office's authority.
func client(t *testing.T, m *mailroom.Mailroom, news func()) *imapclient.Client {
	t.Helper()
	account, err := mailer.ParseAccount(m.AccountURL())
	if err != nil {
		t.Fatal(err)
	}
	roots, err := mailer.LoadRoots(m.CAFile())
	if err != nil {
		t.Fatal(err)
	}
	c, err := imapclient.DialTLS(m.IMAPAddress(), &imapclient.Options{
		TLSConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: func(d *imapclient.UnilateralDataMailbox) {
			if d.NumMessages != nil && news != nil {
				news()
			}
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Login(account.User, account.Password.Reveal()).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

// draft is a letter in the making.
type draft struct{ from, to, subject, id, answers, file string }

func (d draft) message(t *testing.T) *gomail.Msg {
	t.Helper()
	m := gomail.NewMsg()
	m.Subject(d.subject)
	m.SetBodyString(gomail.TypeTextPlain, "Добрый день <b>\r\nвторая строка")
	if err := m.From(d.from); err != nil {
		t.Fatal(err)
	}
	if err := m.To(d.to); err != nil {
		t.Fatal(err)
	}
	if d.id != "" {
		m.SetMessageIDWithValue(d.id)
	}
	if d.answers != "" {
		m.SetGenHeader("In-Reply-To", "<"+d.answers+">")
	}
	if d.file != "" {
		m.AttachReadSeeker(d.file, strings.NewReader("x;y"))
	}
	return m
}

func (d draft) bytes(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := d.message(t).WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// deliver brings letters into the company's mailbox.
func deliver(t *testing.T, m *mailroom.Mailroom, all ...draft) {
	t.Helper()
	for _, d := range all {
		if d.from == "" {
			d.from = irina
		}
		d.to = box
		if err := m.Deliver(d.bytes(t), d.from); err != nil {
			t.Fatal(err)
		}
	}
}

// send hands a letter in by SMTP.
func send(t *testing.T, m *mailroom.Mailroom, d draft) {
	t.Helper()
	server, err := mailer.ParseServer(m.SMTPURL())
	if err != nil {
		t.Fatal(err)
	}
	var port int
	for _, r := range server.Port {
		port = port*10 + int(r-'0')
	}
	c, err := gomail.NewClient(server.Host, gomail.WithPort(port), gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.DialAndSendWithContext(t.Context(), d.message(t)); err != nil {
		t.Fatal(err)
	}
}
