package ingest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// plannedAbove is a report with a table of targets, with the plainer titles, over it.
func plannedAbove(n int) [][]any {
	return [][]any{
		{"ООО Ромашка, май 2026"},
		{"Товар", "Клиент", "Количество", "Сумма"},
		{"План", "все", 100, 1000},
		{"Кому", "Что", "Сколько ушло", "Сумма"},
		{"ООО Альфа", "Сок яблочный 1л", n, 100 * n},
		{"ООО Бета", "Вода 0,5л", 4, 80},
		{"ООО Бета", "Вода 1,5л", 7, 280},
		{"ООО Гамма", "Сок яблочный 1л", 2, 200},
	}
}

// TestTheAnalystPointsToTheTitles: what is read under another row is learned, and the
// next report is read so by itself.
func TestTheAnalystPointsToTheTitles(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	ctx := context.Background()
	first := x.send(t, "VOLGA", "a.xlsx", plannedAbove(3)...)
	q := x.open(t, storage.AskLayout)
	rows, err := x.Desk().HeadRows(ctx, q.ID)
	if err != nil || len(rows) != 8 || rows[3].Row != 4 || !strings.HasPrefix(rows[3].Text, "Кому · Что · Сколько ушло") || rows[3].Taken {
		t.Fatalf("%+v, %v", rows, err)
	}
	fix := func(c Correction) {
		t.Helper()
		if q, err = storage.QuestionByID(ctx, x.store.Pool(), q.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Desk().Correct(ctx, x.analyst(t, 502), q.ID, q.Version, c); err != nil {
			t.Fatal(err)
		}
	}
	fix(Correction{What: CorrectTitles, Row: 4})
	if rows, err = x.Desk().HeadRows(ctx, q.ID); err != nil || !rows[3].Taken || rows[1].Taken {
		t.Errorf("after the correction: %+v, %v", rows, err)
	}
	s, err := storage.SubmissionByID(ctx, x.store.Pool(), *q.SubmissionID)
	if err != nil || s.Rows != 4 || !s.Amount.Valid || !s.Amount.Decimal.Equal(decimal.NewFromInt(860)) {
		t.Fatalf("%d rows, amount %v, %v", s.Rows, s.Amount, err)
	}
	x.confirm(t, storage.AskLayout, Answer{Choice: ChooseConfirm})
	if got := x.states(t, first); got != "loaded" {
		t.Errorf("confirmed, it is %s", got)
	}
	next := plannedAbove(9)
	next[0] = []any{"ООО Ромашка, июнь 2026"}
	if got := x.states(t, x.send(t, "VOLGA", "b.xlsx", next...)); got != "loaded" {
		t.Errorf("the next is %s", got)
	}
}

// TestNothingIsReadUnderARowOfFigures: the analyst is told so, and the report stays as it was.
func TestNothingIsReadUnderARowOfFigures(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	ctx := context.Background()
	x.send(t, "VOLGA", "a.xlsx", plannedAbove(3)...)
	q := x.open(t, storage.AskLayout)
	before, err := storage.SubmissionByID(ctx, x.store.Pool(), *q.SubmissionID)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []int{8, 99, 0, -1} {
		_, err := x.Desk().Correct(ctx, x.analyst(t, 502), q.ID, q.Version, Correction{What: CorrectTitles, Row: row})
		var unreadable *UnreadableError
		if !errors.As(err, &unreadable) {
			t.Errorf("row %d: %v", row, err)
		}
	}
	after, err := storage.SubmissionByID(ctx, x.store.Pool(), *q.SubmissionID)
	if err != nil || string(after.Summary) != string(before.Summary) || after.Kind != string(table.Sales) {
		t.Errorf("it changed: %s, %v", after.Summary, err)
	}
}
