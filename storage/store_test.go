package storage_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

func TestMain(m *testing.M) { storagetest.Main(m) }

func TestBlobComesBackAsItWasStored(t *testing.T) {
	t.Parallel()
	s, ctx := storagetest.New(t), context.Background()
	rapid.Check(t, func(r *rapid.T) {
		data := bytes.Repeat(rapid.SliceOf(rapid.Byte()).Draw(r, "data"), rapid.IntRange(1, 4000).Draw(r, "times"))
		sum, err := storage.PutBlob(ctx, s.Pool(), data)
		if err != nil {
			r.Fatal(err)
		}
		if again, err := storage.PutBlob(ctx, s.Pool(), data); err != nil || again != sum {
			r.Fatalf("second put: %v, %v", again, err)
		}
		got, err := storage.ReadBlob(ctx, s.Pool(), sum)
		if err != nil || !bytes.Equal(got, data) {
			r.Fatalf("%d bytes came back of %d: %v", len(got), len(data), err)
		}
	})
}

func TestMissingBlobIsNotFound(t *testing.T) {
	t.Parallel()
	s := storagetest.New(t)
	if _, err := storage.ReadBlob(context.Background(), s.Pool(), storage.SHA256{1}); !errors.Is(err, storage.ErrNotFound) {
		t.Fatalf("got %v", err)
	}
}

func TestJobIsInsertedOnlyWithItsTransaction(t *testing.T) {
	t.Parallel()
	s, ctx := storagetest.New(t), context.Background()
	undo := errors.New("undo")
	err := s.InTx(ctx, func(tx pgx.Tx) error {
		if err := s.Enqueue(ctx, tx, storage.ReadMessage{MessageID: 1}); err != nil {
			return err
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
	for range 2 { // the second adds nothing
		if err := s.InTx(ctx, func(tx pgx.Tx) error { return s.Enqueue(ctx, tx, storage.ReadMessage{MessageID: 2}) }); err != nil {
			t.Fatal(err)
		}
	}
	var n int
	if err := s.Pool().QueryRow(ctx, `select count(*) from river_job`).Scan(&n); err != nil || n != 1 {
		t.Fatalf("%d jobs, %v", n, err)
	}
}

func TestLockIsHeldByOneAtATime(t *testing.T) {
	t.Parallel()
	s, ctx := storagetest.New(t), context.Background()
	inside := make(chan struct{})
	release := make(chan struct{})
	first := make(chan error, 1)
	go func() {
		first <- s.Hold(ctx, "mailbox", func(context.Context) error {
			close(inside)
			<-release
			return nil
		})
	}()
	<-inside
	short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	if err := s.Hold(short, "mailbox", func(context.Context) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("a second holder got in: %v", err)
	}
	close(release)
	if err := <-first; err != nil {
		t.Fatal(err)
	}
	if err := s.Hold(ctx, "mailbox", func(context.Context) error { return nil }); err != nil {
		t.Fatal(err)
	}
}

func TestListenerHearsANotification(t *testing.T) {
	t.Parallel()
	s := storagetest.New(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	heard := s.Listen(ctx, storage.TopicOutbox, time.Minute)
	<-heard // the first signal says that listening began or is about to
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-heard:
			return
		case <-tick.C:
			if err := storage.Notify(ctx, s.Pool(), storage.TopicOutbox); err != nil {
				t.Fatal(err)
			}
		case <-deadline:
			t.Fatal("no notification within 10 s")
		}
	}
}
