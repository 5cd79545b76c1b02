package bot

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

const (
	// maxDownload is what Telegram gives to bots.
	maxDownload = 20 << 20
	// albumPause is how long an album is waited for after its last file came: each
	// comes as an update of its own, and nothing says which is the last.
	albumPause = 1500 * time.Millisecond
)

// hearFile takes a report in. All files of an album are one message.
func (t *turn) hearFile(ctx context.Context, m message) error {
	if !t.may(storage.RoleDistributor) {
		return t.hearWorkbook(ctx, m)
	}
	album, err := t.album(ctx, m)
	if err != nil {
		return err
	}
	if t.may(storage.RoleAnalyst) && len(album) == 1 {
		if data, err := t.fetch(ctx, *m.Document); err == nil {
			if known, err := t.previewWorkbook(ctx, data); err != nil || known {
				return err
			}
		}
	}
	in := ingest.Incoming{
		Door: storage.DoorChat, ReceivedAt: time.Unix(m.Date, 0), Sender: strconv.FormatInt(t.u.from().ID, 10), SenderName: t.person.Name,
	}
	var ids []int64
	var left []string
	for _, x := range album {
		ids = append(ids, x.rec.ID)
		in.Body = strings.TrimSpace(in.Body + "\n" + x.m.Caption)
		if x.m.Document == nil {
			continue
		}
		data, err := t.fetch(ctx, *x.m.Document)
		if errors.Is(err, errTooBig) {
			left = append(left, x.m.Document.Name)
			continue
		}
		if err != nil {
			return err
		}
		in.Files = append(in.Files, ingest.IncomingFile{Name: x.m.Document.Name, Type: x.m.Document.MimeType, Data: data})
	}
	in.Subject, _, _ = strings.Cut(in.Body, "\n")
	to := replyTo{Chat: t.chatID, Message: m.ID}
	if in.ReplyTo, err = json.Marshal(to); err != nil {
		return err
	}
	return t.Store.InTx(ctx, func(tx pgx.Tx) error {
		if err := t.acceptFiles(ctx, tx, in, to); err != nil {
			return err
		}
		for _, name := range left {
			if err := t.refuseBig(ctx, tx, in, name); err != nil {
				return err
			}
		}
		return storage.UpdatesDone(ctx, tx, t.api.botID, ids...)
	})
}

// acceptFiles commits the report and says so.
func (t *turn) acceptFiles(ctx context.Context, tx pgx.Tx, in ingest.Incoming, to replyTo) error {
	if len(in.Files) == 0 {
		return nil
	}
	if _, err := ingest.Receive(ctx, t.Store, tx, in); err != nil {
		return err
	}
	var lines []string
	for _, f := range in.Files {
		lines = append(lines, t.html("accepted", text.Data{"File": f.Name, "Bytes": int64(len(f.Data))}))
	}
	lines = append(lines, t.html("checking", nil))
	return t.outgoing(ctx, tx, to.accepted(), strings.Join(lines, "\n"), in.ReplyTo)
}

func (t *turn) refuseBig(ctx context.Context, tx pgx.Tx, in ingest.Incoming, name string) error {
	html := t.html("too_big", text.Data{"File": name, "MailTo": t.MailTo})
	return t.outgoing(ctx, tx, "too_big:"+strconv.FormatInt(t.rec.ID, 10)+":"+name, html, in.ReplyTo)
}

// outgoing puts an answer to the person into the outbox.
func (t *turn) outgoing(ctx context.Context, q storage.Querier, dedup, html string, to json.RawMessage) error {
	_, _, err := storage.AddOutgoing(ctx, q, storage.Outgoing{
		Door: storage.DoorChat, Address: strconv.FormatInt(t.chatID, 10), PersonID: &t.person.ID, Dedup: dedup,
		Priority: storage.PriorityAnswer, Payload: storage.Payload{HTML: html, ReplyTo: to, Lang: t.p.Lang()},
	})
	return err
}

// albumItem is one message of an album.
type albumItem struct {
	rec storage.ChatUpdate
	m   message
}

// album waits until an album is complete and returns its messages; a message that
// is in none is an album of its own.
func (t *turn) album(ctx context.Context, m message) ([]albumItem, error) {
	if m.MediaGroup == "" {
		return []albumItem{{t.rec, m}}, nil
	}
	recs, err := storage.AlbumUpdates(ctx, t.Store.Pool(), t.api.botID, t.chatID, m.MediaGroup)
	if err != nil {
		return nil, err
	}
	var out []albumItem
	for _, rec := range recs {
		// The database's clock against its own: ours may differ.
		if age := t.Now().Sub(rec.ReceivedAt); age >= 0 && age < albumPause {
			return nil, &laterError{albumPause - age}
		}
		u, err := readUpdate(rec.Payload)
		if err != nil || u.Message == nil {
			continue
		}
		out = append(out, albumItem{rec, *u.Message})
	}
	return out, nil
}

// hearPicture refuses a picture: figures are not read from it.
func (t *turn) hearPicture(ctx context.Context, m message) error {
	album, err := t.album(ctx, m)
	if err != nil {
		return err
	}
	var ids []int64
	for _, x := range album {
		if x.m.Document != nil { // files and pictures in one album
			return t.hearFile(ctx, m)
		}
		ids = append(ids, x.rec.ID)
	}
	to, err := json.Marshal(replyTo{Chat: t.chatID, Message: m.ID})
	if err != nil {
		return err
	}
	return t.Store.InTx(ctx, func(tx pgx.Tx) error {
		if err := t.outgoing(ctx, tx, "picture:"+strconv.FormatInt(t.rec.ID, 10), t.html("picture", nil), to); err != nil {
			return err
		}
		return storage.UpdatesDone(ctx, tx, t.api.botID, ids...)
	})
}

// showStatus lists the latest reports of the person's distributors.
func (t *turn) showStatus(ctx context.Context, _ string) error {
	var codes []string
	for _, g := range t.person.Grants {
		if g.Role == storage.RoleDistributor {
			codes = append(codes, g.Cut.Distributors...)
		}
	}
	all, err := storage.LatestReports(ctx, t.Store.Pool(), codes, 10)
	if err != nil {
		return err
	}
	lines := []string{t.html("status.title", text.Data{"Count": len(all)})}
	for _, l := range all {
		data := text.Data{"Kind": t.p.Text("kind."+l.Kind, nil), "Period": "", "Rows": l.Rows, "Amount": "", "State": t.text("state."+string(l.State), nil), "File": l.File}
		if l.From != nil && l.To != nil {
			data["Period"] = text.Period(t.p.Lang(), *l.From, *l.To)
		}
		if l.Amount.Valid {
			data["Amount"] = text.Money(t.p.Lang(), l.Amount.Decimal)
		}
		lines = append(lines, t.html("status.line", data))
	}
	return t.tell(ctx, strings.Join(lines, "\n\n"), nil)
}

// giveTemplate sends a workbook that shows what a report looks like.
func (t *turn) giveTemplate(ctx context.Context, _ string) error {
	name, data, err := ingest.Template(t.p.Lang())
	if err != nil {
		return err
	}
	_, err = t.out.give(ctx, t.chatID, upload{name: name, data: data}, t.html("template", nil), nil, 0)
	return err
}
