package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// Telegram's apps cut a text that is too long for a message where they find an end of
// a line in its second half, and send the parts one after another.
const (
	// cutFrom is how long a message is at least that an app has cut.
	cutFrom = maxText / 2
	// fullFrom is how long a message is that hardly one more line would have fitted in.
	fullFrom = maxText - 200
	// listPause is how long the rest of a full message is waited for.
	listPause = 6 * time.Second
	// restWithin is how long after a full message its rest may still come.
	restWithin = 2 * time.Minute
	// maxParts bounds the messages of one list.
	maxParts = 20
)

// hearList takes a list that was written or pasted into the chat («Шампунь Ромашка
// 400 - 12») as a report: the text becomes a file of it. One that came in several
// messages is one report; one that is not whole is not taken.
func (t *turn) hearList(ctx context.Context, m message) error {
	late, err := t.restOfCutList(ctx, m)
	if err != nil {
		return err
	}
	parts, err := t.listParts(ctx, m)
	if err != nil {
		return err
	}
	list, whole := m.Text, true
	for i := 1; i < len(parts) && whole; i++ {
		list, whole = ingest.JoinPasted(ctx, list, parts[i].m.Text, units(parts[i-1].m.Text) == maxText)
	}
	switch {
	case late:
		return t.refuseList(ctx, m, parts, "list_late")
	case !whole || units(parts[len(parts)-1].m.Text) >= fullFrom:
		return t.refuseList(ctx, m, parts, "list_cut")
	}
	to := replyTo{Chat: t.chatID, Message: m.ID}
	reply, err := json.Marshal(to)
	if err != nil {
		return fmt.Errorf("encode way to reply: %w", err)
	}
	in := ingest.Incoming{
		Door: storage.DoorChat, ReceivedAt: time.Unix(m.Date, 0), Sender: strconv.FormatInt(t.u.from().ID, 10), SenderName: t.person.Name,
		ReplyTo: reply, Files: []ingest.IncomingFile{{Name: ingest.PastedName, Type: "text/plain", Data: []byte(list)}},
	}
	return t.finishAll(ctx, parts, func(tx pgx.Tx) error {
		if _, err := ingest.Receive(ctx, t.Store, tx, in); err != nil {
			return err
		}
		return t.outgoing(ctx, tx, to.accepted(), t.html("accepted_list", text.Data{"Parts": len(parts)})+"\n"+t.html("checking", nil), reply)
	})
}

// finishAll is finish for several updates.
func (t *turn) finishAll(ctx context.Context, parts []albumItem, f func(tx pgx.Tx) error) error {
	var ids []int64
	for _, x := range parts {
		ids = append(ids, x.rec.ID)
	}
	return t.Store.InTx(ctx, func(tx pgx.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return storage.UpdatesDone(ctx, tx, t.api.botID, ids...)
	})
}

// refuseList says why a list is not taken: a half would be loaded.
func (t *turn) refuseList(ctx context.Context, m message, parts []albumItem, why string) error {
	reply, err := json.Marshal(replyTo{Chat: t.chatID, Message: m.ID})
	if err != nil {
		return fmt.Errorf("encode way to reply: %w", err)
	}
	return t.finishAll(ctx, parts, func(tx pgx.Tx) error {
		return t.outgoing(ctx, tx, why+":"+strconv.FormatInt(t.rec.ID, 10), t.html(why, text.Data{"Parts": len(parts)}), reply)
	})
}

// listParts waits until the parts of a list have come and returns their messages.
func (t *turn) listParts(ctx context.Context, m message) ([]albumItem, error) {
	waiting, err := storage.WaitingUpdates(ctx, t.Store.Pool(), t.api.botID, t.chatID, t.rec.ID+1, maxParts-1)
	if err != nil {
		return nil, err
	}
	parts := []albumItem{{t.rec, m}}
	for _, rec := range waiting {
		u, err := readUpdate(rec.Payload)
		if err != nil || u.Message == nil || !t.continues(ctx, parts[len(parts)-1].m, *u.Message) {
			break
		}
		parts = append(parts, albumItem{rec, *u.Message})
	}
	last := parts[len(parts)-1]
	pause := time.Duration(0)
	switch n := units(last.m.Text); {
	case len(waiting) > len(parts)-1: // something else has come
	case n >= fullFrom:
		pause = listPause
	case n > cutFrom:
		pause = albumPause
	}
	// The database's clock against its own: ours may differ.
	if age := t.Now().Sub(last.rec.ReceivedAt); age >= 0 && age < pause {
		return nil, &laterError{min(pause-age, albumPause)}
	}
	return parts, nil
}

// continues says whether a message is the next part of a list. What comes after a
// message that is not full must read on from it: it may be a remark.
func (t *turn) continues(ctx context.Context, part, next message) bool {
	name, _ := next.command(t.Username())
	if name != "" || next.Text == "" || next.From == nil || next.From.ID != t.u.from().ID || units(part.Text) <= cutFrom {
		return false
	}
	if time.Duration(next.Date-part.Date)*time.Second > restWithin {
		return false
	}
	if units(part.Text) >= fullFrom {
		return true
	}
	_, whole := ingest.JoinPasted(ctx, part.Text, next.Text, false)
	return whole
}

// restOfCutList says whether the message before was the beginning of a list that was
// not taken since its rest had not come.
func (t *turn) restOfCutList(ctx context.Context, m message) (bool, error) {
	rec, err := storage.UpdateBefore(ctx, t.Store.Pool(), t.api.botID, t.chatID, t.rec.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	u, err := readUpdate(rec.Payload)
	if err != nil || u.Message == nil { // parked as it could not be read
		return false, nil //nolint:nilerr // it is no list
	}
	before := *u.Message
	soon := time.Duration(m.Date-before.Date)*time.Second <= restWithin
	return soon && units(before.Text) >= fullFrom && firstLine(m.Text) != firstLine(before.Text) && ingest.IsReport(ctx, before.Text), nil
}

// firstLine tells a list that is sent again from the rest of it.
func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.TrimSpace(line)
}
