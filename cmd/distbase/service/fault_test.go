package service_test

import (
	"net"
	"strings"
	"testing"

	"github.com/distbase/distbase/bot/tgemu"
	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/storage"
)

func TestUpdatesComeByWebhook(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a free port
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	c := newChats(t, func(c *config.Config) {
		c.TelegramWebhook, c.Listen, c.BaseURL = true, address, "http://"+address
	})
	manager := c.invite(102, "Пётр", storage.RoleManager, storage.Cut{})
	if _, err := c.tg.SendText(manager.User, "/help"); err != nil {
		t.Fatal(err)
	}
	manager.sees("сводка сейчас")
	if n := len(c.tg.Calls("getUpdates")); n > 0 {
		t.Errorf("polled %d times besides", n)
	}
	// What Telegram posts twice, and in another order, is handled once.
	d := c.reporter(0)
	d.send(c.letter("SEVER/" + c.lastMonth()).Files[0])
	d.sees("Загружено")
	before := len(c.tg.Messages(d.ID))
	c.tg.Redeliver(20)
	c.until(func() bool { return c.tg.Pending() == 0 }, "the updates are taken again")
	c.idle()
	if n := len(c.tg.Messages(d.ID)); n != before || c.count("select count(*) from message") != 1 {
		t.Errorf("%d messages, %d before:\n%s", n, before, d.screen())
	}
}

// TestAnAnswerOverABrokenLine: the line breaks after Telegram took the answer, so
// that nobody knows. It comes once more, with the mark.
func TestAnAnswerOverABrokenLine(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	d := c.reporter(3)
	c.tg.Fault(tgemu.Fault{Kind: tgemu.FaultCutAfter, Methods: []string{"sendMessage"}, When: func(p map[string]string) bool {
		return strings.Contains(p["text"], "Принял")
	}})
	d.send(c.letter("SIBIR/" + c.lastMonth()).Files[0])
	m := d.sees("Принято. Проверяет аналитик")
	taken := 0
	for _, m := range c.tg.Messages(d.ID) {
		if strings.Contains(m.Text, "Принял") {
			taken++
		}
	}
	if taken > 1 {
		t.Errorf("«Принял» stands %d times beside the answer %d:\n%s", taken, m.ID, d.screen())
	}
}

func TestRefusalsOfTelegramAreObeyed(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	d := c.reporter(0)
	c.tg.Fault(tgemu.Fault{Kind: tgemu.FaultError, RetryAfter: 2, Methods: []string{"sendMessage", "editMessageText"}})
	c.tg.Fault(tgemu.Fault{Kind: tgemu.FaultGateway, Methods: []string{"getFile"}})
	c.tg.Fault(tgemu.Fault{Kind: tgemu.FaultCutBefore, Methods: []string{"download"}})
	d.send(c.letter("SEVER/" + c.lastMonth()).Files[0])
	d.sees("Продажи за", "Загружено")
	if n := strings.Count(d.screen(), "Загружено"); n != 1 {
		t.Errorf("answered %d times:\n%s", n, d.screen())
	}
}

func TestNothingIsSentToWhoBlockedTheBot(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	c.tg.Block(analyst.User)
	c.until(func() bool { return c.count("select count(*) from person where blocked_at is not null") == 1 }, "the block is known")
	d := c.reporter(3)
	d.send(c.letter("SIBIR/" + c.lastMonth()).Files[0])
	d.sees("Проверяет аналитик")
	c.tg.Unblock(analyst.User)
	analyst.sees("Новый вид отчёта")
}
