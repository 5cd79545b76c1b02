package ingest

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/storage"
)

// trusted gives a distributor a history by which what is held for none of ours is so.
func (x *shelf) trusted(distributor, kind string) {
	x.t.Helper()
	x.exec(`with j as (insert into journal (person_id, action, subject) values ($3, 'answer.item', 'earlier') returning id)
		insert into mapping_check (distributor_id, kind, name_id, confidence, automatic, is_right, held_foreign, is_foreign, person_id, journal_id)
		select d.id, $2, n, 0.25, false, false, true, true, $3, j.id from distributor d, j, generate_series(1, 200) n where d.code = $1`, distributor, kind, x.anna)
}

func TestWhatIsNotOursIsDecidedAuditedAndTakenBack(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	const paint = "Краска фасадная белая 10 кг"
	x.sells("A", storage.Item{Name: "Эмаль ПФ-115 синяя 2 кг", Unit: "шт"})
	x.asked("A", "Эмаль ПФ-115 синяя 2 кг") // a new distributor is asked
	x.trusted("A", storage.AskItem)
	x.trusted("A", storage.AskClient)
	x.load("A", []storage.Item{{Name: paint, Unit: "шт"}}, []storage.Client{{Name: "Бутик Прага", Address: "Пенза"}})
	if got := x.scan(`select verdict from item_mapping m join item i on i.id = m.item_id where i.name = $1 and m.superseded_at is null and m.decided_by is null`, paint); got != "not_ours" {
		_, p := x.asked("A", paint)
		t.Fatalf("the foreign item is %q, asked about with %+v", got, p)
	}
	if got := x.scan(`select verdict from client_mapping where superseded_at is null and decided_by is null`); got != "not_ours" {
		t.Errorf("the foreign client is %q", got)
	}
	all, err := storage.UncheckedMappings(x.ctx, x.store.Pool(), 7)
	if err != nil || len(all) != 2 {
		t.Fatalf("to be checked: %+v, %v", all, err)
	}
	var out Outcome
	for _, m := range all {
		x.audits(m)
		q, err := x.Desk().NextOf(x.ctx, x.anna, 0, storage.AskAudit)
		if err != nil {
			t.Fatal(err)
		}
		out = x.answer(q, Answer{Choice: ChooseWrong})
	}
	x.asked("A", paint) // again, and the next one too
	x.sells("A", storage.Item{Name: "Грунтовка глубокая 5 л", Unit: "шт"})
	x.asked("A", "Грунтовка глубокая 5 л")
	if n := x.scan(`select count(*) from question where kind = 'client' and state = 'open'`); n != "1" {
		t.Errorf("%s clients are asked about", n)
	}
	if _, err := x.Desk().Undo(x.ctx, x.anna, out.JournalID); err != nil {
		t.Fatal(err)
	}
	if got := x.scan(`select string_agg(verdict, ' ') from (select verdict from client_mapping where superseded_at is null
		union all select verdict from item_mapping m join item i on i.id = m.item_id where superseded_at is null and i.name = $1) m`, paint); got != "not_ours" {
		t.Errorf("in force after the undoing: %q", got)
	}
}

// audits asks about an automatic mapping.
func (x *shelf) audits(m storage.AutomaticMapping) {
	x.t.Helper()
	tx, err := x.store.Pool().Begin(x.ctx)
	if err != nil {
		x.t.Fatal(err)
	}
	if err := askAudit(x.ctx, tx, m); err != nil {
		x.t.Fatal(err)
	}
	if err := tx.Commit(x.ctx); err != nil {
		x.t.Fatal(err)
	}
}

// shops stores 64 outlets, and gives clients of whom the first n are likely to be one of
// them each, without a house in their address; the others are nobody's.
func (x *shelf) shops(n, foreign int) []storage.Client {
	streets := []string{"Мира", "Ленина", "Садовая", "Полевая", "Лесная", "Школьная", "Новая", "Речная"}
	names := []string{"Заря", "Восход", "Рассвет", "Колос", "Уют", "Берёзка", "Родник", "Тополь"}
	var clients []storage.Client
	for i := range 64 {
		street, name := streets[i/8], names[i%8]
		o := storage.Outlet{Code: fmt.Sprintf("R%03d", i), Name: "Магазин «" + name + "»", City: "Тула", Address: fmt.Sprintf("ул. %s, д. %d", street, 10+i)}
		if _, err := storage.UpsertOutlet(x.ctx, x.store.Pool(), o); err != nil {
			x.t.Fatal(err)
		}
	}
	for i := range n {
		clients = append(clients, storage.Client{Code: fmt.Sprint("n", i), Name: names[i%8], Address: "Тула, " + streets[i/8%8]})
	}
	for i := range foreign {
		clients = append(clients, storage.Client{Code: fmt.Sprint("f", i), Name: fmt.Sprint("Ларёк ", i), Address: "Пенза"})
	}
	return clients
}

