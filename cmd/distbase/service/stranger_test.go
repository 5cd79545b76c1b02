package service_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/mailer/dovecottest"
	"github.com/distbase/distbase/mailer/smtptest"
	"github.com/distbase/distbase/storage"
)

// TestAStrangersLetterWaitsForATap: the letter is kept and answered, the analyst
// says whose address it is, and the report goes on.
func TestAStrangersLetterWaitsForATap(t *testing.T) {
	t.Parallel()
	imap := dovecottest.New(t)
	user := dovecottest.User(t)
	box := smtptest.New(t)
	c := newChats(t, func(c *config.Config) {
		c.IMAPURL, c.TLSCA, c.SMTPURL, c.MailFrom = imap.Account(user, "INBOX"), imap.CAFile, box.URL(), "reports@maker.example"
	})
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	l := c.letter("stranger")
	raw, err := l.Bytes("reports@maker.example")
	if err != nil {
		t.Fatal(err)
	}
	if err := imap.Deliver(context.Background(), l.From, user, raw); err != nil {
		t.Fatal(err)
	}
	if first := box.Wait(t, 1, 30*time.Second)[0]; !strings.Contains(first.Text, "адрес нам не знаком") {
		t.Errorf("the stranger is told:\n%s", first.Text)
	}
	analyst.sees("Неизвестный отправитель", l.From)
	analyst.tap("Ответить", "Неизвестный отправитель")
	card := analyst.sees("Чей это адрес?", l.From, l.Subject)
	analyst.tap("Найти дистрибьютора", "Чей это адрес?")
	analyst.sees("Напишите часть названия дистрибьютора")
	if _, err := c.tg.SendText(analyst.User, "байкал"); err != nil {
		t.Fatal(err)
	}
	analyst.tap("ООО «Байкалсервис»", "Чей это адрес?")
	analyst.sees("✔ " + l.From)
	second := box.Wait(t, 2, 30*time.Second)[1]
	if !strings.Contains(second.Text, "Продажи за") || second.To[0].Addr != l.From {
		t.Errorf("then the stranger is told:\n%s", second.Text)
	}
	if t.Failed() {
		t.Log(card.Text, analyst.screen())
	}
}
