package bot

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/distbase/distbase/storage"
)

// The parts of Telegram's update that are read. The library's own types refuse a
// whole update for one unknown variant in it.
type update struct {
	ID       int64         `json:"update_id"`
	Message  *message      `json:"message"`
	Edited   *message      `json:"edited_message"`
	Callback *callback     `json:"callback_query"`
	Member   *memberChange `json:"my_chat_member"`
}

type user struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Lang      string `json:"language_code"`
}

func (u user) name() string { return strings.TrimSpace(u.FirstName + " " + u.LastName) }

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

type message struct {
	ID         int             `json:"message_id"`
	Date       int64           `json:"date"`
	From       *user           `json:"from"`
	Chat       chat            `json:"chat"`
	Text       string          `json:"text"`
	Caption    string          `json:"caption"`
	Entities   []entity        `json:"entities"`
	MediaGroup string          `json:"media_group_id"`
	Document   *document       `json:"document"`
	Photo      json.RawMessage `json:"photo"`
	Video      json.RawMessage `json:"video"`
	Audio      json.RawMessage `json:"audio"`
	Voice      json.RawMessage `json:"voice"`
	Sticker    json.RawMessage `json:"sticker"`
	ReplyTo    *struct {
		ID int `json:"message_id"`
	} `json:"reply_to_message"`
	MigrateTo int64 `json:"migrate_to_chat_id"`
}

// entity marks a part of a text; offset and length count UTF-16 units.
type entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
}

type document struct {
	FileID   string `json:"file_id"`
	Name     string `json:"file_name"`
	MimeType string `json:"mime_type"`
	Size     int64  `json:"file_size"`
}

type callback struct {
	ID      string   `json:"id"`
	From    user     `json:"from"`
	Message *message `json:"message"`
	Data    string   `json:"data"`
}

type memberChange struct {
	Chat chat `json:"chat"`
	From user `json:"from"`
	New  struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

// readUpdate decodes an update.
func readUpdate(raw json.RawMessage) (update, error) {
	var u update
	if err := json.Unmarshal(raw, &u); err != nil {
		return u, fmt.Errorf("read update: %w", err)
	}
	return u, nil
}

// chat is where the update belongs; updates of a chat are handled in order.
func (u update) chat() chat {
	switch {
	case u.Message != nil:
		return u.Message.Chat
	case u.Edited != nil:
		return u.Edited.Chat
	case u.Callback != nil && u.Callback.Message != nil:
		return u.Callback.Message.Chat
	case u.Callback != nil:
		return chat{ID: u.Callback.From.ID, Type: "private"}
	case u.Member != nil:
		return u.Member.Chat
	}
	return chat{}
}

// from is who caused the update, nil where nobody did.
func (u update) from() *user {
	switch {
	case u.Message != nil:
		return u.Message.From
	case u.Edited != nil:
		return u.Edited.From
	case u.Callback != nil:
		return &u.Callback.From
	case u.Member != nil:
		return &u.Member.From
	}
	return nil
}

// record is the update as it is stored. One that cannot be decoded is stored all
// the same, under its number.
func record(raw json.RawMessage) (storage.ChatUpdate, error) {
	var id struct {
		ID *int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &id); err != nil || id.ID == nil {
		return storage.ChatUpdate{}, fmt.Errorf("read update: it has no number")
	}
	rec := storage.ChatUpdate{ID: *id.ID, Payload: raw}
	if u, err := readUpdate(raw); err == nil {
		rec.ChatID = u.chat().ID
		if u.Message != nil {
			rec.MediaGroup = u.Message.MediaGroup
		}
	}
	return rec, nil
}

// command splits «/start@bot payload». A command counts where it begins the text.
// name is empty where there is none, or where it is meant for another bot.
func (m message) command(botName string) (name, args string) {
	for _, e := range m.Entities {
		if e.Type != "bot_command" || e.Offset != 0 {
			continue
		}
		units := utf16.Encode([]rune(m.Text))
		if e.Length < 2 || e.Length > len(units) {
			return "", ""
		}
		name = string(utf16.Decode(units[1:e.Length]))
		args = strings.TrimSpace(string(utf16.Decode(units[e.Length:])))
		name, addressee, addressed := strings.Cut(name, "@")
		if addressed && !strings.EqualFold(addressee, botName) {
			return "", ""
		}
		return strings.ToLower(name), args
	}
	return "", ""
}
