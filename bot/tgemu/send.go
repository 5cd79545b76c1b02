package tgemu

import (
	"encoding/json"
	"time"
)

// draft starts a message of the bot with all the parameters that every sending
// method has: chat, thread, reply, markup.
func (e *Emulator) draft(c *call) (*chat, *Message, error) {
	ch, err := e.writable(c)
	if err != nil {
		return nil, nil, err
	}
	m := &Message{From: e.bot, Silent: c.bool("disable_notification"), Protected: c.bool("protect_content")}
	if m.Markup, err = c.markup(ch); err != nil {
		return nil, nil, err
	}
	if m.ThreadID, err = e.thread(c, ch); err != nil {
		return nil, nil, err
	}
	m.ReplyTo, err = e.replyTarget(c, ch)
	return ch, m, err
}

func (e *Emulator) thread(c *call, ch *chat) (int, error) {
	id := c.int("message_thread_id", 0)
	if id == 0 || ch.private() || !ch.Group.Forum {
		return 0, nil
	}
	if _, ok := ch.Topics[id]; !ok {
		return 0, refuse(threadNotFound)
	}
	return id, nil
}

// replyTarget is the message that is replied to, 0 for none.
func (e *Emulator) replyTarget(c *call, ch *chat) (int, error) {
	id, optional := c.int("reply_to_message_id", 0), c.bool("allow_sending_without_reply")
	if c.arg("reply_parameters") != "" {
		var p struct {
			MessageID int  `json:"message_id"`
			Optional  bool `json:"allow_sending_without_reply"`
		}
		if !jsonArg(c, "reply_parameters", &p) {
			return 0, refuse(replyParametersBroken)
		}
		id, optional = p.MessageID, p.Optional
	}
	if id <= 0 {
		return 0, nil
	}
	if ch.find(id) != nil {
		return id, nil
	}
	if optional {
		return 0, nil
	}
	return 0, refuse(replyNotFound)
}

// post puts a message into its chat.
func (e *Emulator) post(ch *chat, m *Message) *Message {
	ch.LastID++
	m.ID, m.ChatID = ch.LastID, ch.ID
	if m.Date.IsZero() {
		m.Date = e.now()
	}
	if m.From.IsBot {
		ch.Typing = time.Time{}
		ch.show(m.Markup)
	}
	ch.Messages = append(ch.Messages, m)
	e.touch(ch)
	m.Version = e.Version
	return m
}

// show changes the reply keyboard below the chat.
func (c *chat) show(m *Markup) {
	switch {
	case m == nil:
	case m.Remove:
		c.Keyboard = nil
	case len(m.Reply) > 0 || m.ForceReply:
		c.Keyboard = m
	}
}

func (e *Emulator) sendMessage(c *call) (any, error) {
	ch, m, err := e.draft(c)
	if err != nil {
		return nil, err
	}
	if m.Text, m.Entities, err = c.text(); err != nil {
		return nil, err
	}
	return e.wireMessage(e.post(ch, m), true), nil
}

func (e *Emulator) sendDocument(c *call) (any, error) {
	return e.sendFile(c, "document", func(m *Message, f *File) { m.Document = f })
}

func (e *Emulator) sendPhoto(c *call) (any, error) {
	return e.sendFile(c, "photo", func(m *Message, f *File) { m.Photo = f })
}

func (e *Emulator) sendFile(c *call, kind string, put func(*Message, *File)) (any, error) {
	ch, m, err := e.draft(c)
	if err != nil {
		return nil, err
	}
	if m.Text, m.Entities, err = c.caption(); err != nil {
		return nil, err
	}
	f, err := e.inputFile(c, kind, kind)
	if err != nil {
		return nil, err
	}
	put(m, f)
	return e.wireMessage(e.post(ch, m), true), nil
}

// sendMediaGroup sends an album; nothing of it is sent when one part is wrong.
func (e *Emulator) sendMediaGroup(c *call) (any, error) {
	ch, head, err := e.draft(c)
	if err != nil {
		return nil, err
	}
	items, err := c.album()
	if err != nil {
		return nil, err
	}
	e.LastGroup++
	group := albumID(e.LastGroup)
	var messages []*Message
	for _, item := range items {
		m := *head
		m.Markup, m.MediaGroup = nil, group
		if err := e.fill(c, &m, item); err != nil {
			return nil, err
		}
		messages = append(messages, &m)
	}
	var out []wire
	for _, m := range messages {
		out = append(out, e.wireMessage(e.post(ch, m), true))
	}
	return out, nil
}