func TestManyShopsAreAnsweredByListsAndByWorkbook(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	clients := x.shops(64, 200)
	submission := x.stores("A", []storage.Item{{Name: "Мыло жидкое Ромашка 500мл", Unit: "шт"}}, clients)
	if err := x.mapNames(x.ctx, submission); err != nil {
		t.Fatal(err)
	}
	open := func() string { return x.scan(`select count(*) from question where kind = 'client' and state = 'open'`) }
	mapped := func() string { return x.scan(`select count(*) from client_mapping where superseded_at is null`) }
	if open() != "50" {
		t.Fatalf("%s clients are asked about", open())
	}
	w, err := storage.WaitingClients(x.ctx, x.store.Pool(), 1, submission)
	if err != nil || w.Count != 214 || w.Value.IntPart() < 100_000 {
		t.Errorf("%+v wait, %v", w, err)
	}
	if err := x.Desk().AskAll(x.ctx, submission); err != nil || open() != "264" {
		t.Fatalf("all together: %s, %v", open(), err)
	}
	likely := List{Submission: submission, Kind: storage.AskClient}
	page, err := x.Desk().List(x.ctx, x.anna, likely, 0, 10)
	if err != nil || page.Total != 64 || len(page.Names) != 10 || page.Names[0].Name != "Заря" || page.Names[0].TargetPlace != "Тула, ул. Мира, д. 10" || !page.Names[0].Value.GreaterThan(page.Names[9].Value) {
		t.Fatalf("the likely ones: %d, %+v, %v", page.Total, page.Names, err)
	}
	var given []Given
	for _, n := range page.Names[1:] { // the first is left out
		given = append(given, Given{n.Question, n.Version, n.Answer})
	}
	done, err := x.Desk().AnswerMany(x.ctx, x.anna, given)
	if err != nil || done.Applied != 9 || mapped() != "9" {
		t.Fatalf("answered %+v, %v; %s in force", done, err, mapped())
	}
	again, err := x.Desk().AnswerMany(x.ctx, x.anna, given)
	if err != nil || again.Applied != 0 || len(again.Refused) != 9 || again.JournalID != 0 {
		t.Errorf("a second tap: %+v, %v", again, err)
	}
	if _, err := x.Desk().UndoLast(x.ctx, x.anna); err != nil || mapped() != "0" || open() != "264" {
		t.Errorf("undone by one tap: %v; %s in force, %s open", err, mapped(), open())
	}
	foreign := List{Submission: submission, Kind: storage.AskClient, Foreign: true}
	if page, err = x.Desk().List(x.ctx, x.anna, foreign, 0, 10); err != nil || page.Total != 200 || page.Names[0].Target != "" {
		t.Errorf("the foreign ones: %d, %v", page.Total, err)
	}
	data, n, err := x.Desk().Workbook(x.ctx, submission, storage.AskClient, "ru")
	if err != nil || n != 264 {
		t.Fatalf("a workbook of %d, %v", n, err)
	}
	filled, err := x.Desk().ReadWorkbook(x.ctx, decideAll(t, data, "да", "не наш"))
	if err != nil || len(filled.Answers) != 264 || len(filled.Wrong) != 0 {
		t.Fatalf("read %d answers, %+v, %v", len(filled.Answers), filled.Wrong, err)
	}
	res, err := x.Desk().ApplyWorkbook(x.ctx, x.anna, filled)
	if err != nil || res.Applied != 264 || mapped() != "264" || open() != "0" {
		t.Errorf("applied %+v, %v; %s in force", res, err, mapped())
	}
	if res, err = x.Desk().ApplyWorkbook(x.ctx, x.anna, filled); err != nil || res.Applied != 0 || res.Already != 264 || res.JournalID != 0 {
		t.Errorf("applied again %+v, %v", res, err)
	}
	if _, err := x.Desk().UndoLast(x.ctx, x.anna); err != nil || mapped() != "0" {
		t.Errorf("the workbook undone: %v, %s in force", err, mapped())
	}
}

// decideAll fills a workbook: yes where it has a candidate, no where it has none.
func decideAll(t *testing.T, data []byte, yes, no string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for n, row := range rows[1:] {
		decision := no
		if len(row) >= colCandidate && row[colCandidate-1] != "" {
			decision = yes
		}
		if err := f.SetCellValue(sheet, cell(colDecision, n+2), decision); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
