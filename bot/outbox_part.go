package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// part is one call of an outgoing message: a text or a file. The split must come
// out the same at every try, since the parts that arrived are known by number.
type part struct {
	html    string  // the text, or the file's caption
	file    *upload // nil: a text
	instead string  // said where the file cannot be sent
	keys    [][]storage.PayloadButton
	edit    int // our message that the text replaces; 0: none
	reply   int // the message that is answered; 0: none
}

// replyTo is what a door needs to answer a chat message in its thread:
// storage.Message.ReplyTo of this door.
type replyTo struct {
	Chat    int64 `json:"chat"`
	Message int   `json:"message"`
}

// accepted is the dedup key of «Принял» to a message, which the answer replaces.
func (r replyTo) accepted() string { return fmt.Sprintf("accepted:%d:%d", r.Chat, r.Message) }

// freshAnswer is how long «Принял» is replaced by the answer; a later answer is a
// message of its own, since nobody notices an old one changing.
const freshAnswer = 10 * time.Minute

// plan splits a message into calls. A picture with a short text is one call, its
// text being the caption; else the text comes first, so that no file mutes it.
func (b *Bot) plan(ctx context.Context, o storage.Outgoing, chatID int64) ([]part, error) {
	say := b.printer(o.Payload.Lang)
	html := o.Payload.HTML
	if o.MaybeTwice {
		html = strings.TrimSpace(html + "\n\n" + say.HTML("bot.maybe_twice", nil))
	}
	files, err := b.filesOf(ctx, o, say)
	if err != nil {
		return nil, err
	}
	edit, reply, err := b.target(ctx, o, chatID)
	if err != nil {
		return nil, err
	}
	if edit == 0 && len(files) > 0 && files[0].file != nil && files[0].file.photo && units(plain(html)) <= maxCaption {
		files[0].html, files[0].keys, files[0].reply = html, o.Payload.Buttons, reply
		files[0].instead = strings.TrimSpace(html + "\n\n" + files[0].instead)
		return files, nil
	}
	var parts []part
	texts := []string{html}
	if units(plain(html)) > maxText {
		texts = pieces(plain(html))
		for i := range texts {
			texts[i] = text.Escape(texts[i])
		}
	}
	for _, t := range texts {
		if t != "" {
			parts = append(parts, part{html: t, reply: reply})
		}
	}
	if len(parts) > 0 {
		parts[0].edit = edit
		parts[len(parts)-1].keys = o.Payload.Buttons
	}
	for i := range files {
		files[i].reply = reply
	}
	return append(parts, files...), nil
}

// filesOf reads the files; those Telegram would not take become a sentence.
func (b *Bot) filesOf(ctx context.Context, o storage.Outgoing, say *text.Printer) ([]part, error) {
	var parts []part
	for _, f := range o.Payload.Files {
		instead := say.HTML("bot.file_left_out", text.Data{"Name": f.Name})
		sum, err := storage.ParseSHA256(f.SHA256)
		if err != nil {
			parts = append(parts, part{html: instead})
			continue
		}
		data, err := storage.ReadBlob(ctx, b.Store.Pool(), sum)
		if errors.Is(err, storage.ErrNotFound) || err == nil && (len(data) > maxUpload || len(data) == 0) {
			parts = append(parts, part{html: instead})
			continue
		}
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{file: &upload{name: f.Name, data: data, photo: f.Photo}, instead: instead})
	}
	return parts, nil
}

// target finds the message of ours that is to be replaced, and the one of theirs
// that is answered.
func (b *Bot) target(ctx context.Context, o storage.Outgoing, chatID int64) (edit, reply int, err error) {
	if o.Payload.EditRef != "" {
		edit, err = strconv.Atoi(o.Payload.EditRef)
		if err != nil {
			return 0, 0, fmt.Errorf("message to edit: %w", err)
		}
	}
	var to replyTo
	if len(o.Payload.ReplyTo) == 0 || json.Unmarshal(o.Payload.ReplyTo, &to) != nil || to.Chat != chatID {
		return edit, 0, nil
	}
	if edit != 0 || o.Dedup == to.accepted() {
		return edit, to.Message, nil
	}
	ref, err := storage.SentMessage(ctx, b.Store.Pool(), to.accepted(), b.Now().Add(-freshAnswer))
	if errors.Is(err, storage.ErrNotFound) {
		return 0, to.Message, nil
	}
	if err != nil {
		return 0, 0, err
	}
	edit, err = strconv.Atoi(ref)
	return edit, to.Message, err
}
