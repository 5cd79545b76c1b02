package ingest

import (
	"context"
	"errors"
	"testing"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// inForce is the layout of a distributor that counts, 0 for none.
func (x *town) inForce(t *testing.T, distributorID int64) int64 {
	t.Helper()
	all, err := storage.LayoutsOf(context.Background(), x.store.Pool(), distributorID)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		return 0
	}
	return all[0].ID
}

// confirmedLayout is a town where one distributor's layout was confirmed.
func confirmedLayout(t *testing.T) (*town, storage.LayoutRecord) {
	t.Helper()
	x := newTown(t)
	x.deliver(t, "SIBIR/2026-05")
	x.confirm(t, storage.AskLayout, Answer{Choice: ChooseConfirm})
	all, err := storage.Layouts(context.Background(), x.store.Pool(), 0, false)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d layouts, %v", len(all), err)
	}
	return x, all[0]
}

func TestCopyOfALayoutThatIsThereLeavesItWhenUndone(t *testing.T) {
	t.Parallel()
	x, l := confirmedLayout(t)
	ctx, desk := context.Background(), x.Desk()
	other, err := storage.DistributorByCode(ctx, x.store.Pool(), "URAL")
	if err != nil {
		t.Fatal(err)
	}
	first, _, err := desk.CopyLayout(ctx, 0, l.ID, other.ID)
	if err != nil {
		t.Fatal(err)
	}
	again, journal, err := desk.CopyLayout(ctx, 0, l.ID, other.ID)
	if err != nil || again.ID != first.ID {
		t.Fatalf("the same copy again is %d, not %d: %v", again.ID, first.ID, err)
	}
	if _, err := desk.UndoLayout(ctx, 0, journal); err != nil {
		t.Fatal(err)
	}
	if got := x.inForce(t, other.ID); got != first.ID {
		t.Errorf("layout %d is in force, want %d", got, first.ID)
	}
}

func TestEditsOfALayoutAreUndoneFromTheLast(t *testing.T) {
	t.Parallel()
	x, l := confirmedLayout(t)
	ctx, desk := context.Background(), x.Desk()
	edit := func(id int64, change func(*table.Layout)) (storage.LayoutRecord, int64) {
		t.Helper()
		old, err := storage.LayoutByID(ctx, x.store.Pool(), id)
		if err != nil {
			t.Fatal(err)
		}
		spec, err := specOf(old)
		if err != nil {
			t.Fatal(err)
		}
		change(&spec)
		made, journal, err := desk.EditLayout(ctx, 0, id, spec)
		if err != nil {
			t.Fatal(err)
		}
		return made, journal
	}
	second, one := edit(l.ID, func(s *table.Layout) { s.Title = "второй" })
	third, two := edit(second.ID, func(s *table.Layout) { s.Title = "третий" })
	var stale *StaleError
	if _, err := desk.UndoLayout(ctx, 0, one); !errors.As(err, &stale) {
		t.Errorf("undoing an edit under a later one: %v", err)
	}
	if got := x.inForce(t, l.DistributorID); got != third.ID {
		t.Errorf("layout %d is in force, want %d", got, third.ID)
	}
	for _, step := range []struct{ journal, want int64 }{{two, second.ID}, {one, l.ID}} {
		if _, err := desk.UndoLayout(ctx, 0, step.journal); err != nil {
			t.Fatal(err)
		}
		if got := x.inForce(t, l.DistributorID); got != step.want {
			t.Errorf("layout %d is in force, want %d", got, step.want)
		}
	}
	if _, err := desk.UndoLayout(ctx, 0, one); !errors.As(err, &stale) {
		t.Errorf("undone twice: %v", err)
	}
}
