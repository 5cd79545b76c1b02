package ingest

import (
	"context"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// requests is a file of orders; n makes its figures.
func requests(n int) [][]any {
	return [][]any{
		{"Заказы покупателей за май 2026"},
		{"Клиент", "Товар", "Заказано", "Цена"},
		{"ООО Альфа", "Сок яблочный 1л", n, 10},
		{"ООО Бета", "Вода 0,5л", 2 * n, 20},
	}
}

// TestOrdersAreAskedAboutOnce: what counts goods but says that it is another kind may
// be a report; the analyst's no is remembered for its layout.
func TestOrdersAreAskedAboutOnce(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	first := x.send(t, "VOLGA", "a.xlsx", requests(3)...)
	if got := x.states(t, first); got != "asked" {
		t.Fatalf("orders are %s", got)
	}
	x.confirm(t, storage.AskLayout, Answer{Choice: ChooseConfirm})
	if got := x.states(t, first); got != "refused" {
		t.Errorf("orders that the analyst knows for such are %s", got)
	}
	if a := x.lastAnswer(t, first); !strings.Contains(a, "нужны продажи или остатки") {
		t.Errorf("the sender is told: %s", a)
	}
	again := x.send(t, "VOLGA", "b.xlsx", requests(5)...)
	if open, err := storage.OpenQuestions(context.Background(), x.store.Pool(), 0); err != nil || len(open) > 0 {
		t.Errorf("asked again: %v, %v", open, err)
	}
	if a := x.lastAnswer(t, again); !strings.Contains(a, "похож на заказы") {
		t.Errorf("the sender of the same again is told: %s", a)
	}
}

// TestWhatIsCalledOrdersMayBeSales: one tap says so, and the next is loaded.
func TestWhatIsCalledOrdersMayBeSales(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	ctx := context.Background()
	first := x.send(t, "VOLGA", "a.xlsx", requests(3)...)
	q := x.open(t, storage.AskLayout)
	if _, err := x.Desk().Correct(ctx, x.analyst(t, 502), q.ID, q.Version, Correction{What: CorrectKind, Kind: table.Sales}); err != nil {
		t.Fatal(err)
	}
	x.confirm(t, storage.AskLayout, Answer{Choice: ChooseConfirm})
	if got := x.states(t, first); got != "loaded" {
		t.Errorf("corrected, it is %s", got)
	}
}

// TestANoAboutAKindIsTakenBack brings the question back, and the next file is asked about.
func TestANoAboutAKindIsTakenBack(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	ctx := context.Background()
	first := x.send(t, "VOLGA", "a.xlsx", requests(3)...)
	done := x.confirm(t, storage.AskLayout, Answer{Choice: ChooseConfirm})
	if _, err := x.Desk().Undo(ctx, x.analyst(t, 502), done.JournalID); err != nil {
		t.Fatal(err)
	}
	x.settleAll(t)
	if got := x.states(t, first); got != "asked" {
		t.Errorf("taken back, it is %s", got)
	}
	if got := x.states(t, x.send(t, "VOLGA", "b.xlsx", requests(5)...)); got != "asked" {
		t.Errorf("the next is %s", got)
	}
}

// TestListsWithoutCountsAreNamed: a price list is no report, and nobody is asked.
func TestListsWithoutCountsAreNamed(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	id := x.send(t, "VOLGA", "Прайс.xlsx", []any{"Прайс-лист на 01.05.2026"}, []any{"Артикул", "Наименование", "Цена, руб."},
		[]any{"A-1", "Сок яблочный 1л", 81.5}, []any{"A-2", "Вода 0,5л", 22.4}, []any{"A-3", "Вода 1,5л", 40})
	if a := x.lastAnswer(t, id); !strings.Contains(a, "похож на прайс-лист") {
		t.Errorf("the sender is told: %s", a)
	}
	if open, err := storage.OpenQuestions(context.Background(), x.store.Pool(), 0); err != nil || len(open) > 0 {
		t.Errorf("asked: %v, %v", open, err)
	}
}

// TestStockIsMappedByRows: it has no money to weigh what is open by.
func TestStockIsMappedByRows(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	ctx := context.Background()
	id := x.send(t, "VOLGA", "Остатки.xlsx", []any{"Остатки на 31.05.2026"}, []any{"Товар", "Остаток, шт"},
		[]any{"Неведомый сироп 7", 5}, []any{"Загадочный уксус 8", 6}, []any{"Странная мука 9", 7})
	results, err := x.results(ctx, id)
	if err != nil || len(results) != 1 {
		t.Fatalf("%v, %v", results, err)
	}
	d, err := x.Desk().Digest(ctx, results[0].Submission)
	if err != nil || d.Questions == 0 || !d.Share.Equal(decimal.Zero) {
		t.Errorf("%d questions, mapped %s, %v", d.Questions, d.Share, err)
	}
}
