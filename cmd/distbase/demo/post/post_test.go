package post_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	gomail "github.com/wneessen/go-mail"

	"github.com/distbase/distbase/cmd/distbase/demo/post"
	"github.com/distbase/distbase/mailer"
)

const box = "reports@maker.example"

func open(t *testing.T, dir string) *post.Office {
	t.Helper()
	x, err := post.Open(t.Context(), post.Options{
		Dir: dir, Box: box, Password: "secret", Now: time.Now, Logger: slog.New(slog.DiscardHandler),
		Senders: []post.Sender{{Name: "Ирина, ООО «Северторг»", Address: "otchet@severtorg.example"}},
		Samples: []post.Sample{{Name: map[string]string{"ru": "Отчёт", "en": "Report"}, FileName: "отчёт.csv", Data: []byte("a;b")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func letterOf(t *testing.T, from, subject string) []byte {
	t.Helper()
	m := gomail.NewMsg()
	m.Subject(subject)
	m.SetBodyString(gomail.TypeTextPlain, "привет <b>")
	if err := m.From(from); err != nil {
		t.Fatal(err)
	}
	if err := m.To(box); err != nil {
		t.Fatal(err)
	}
	m.AttachReader("a.csv", strings.NewReader("x;y")) //nolint:errcheck // from memory
	var out bytes.Buffer
	if _, err := m.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// uids are the UIDs in the mailbox with its UIDVALIDITY before them.
func uids(t *testing.T, x *post.Office) []uint32 {
	t.Helper()
	account, err := mailer.ParseAccount(x.AccountURL())
	if err != nil {
		t.Fatal(err)
	}
	roots, err := mailer.LoadRoots(x.CAFile())
	if err != nil {
		t.Fatal(err)
	}
	c, err := imapclient.DialTLS(account.Host+":"+account.Port, &imapclient.Options{TLSConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Login(account.User, account.Password.Reveal()).Wait(); err != nil {
		t.Fatal(err)
	}
	box, err := c.Select("INBOX", nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	found, err := c.UIDSearch(&imap.SearchCriteria{}, nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	out := []uint32{box.UIDValidity}
	for _, uid := range found.AllUIDs() {
		out = append(out, uint32(uid))
	}
	return out
}

func TestLettersKeepTheirNumbersOverARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	x := open(t, dir)
	for _, s := range []string{"раз", "два"} {
		if err := x.Deliver(letterOf(t, "a@b.example", s)); err != nil {
			t.Fatal(err)
		}
	}
	before := uids(t, x)
	x.Close()
	x = open(t, dir)
	defer x.Close()
	after := uids(t, x)
	if len(before) != 3 || len(after) != 3 || before[0] != after[0] || before[1] != after[1] || before[2] != after[2] {
		t.Errorf("before %v, after %v", before, after)
	}
}

func TestTheServiceAcceptsBothServers(t *testing.T) {
	t.Parallel()
	x := open(t, t.TempDir())
	defer x.Close()
	account, err := mailer.ParseAccount(x.AccountURL())
	if err != nil {
		t.Fatal(err)
	}
	server, err := mailer.ParseServer(x.ServerURL())
	if err != nil {
		t.Fatal(err)
	}
	roots, err := mailer.LoadRoots(x.CAFile())
	if err != nil {
		t.Fatal(err)
	}
	if err := mailer.CheckAccount(context.Background(), account, mailer.CheckOptions{Roots: roots}); err != nil {
		t.Error(err)
	}
	if err := mailer.CheckServer(context.Background(), server, box, mailer.CheckOptions{Roots: roots}); err != nil {
		t.Error(err)
	}
}

func TestTheViewEscapesWhatLettersSay(t *testing.T) {
	t.Parallel()
	x := open(t, t.TempDir())
	defer x.Close()
	if err := x.Deliver(letterOf(t, "a@b.example", "<script>alert(1)</script>")); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{"/", "/letter/1"} {
		if body := get(x, at); strings.Contains(body, "<script>") || !strings.Contains(body, "&lt;script&gt;") {
			t.Errorf("%s:\n%s", at, body)
		}
	}
	w := httptest.NewRecorder()
	x.View().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/letter/1/file/0", nil))
	if w.Body.String() != "x;y" || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("file: %v %q", w.Header(), w.Body)
	}
	for _, at := range []string{"/letter/2", "/letter/x", "/letter/1/file/7"} {
		w := httptest.NewRecorder()
		x.View().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", at, nil))
		if w.Code != 404 {
			t.Errorf("%s: status %d", at, w.Code)
		}
	}
}

func get(x *post.Office, at string) string {
	w := httptest.NewRecorder()
	x.View().ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), "GET", at, nil))
	return w.Body.String()
}

func TestALetterIsWrittenInTheView(t *testing.T) {
	t.Parallel()
	x := open(t, t.TempDir())
	defer x.Close()
	if body := get(x, "/write?lang=en"); !strings.Contains(body, "Report <small>отчёт.csv") {
		t.Errorf("form:\n%s", body)
	}
	send := func(from string) int {
		var form bytes.Buffer
		m := multipart.NewWriter(&form)
		for k, v := range map[string]string{"from": from, "subject": "Отчёт", "text": "вот", "sample": "отчёт.csv"} {
			_ = m.WriteField(k, v)
		}
		f, _ := m.CreateFormFile("file", "b.csv")
		_, _ = io.WriteString(f, "1;2")
		_ = m.Close()
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/write", &form)
		r.Header.Set("Content-Type", m.FormDataContentType())
		w := httptest.NewRecorder()
		x.View().ServeHTTP(w, r)
		return w.Code
	}
	if code := send("somebody@else.example"); code != 400 {
		t.Errorf("an unknown sender: status %d", code)
	}
	if code := send("otchet@severtorg.example"); code != 200 {
		t.Errorf("status %d", code)
	}
	all := x.Letters()
	if len(all) != 1 || len(all[0].Letter.Attachments) != 2 || all[0].Letter.From[0].Name != "Ирина" || len(uids(t, x)) != 2 {
		t.Errorf("got %+v", all)
	}
}
