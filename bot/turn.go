package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// turn is one update of a private chat being handled.
type turn struct {
	*Bot
	rec    storage.ChatUpdate
	u      update
	chatID int64
	person storage.Person // the zero value for a stranger
	p      *text.Printer
	tapped *tap // nil: no tap
}

func (b *Bot) printer(lang string) *text.Printer {
	if lang == "" {
		lang = b.Lang
	}
	return text.For(lang)
}

// known reports whether the person was let in.
func (t *turn) known() bool { return t.person.ID != 0 }

// may reports whether the person has one of the roles.
func (t *turn) may(roles ...string) bool { return slices.ContainsFunc(roles, t.person.Is) }

// zone is the person's.
func (t *turn) zone() *time.Location {
	if t.person.TZ != "" {
		if z, err := time.LoadLocation(t.person.TZ); err == nil {
			return z
		}
	}
	return t.Zone
}

// html is a message of the bot's catalogue.
func (t *turn) html(key string, data text.Data) string { return t.p.HTML("bot."+key, data) }

// text is the same without markup, for buttons and toasts.
func (t *turn) text(key string, data text.Data) string { return t.p.Text("bot."+key, data) }

// say sends a text with a keyboard, which may be nil.
func (t *turn) say(ctx context.Context, html string, k *keys) (int, error) {
	m, err := k.ready(ctx)
	if err != nil {
		return 0, err
	}
	return t.out.say(ctx, t.chatID, html, m, 0)
}

// tell is say for those who do not need the message's id.
func (t *turn) tell(ctx context.Context, html string, k *keys) error {
	_, err := t.say(ctx, html, k)
	return err
}

// replace edits the message whose button was tapped; where there is none, or it
// cannot be edited any more, a new one is sent.
func (t *turn) replace(ctx context.Context, html string, k *keys) error {
	m, err := k.ready(ctx)
	if err != nil {
		return err
	}
	if t.u.Callback != nil && t.u.Callback.Message != nil {
		err := t.out.edit(ctx, t.chatID, t.u.Callback.Message.ID, html, m)
		if f := judge(err).fault; f != faultGone && f != faultRefused {
			return err
		}
	}
	_, err = t.out.say(ctx, t.chatID, html, m, 0)
	return err
}

// keys begins a keyboard for this person.
func (t *turn) keys() *keys { return t.keysFor(&t.person.ID) }

// finish runs f in the transaction that marks the update handled: what f does
// happens once, however often the update is tried.
func (t *turn) finish(ctx context.Context, f func(tx pgx.Tx) error) error {
	return t.Store.InTx(ctx, func(tx pgx.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return storage.UpdatesDone(ctx, tx, t.api.botID, t.rec.ID)
	})
}

// journal writes who did what in the chat.
func (t *turn) journal(ctx context.Context, q storage.Querier, action, subject string, detail any) error {
	raw, err := json.Marshal(detail)
	if err != nil {
		return fmt.Errorf("encode journal: %w", err)
	}
	e := storage.JournalEntry{Action: action, Subject: subject, Detail: raw}
	if t.known() {
		e.PersonID = &t.person.ID
	}
	_, err = storage.AddJournal(ctx, q, e)
	return err
}

// route finds out who acts and hands the update to what is meant.
func (b *Bot) route(ctx context.Context, rec storage.ChatUpdate, u update) error {
	c, from := u.chat(), u.from()
	if u.Message != nil && u.Message.MigrateTo != 0 {
		return b.Store.InTx(ctx, func(tx pgx.Tx) error { return storage.MoveChat(ctx, tx, c.ID, u.Message.MigrateTo) })
	}
	if from == nil || from.IsBot || c.Type != "private" || u.Edited != nil {
		return nil
	}
	t := &turn{Bot: b, rec: rec, u: u, chatID: c.ID}
	person, err := storage.PersonByTelegram(ctx, b.Store.Pool(), from.ID)
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	if err == nil {
		t.person = person
	}
	t.p = b.printer(t.person.Lang)
	if done, err := t.noteBlocked(ctx); err != nil || done {
		return err
	}
	if u.Callback != nil {
		return t.tap(ctx)
	}
	if u.Message != nil {
		return t.hear(ctx, *u.Message)
	}
	return nil
}

// noteBlocked records that a person blocked the bot, or has come back; done: the
// update said only that.
func (t *turn) noteBlocked(ctx context.Context) (done bool, err error) {
	gone := t.u.Member != nil && t.u.Member.New.Status == "kicked"
	if t.known() && gone != (t.person.BlockedAt != nil) {
		err = storage.SetBlocked(ctx, t.Store.Pool(), t.person.ID, gone)
		if err == nil && !gone { // what they missed is announced at once
			err = storage.Notify(ctx, t.Store.Pool(), storage.TopicQuestion)
		}
	}
	return t.u.Member != nil, err
}

// hear handles a message.
func (t *turn) hear(ctx context.Context, m message) error {
	name, args := m.command(t.Username())
	if name == "start" && args != "" {
		return t.showInvite(ctx, args)
	}
	if !t.known() {
		return t.stranger(ctx)
	}
	if name != "" {
		return t.obey(ctx, name, args)
	}
	switch {
	case m.Document != nil:
		return t.hearFile(ctx, m)
	case len(m.Photo) > 0:
		return t.hearPicture(ctx, m)
	case m.Text != "":
		return t.hearText(ctx, m)
	case len(m.Video) > 0, len(m.Audio) > 0, len(m.Voice) > 0, len(m.Sticker) > 0:
		return t.tell(ctx, t.html("not_a_file", nil), nil)
	}
	return nil
}

// stranger gets one fixed line a day, and nothing else.
func (t *turn) stranger(ctx context.Context) error {
	var first bool
	err := t.finish(ctx, func(tx pgx.Tx) error {
		var err error
		first, err = storage.TellStranger(ctx, tx, t.chatID, t.Now(), 24*time.Hour)
		return err
	})
	if err != nil || !first {
		return err
	}
	return t.tell(ctx, t.html("stranger", nil), nil)
}
