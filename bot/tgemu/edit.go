package tgemu

import (
	"encoding/json"
	"reflect"
)

// editable finds the message to edit and makes a copy to work on.
func (e *Emulator) editable(c *call) (*chat, *Message, Message, error) {
	ch, err := e.writable(c)
	if err != nil {
		return nil, nil, Message{}, err
	}
	m := ch.find(c.int("message_id", 0))
	if m == nil {
		return nil, nil, Message{}, refuse(editNotFound)
	}
	if !m.From.IsBot || m.Forwarded != nil || m.Service != "" || (m.Markup != nil && len(m.Markup.Inline) == 0) {
		return nil, nil, Message{}, refuse(editForbidden)
	}
	after := *m
	after.Markup, err = c.inlineMarkup(ch)
	return ch, m, after, err
}

// change takes an edit over unless it changes nothing. An edit without
// reply_markup takes the keyboard away, as on the server.
func (e *Emulator) change(ch *chat, m *Message, after Message, marks bool) (any, error) {
	if sameContent(m, &after) {
		return nil, refuse(notModified)
	}
	if marks {
		after.Edited = e.now()
	}
	e.touch(ch)
	after.Version = e.Version
	*m = after
	return e.wireMessage(m, true), nil
}

func sameContent(a, b *Message) bool {
	same := func(x, y *File) bool {
		return x == nil && y == nil || x != nil && y != nil && x.UniqueID == y.UniqueID && x.Name == y.Name
	}
	return a.Text == b.Text && len(a.Entities) == len(b.Entities) && (len(a.Entities) == 0 || reflect.DeepEqual(a.Entities, b.Entities)) &&
		reflect.DeepEqual(a.Markup, b.Markup) && same(a.Document, b.Document) && same(a.Photo, b.Photo)
}

func (e *Emulator) editText(c *call) (any, error) {
	ch, m, after, err := e.editable(c)
	if err != nil {
		return nil, err
	}
	if after.Text, after.Entities, err = c.text(); err != nil {
		return nil, err
	}
	if m.media() != nil {
		return nil, refuse(editNoText)
	}
	return e.change(ch, m, after, true)
}

func (e *Emulator) editCaption(c *call) (any, error) {
	ch, m, after, err := e.editable(c)
	if err != nil {
		return nil, err
	}
	if m.media() == nil {
		return nil, refuse(editNoCaption)
	}
	if after.Text, after.Entities, err = c.caption(); err != nil {
		return nil, err
	}
	return e.change(ch, m, after, true)
}

func (e *Emulator) editMedia(c *call) (any, error) {
	ch, m, after, err := e.editable(c)
	if err != nil {
		return nil, err
	}
	var raw json.RawMessage
	if !jsonArg(c, "media", &raw) {
		return nil, refuse(mediaNotJSON)
	}
	var item media
	if json.Unmarshal(raw, &item) != nil {
		return nil, refuse(mediaBroken, "expected an Object")
	}
	if item.Type != "document" && item.Type != "photo" {
		return nil, refuse(mediaBroken, `type "`+item.Type+`" is unsupported`)
	}
	if m.MediaGroup != "" && (item.Type == "photo") != (m.Photo != nil) {
		return nil, refuse(editWrongMedia, "the message is part of an album")
	}
	if err := e.fill(c, &after, item); err != nil {
		return nil, err
	}
	return e.change(ch, m, after, true)
}

func (e *Emulator) editMarkup(c *call) (any, error) {
	ch, m, after, err := e.editable(c)
	if err != nil {
		return nil, err
	}
	return e.change(ch, m, after, false)
}
