package tgemu

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	heartbeat = 15 * time.Second // of a stream on which nothing happens
	newest    = 5                // answers to taps that a view carries
)

// view is what a page is told: the chats that changed since a version.
type view struct {
	Version int64             `json:"version"`
	Panel   int64             `json:"panel"`
	Bot     string            `json:"bot"`
	BotName string            `json:"bot_name"`
	Mail    map[string]string `json:"mail"` // the panel's title by language; none: there is no panel
	Hint    map[string]string `json:"hint"`
	Columns []string          `json:"columns"` // the keys of all chats, in their order
	Chats   []chatView        `json:"chats"`
}

type chatView struct {
	Key      string            `json:"key"` // of its column: several people may be shown in one group
	ID       int64             `json:"id"`
	User     int64             `json:"user"`
	Name     string            `json:"name"`
	Group    string            `json:"group,omitempty"` // its title
	Role     map[string]string `json:"role,omitempty"`
	Started  bool              `json:"started"`
	Blocked  bool              `json:"blocked,omitempty"`
	Typing   int64             `json:"typing,omitempty"` // milliseconds that it still shows
	Action   string            `json:"action,omitempty"`
	Keyboard [][]Button        `json:"keyboard,omitempty"`
	Commands []Command         `json:"commands,omitempty"`
	IDs      []int             `json:"ids"`      // of all messages
	Messages []messageView     `json:"messages"` // those that changed
	Toasts   []Toast           `json:"toasts,omitempty"`
}

type messageView struct {
	ID        int        `json:"id"`
	Mine      bool       `json:"mine,omitempty"`
	From      string     `json:"from,omitempty"` // in groups
	HTML      string     `json:"html"`
	Source    string     `json:"source,omitempty"` // the text of one that can be edited
	Time      time.Time  `json:"time"`
	Edited    bool       `json:"edited,omitempty"`
	ReplyTo   int        `json:"reply_to,omitempty"`
	Reply     string     `json:"reply,omitempty"` // the beginning of what is replied to
	Forwarded string     `json:"forwarded,omitempty"`
	Album     string     `json:"album,omitempty"`
	Photo     *File      `json:"photo,omitempty"`
	Document  *File      `json:"document,omitempty"`
	Buttons   [][]Button `json:"buttons,omitempty"`
	Service   string     `json:"service,omitempty"`
}

// giveState answers with the whole view.
func (e *Emulator) giveState(w http.ResponseWriter, _ *http.Request) {
	e.mu.Lock()
	v := e.look(0)
	e.mu.Unlock()
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, http.StatusOK, v)
}

// events streams views: the whole at first, then what changes.
func (e *Emulator) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	var since, panel int64 = 0, -1
	for {
		e.mu.Lock()
		v, changed := e.look(since), e.changed
		e.mu.Unlock()
		if since == 0 || len(v.Chats) > 0 || v.Panel != panel {
			raw, err := json.Marshal(v)
			if err != nil {
				return
			}
			if _, err := fmt.Fprintf(w, "data: %s\n\n", raw); err != nil {
				return
			}
			since, panel = v.Version, v.Panel
		}
		if out.Flush() != nil {
			return
		}
		select {
		case <-changed:
		case <-beat.C:
			if _, err := io.WriteString(w, ": still here\n\n"); err != nil {
				return
			}
		case <-r.Context().Done():
			return
		case <-e.running.Done():
			return
		}
	}
}

