package tgemu

import (
	"encoding/json"
	"time"
)

// User is a person, or the bot.
type User struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

// Group is a group, or with Supergroup or Forum a supergroup, that the bot is in.
type Group struct {
	ID         int64  `json:"id"`
	Title      string `json:"title"`
	Supergroup bool   `json:"supergroup,omitempty"`
	Forum      bool   `json:"forum,omitempty"` // a supergroup with topics
	// Open switches the privacy mode off: the bot sees every message, not only
	// commands, replies to it and mentions of it.
	Open bool `json:"open,omitempty"`
}

// File is a file of a message. Two messages with the same bytes have different
// IDs and the same UniqueID.
type File struct {
	ID       string `json:"id"`
	UniqueID string `json:"unique_id"`
	Name     string `json:"name,omitempty"`
	MimeType string `json:"mime_type,omitempty"`
	Size     int64  `json:"size"`
	Width    int    `json:"width,omitempty"` // of photos
	Height   int    `json:"height,omitempty"`
	SHA256   string `json:"sha256"`
}

// Button is a button of an inline or of a reply keyboard.
type Button struct {
	Text    string `json:"text"`
	Data    string `json:"data,omitempty"`    // callback_data
	URL     string `json:"url,omitempty"`     // a link
	WebApp  string `json:"web_app,omitempty"` // address of a Mini App
	Copy    string `json:"copy,omitempty"`    // text to put on the clipboard
	Other   string `json:"other,omitempty"`   // a kind the emulator shows but does not act on
	Contact bool   `json:"contact,omitempty"` // a reply button that shares the person's number
}

// Markup is what a message carries beside its text.
type Markup struct {
	Inline      [][]Button `json:"inline,omitempty"`
	Reply       [][]Button `json:"reply,omitempty"`
	Resize      bool       `json:"resize,omitempty"`
	OneTime     bool       `json:"one_time,omitempty"`
	Persistent  bool       `json:"persistent,omitempty"`
	Placeholder string     `json:"placeholder,omitempty"`
	Remove      bool       `json:"remove,omitempty"`
	ForceReply  bool       `json:"force_reply,omitempty"`
}

// Contact is a shared phone number.
type Contact struct {
	PhoneNumber string `json:"phone_number"`
	FirstName   string `json:"first_name"`
	UserID      int64  `json:"user_id,omitempty"`
}

// Message is a message as a person in the chat sees it now.
type Message struct {
	ID         int       `json:"id"`
	ChatID     int64     `json:"chat_id"`
	ThreadID   int       `json:"thread_id,omitempty"`
	From       User      `json:"from"`
	Date       time.Time `json:"date"`
	Edited     time.Time `json:"edited,omitzero"`
	Text       string    `json:"text,omitempty"` // of a message with a file: its caption
	Entities   []Entity  `json:"entities,omitempty"`
	Document   *File     `json:"document,omitempty"`
	Photo      *File     `json:"photo,omitempty"`
	MediaGroup string    `json:"media_group,omitempty"`
	Markup     *Markup   `json:"markup,omitempty"`
	ReplyTo    int       `json:"reply_to,omitempty"`
	Forwarded  *User     `json:"forwarded,omitempty"`
	Contact    *Contact  `json:"contact,omitempty"`
	WebAppData string    `json:"web_app_data,omitempty"`
	WebAppText string    `json:"web_app_text,omitempty"` // the button that opened the Mini App
	Service    string    `json:"service,omitempty"`      // pinned, topic, migrated
	ServiceArg int64     `json:"service_arg,omitempty"`
	Silent     bool      `json:"silent,omitempty"`
	Protected  bool      `json:"protected,omitempty"`
	Pinned     bool      `json:"pinned,omitempty"`
	Version    int64     `json:"version"` // grows with every change
}

// HTML is the text with its entities as HTML.
func (m Message) HTML() string { return RenderHTML(m.Text, m.Entities) }

// Buttons are the texts of the inline keyboard, row by row.
func (m Message) Buttons() [][]string {
	if m.Markup == nil {
		return nil
	}
	return buttonTexts(m.Markup.Inline)
}

// Keyboard are the texts of the reply keyboard the message brought, row by row.
func (m Message) Keyboard() [][]string {
	if m.Markup == nil {
		return nil
	}
	return buttonTexts(m.Markup.Reply)
}

func buttonTexts(rows [][]Button) [][]string {
	var out [][]string
	for _, row := range rows {
		var texts []string
		for _, b := range row {
			texts = append(texts, b.Text)
		}
		out = append(out, texts)
	}
	return out
}

func (m *Message) media() *File {
	if m.Document != nil {
		return m.Document
	}
	return m.Photo
}

// Toast is what a person saw after pressing a button.
type Toast struct {
	ID        string    `json:"id"` // of the callback query
	ChatID    int64     `json:"chat_id"`
	UserID    int64     `json:"user_id"`
	MessageID int       `json:"message_id"`
	Data      string    `json:"data"`
	Pressed   time.Time `json:"pressed"`
	Answered  bool      `json:"answered"`
	Text      string    `json:"text,omitempty"`
	Alert     bool      `json:"alert,omitempty"`
	URL       string    `json:"url,omitempty"`
}

// Command is a command of the bot's menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// Call is one call of the Bot API.
type Call struct {
	Method      string            `json:"method"` // lower case
	Params      map[string]string `json:"params"`
	Files       []string          `json:"files,omitempty"`
	At          time.Time         `json:"at"`
	Code        int               `json:"code"` // HTTP status, 0 when the connection was cut
	Description string            `json:"description,omitempty"`
	Fault       FaultKind         `json:"fault,omitempty"`
}

// person is a user and what stands between them and the bot.
type person struct {
	User        User `json:"user"`
	Started     bool `json:"started"`
	Blocked     bool `json:"blocked"`
	Deactivated bool `json:"deactivated"`
}

// chat is a conversation; a private one has the user's id.
type chat struct {
	ID         int64           `json:"id"`
	Group      *Group          `json:"group,omitempty"`
	Kicked     bool            `json:"kicked,omitempty"`
	MigratedTo int64           `json:"migrated_to,omitempty"`
	Messages   []*Message      `json:"messages"`
	LastID     int             `json:"last_id"`
	Topics     map[int]string  `json:"topics,omitempty"`
	Keyboard   *Markup         `json:"keyboard,omitempty"` // the reply keyboard shown
	MenuButton json.RawMessage `json:"menu_button,omitempty"`
	Typing     time.Time       `json:"typing,omitzero"` // until
	Action     string          `json:"action,omitempty"`
	Version    int64           `json:"version"`
}

func (c *chat) find(id int) *Message {
	for i := len(c.Messages) - 1; i >= 0; i-- {
		if c.Messages[i].ID == id {
			return c.Messages[i]
		}
	}
	return nil
}

func (c *chat) private() bool { return c.Group == nil }
