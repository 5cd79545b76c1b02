package tgemu

import (
	"fmt"
	"strings"
)

// Upload is a file that a person sends.
type Upload struct {
	Name     string
	MimeType string // by the name when empty
	Data     []byte
}

// Post is what a person sends: a text, files with the text as caption of the
// first, a picture, a phone number or what a Mini App hands over.
type Post struct {
	Text      string
	ReplyTo   int // message id; 0: none
	ThreadID  int // of a forum topic; 0: none
	Documents []Upload
	Photo     *Upload
	Contact   string // phone number

	WebAppData string
	WebAppText string // of the button that opened the Mini App
}

// AddUser makes a person known; one that is there keeps what stands between them
// and the bot.
func (e *Emulator) AddUser(u User) {
	e.mu.Lock()
	defer e.commit()
	e.addUser(u)
}

func (e *Emulator) addUser(u User) {
	p := e.Users[u.ID]
	if p != nil && p.User == u && e.Chats[u.ID] != nil {
		return
	}
	if p == nil {
		p = &person{}
		e.Users[u.ID] = p
	}
	p.User = u
	if e.Chats[u.ID] == nil {
		e.Chats[u.ID] = &chat{ID: u.ID}
	}
	e.touch(e.Chats[u.ID])
}

// AddGroup puts the bot into a group together with people.
func (e *Emulator) AddGroup(g Group, members ...User) {
	e.mu.Lock()
	defer e.commit()
	for _, u := range members {
		e.addUser(u)
	}
	if e.Chats[g.ID] == nil {
		e.Chats[g.ID] = &chat{ID: g.ID, Topics: map[int]string{}}
	}
	e.Chats[g.ID].Group = &g
	e.touch(e.Chats[g.ID])
}

// Start presses START, or opens a deep link with its payload.
func (e *Emulator) Start(u User, payload string) (Message, error) {
	return e.SendText(u, strings.TrimSpace("/start "+payload))
}

// SendText writes to the bot.
func (e *Emulator) SendText(u User, text string) (Message, error) {
	return first(e.Send(u.ID, u, Post{Text: text}))
}

// Reply answers a message of the private chat.
func (e *Emulator) Reply(u User, messageID int, text string) (Message, error) {
	return first(e.Send(u.ID, u, Post{Text: text, ReplyTo: messageID}))
}

// SendDocument sends a file with a caption.
func (e *Emulator) SendDocument(u User, name string, data []byte, caption string) (Message, error) {
	return first(e.Send(u.ID, u, Post{Text: caption, Documents: []Upload{{Name: name, Data: data}}}))
}

// SendAlbum sends several files as one album.
func (e *Emulator) SendAlbum(u User, files ...Upload) ([]Message, error) {
	return e.Send(u.ID, u, Post{Documents: files})
}

func first(all []Message, err error) (Message, error) {
	if err != nil {
		return Message{}, err
	}
	return all[0], nil
}

// Send puts what a person sends into a chat and queues it for the bot. It fails
// where Telegram's app would not let them: an unknown person or chat, nothing to
// send, a blocked bot, a text that is too long.
func (e *Emulator) Send(chatID int64, u User, p Post) ([]Message, error) {
	e.mu.Lock()
	defer e.commit()
	ch, sender := e.Chats[chatID], e.Users[u.ID]
	switch {
	case sender == nil:
		return nil, fmt.Errorf("send: no user %d", u.ID)
	case ch == nil || ch.private() && ch.ID != u.ID:
		return nil, fmt.Errorf("send: user %d is not in chat %d", u.ID, chatID)
	case sender.Blocked && ch.private():
		return nil, fmt.Errorf("send: user %d has blocked the bot", u.ID)
	}
	messages, err := e.compose(sender.User, p)
	if err != nil {
		return nil, err
	}
	if ch.private() && !sender.Started {
		sender.Started = true
	}
	var out []Message
	for _, m := range messages {
		e.post(ch, m)
		if ch.private() || e.sees(ch, m) {
			e.enqueue("message", e.wireMessage(m, true))
		}
		out = append(out, *m)
	}
	return out, nil
}

// compose makes the messages of a post.
func (e *Emulator) compose(u User, p Post) ([]*Message, error) {
	body := strings.TrimSpace(clean(p.Text))
	limit := maxText
	if len(p.Documents) > 0 || p.Photo != nil {
		limit = maxCaption
	}
	if units(body) > limit {
		return nil, fmt.Errorf("send: the text has %d characters, %d are allowed", units(body), limit)
	}
	m := Message{From: u, Text: body, ReplyTo: p.ReplyTo, ThreadID: p.ThreadID, Entities: findEntities(body, nil)}
	switch {
	case p.Contact != "":
		m.Contact = &Contact{PhoneNumber: p.Contact, FirstName: u.FirstName, UserID: u.ID}
	case p.WebAppData != "":
		m.WebAppData, m.WebAppText = p.WebAppData, p.WebAppText
	case p.Photo != nil:
		f, err := e.sentFile(*p.Photo, true)
		if err != nil {
			return nil, err
		}
		m.Photo = f
	case len(p.Documents) > 0:
		return e.composeFiles(m, p.Documents)
	case body == "":
		return nil, fmt.Errorf("send: there is nothing to send")
	}
	return []*Message{&m}, nil
}

