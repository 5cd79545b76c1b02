package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

// send takes a workbook of a distributor in and runs every step.
func (x *town) send(t *testing.T, distributor, name string, rows ...[]any) int64 {
	t.Helper()
	ctx := context.Background()
	f := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = f.SetSheetRow("Sheet1", cell, &row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	d, err := storage.DistributorByCode(ctx, x.store.Pool(), distributor)
	if err != nil {
		t.Fatal(err)
	}
	if err := storage.AddContact(ctx, x.store.Pool(), d.ID, storage.DoorChat, "7"+distributor, nil); err != nil {
		t.Fatal(err)
	}
	var id int64
	err = x.store.InTx(ctx, func(tx pgx.Tx) error {
		id, err = Receive(ctx, x.store, tx, Incoming{
			Door: storage.DoorChat, ReceivedAt: x.w.Today, Sender: "7" + distributor, ReplyTo: json.RawMessage(`{}`),
			Files: []IncomingFile{{Name: name, Data: out.Bytes()}},
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.settle(ctx, id); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return id
}

// moved is a report of goods that went to buyers, or came back.
func moved(title string, n int) [][]any {
	return [][]any{
		{title},
		{"Клиент", "Товар", "Количество", "Сумма"},
		{"ООО Альфа", "Сок яблочный 1л", n, 10 * n},
		{"ООО Бета", "Вода 0,5л", 2 * n, 20 * n},
	}
}

// drifted are the kinds that the open question says the report was and is.
func drifted(t *testing.T, q storage.Question) (was, now string) {
	t.Helper()
	var p LayoutPayload
	if err := json.Unmarshal(q.Payload, &p); err != nil {
		t.Fatal(err)
	}
	for _, d := range p.Drift {
		if d.Code == table.DriftKind {
			return d.Was, d.Now
		}
	}
	return "", ""
}

// TestAReportOfAnotherKindThanItsLayoutIsAlwaysAskedAbout, also after the analyst has
// taken one for what the layout says.
func TestAReportOfAnotherKindThanItsLayoutIsAlwaysAskedAbout(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	if got := x.states(t, x.send(t, "VOLGA", "a.xlsx", moved("Продажи за апрель 2026", 3)...)); got != "loaded" {
		t.Fatalf("the first report is %s", got)
	}
	for i, title := range []string{"Возвраты за май 2026", "Возвраты за июнь 2026"} {
		id := x.send(t, "VOLGA", "b.xlsx", moved(title, 4+i)...)
		if got := x.states(t, id); got != "asked" {
			t.Fatalf("%s: %s", title, got)
		}
		if was, now := drifted(t, x.open(t, storage.AskLayout)); was != "sales" || now != "returns" {
			t.Errorf("%s: asked about %q that became %q", title, was, now)
		}
		x.confirm(t, storage.AskLayout, Answer{Choice: ChooseConfirm})
		if got := x.states(t, id); got != "loaded" {
			t.Errorf("%s, confirmed: %s", title, got)
		}
	}
}

// TestALayoutOfAnotherKindStandsBesideTheFirst: what is corrected for a report that
// says it is of another kind leaves the layout for those of the first.
func TestALayoutOfAnotherKindStandsBesideTheFirst(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	x.send(t, "VOLGA", "a.xlsx", moved("Продажи за март 2026", 3)...)
	x.send(t, "VOLGA", "b.xlsx", moved("Возвраты за март 2026", 1)...)
	q := x.open(t, storage.AskLayout)
	if _, err := x.Desk().Correct(context.Background(), x.analyst(t, 502), q.ID, q.Version, Correction{What: CorrectKind, Kind: table.Returns}); err != nil {
		t.Fatal(err)
	}
	x.confirm(t, storage.AskLayout, Answer{Choice: ChooseConfirm})
	for title, kind := range map[string]string{"Продажи за апрель 2026": "sales", "Возвраты за апрель 2026": "returns"} {
		id := x.send(t, "VOLGA", kind+".xlsx", moved(title, len(kind))...)
		results, err := x.results(context.Background(), id)
		if err != nil || len(results) != 1 || results[0].State != "loaded" {
			t.Fatalf("%s: %+v %v", title, results, err)
		}
		s, err := storage.SubmissionByID(context.Background(), x.store.Pool(), results[0].Submission)
		if err != nil || s.Kind != kind {
			t.Errorf("%s was loaded as %s, %v", title, s.Kind, err)
		}
	}
}

// TestAKindCorrectedAgainstTheWordsHoldsForTheSameWordsOnly: the analyst's word
// holds for reports that say the same, not for those that say yet another kind.
func TestAKindCorrectedAgainstTheWordsHoldsForTheSameWordsOnly(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	rows := moved("Отчёт за март 2026", 3)
	rows[1] = []any{"Клиент", "Товар", "Количество", "Количество"} // is asked about
	x.send(t, "VOLGA", "a.xlsx", rows...)
	q := x.open(t, storage.AskLayout)
	if _, err := x.Desk().Correct(context.Background(), x.analyst(t, 502), q.ID, q.Version, Correction{What: CorrectKind, Kind: table.Returns}); err != nil {
		t.Fatal(err)
	}
	x.confirm(t, storage.AskLayout, Answer{Choice: ChooseConfirm})
	next := func(title string) string {
		rows := moved(title, 4)
		rows[1] = []any{"Клиент", "Товар", "Количество", "Количество"}
		return x.states(t, x.send(t, "VOLGA", "b.xlsx", rows...))
	}
	if got := next("Отчёт за апрель 2026"); got != "loaded" {
		t.Errorf("the same again is %s", got)
	}
	if got := next("Заказы за май 2026"); got != "asked" {
		t.Errorf("one that says it is of orders is %s", got)
	}
	if was, now := drifted(t, x.open(t, storage.AskLayout)); was != "returns" || now == "" {
		t.Errorf("asked about %q that became %q", was, now)
	}
}
