package mailer

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// rescanDays is how far before the last good contact a folder is read again when
// its UIDs have changed.
const rescanDays = 30

// round reads a folder to its end: new letters, gaps when a day has passed, and
// marks for what was taken.
func (b *box) round(ctx context.Context, m mailbox) error {
	st, err := m.Open(ctx)
	if err != nil {
		return err
	}
	b.idle = st.Idle
	if st.UIDValidity != b.source.UIDValidity {
		if err := b.restart(ctx, st); err != nil {
			return err
		}
	}
	if err := b.takeNew(ctx, m); err != nil {
		return err
	}
	if err := b.closeGaps(ctx, m); err != nil {
		return err
	}
	b.mark(ctx, m, st)
	return b.wellDone(ctx)
}

// restart begins the folder anew: its UIDs mean other letters now. Letters from
// long before the last contact are passed over, the rest is told by its bytes.
func (b *box) restart(ctx context.Context, st folderState) error {
	var since *time.Time
	if b.source.UIDValidity != 0 && b.source.LastOKAt != nil {
		t := b.source.LastOKAt.AddDate(0, 0, -rescanDays)
		since = &t
		b.log.Warn("UIDVALIDITY changed, reading the folder again", "from", b.source.UIDValidity, "to", st.UIDValidity, "since", t)
	}
	if err := storage.RestartMailSource(ctx, b.store.Pool(), b.source.ID, st.UIDValidity, since, st.UIDNext); err != nil {
		return err
	}
	return b.load(ctx)
}

// takeNew takes the letters beyond the cursor in order of their UIDs.
func (b *box) takeNew(ctx context.Context, m mailbox) error {
	letters, err := m.Listing(ctx, b.source.LastUID+1)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if l.UID <= b.source.LastUID {
			continue
		}
		if b.old(l) {
			b.source.LastUID = l.UID // written with the next letter or at the end
			continue
		}
		if err := b.take(ctx, m, l, true); err != nil {
			return err
		}
		b.source.LastUID = l.UID
	}
	return storage.AdvanceMailSource(ctx, b.store.Pool(), b.source.ID, b.source.UIDValidity, b.source.LastUID)
}

// old reports whether a letter is known from before the UIDs changed.
func (b *box) old(l listed) bool {
	since := b.source.RescanSince
	return since != nil && l.UID < b.source.RescanUntil && !l.Received.IsZero() && l.Received.Before(*since)
}

// gapDays is how far back the folder is compared with the records.
const gapDays = 7

// closeGaps compares the folder's last week with the records once a day, which
// finds what was moved back or came with a UID below the cursor, and tries again
// what failed.
func (b *box) closeGaps(ctx context.Context, m mailbox) error {
	now := b.opt.Now()
	if b.source.GapCheckAt != nil && now.Sub(*b.source.GapCheckAt) < 24*time.Hour {
		return nil
	}
	uids, err := m.Since(ctx, now.AddDate(0, 0, -gapDays))
	if err != nil {
		return err
	}
	again, err := storage.MailToRetry(ctx, b.store.Pool(), b.source.ID, b.source.UIDValidity)
	if err != nil {
		return err
	}
	uids = append(uids, again...)
	known, err := storage.KnownUIDs(ctx, b.store.Pool(), b.source.ID, b.source.UIDValidity, uids)
	if err != nil {
		return err
	}
	for _, uid := range uids {
		if known[uid] || b.tried[uid] || uid > b.source.LastUID {
			continue
		}
		// A letter that ends the connection is tried once a night, and the check goes
		// on behind it over the next connection.
		b.tried[uid] = true
		b.log.Info("taking a letter that was passed by", "uid", uid)
		if err := b.take(ctx, m, listed{UID: uid}, false); err != nil {
			return err
		}
	}
	clear(b.tried)
	b.source.GapCheckAt = &now
	return storage.GapChecked(ctx, b.store.Pool(), b.source.ID, now)
}

// markMost is how many letters are marked by one command.
const markMost = 500

// mark tells the mailbox which letters were taken. It is for people; a failure
// is harmless and tried again in the next round.
func (b *box) mark(ctx context.Context, m mailbox, st folderState) {
	if !st.Keywords && b.account.MoveTo == "" {
		return
	}
	for {
		uids, err := storage.MailToMark(ctx, b.store.Pool(), b.source.ID, b.source.UIDValidity, markMost)
		if err != nil || len(uids) == 0 {
			return
		}
		if st.Keywords {
			err = m.Keyword(ctx, uids)
		}
		if err == nil && b.account.MoveTo != "" {
			err = m.Move(ctx, uids, b.account.MoveTo)
		}
		if err == nil {
			err = storage.MailMarked(ctx, b.store.Pool(), b.source.ID, b.source.UIDValidity, uids, b.opt.Now())
		}
		if err != nil {
			b.log.Warn("letters not marked in the mailbox", "letters", len(uids), "error", err)
			return
		}
	}
}

// wellDone records the contact and settles what was raised about the mailbox.
func (b *box) wellDone(ctx context.Context) error {
	now := b.opt.Now()
	err := b.store.InTx(ctx, func(tx pgx.Tx) error {
		if err := storage.MailSourceOK(ctx, tx, b.source.ID, now); err != nil {
			return err
		}
		return storage.SettleMailProblem(ctx, tx, b.subject(), now)
	})
	if err != nil {
		return fmt.Errorf("record mailbox: %w", err)
	}
	b.source.LastOKAt = &now
	b.stats.rounds.Add(1)
	return nil
}
