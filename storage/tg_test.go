package storage_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

func TestUpdatesOfAChatWaitForEachOther(t *testing.T) {
	t.Parallel()
	s, ctx := storagetest.New(t), context.Background()
	q, now := s.Pool(), time.Now()
	up := func(id, chat int64) storage.ChatUpdate {
		return storage.ChatUpdate{ID: id, ChatID: chat, Payload: json.RawMessage(`{"text":"\u0000"}`)}
	}
	for range 2 { // delivered twice, stored once
		if err := storage.AddUpdates(ctx, q, 7, []storage.ChatUpdate{up(1, 10), up(2, 10), up(3, 20)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := storage.AddUpdates(ctx, q, 8, []storage.ChatUpdate{up(1, 30)}); err != nil {
		t.Fatal(err)
	}
	check := func(want ...int64) {
		t.Helper()
		got, err := storage.ChatsWithUpdates(ctx, q, 7, now)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("chats %v, want %v, %v", got, want, err)
		}
	}
	check(10, 20)
	if err := storage.UpdateFailed(ctx, q, 7, 1, now.Add(time.Minute), "no"); err != nil {
		t.Fatal(err)
	}
	check(20)
	if err := storage.UpdateFailed(ctx, q, 7, 1, time.Time{}, "never"); err != nil {
		t.Fatal(err)
	}
	check(10, 20)
	u, err := storage.NextUpdate(ctx, q, 7, 10)
	if err != nil || u.ID != 2 {
		t.Fatalf("next is %d, %v", u.ID, err)
	}
	if err := storage.UpdatesDone(ctx, q, 7, 2, 3); err != nil {
		t.Fatal(err)
	}
	check()
	if n, err := storage.ParkedUpdates(ctx, q, 7); n != 1 || err != nil {
		t.Fatalf("%d parked, %v", n, err)
	}
}

func TestInviteIsUsedOnce(t *testing.T) {
	t.Parallel()
	s, ctx := storagetest.New(t), context.Background()
	q, now := s.Pool(), time.Now()
	person, err := storage.AddPerson(ctx, q, storage.Person{Name: "Анна"})
	if err != nil {
		t.Fatal(err)
	}
	id, err := storage.AddInvite(ctx, q, "secret", storage.Invite{Role: "manager", Cut: storage.Cut{Regions: []string{"Юг"}}, ExpiresAt: now.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	i, err := storage.InviteByToken(ctx, q, "secret")
	if err != nil || !i.Open(now) || i.Open(now.Add(2*time.Hour)) || i.Cut.Regions[0] != "Юг" {
		t.Fatalf("%+v, %v", i, err)
	}
	if err := storage.UseInvite(ctx, q, id, person, now.Add(2*time.Hour)); !errors.Is(err, storage.ErrInviteSpent) {
		t.Fatalf("an expired invite: %v", err)
	}
	if err := storage.UseInvite(ctx, q, id, person, now); err != nil {
		t.Fatal(err)
	}
	if err := storage.UseInvite(ctx, q, id, person, now); !errors.Is(err, storage.ErrInviteSpent) {
		t.Fatalf("used twice: %v", err)
	}
	if err := storage.RevokeInvite(ctx, q, id, now); !errors.Is(err, storage.ErrInviteSpent) {
		t.Fatalf("revoked after use: %v", err)
	}
}

func TestStrangerIsToldOnceADay(t *testing.T) {
	t.Parallel()
	s, ctx := storagetest.New(t), context.Background()
	now := time.Now()
	for _, c := range []struct {
		after time.Duration
		want  bool
	}{{0, true}, {time.Hour, false}, {25 * time.Hour, true}, {26 * time.Hour, false}} {
		if got, err := storage.TellStranger(ctx, s.Pool(), 5, now.Add(c.after), 24*time.Hour); got != c.want || err != nil {
			t.Errorf("after %s: %v, %v", c.after, got, err)
		}
	}
}
