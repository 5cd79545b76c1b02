package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/distbase/distbase/storage"
)

// rereadAll runs the rereadings that wait in the queue, and what follows of them.
func (x *town) rereadAll(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	rows, err := x.store.Pool().Query(ctx, `select args from river_job where kind = 'reread' order by id`)
	if err != nil {
		t.Fatal(err)
	}
	var jobs []storage.Reread
	for rows.Next() {
		var raw []byte
		var job storage.Reread
		if err := rows.Scan(&raw); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, &job); err != nil {
			t.Fatal(err)
		}
		jobs = append(jobs, job)
	}
	for _, job := range jobs {
		if err := x.reread(ctx, job.SubmissionID, job.Cause); err != nil {
			t.Fatal(err)
		}
	}
	x.settleAll(t)
}

// unclear is a report with two quantities, which is asked about.
func unclear(title string, n int) [][]any {
	rows := moved(title, n)
	rows[1] = []any{"Клиент", "Товар", "Количество", "Количество"}
	return rows
}

// asking are the open layout questions by submission.
func (x *town) asking(t *testing.T) map[int64]storage.Question {
	t.Helper()
	all, err := storage.OpenQuestions(context.Background(), x.store.Pool(), 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[int64]storage.Question{}
	for _, q := range all {
		if q.Kind == storage.AskLayout {
			out[*q.SubmissionID] = q
		}
	}
	return out
}

// siblings are two reports of one layout, which are asked about.
func siblings(t *testing.T) (x *town, first, second int64, q storage.Question) {
	t.Helper()
	x = newTown(t)
	first = x.send(t, "VOLGA", "a.xlsx", unclear("Продажи за май 2026", 3)...)
	second = x.send(t, "VOLGA", "b.xlsx", unclear("Продажи за июнь 2026", 4)...)
	results, err := x.results(context.Background(), first)
	if err != nil {
		t.Fatal(err)
	}
	return x, first, second, x.asking(t)[results[0].Submission]
}

func TestUndoingALayoutTakesBackTheReportsThatItLoaded(t *testing.T) {
	t.Parallel()
	x, first, second, q := siblings(t)
	ctx, desk, analyst := context.Background(), x.Desk(), x.analyst(t, 501)
	out, err := desk.Answer(ctx, analyst, q.ID, q.Version, Answer{Choice: ChooseConfirm})
	if err != nil {
		t.Fatal(err)
	}
	x.rereadAll(t)
	if a, b := x.states(t, first), x.states(t, second); a != "loaded" || b != "loaded" {
		t.Fatalf("after the answer: %s, %s", a, b)
	}
	if _, err := desk.Undo(ctx, analyst, out.JournalID); err != nil {
		t.Fatal(err)
	}
	x.rereadAll(t) // nothing that was queued before brings them back
	if a, b := x.states(t, first), x.states(t, second); a != "asked" || b != "asked" {
		t.Errorf("after it was undone: %s, %s", a, b)
	}
	if n := len(x.asking(t)); n != 2 {
		t.Errorf("%d questions about layouts", n)
	}
	if quantity, _ := x.loaded(t, "VOLGA", x.w.Today.AddDate(-1, 0, 0), x.w.Today); !quantity.IsZero() {
		t.Errorf("%s pieces are still in the figures", quantity)
	}
	// The same answer again loads both again.
	x.confirmAll(t, first)
	if a, b := x.states(t, first), x.states(t, second); a != "loaded" || b != "loaded" {
		t.Errorf("answered again: %s, %s", a, b)
	}
}

// confirmAll confirms the layout of a message's report, and runs what follows.
func (x *town) confirmAll(t *testing.T, messageID int64) {
	t.Helper()
	results, err := x.results(context.Background(), messageID)
	if err != nil {
		t.Fatal(err)
	}
	q := x.asking(t)[results[0].Submission]
	if _, err := x.Desk().Answer(context.Background(), x.analyst(t, 503), q.ID, q.Version, Answer{Choice: ChooseConfirm}); err != nil {
		t.Fatal(err)
	}
	x.rereadAll(t)
}

// TestALayoutIsNotUndoneUnderALaterDecision: a person has decided about a report that
// the layout had read, and that decision is taken back first.
func TestALayoutIsNotUndoneUnderALaterDecision(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	ctx, desk, analyst := context.Background(), x.Desk(), x.analyst(t, 501)
	first := x.send(t, "VOLGA", "a.xlsx", unclear("Продажи за май 2026", 3)...)
	x.send(t, "VOLGA", "b.xlsx", unclear("Продажи", 4)...) // its period is asked about then
	results, err := x.results(ctx, first)
	if err != nil {
		t.Fatal(err)
	}
	q := x.asking(t)[results[0].Submission]
	out, err := desk.Answer(ctx, analyst, q.ID, q.Version, Answer{Choice: ChooseConfirm})
	if err != nil {
		t.Fatal(err)
	}
	x.rereadAll(t)
	period := x.open(t, storage.AskPeriod)
	decided, err := desk.Answer(ctx, analyst, period.ID, period.Version, Answer{Choice: ChoosePeriod, From: "2026-06-01", To: "2026-06-30"})
	if err != nil {
		t.Fatal(err)
	}
	x.settleAll(t)
	var stale *StaleError
	if _, err := desk.Undo(ctx, analyst, out.JournalID); !errors.As(err, &stale) || !stale.Later {
		t.Errorf("undone under a later decision: %v", err)
	}
	if _, err := desk.Undo(ctx, analyst, decided.JournalID); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Undo(ctx, analyst, out.JournalID); err != nil {
		t.Errorf("undone from the last on: %v", err)
	}
}

func TestAReportReadByACorrectedLayoutGoesBackWithIt(t *testing.T) {
	t.Parallel()
	x, first, _, q := siblings(t)
	ctx, desk, analyst := context.Background(), x.Desk(), x.analyst(t, 501)
	if _, err := desk.Answer(ctx, analyst, q.ID, q.Version, Answer{Choice: ChooseConfirm}); err != nil {
		t.Fatal(err)
	}
	x.rereadAll(t)
	// A report whose columns changed their meaning waits for the analyst.
	rows := unclear("Продажи за июль 2026", 5)
	rows[1][0] = "Клиент торговой сети"
	third := x.send(t, "VOLGA", "c.xlsx", rows...)
	if got := x.states(t, third); got != "asked" {
		t.Fatalf("the report with a renamed column is %s", got)
	}
	layout := x.inForce(t, *q.DistributorID)
	record, err := storage.LayoutByID(ctx, x.store.Pool(), layout)
	if err != nil {
		t.Fatal(err)
	}
	spec, err := specOf(record)
	if err != nil {
		t.Fatal(err)
	}
	spec.Columns[0].Title = "клиент торговой сети"
	_, journal, err := desk.EditLayout(ctx, analyst, layout, spec)
	if err != nil {
		t.Fatal(err)
	}
	x.rereadAll(t)
	if got := x.states(t, third); got != "loaded" {
		t.Fatalf("after the layout was edited: %s", got)
	}
	if _, err := desk.UndoLayout(ctx, analyst, journal); err != nil {
		t.Fatal(err)
	}
	if a, c := x.states(t, first), x.states(t, third); a != "loaded" || c != "asked" {
		t.Errorf("after the edit was undone: %s, %s", a, c)
	}
}
