package tgemu

import (
	"strings"
	"time"
)

// view is what a page is told: the chats that changed since a version.
type view struct {
	Version int64             `json:"version"`
	Panel   int64             `json:"panel"`
	Bot     string            `json:"bot"`
	BotName string            `json:"bot_name"`
	Mail    map[string]string `json:"mail"` // the panel's title by language; none: there is no panel
	Hint    map[string]string `json:"hint"`
	Chats   []chatView        `json:"chats"`
}

type chatView struct {
	ID       int64             `json:"id"`
	Name     string            `json:"name"`
	Role     map[string]string `json:"role,omitempty"`
	Started  bool              `json:"started"`
	Typing   bool              `json:"typing"`
	Keyboard [][]Button        `json:"keyboard,omitempty"`
	Messages []messageView     `json:"messages"`
	Toast    *Toast            `json:"toast,omitempty"` // the newest that was answered
}

type messageView struct {
	ID       int        `json:"id"`
	Mine     bool       `json:"mine"`
	HTML     string     `json:"html"`
	Time     time.Time  `json:"time"`
	Edited   bool       `json:"edited,omitempty"`
	Reply    string     `json:"reply,omitempty"` // the beginning of what is replied to
	Photo    *File      `json:"photo,omitempty"`
	Document *File      `json:"document,omitempty"`
	Buttons  [][]Button `json:"buttons,omitempty"`
	Service  bool       `json:"service,omitempty"`
}

// look is the view of what changed since a version; the caller holds mu.
func (e *Emulator) look(since int64) view {
	v := view{Version: e.Version, Panel: e.panelState, Bot: e.bot.Username, BotName: e.bot.FirstName, Hint: e.hint, Chats: []chatView{}}
	if e.panel != nil {
		v.Mail = e.panelFor
	}
	for _, p := range e.shown() {
		if c := e.Chats[p.chatID()]; c != nil && (c.Version > since || since == 0) {
			v.Chats = append(v.Chats, e.chatView(c, p))
		}
	}
	return v
}

func (p Persona) chatID() int64 {
	if p.Group != 0 {
		return p.Group
	}
	return p.User.ID
}

// shown are the personas, and after them people who came later.
func (e *Emulator) shown() []Persona {
	out := append([]Persona(nil), e.personas...)
	for _, id := range sortedIDs(e.Users) {
		known := false
		for _, p := range out {
			known = known || p.User.ID == id
		}
		if !known {
			out = append(out, Persona{User: e.Users[id].User})
		}
	}
	return out
}

func (e *Emulator) chatView(c *chat, p Persona) chatView {
	out := chatView{
		ID: c.ID, Name: strings.TrimSpace(p.User.FirstName + " " + p.User.LastName), Role: p.Role,
		Started: e.Users[p.User.ID].Started, Typing: c.Typing.After(e.now()), Messages: []messageView{},
	}
	if c.Keyboard != nil {
		out.Keyboard = c.Keyboard.Reply
	}
	for _, m := range c.Messages {
		out.Messages = append(out.Messages, c.messageView(m, p.User.ID))
	}
	all := e.toasts(c.ID)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Answered {
			out.Toast = &all[i]
			break
		}
	}
	return out
}

func (c *chat) messageView(m *Message, me int64) messageView {
	out := messageView{
		ID: m.ID, Mine: m.From.ID == me, HTML: m.HTML(), Time: m.Date, Edited: !m.Edited.IsZero(), Photo: m.Photo, Document: m.Document,
		Service: m.Service != "",
	}
	if out.Mine && strings.HasPrefix(m.Text, "/start ") {
		out.HTML = "/start" // as the app shows a deep link that was opened
	}
	if m.Contact != nil {
		out.HTML = escapeHTML(m.Contact.FirstName + ", " + m.Contact.PhoneNumber)
	}
	if m.Markup != nil {
		out.Buttons = m.Markup.Inline
	}
	if to := c.find(m.ReplyTo); to != nil {
		out.Reply = beginning(to)
	}
	return out
}

// beginning is the first line of a message, or its file's name.
func beginning(m *Message) string {
	line, _, _ := strings.Cut(m.Text, "\n")
	if line == "" && m.media() != nil {
		line = m.media().Name
	}
	r := []rune(line)
	return string(r[:min(len(r), 60)])
}
