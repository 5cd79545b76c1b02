package tgemu

import (
	"encoding/json"
	"time"
)

// wire is an object of the Bot API.
type wire = map[string]any

func (e *Emulator) wireBot() wire {
	return wire{
		"id": e.bot.ID, "is_bot": true, "first_name": e.bot.FirstName, "username": e.bot.Username,
		"can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false,
		"can_connect_to_business": false, "has_main_web_app": false,
	}
}

func (e *Emulator) wireChat(c *chat) wire {
	if c.private() {
		u := e.Users[c.ID].User
		out := wire{"id": c.ID, "type": "private", "first_name": u.FirstName}
		set(out, "last_name", u.LastName)
		set(out, "username", u.Username)
		return out
	}
	out := wire{"id": c.ID, "type": "group", "title": c.Group.Title}
	if c.Group.Supergroup || c.Group.Forum {
		out["type"] = "supergroup"
	}
	if c.Group.Forum {
		out["is_forum"] = true
	}
	return out
}

func set(w wire, name, value string) {
	if value != "" {
		w[name] = value
	}
}

// wireMessage is a message as the bot gets it; one that it replies to goes
// along, without the one that replies to in turn.
func (e *Emulator) wireMessage(m *Message, withReply bool) wire {
	c := e.Chats[m.ChatID]
	out := wire{"message_id": m.ID, "from": m.From, "chat": e.wireChat(c), "date": m.Date.Unix()}
	if !m.Edited.IsZero() {
		out["edit_date"] = m.Edited.Unix()
	}
	if m.ThreadID != 0 {
		out["message_thread_id"] = m.ThreadID
		out["is_topic_message"] = true
	}
	set(out, "media_group_id", m.MediaGroup)
	if m.Forwarded != nil {
		out["forward_origin"] = wire{"type": "user", "date": m.Date.Unix(), "sender_user": m.Forwarded}
	}
	if m.Protected {
		out["has_protected_content"] = true
	}
	e.wireContent(out, m)
	if m.Markup != nil && len(m.Markup.Inline) > 0 {
		out["reply_markup"] = wire{"inline_keyboard": wireButtons(m.Markup.Inline)}
	}
	if withReply && m.ReplyTo != 0 {
		if to := c.find(m.ReplyTo); to != nil {
			out["reply_to_message"] = e.wireMessage(to, false)
		}
	}
	return out
}

func (e *Emulator) wireContent(out wire, m *Message) {
	text, entities := "text", "entities"
	switch {
	case m.Document != nil:
		out["document"] = wireDocument(m.Document)
		text, entities = "caption", "caption_entities"
	case m.Photo != nil:
		out["photo"] = []wire{{
			"file_id": m.Photo.ID, "file_unique_id": m.Photo.UniqueID, "file_size": m.Photo.Size,
			"width": m.Photo.Width, "height": m.Photo.Height,
		}}
		text, entities = "caption", "caption_entities"
	case m.Contact != nil:
		out["contact"] = m.Contact
	case m.WebAppData != "":
		out["web_app_data"] = wire{"data": m.WebAppData, "button_text": m.WebAppText}
	case m.Service != "":
		e.wireService(out, m)
	}
	set(out, text, m.Text)
	if len(m.Entities) > 0 && m.Text != "" {
		out[entities] = m.Entities
	}
}

func (e *Emulator) wireService(out wire, m *Message) {
	switch m.Service {
	case "pinned":
		if pinned := e.Chats[m.ChatID].find(int(m.ServiceArg)); pinned != nil {
			out["pinned_message"] = e.wireMessage(pinned, false)
		}
	case "topic":
		out["forum_topic_created"] = wire{"name": e.Chats[m.ChatID].Topics[m.ThreadID], "icon_color": topicColor}
	case "migrate_to":
		out["migrate_to_chat_id"] = m.ServiceArg
	case "migrate_from":
		out["migrate_from_chat_id"] = m.ServiceArg
	}
}

func wireDocument(f *File) wire {
	out := wire{"file_id": f.ID, "file_unique_id": f.UniqueID, "file_size": f.Size}
	set(out, "file_name", f.Name)
	set(out, "mime_type", f.MimeType)
	return out
}

func wireButtons(rows [][]Button) [][]wire {
	out := make([][]wire, len(rows))
	for i, row := range rows {
		for _, b := range row {
			w := wire{"text": b.Text}
			set(w, "callback_data", b.Data)
			set(w, "url", b.URL)
			if b.WebApp != "" {
				w["web_app"] = wire{"url": b.WebApp}
			}
			if b.Copy != "" {
				w["copy_text"] = wire{"text": b.Copy}
			}
			out[i] = append(out[i], w)
		}
	}
	return out
}

// freeze is an object as it is now, for a queue that outlives changes.
func freeze(w any) json.RawMessage {
	raw, err := json.Marshal(w)
	if err != nil {
		return json.RawMessage(`null`) // maps of plain values always marshal
	}
	return raw
}

func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