// look is the view of what changed since a version; the caller holds mu.
func (e *Emulator) look(since int64) view {
	v := view{
		Version: e.Version, Panel: e.panelState, Bot: e.bot.Username, BotName: e.bot.FirstName, Hint: e.hint,
		Columns: []string{}, Chats: []chatView{},
	}
	if e.panel != nil {
		v.Mail = e.panelFor
	}
	for _, p := range e.shown() {
		c := e.Chats[p.chatID()]
		if c == nil {
			continue
		}
		v.Columns = append(v.Columns, p.key())
		if c.Version > since {
			v.Chats = append(v.Chats, e.chatView(c, p, since))
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

func (p Persona) key() string {
	if p.Group != 0 {
		return fmt.Sprintf("%d:%d", p.Group, p.User.ID)
	}
	return strconv.FormatInt(p.User.ID, 10)
}

// shown are the personas, and after them people who came later.
func (e *Emulator) shown() []Persona {
	out := slices.Clone(e.personas)
	for _, id := range slices.Sorted(maps.Keys(e.Users)) {
		if !slices.ContainsFunc(e.personas, func(p Persona) bool { return p.User.ID == id }) {
			out = append(out, Persona{User: e.Users[id].User})
		}
	}
	return out
}

func (e *Emulator) chatView(c *chat, p Persona, since int64) chatView {
	who := e.Users[p.User.ID]
	out := chatView{
		Key: p.key(), ID: c.ID, User: p.User.ID, Name: fullName(p.User), Role: p.Role,
		Started: who.Started || !c.private(), Blocked: who.Blocked && c.private(), Commands: e.commandsFor(c, p.User),
		IDs: []int{}, Messages: []messageView{},
	}
	if left := c.Typing.Sub(e.now()); left > 0 {
		out.Typing, out.Action = left.Milliseconds(), c.Action
	}
	if !c.private() {
		out.Group = c.Group.Title
	}
	if c.Keyboard != nil {
		out.Keyboard = c.Keyboard.Reply
	}
	for _, m := range c.Messages {
		out.IDs = append(out.IDs, m.ID)
		if m.Version > since {
			out.Messages = append(out.Messages, e.messageView(c, m, p.User.ID))
		}
	}
	all := slices.DeleteFunc(e.toasts(c.ID), func(t Toast) bool { return !t.Answered || t.UserID != p.User.ID })
	out.Toasts = all[max(0, len(all)-newest):]
	return out
}

func fullName(u User) string { return strings.TrimSpace(u.FirstName + " " + u.LastName) }

// commandsFor are the commands of the narrowest scope that has some, in the
// person's language before others. Source: Bot API, "Determining list of
// commands", without the scopes of administrators.
func (e *Emulator) commandsFor(c *chat, u User) []Command {
	id := strconv.FormatInt(c.ID, 10)
	scopes := []string{"chat/" + id + "//", "all_group_chats///", "default///"}
	if c.private() {
		scopes[1] = "all_private_chats///"
	}
	for _, scope := range scopes {
		for _, lang := range []string{u.LanguageCode, ""} {
			if list := e.Commands[scope+lang]; len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

func (e *Emulator) messageView(c *chat, m *Message, me int64) messageView {
	out := messageView{
		ID: m.ID, Mine: m.From.ID == me, HTML: m.HTML(), Time: m.Date, Edited: !m.Edited.IsZero(), Photo: m.Photo, Document: m.Document,
		Album: m.MediaGroup, Service: m.Service,
	}
	if out.Mine && c.private() && m.Text != "" {
		out.Source = m.Text
	}
	if out.Mine && strings.HasPrefix(m.Text, "/start ") {
		out.HTML, out.Source = "/start", "" // as the app shows a deep link that was opened
	}
	if !c.private() {
		out.From = fullName(m.From)
	}
	if m.Forwarded != nil {
		out.Forwarded = fullName(*m.Forwarded)
	}
	if m.Contact != nil {
		out.HTML = escapeHTML(m.Contact.FirstName + ", " + m.Contact.PhoneNumber)
	}
	if m.WebAppData != "" {
		out.HTML = escapeHTML(m.WebAppText)
	}
	if m.Markup != nil {
		out.Buttons = m.Markup.Inline
	}
	if to := c.find(m.ReplyTo); to != nil {
		out.ReplyTo, out.Reply = to.ID, beginning(to)
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
