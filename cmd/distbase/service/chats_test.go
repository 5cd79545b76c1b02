package service_test

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/bot"
	"github.com/distbase/distbase/bot/tgemu"
	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/cmd/distbase/service"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

// chats is a running service with the sample world's master data and an emulated
// Telegram.
type chats struct {
	t     *testing.T
	w     *world.World
	store *storage.Store
	tg    *tgemu.Emulator
	x     *service.Service
}

func newChats(t *testing.T, change func(*config.Config)) *chats {
	t.Helper()
	s := storagetest.New(t)
	w := world.New(7, time.Now())
	fill(t, w, s)
	tg, err := tgemu.New(tgemu.Options{})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(tg)
	t.Cleanup(func() { tg.Close(); srv.Close() })
	c := config.Config{Listen: "127.0.0.1:0", TelegramToken: tg.Token(), TelegramAPI: srv.URL, TZ: "Europe/Moscow", Lang: "ru"}
	if change != nil {
		change(&c)
	}
	return &chats{t: t, w: w, store: s, tg: tg, x: run(t, c, s)}
}

// person is somebody in a chat with the bot.
type person struct {
	*chats
	tgemu.User
}

// invite lets somebody in as people are let in: by a link and a tap.
func (c *chats) invite(id int64, name, role string, cut storage.Cut) person {
	c.t.Helper()
	p := person{c, tgemu.User{ID: id, FirstName: name, LanguageCode: "ru"}}
	c.tg.AddUser(p.User)
	token := "token-" + name
	_, _, err := bot.Invite(c.t.Context(), c.store.Pool(), token, c.tg.BotUsername(), storage.Invite{Role: role, Cut: cut, ExpiresAt: time.Now().Add(time.Hour)})
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.tg.Start(p.User, token); err != nil {
		c.t.Fatal(err)
	}
	p.tap("Принять")
	p.sees("вот что здесь можно")
	return p
}

// sees waits for a message of the bot that contains all the texts.
func (p person) sees(texts ...string) tgemu.Message {
	p.t.Helper()
	return p.waits(func(m tgemu.Message) bool { return has(m, texts) }, strings.Join(texts, ", "))
}

func has(m tgemu.Message, texts []string) bool {
	plain := strings.ReplaceAll(m.Text, "\u00a0", " ")
	return !slices.ContainsFunc(texts, func(s string) bool { return !strings.Contains(plain, s) })
}

func (p person) waits(fits func(tgemu.Message) bool, what string) tgemu.Message {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 30*time.Second)
	defer cancel()
	m, err := p.tg.Wait(ctx, p.ID, fits)
	if err != nil {
		p.t.Fatalf("%s does not see %s: %v\n%s", p.FirstName, what, err, p.screen())
	}
	return m
}

// tap waits for a message with the texts and a button whose text begins so,
// presses it, and waits for the bot's answer to the tap, which it returns.
func (p person) tap(label string, texts ...string) tgemu.Toast {
	p.t.Helper()
	m := p.waits(func(m tgemu.Message) bool { return button(m, label) != "" && has(m, texts) }, "the button "+label)
	return p.press(m, label)
}

// press presses a button of a message, which may be gone by now.
func (p person) press(m tgemu.Message, label string) tgemu.Toast {
	p.t.Helper()
	if err := p.tg.Press(p.User, m.ID, button(m, label)); err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(p.t.Context(), 30*time.Second)
	defer cancel()
	toast, err := p.tg.WaitToast(ctx, p.ID)
	if err != nil {
		p.t.Fatal(err)
	}
	return toast
}

// button is the data of the first button whose text begins so.
func button(m tgemu.Message, label string) string {
	if m.Markup == nil {
		return ""
	}
	for _, row := range m.Markup.Inline {
		for _, b := range row {
			if strings.HasPrefix(b.Text, label) {
				return b.Data
			}
		}
	}
	return ""
}

// screen is what the person's chat shows.
func (p person) screen() string {
	var out strings.Builder
	for _, m := range p.tg.Messages(p.ID) {
		who := p.FirstName
		if m.From.IsBot {
			who = "bot"
		}
		out.WriteString("--- " + who + "\n" + m.Text + "\n")
		if m.Document != nil {
			out.WriteString("(" + m.Document.Name + ")\n")
		}
		if m.Photo != nil {
			out.WriteString("(picture)\n")
		}
		for _, row := range m.Buttons() {
			out.WriteString("[" + strings.Join(row, "] [") + "]\n")
		}
	}
	return out.String()
}

// files are the files of one of the world's letters.
func (c *chats) letter(key string) world.Letter {
	c.t.Helper()
	all, err := c.w.Letters()
	if err != nil {
		c.t.Fatal(err)
	}
	for _, l := range all {
		if l.Key == key {
			return l
		}
	}
	c.t.Fatalf("no letter %s", key)
	return world.Letter{}
}

func (p person) send(f world.File) {
	p.t.Helper()
	if _, err := p.tg.SendDocument(p.User, f.Name, f.Data, ""); err != nil {
		p.t.Fatal(err)
	}
}
