package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/storage"
)

func (x *town) analyst(t *testing.T, telegramID int64) int64 {
	t.Helper()
	ctx := context.Background()
	id, err := storage.AddPerson(ctx, x.store.Pool(), storage.Person{TelegramID: &telegramID, Name: "Анна", Lang: "ru"})
	if err != nil {
		t.Fatal(err)
	}
	if err := storage.AddGrant(ctx, x.store.Pool(), id, storage.RoleAnalyst, storage.Cut{}, nil); err != nil {
		t.Fatal(err)
	}
	return id
}

// open is the only open question of a kind.
func (x *town) open(t *testing.T, kind string) storage.Question {
	t.Helper()
	all, err := storage.OpenQuestions(context.Background(), x.store.Pool(), 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []storage.Question
	for _, q := range all {
		if q.Kind == kind {
			found = append(found, q)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d open questions of kind %s", len(found), kind)
	}
	return found[0]
}

// confirm answers the only open question of a kind and runs what it led to.
func (x *town) confirm(t *testing.T, kind string, a Answer) Outcome {
	t.Helper()
	q := x.open(t, kind)
	out, err := x.Desk().Answer(context.Background(), x.analyst(t, 501), q.ID, q.Version, a)
	if err != nil {
		t.Fatalf("answer %s: %v", kind, err)
	}
	x.settleAll(t)
	return out
}

// settleAll runs the steps of all messages that came.
func (x *town) settleAll(t *testing.T) {
	t.Helper()
	rows, err := x.store.Pool().Query(context.Background(), `select id from message order by id`)
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	for _, id := range ids {
		if err := x.settle(context.Background(), id); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLearnedLayoutIsNotAskedAboutAgain(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	x.deliver(t, "SIBIR/2026-05")
	x.confirm(t, storage.AskLayout, Answer{Choice: ChooseConfirm})
	if got := x.states(t, x.deliver(t, "SIBIR/2026-06")); got != "loaded" {
		t.Errorf("the second report of a confirmed layout is %s", got)
	}
}

func TestSameBytesAgainAreADuplicate(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	x.deliver(t, "SEVER/2026-06")
	id := x.deliver(t, "SEVER/duplicate")
	if got := x.states(t, id); got != "duplicate" {
		t.Errorf("state %s", got)
	}
	if got := x.lastAnswer(t, id); !strings.Contains(got, "уже приходил") {
		t.Errorf("answer %q", got)
	}
}

func TestBrokenFileGetsASentenceAndATemplate(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	id := x.deliver(t, "VOLGA/broken")
	if got := x.lastAnswer(t, id); !strings.Contains(got, "Файл «Отчёт повтор.xlsx» повреждён") {
		t.Errorf("answer %q", got)
	}
	var files int
	if err := x.store.Pool().QueryRow(context.Background(), `select jsonb_array_length(payload->'files') from outbox`).Scan(&files); err != nil || files != 1 {
		t.Errorf("%d files, %v", files, err)
	}
}

func TestStrangerIsLoadedOnlyWhenTheAnalystNamesTheDistributor(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	id := x.deliver(t, "stranger")
	if got := x.states(t, id); got != "" {
		t.Fatalf("a stranger's letter was read: %s", got)
	}
	var payload SenderPayload
	if err := json.Unmarshal(x.open(t, storage.AskSender).Payload, &payload); err != nil {
		t.Fatal(err)
	}
	if strings.Join(payload.Similar, " ") != "BAIKAL" {
		t.Errorf("similar: %v", payload.Similar)
	}
	x.confirm(t, storage.AskSender, Answer{Choice: ChooseDistributor, Distributor: "BAIKAL"})
	if got := x.states(t, id); got != "loaded" {
		t.Errorf("after the answer: %s", got)
	}
}

func TestCorrectionReplacesOnTheAnalystsWordAndCanBeUndone(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	ctx := context.Background()
	first := x.deliver(t, "YUG/2026-06")
	sum := func() decimal.Decimal {
		_, amount := x.loaded(t, "YUG", x.w.First, x.w.Today)
		return amount
	}
	before := sum()
	second := x.deliver(t, "YUG/correction")
	if got := x.states(t, second); got != "asked" || !sum().Equal(before) {
		t.Fatalf("a correction is %s before the analyst's word, sum %s", got, sum())
	}
	out := x.confirm(t, storage.AskReplace, Answer{Choice: ChooseReplace})
	if x.states(t, first) != "replaced" || x.states(t, second) != "loaded" || sum().Equal(before) {
		t.Fatalf("after: %s, %s, sum %s", x.states(t, first), x.states(t, second), sum())
	}
	if _, err := x.Desk().Undo(ctx, x.analyst(t, 501), out.JournalID); err != nil {
		t.Fatal(err)
	}
	x.settleAll(t)
	if x.states(t, first) != "loaded" || x.states(t, second) != "asked" || !sum().Equal(before) {
		t.Errorf("undone: %s, %s, sum %s, want %s", x.states(t, first), x.states(t, second), sum(), before)
	}
}

func TestItemIsMappedOnceHoweverManyTap(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	ctx := context.Background()
	x.deliver(t, "URAL/2026-06")
	one, two := x.analyst(t, 501), x.analyst(t, 502)
	desk := x.Desk()
	first, err := desk.Next(ctx, one, 0)
	if err != nil {
		t.Fatal(err)
	}
	second, err := desk.Next(ctx, two, 0)
	if err != nil || first.ID == second.ID {
		t.Fatalf("two analysts hold question %d and %d, %v", first.ID, second.ID, err)
	}
	var payload ItemPayload
	if err := json.Unmarshal(first.Payload, &payload); err != nil || len(payload.Candidates) == 0 {
		t.Fatalf("%s, %v", first.Payload, err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	applied, stale := 0, 0
	for range 4 {
		wg.Go(func() {
			_, err := desk.Answer(ctx, one, first.ID, first.Version, Answer{Choice: ChooseProduct, ProductID: payload.Candidates[0].ProductID, Factor: "2"})
			mu.Lock()
			defer mu.Unlock()
			var old *StaleError
			switch {
			case err == nil:
				applied++
			case errors.As(err, &old) && old.By == "Анна":
				stale++
			default:
				t.Errorf("answer: %v", err)
			}
		})
	}
	wg.Wait()
	if applied != 1 || stale != 3 {
		t.Errorf("%d taps applied, %d refused", applied, stale)
	}
	mappings := func() (n int) {
		err := x.store.Pool().QueryRow(ctx, `select count(*) from item_mapping where item_id = $1 and superseded_at is null and factor = 2`, payload.ItemID).Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := mappings(); n != 1 {
		t.Errorf("%d mappings", n)
	}
	q, err := desk.UndoLast(ctx, one)
	if err != nil || q.ID != first.ID || q.State != "open" || mappings() != 0 {
		t.Errorf("undo: question %d %s, %d mappings, %v", q.ID, q.State, mappings(), err)
	}
}
