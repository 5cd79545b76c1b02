package mailer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/ingest/letter"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// poison is how often a letter may fail before it is put aside for a person.
const poison = 3

// take reads one letter and commits it. advance moves the cursor over it in the
// same transaction; letters from a gap check leave the cursor alone. An error
// means that the connection is to be made anew.
func (b *box) take(ctx context.Context, m mailbox, l listed, advance bool) error {
	if l.Size > b.opt.MaxBytes {
		return b.tooBig(ctx, m, l, advance)
	}
	if err := b.spool.empty(); err != nil {
		return err
	}
	b.stats.fetched.Add(1)
	n, err := m.Fetch(ctx, l.UID, b.opt.MaxBytes, b.spool)
	if err == nil && n == 0 {
		err = errEmpty
	}
	switch {
	case errors.Is(err, errGone):
		return b.record(ctx, l, advance, storage.MailMessage{State: storage.MailNothing, Error: errGone.Error()})
	case errors.Is(err, errTooBig):
		l.Size = b.spool.size
		return b.tooBig(ctx, m, l, advance)
	case err == nil:
		err = b.handOver(ctx, l, advance)
	}
	if err == nil || ctx.Err() != nil || isBusy(err) || errors.Is(err, storage.ErrCursorMoved) {
		return err
	}
	return b.failed(ctx, l, advance, err)
}

// failed counts a try. After the third the letter waits for a person and for the
// nightly check, and the cursor goes on; the connection is made anew all the same,
// since nobody knows what state it is in.
func (b *box) failed(ctx context.Context, l listed, advance bool, cause error) error {
	err := b.store.InTx(ctx, func(tx pgx.Tx) error {
		n, err := storage.FailMailMessage(ctx, tx, b.source.ID, b.source.UIDValidity, l.UID, cause.Error())
		if err != nil || n < poison {
			return err
		}
		if err := storage.MailNeedsPerson(ctx, tx, b.source.ID, b.source.UIDValidity, l.UID); err != nil {
			return err
		}
		if err := storage.RaiseMailProblem(ctx, tx, b.letterSubject(l), storage.MailProblem{
			Key: "mailer.problem.letter", Account: b.account.Name(), Folder: b.account.Folder, UID: l.UID, Bytes: l.Size, Error: cause.Error(),
		}); err != nil {
			return err
		}
		return b.advance(ctx, tx, l, advance)
	})
	return errors.Join(cause, err)
}

// headBytes is how much of a large letter is read to tell whose it is.
const headBytes = 64 << 10

// tooBig records a letter that is not fetched, tells a person, and the sender
// where that is a distributor's contact.
func (b *box) tooBig(ctx context.Context, m mailbox, l listed, advance bool) error {
	head, err := m.Head(ctx, l.UID, headBytes)
	if err != nil {
		return b.failed(ctx, l, advance, err)
	}
	from := readLetter(head)
	problem := storage.MailProblem{
		Key: "mailer.problem.too_big", Account: b.account.Name(), Folder: b.account.Folder, UID: l.UID,
		Sender: from.sender.Addr, Subject: from.thread.Subject, Bytes: l.Size, Limit: b.opt.MaxBytes,
	}
	err = b.store.InTx(ctx, func(tx pgx.Tx) error {
		if err := b.save(ctx, tx, l, storage.MailMessage{State: storage.MailTooBig, HeaderID: from.thread.MessageID}); err != nil {
			return err
		}
		if err := storage.RaiseMailProblem(ctx, tx, b.letterSubject(l), problem); err != nil {
			return err
		}
		if err := b.tellSender(ctx, tx, l, from.sender, from.thread); err != nil {
			return err
		}
		return b.advance(ctx, tx, l, advance)
	})
	if err != nil {
		return fmt.Errorf("record letter %d: %w", l.UID, err)
	}
	return nil
}

func (b *box) tellSender(ctx context.Context, tx pgx.Tx, l listed, sender letter.Address, thread Thread) error {
	if !b.opt.Answers || !thread.MayAnswer() {
		return nil
	}
	_, err := storage.DistributorByContact(ctx, tx, storage.DoorMail, sender.Addr)
	if errors.Is(err, storage.ErrNotFound) {
		return nil // strangers get no word
	}
	if err != nil {
		return err
	}
	_, _, err = storage.AddOutgoing(ctx, tx, storage.Outgoing{
		Door: storage.DoorMail, Address: thread.Address, Dedup: "too-big:" + b.letterSubject(l), Priority: storage.PriorityAnswer,
		Payload: storage.Payload{
			Subject: thread.Subject, ReplyTo: thread.JSON(),
			HTML: text.For("ru").HTML("mailer.too_big", text.Data{"Bytes": l.Size, "Limit": b.opt.MaxBytes}),
		},
	})
	return err
}

// record writes what became of a letter that is not handed over.
func (b *box) record(ctx context.Context, l listed, advance bool, m storage.MailMessage) error {
	err := b.store.InTx(ctx, func(tx pgx.Tx) error {
		if err := b.save(ctx, tx, l, m); err != nil {
			return err
		}
		return b.advance(ctx, tx, l, advance)
	})
	if err != nil {
		return fmt.Errorf("record letter %d: %w", l.UID, err)
	}
	return nil
}

// save writes the record of a letter and settles what was raised about it.
func (b *box) save(ctx context.Context, tx pgx.Tx, l listed, m storage.MailMessage) error {
	m.SourceID, m.UIDValidity, m.UID, m.Size = b.source.ID, b.source.UIDValidity, l.UID, l.Size
	if !l.Received.IsZero() {
		m.InternalDate = &l.Received
	}
	if err := storage.SaveMailMessage(ctx, tx, m); err != nil {
		return err
	}
	return storage.SettleMailProblem(ctx, tx, b.letterSubject(l), b.opt.Now())
}

func (b *box) advance(ctx context.Context, tx pgx.Tx, l listed, advance bool) error {
	if !advance {
		return nil
	}
	return storage.AdvanceMailSource(ctx, tx, b.source.ID, b.source.UIDValidity, l.UID)
}

func (b *box) letterSubject(l listed) string {
	return fmt.Sprintf("letter:%d/%d/%d", b.source.ID, b.source.UIDValidity, l.UID)
}

// receivedAt is when the server got the letter, or now where it does not say.
func (b *box) receivedAt(l listed) time.Time {
	if l.Received.IsZero() {
		return b.opt.Now()
	}
	return l.Received
}