// media is an InputMedia.
type media struct {
	Type            string          `json:"type"`
	Media           string          `json:"media"`
	Caption         string          `json:"caption"`
	ParseMode       string          `json:"parse_mode"`
	CaptionEntities json.RawMessage `json:"caption_entities"`
}

// album reads the parts of an album and checks that they go together.
func (c *call) album() ([]media, error) {
	var raw json.RawMessage
	if !jsonArg(c, "media", &raw) {
		return nil, refuse(mediaNotJSON)
	}
	var items []media
	if json.Unmarshal(raw, &items) != nil {
		return nil, refuse(mediaNotArray)
	}
	if len(items) < 2 || len(items) > 10 {
		return nil, refuse(mediaCount)
	}
	for _, m := range items {
		if m.Type != "document" && m.Type != "photo" {
			return nil, refuse(mediaBroken, `type "`+m.Type+`" is unsupported`)
		}
		if m.Type != items[0].Type {
			return nil, refuse(mediaMixed)
		}
	}
	return items, nil
}

// fill puts an InputMedia into a message in place of what it had.
func (e *Emulator) fill(c *call, m *Message, item media) error {
	text, entities, err := format(item.Caption, item.ParseMode, item.CaptionEntities)
	if err != nil {
		return err
	}
	if units(text) > maxCaption {
		return refuse(captionTooLong)
	}
	if item.Media == "" {
		return refuse(mediaBroken, "media not found")
	}
	f, err := e.mediaFile(c, item.Media, item.Type)
	if err != nil {
		return err
	}
	m.Text, m.Entities, m.Document, m.Photo = text, entities, nil, nil
	if item.Type == "photo" {
		m.Photo = f
		return nil
	}
	m.Document = f
	return nil
}

// copyMessage sends the content again as the bot's own.
func (e *Emulator) copyMessage(c *call) (any, error) {
	ch, source, err := e.source(c, copyNotFound)
	if err != nil {
		return nil, err
	}
	_, m, err := e.draft(c)
	if err != nil {
		return nil, err
	}
	m.Text, m.Entities, m.Document, m.Photo, m.Contact = source.Text, source.Entities, source.Document, source.Photo, source.Contact
	if c.has("caption") && source.media() != nil {
		if m.Text, m.Entities, err = c.caption(); err != nil {
			return nil, err
		}
	}
	return wire{"message_id": e.post(ch, m).ID}, nil
}

func (e *Emulator) forwardMessage(c *call) (any, error) {
	ch, source, err := e.source(c, forwardNotFound)
	if err != nil {
		return nil, err
	}
	if source.Protected {
		return nil, refuse(copyForbidden)
	}
	m := &Message{
		From: e.bot, Forwarded: &source.From, Text: source.Text, Entities: source.Entities,
		Document: source.Document, Photo: source.Photo, Contact: source.Contact,
	}
	if m.ThreadID, err = e.thread(c, ch); err != nil {
		return nil, err
	}
	return e.wireMessage(e.post(ch, m), true), nil
}

// source is the chat to write to and the message of another to take from.
func (e *Emulator) source(c *call, missing problem) (*chat, *Message, error) {
	ch, err := e.writable(c)
	if err != nil {
		return nil, nil, err
	}
	from, err := e.chatOf(c, "from_chat_id")
	if err != nil {
		return nil, nil, err
	}
	m := from.find(c.int("message_id", 0))
	if m == nil {
		return nil, nil, refuse(missing)
	}
	if m.Service != "" {
		return nil, nil, refuse(copyForbidden)
	}
	return ch, m, nil
}

// typingFor is how long an action shows, unless a message comes first.
const typingFor = 5 * time.Second

func (e *Emulator) sendChatAction(c *call) (any, error) {
	ch, err := e.writable(c)
	if err != nil {
		return nil, err
	}
	switch c.arg("action") {
	case "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
		"choose_sticker", "find_location", "record_video_note", "upload_video_note":
	default:
		return nil, refuse(actionWrong)
	}
	ch.Action, ch.Typing = c.arg("action"), e.now().Add(typingFor)
	e.touch(ch)
	return true, nil
}
