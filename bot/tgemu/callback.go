package tgemu

import (
	"fmt"
	"strconv"
	"time"
)

// answerWithin is how long a callback query can be answered.
const answerWithin = 15 * time.Second

// Press presses a button of an inline keyboard, found by its text or its data,
// in the person's private chat, or in a group by [Emulator.PressIn]. It fails
// when the message or the button is not there any more.
func (e *Emulator) Press(u User, messageID int, button string) error {
	return e.PressIn(u.ID, u, messageID, button)
}

// PressIn presses a button of a message in any chat.
func (e *Emulator) PressIn(chatID int64, u User, messageID int, button string) error {
	e.mu.Lock()
	defer e.commit()
	m, b, err := e.buttonAt(chatID, messageID, button)
	if err != nil {
		return err
	}
	if b.Data == "" {
		return fmt.Errorf("button %q of message %d sends no callback query", button, messageID)
	}
	p, ok := e.Users[u.ID]
	if !ok {
		return fmt.Errorf("press button %q: no user %d", button, u.ID)
	}
	e.LastQuery++
	q := &Toast{
		ID: strconv.FormatInt(e.LastQuery, 10), ChatID: chatID, UserID: u.ID, MessageID: messageID,
		Data: b.Data, Pressed: e.now(),
	}
	e.Queries[q.ID] = q
	e.touch(e.Chats[chatID])
	e.enqueue("callback_query", wire{
		"id": q.ID, "from": p.User, "message": e.wireMessage(m, true), "chat_instance": strconv.FormatInt(chatID*31+7, 10), "data": b.Data,
	})
	return nil
}

func (e *Emulator) buttonAt(chatID int64, messageID int, button string) (*Message, Button, error) {
	ch := e.Chats[chatID]
	if ch == nil {
		return nil, Button{}, fmt.Errorf("press button %q: no chat %d", button, chatID)
	}
	m := ch.find(messageID)
	if m == nil {
		return nil, Button{}, fmt.Errorf("press button %q: no message %d", button, messageID)
	}
	if m.Markup != nil {
		for _, row := range m.Markup.Inline {
			for _, b := range row {
				if b.Text == button || (b.Data != "" && b.Data == button) {
					return m, b, nil
				}
			}
		}
	}
	return nil, Button{}, fmt.Errorf("press button %q: message %d has no such button, it has %v", button, messageID, m.Buttons())
}

func (e *Emulator) answerCallbackQuery(c *call) (any, error) {
	q := e.Queries[c.arg("callback_query_id")]
	if q == nil || q.Answered || e.now().Sub(q.Pressed) > answerWithin {
		return nil, refuse(queryTooOld)
	}
	text := clean(c.arg("text"))
	if units(text) > 200 {
		return nil, refuse(answerTooLong)
	}
	q.Answered, q.Text, q.Alert, q.URL = true, text, c.bool("show_alert"), c.arg("url")
	e.touch(e.Chats[q.ChatID])
	return true, nil
}

// Toasts are the presses of a chat and how the bot answered them, oldest first.
func (e *Emulator) Toasts(chatID int64) []Toast {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.toasts(chatID)
}

func (e *Emulator) toasts(chatID int64) []Toast {
	var out []Toast
	for _, q := range e.Queries {
		if q.ChatID == chatID {
			out = append(out, *q)
		}
	}
	sortToasts(out)
	return out
}