func (e *Emulator) composeFiles(head Message, files []Upload) ([]*Message, error) {
	if len(files) > 1 {
		e.LastGroup++
		head.MediaGroup = albumID(e.LastGroup)
	}
	var out []*Message
	for _, up := range files {
		f, err := e.sentFile(up, false)
		if err != nil {
			return nil, err
		}
		m := head
		m.Document = f
		out = append(out, &m)
		head.Text, head.Entities, head.ReplyTo = "", nil, 0
	}
	return out, nil
}

func (e *Emulator) sentFile(up Upload, photo bool) (*File, error) {
	f := File{Name: fileName(up.Name), MimeType: up.MimeType}
	if f.MimeType == "" {
		f.MimeType = mimeOf(up.Name, up.Data)
	}
	if photo {
		if err := f.measure(up.Data); err != nil {
			return nil, err
		}
	}
	return e.addFile(f, up.Data)
}

// sees reports whether a bot in privacy mode gets a group's message.
func (e *Emulator) sees(ch *chat, m *Message) bool {
	if ch.Group.Open || strings.HasPrefix(m.Text, "/") || strings.Contains(m.Text, "@"+e.bot.Username) {
		return true
	}
	to := ch.find(m.ReplyTo)
	return to != nil && to.From.ID == e.bot.ID
}

// Edit changes a text of the person's own.
func (e *Emulator) Edit(u User, messageID int, text string) error {
	e.mu.Lock()
	defer e.commit()
	ch := e.Chats[u.ID]
	if ch == nil {
		return fmt.Errorf("edit: no user %d", u.ID)
	}
	m := ch.find(messageID)
	if m == nil || m.From.ID != u.ID {
		return fmt.Errorf("edit: message %d is not of user %d", messageID, u.ID)
	}
	m.Text = strings.TrimSpace(clean(text))
	m.Entities, m.Edited = findEntities(m.Text, nil), e.now()
	e.touch(ch)
	m.Version = e.Version
	e.enqueue("edited_message", e.wireMessage(m, true))
	return nil
}

// Block stops the bot, as a person does in its profile.
func (e *Emulator) Block(u User) { e.setBlocked(u, true) }

// Unblock lets the bot write again.
func (e *Emulator) Unblock(u User) { e.setBlocked(u, false) }

func (e *Emulator) setBlocked(u User, blocked bool) {
	e.mu.Lock()
	defer e.commit()
	p := e.Users[u.ID]
	if p == nil || p.Blocked == blocked {
		return
	}
	p.Blocked = blocked
	before, after := "member", "kicked"
	if !blocked {
		before, after = after, before
	}
	state := func(s string) wire {
		w := wire{"user": e.bot, "status": s}
		if s == "kicked" {
			w["until_date"] = 0
		}
		return w
	}
	e.touch(e.Chats[u.ID])
	e.enqueue("my_chat_member", wire{
		"chat": e.wireChat(e.Chats[u.ID]), "from": p.User, "date": e.now().Unix(),
		"old_chat_member": state(before), "new_chat_member": state(after),
	})
}

// Deactivate deletes a person's account.
func (e *Emulator) Deactivate(u User) {
	e.mu.Lock()
	defer e.commit()
	if p := e.Users[u.ID]; p != nil {
		p.Deactivated = true
		e.touch(e.Chats[u.ID])
	}
}

// Migrate turns a group into a supergroup with a new id.
func (e *Emulator) Migrate(groupID, supergroupID int64) error {
	e.mu.Lock()
	defer e.commit()
	old := e.Chats[groupID]
	if old == nil || old.private() {
		return fmt.Errorf("migrate: no group %d", groupID)
	}
	g := *old.Group
	g.ID, g.Supergroup = supergroupID, true
	old.MigratedTo = supergroupID
	e.Chats[supergroupID] = &chat{ID: supergroupID, Group: &g, Topics: map[int]string{}}
	m := e.post(old, &Message{From: e.bot, Service: "migrate_to", ServiceArg: supergroupID})
	e.enqueue("message", e.wireMessage(m, false))
	m = e.post(e.Chats[supergroupID], &Message{From: e.bot, Service: "migrate_from", ServiceArg: groupID})
	e.enqueue("message", e.wireMessage(m, false))
	return nil
}
