package tgemu

import (
	"encoding/json"
	"slices"
	"time"
)

// deletableFor is how long the bot may delete a message.
const deletableFor = 48 * time.Hour

func (e *Emulator) deleteMessage(c *call) (any, error) {
	ch, err := e.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	m := ch.find(c.int("message_id", 0))
	if m == nil {
		return nil, refuse(deleteNotFound)
	}
	if !e.deletable(ch, m) {
		return nil, refuse(deleteForbidden)
	}
	e.remove(ch, m.ID)
	return true, nil
}

// deleteMessages skips those that are not there; one that cannot be deleted
// keeps all.
func (e *Emulator) deleteMessages(c *call) (any, error) {
	ch, err := e.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	var raw json.RawMessage
	if c.arg("message_ids") == "" {
		return nil, refuse(idsMissing)
	}
	var ids []int
	if !jsonArg(c, "message_ids", &raw) || json.Unmarshal(raw, &ids) != nil {
		return nil, refuse(idsBroken)
	}
	if len(ids) == 0 {
		return nil, refuse(idsMissing)
	}
	if len(ids) > 100 {
		return nil, refuse(idsTooMany)
	}
	for _, id := range ids {
		if m := ch.find(id); m != nil && !e.deletable(ch, m) {
			return nil, refuse(deleteForbidden)
		}
	}
	for _, id := range ids {
		e.remove(ch, id)
	}
	return true, nil
}

// deletable: for 48 hours, in private chats both sides' messages, in groups the
// bot's own, as it is no administrator.
func (e *Emulator) deletable(ch *chat, m *Message) bool {
	return e.now().Sub(m.Date) < deletableFor && (m.From.IsBot || ch.private())
}

func (e *Emulator) remove(ch *chat, id int) {
	ch.Messages = slices.DeleteFunc(ch.Messages, func(m *Message) bool { return m.ID == id })
	e.touch(ch)
}
