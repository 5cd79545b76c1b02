package tgemu

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
)

// Messages are the messages of a chat as people see them now, oldest first.
func (e *Emulator) Messages(chatID int64) []Message {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.messages(chatID)
}

func (e *Emulator) messages(chatID int64) []Message {
	ch := e.Chats[chatID]
	if ch == nil {
		return nil
	}
	out := make([]Message, 0, len(ch.Messages))
	for _, m := range ch.Messages {
		out = append(out, *m)
	}
	return out
}

// Keyboard are the texts of the reply keyboard below a chat.
func (e *Emulator) Keyboard(chatID int64) [][]string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if ch := e.Chats[chatID]; ch != nil && ch.Keyboard != nil {
		return buttonTexts(ch.Keyboard.Reply)
	}
	return nil
}

// Menu is the menu of commands that a person sees in their own chat.
func (e *Emulator) Menu(u User) []Command {
	e.mu.Lock()
	defer e.mu.Unlock()
	ch := e.Chats[u.ID]
	if ch == nil {
		return nil
	}
	return slices.Clone(e.commandsFor(ch, u))
}

// Wait waits until a message of the bot in the chat fits, and returns the newest
// that does. Edits count: a message is looked at whenever the chat changes. The
// error of a wait that was cut short tells what the chat shows.
func (e *Emulator) Wait(ctx context.Context, chatID int64, fits func(Message) bool) (Message, error) {
	var out Message
	err := e.Until(ctx, func() bool {
		all := e.messages(chatID)
		for i := len(all) - 1; i >= 0; i-- {
			if all[i].From.IsBot && fits(all[i]) {
				out = all[i]
				return true
			}
		}
		return false
	})
	if err == nil {
		return out, nil
	}
	last := "nothing"
	if all := e.Messages(chatID); len(all) > 0 {
		m := all[len(all)-1]
		last = fmt.Sprintf("%q %v", m.Text, m.Buttons())
	}
	return out, fmt.Errorf("wait for a message in chat %d, which ends with %s: %w", chatID, last, err)
}

// Until waits until something is so; it is looked at after every change, with
// the emulator locked.
func (e *Emulator) Until(ctx context.Context, so func() bool) error {
	for {
		e.mu.Lock()
		done, changed := so(), e.changed
		e.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-e.running.Done():
			return fmt.Errorf("the emulator was closed")
		case <-changed:
		}
	}
}

// WaitToast waits for the bot's answer to the newest tap in a chat.
func (e *Emulator) WaitToast(ctx context.Context, chatID int64) (Toast, error) {
	var out Toast
	err := e.Until(ctx, func() bool {
		all := e.toasts(chatID)
		if len(all) == 0 || !all[len(all)-1].Answered {
			return false
		}
		out = all[len(all)-1]
		return true
	})
	if err != nil {
		return out, fmt.Errorf("wait for the answer to a tap in chat %d: %w", chatID, err)
	}
	return out, nil
}

// RefreshPanel tells open pages that the panel beside the chats has changed.
func (e *Emulator) RefreshPanel() {
	e.mu.Lock()
	defer e.commit()
	e.panelState++
	e.notice = true
}

func sortToasts(all []Toast) {
	slices.SortFunc(all, func(a, b Toast) int {
		x, _ := strconv.ParseInt(a.ID, 10, 64)
		y, _ := strconv.ParseInt(b.ID, 10, 64)
		return cmp.Compare(x, y)
	})
}
