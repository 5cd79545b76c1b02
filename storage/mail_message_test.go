package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

func TestMailCursorNeverGoesBackAndKnowsItsUIDValidity(t *testing.T) {
	t.Parallel()
	s, ctx := storagetest.New(t), context.Background()
	src := openMailSource(t, s)
	if err := storage.RestartMailSource(ctx, s.Pool(), src.ID, 7, nil, 0); err != nil {
		t.Fatal(err)
	}
	for _, uid := range []uint32{5, 4_294_967_295, 3} {
		if err := storage.AdvanceMailSource(ctx, s.Pool(), src.ID, 7, uid); err != nil {
			t.Fatal(err)
		}
	}
	if again := openMailSource(t, s); again.LastUID != 4_294_967_295 || again.UIDValidity != 7 || again.ID != src.ID {
		t.Fatalf("got %+v", again)
	}
	if err := storage.AdvanceMailSource(ctx, s.Pool(), src.ID, 8, 9); !errors.Is(err, storage.ErrCursorMoved) {
		t.Fatalf("another UIDVALIDITY: %v", err)
	}
}

func TestMailRecordsTellWhatIsKnownToRetryAndToMark(t *testing.T) {
	t.Parallel()
	s, ctx := storagetest.New(t), context.Background()
	src := openMailSource(t, s)
	sum := storage.SHA256{1}
	id, err := storage.AddMessage(ctx, s.Pool(), storage.Message{Door: storage.DoorMail, ReceivedAt: time.Now(), Sender: "a@b.c"})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []storage.MailMessage{
		{UID: 1, State: storage.MailNothing, RawSHA256: &sum},
		{UID: 2, State: storage.MailStored, RawSHA256: &sum, MessageID: &id},
	} {
		m.SourceID, m.UIDValidity = src.ID, 7
		if err := storage.SaveMailMessage(ctx, s.Pool(), m); err != nil {
			t.Fatal(err)
		}
	}
	for want := 1; want <= 3; want++ {
		if n, err := storage.FailMailMessage(ctx, s.Pool(), src.ID, 7, 3, "cut\x00"); err != nil || n != want {
			t.Fatalf("failure %d counted as %d, %v", want, n, err)
		}
	}
	if err := storage.MailNeedsPerson(ctx, s.Pool(), src.ID, 7, 3); err != nil {
		t.Fatal(err)
	}
	known, err := storage.KnownUIDs(ctx, s.Pool(), src.ID, 7, []uint32{1, 2, 3, 4})
	if err != nil || len(known) != 2 || !known[1] || !known[2] {
		t.Fatalf("known %v, %v", known, err)
	}
	if uids, err := storage.MailToRetry(ctx, s.Pool(), src.ID, 7); err != nil || len(uids) != 1 || uids[0] != 3 {
		t.Fatalf("to retry %v, %v", uids, err)
	}
	if uids, err := storage.MailToMark(ctx, s.Pool(), src.ID, 7, 10); err != nil || len(uids) != 1 || uids[0] != 2 {
		t.Fatalf("to mark %v, %v", uids, err)
	}
	if err := storage.MailMarked(ctx, s.Pool(), src.ID, 7, []uint32{2}, time.Now()); err != nil {
		t.Fatal(err)
	}
	if uids, err := storage.MailToMark(ctx, s.Pool(), src.ID, 7, 10); err != nil || len(uids) != 0 {
		t.Fatalf("still to mark %v, %v", uids, err)
	}
	if m, err := storage.MailOfHash(ctx, s.Pool(), sum); err != nil || m.MessageID == nil || *m.MessageID != id {
		t.Fatalf("same bytes: %+v, %v", m, err)
	}
}

func TestMailProblemIsRaisedOnceAndSettled(t *testing.T) {
	t.Parallel()
	s, ctx := storagetest.New(t), context.Background()
	for range 2 {
		if err := storage.RaiseMailProblem(ctx, s.Pool(), "mailbox:1", storage.MailProblem{Key: "mailer.problem.login"}); err != nil {
			t.Fatal(err)
		}
	}
	open, err := storage.OpenQuestions(ctx, s.Pool(), 0)
	if err != nil || len(open) != 1 || open[0].Version != 1 {
		t.Fatalf("open %+v, %v", open, err)
	}
	for range 2 {
		if err := storage.SettleMailProblem(ctx, s.Pool(), "mailbox:1", time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := storage.CountOpen(ctx, s.Pool(), 0); err != nil || n != 0 {
		t.Fatalf("%d open, %v", n, err)
	}
}

func openMailSource(t *testing.T, s *storage.Store) storage.MailSource {
	t.Helper()
	src, err := storage.OpenMailSource(context.Background(), s.Pool(), "me@host", "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	return src
}
