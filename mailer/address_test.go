package mailer

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestAccountIsReadFromItsURL(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		raw  string
		want Account
	}{
		"everything":       {"imaps://me:p%40ss@mail.example:9993/Reports/2026?move=Done", Account{Host: "mail.example", Port: "9993", User: "me", Password: "p@ss", Folder: "Reports/2026", MoveTo: "Done"}},
		"defaults":         {"imaps://me:x@mail.example", Account{Host: "mail.example", Port: "993", User: "me", Password: "x", Folder: "INBOX"}},
		"starttls":         {"imap://me:x@mail.example/", Account{Host: "mail.example", Port: "143", StartTLS: true, User: "me", Password: "x", Folder: "INBOX"}},
		"oauth":            {"imaps://me%40corp.example@outlook.example/INBOX?auth=XOAUTH2", Account{Host: "outlook.example", Port: "993", User: "me@corp.example", Auth: AuthXOAuth2, Folder: "INBOX"}},
		"cyrillic folder":  {"imaps://me:x@h/%D0%9E%D1%82%D1%87%D1%91%D1%82%D1%8B", Account{Host: "h", Port: "993", User: "me", Password: "x", Folder: "Отчёты"}},
		"spaces around it": {" imaps://me:x@h ", Account{Host: "h", Port: "993", User: "me", Password: "x", Folder: "INBOX"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseAccount(c.raw)
			if err != nil || got != c.want {
				t.Fatalf("got %#v, %v", got, err)
			}
		})
	}
}

func TestBrokenURLIsRefusedWithoutShowingItsPassword(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"", "http://me:topsecret@h", "imaps://:topsecret@h", "imaps://me@h", "imaps://me:topsecret@/x",
		"imaps://me:topsecret@h?auth=magic", "imaps://me:topsecret@h?colour=1", "imaps://me:top%zzsecret@h", "imaps://me:topsecret@h:port",
	} {
		_, err := ParseAccount(raw)
		if err == nil {
			t.Errorf("%q was taken", raw)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

func TestSecretIsNeverPrinted(t *testing.T) {
	t.Parallel()
	a, err := ParseAccount("imaps://me:topsecret@h")
	if err != nil {
		t.Fatal(err)
	}
	s, err := ParseServer("smtps://me:topsecret@h")
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	logger.Info("account", "account", a, "server", s, "password", a.Password)
	all := fmt.Sprintf("%v %+v %#v %s %v %+v %#v", a, a, a, a.Password, s, s, s) + log.String()
	if strings.Contains(all, "topsecret") {
		t.Fatalf("printed: %s", all)
	}
}
