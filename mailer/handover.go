package mailer

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/letter"
	"github.com/distbase/distbase/storage"
)

// handOver commits the letter in the spool: its bytes, the message, the job that
// reads it, the record of its UID and the cursor, all or nothing.
func (b *box) handOver(ctx context.Context, l listed, advance bool) error {
	sum := b.spool.sum()
	l.Size = b.spool.size // the server's figure is but a hint
	seen, err := b.look()
	if err != nil {
		return err
	}
	stored := false
	err = b.store.InTx(ctx, func(tx pgx.Tx) error {
		stored = false
		var err error
		m := storage.MailMessage{RawSHA256: &sum, HeaderID: seen.thread.MessageID}
		if m.State, m.MessageID, err = b.earlier(ctx, tx, sum); err != nil {
			return err
		}
		if m.State == "" {
			if m.State, m.MessageID, err = b.storeNew(ctx, tx, l, sum, seen); err != nil {
				return err
			}
			stored = m.State == storage.MailStored
		}
		if err := b.save(ctx, tx, l, m); err != nil {
			return err
		}
		return b.advance(ctx, tx, l, advance)
	})
	if err != nil {
		return fmt.Errorf("hand letter %d over: %w", l.UID, err)
	}
	if stored {
		b.stats.stored.Add(1)
	}
	return nil
}

// earlier tells what became of the same bytes before; "" when they are new.
func (b *box) earlier(ctx context.Context, tx pgx.Tx, sum storage.SHA256) (storage.MailState, *int64, error) {
	before, err := storage.MailOfHash(ctx, tx, sum)
	if errors.Is(err, storage.ErrNotFound) {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	if before.MessageID == nil {
		return storage.MailNothing, nil, nil
	}
	return storage.MailDuplicate, before.MessageID, nil
}

// storeNew stores a letter that is new, if it is for us.
func (b *box) storeNew(ctx context.Context, tx pgx.Tx, l listed, sum storage.SHA256, seen look) (storage.MailState, *int64, error) {
	wanted, err := b.wanted(ctx, tx, seen)
	if err != nil || !wanted {
		return storage.MailNothing, nil, err
	}
	if err := b.spool.rewind(); err != nil {
		return "", nil, err
	}
	got, err := storage.PutBlobFrom(ctx, tx, b.spool.file)
	if err != nil {
		return "", nil, err
	}
	if got != sum {
		return "", nil, fmt.Errorf("the spool file changed: %s became %s", sum, got)
	}
	id, err := storage.AddMessage(ctx, tx, storage.Message{
		Door: storage.DoorMail, ReceivedAt: b.receivedAt(l), Sender: seen.sender.Addr, SenderName: seen.sender.Name,
		Subject: seen.thread.Subject, RawSHA256: &sum, ReplyTo: seen.thread.JSON(),
	})
	if err != nil {
		return "", nil, err
	}
	if err := b.store.Enqueue(ctx, tx, storage.ReadMessage{MessageID: id}); err != nil {
		return "", nil, err
	}
	return storage.MailStored, &id, nil
}

// wanted reports whether a letter is handed over: it carries what may be a
// report, or a distributor's contact wrote it. Delivery reports and our own
// letters come with our own files and are not.
func (b *box) wanted(ctx context.Context, q storage.Querier, seen look) (bool, error) {
	if seen.ours {
		return false, nil
	}
	if seen.carries {
		return true, nil
	}
	_, err := storage.DistributorByContact(ctx, q, storage.DoorMail, seen.sender.Addr)
	if errors.Is(err, storage.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// look is what a glance at a letter tells.
type look struct {
	sender  letter.Address
	thread  Thread
	carries bool // an attachment may be a report
	ours    bool // written by us, or about a letter of ours
}

// lookBytes is the size up to which a letter is opened to see whether it carries
// anything. A larger one does; of it the header alone is read.
const lookBytes = 4 << 20

func (b *box) look() (look, error) {
	n := b.spool.size
	if n > lookBytes {
		n = headBytes
	}
	data, err := b.spool.head(n)
	if err != nil {
		return look{}, err
	}
	seen := readLetter(data)
	seen.carries = seen.carries || b.spool.size > lookBytes
	return seen, nil
}

// readLetter glances at a letter, or at the beginning of one.
func readLetter(data []byte) look {
	l, err := letter.Parse(data, letter.Limits{})
	if l == nil { // empty: nothing to see
		return look{}
	}
	seen := look{thread: ThreadOf(l), ours: ownID(l.MessageID) || bounce(l)}
	// What is over the limits is for the reader of letters to refuse in words.
	seen.carries = err != nil || len(l.Reports()) > 0
	for _, list := range [][]letter.Address{l.From, l.Sender, l.ReplyTo} {
		if len(list) > 0 {
			seen.sender = list[0]
			break
		}
	}
	return seen
}
