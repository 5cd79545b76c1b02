package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/storage/storagetest"
)

// shelf is a database with a few products and distributors, and reports that say only
// which names were sold.
type shelf struct {
	*Pipeline
	t     testing.TB
	ctx   context.Context
	anna  int64
	loads int
}

func newShelf(t testing.TB, products ...storage.Product) *shelf {
	t.Helper()
	s := storagetest.New(t)
	x := &shelf{Pipeline: New(s, Options{}), t: t, ctx: t.Context()}
	for _, p := range products {
		x.product(p)
	}
	var err error
	if x.anna, err = storage.AddPerson(x.ctx, s.Pool(), storage.Person{Name: "Анна", Lang: "ru"}); err != nil {
		t.Fatal(err)
	}
	return x
}

func (x *shelf) product(p storage.Product) {
	x.t.Helper()
	if _, err := storage.UpsertProduct(x.ctx, x.store.Pool(), p); err != nil {
		x.t.Fatal(err)
	}
}

func (x *shelf) exec(sql string, args ...any) {
	x.t.Helper()
	if _, err := x.store.Pool().Exec(x.ctx, sql, args...); err != nil {
		x.t.Fatal(err)
	}
}

func (x *shelf) scan(sql string, args ...any) (out string) {
	x.t.Helper()
	if err := x.store.Pool().QueryRow(x.ctx, "select coalesce(("+sql+")::text, '')", args...).Scan(&out); err != nil {
		x.t.Fatal(err)
	}
	return out
}

// sells loads a report of a distributor and maps its names.
func (x *shelf) sells(distributor string, names ...storage.Item) {
	x.t.Helper()
	x.load(distributor, names, nil)
}

func (x *shelf) load(distributor string, items []storage.Item, clients []storage.Client) {
	x.t.Helper()
	if err := x.mapNames(x.ctx, x.stores(distributor, items, clients)); err != nil {
		x.t.Fatal(err)
	}
}

// stores loads a report whose names nobody has mapped yet.
func (x *shelf) stores(distributor string, items []storage.Item, clients []storage.Client) (submission int64) {
	x.t.Helper()
	x.loads++
	x.exec(`insert into distributor (code, name) values ($1, $1) on conflict do nothing`, distributor)
	var d int64
	q := x.store.Pool()
	if err := q.QueryRow(x.ctx, `select id from distributor where code = $1`, distributor).Scan(&d); err != nil {
		x.t.Fatal(err)
	}
	err := q.QueryRow(x.ctx, `
		with b as (insert into blob (sha256, size) values (sha256($1::text::bytea), 0) returning sha256),
			m as (insert into message (door, sender, received_at, state) values ('mail', 'a@b.c', now(), 'read') returning id),
			a as (insert into attachment (message_id, ordinal, name, sha256) select m.id, 1, 'sales.xlsx', b.sha256 from m, b returning id)
		insert into submission (distributor_id, attachment_id, kind, state) select $2, a.id, 'sales', 'loaded' from a returning id`,
		fmt.Sprint(distributor, x.loads), d).Scan(&submission)
	if err != nil {
		x.t.Fatal(err)
	}
	err = x.store.InTx(x.ctx, func(tx pgx.Tx) error {
		for i := range items {
			items[i].Key = fold(items[i].Code + "\x1f" + items[i].Name + "\x1f" + items[i].Unit)
		}
		for i := range clients {
			clients[i].Key = fold(clients[i].Code + "\x1f" + clients[i].Name + "\x1f" + clients[i].Address)
		}
		ids, err := storage.EnsureItems(x.ctx, tx, submission, d, items)
		if err != nil {
			return err
		}
		buyers, err := storage.EnsureClients(x.ctx, tx, submission, d, clients)
		if err != nil {
			return err
		}
		day := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
		var lines []storage.Sale
		for i, item := range items {
			lines = append(lines, storage.Sale{Day: day, Row: i, ItemID: ids[item.Key],
				Quantity: decimal.NewNullDecimal(decimal.NewFromInt(1)), Amount: decimal.NewNullDecimal(decimal.NewFromInt(int64(1000 - i)))})
		}
		for i, client := range clients {
			id := buyers[client.Key]
			lines = append(lines, storage.Sale{Day: day, Row: i, Part: 1, ItemID: ids[items[0].Key], ClientID: &id,
				Amount: decimal.NewNullDecimal(decimal.NewFromInt(int64(1000 - i)))})
		}
		return storage.AddSales(x.ctx, tx, d, submission, lines)
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return submission
}

// asked is the open question about a name of a distributor.
func (x *shelf) asked(distributor, name string) (storage.Question, ItemPayload) {
	x.t.Helper()
	all, err := storage.OpenQuestions(x.ctx, x.store.Pool(), 0)
	if err != nil {
		x.t.Fatal(err)
	}
	code := x.scan(`select id from distributor where code = $1`, distributor)
	for _, q := range all {
		var p ItemPayload
		if q.Kind == storage.AskItem && fmt.Sprint(*q.DistributorID) == code && json.Unmarshal(q.Payload, &p) == nil && p.Name == name {
			return q, p
		}
	}
	x.t.Fatalf("nobody is asked about %q of %s", name, distributor)
	return storage.Question{}, ItemPayload{}
}

// is is the product that a name is mapped to, and by whom.
func (x *shelf) is(distributor, name string) string {
	return x.scan(`select p.code || ' ' || case when m.decided_by is null then 'distbase' else 'analyst' end
		from item_mapping m join item i on i.distributor_id = m.distributor_id and i.id = m.item_id join product p on p.id = m.product_id
		join distributor d on d.id = m.distributor_id where d.code = $1 and i.name = $2 and m.superseded_at is null limit 1`, distributor, name)
}

func (x *shelf) answer(q storage.Question, a Answer) Outcome {
	x.t.Helper()
	out, err := x.Desk().Answer(x.ctx, x.anna, q.ID, q.Version, a)
	if err != nil {
		x.t.Fatal(err)
	}
	if err := x.rankNames(x.ctx, *q.DistributorID); err != nil {
		x.t.Fatal(err)
	}
	return out
}

func (x *shelf) id(code string) int64 {
	x.t.Helper()
	p, err := storage.ProductByCode(x.ctx, x.store.Pool(), code)
	if err != nil {
		x.t.Fatal(err)
	}
	return p.ID
}

func soaps() []storage.Product {
	return []storage.Product{
		{Code: "S1", Name: "Мыло жидкое «Ромашка» 500 мл", Brand: "Ромашка", Unit: "шт", Active: true},
		{Code: "S2", Name: "Мыло жидкое «Ромашка» 1 л", Brand: "Ромашка", Unit: "шт", Active: true},
		{Code: "S3", Name: "Гель для душа «Ромашка» алоэ 250 мл", Brand: "Ромашка", Unit: "шт", Active: true},
		{Code: "S4", Name: "Шампунь «Полынь» 400 мл", Brand: "Полынь", Unit: "шт", Active: true},
	}
}

func TestEqualNamesMapAndKeepWhatTheyRestOn(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	x.sells("A", storage.Item{Name: "Мыло жидкое Ромашка 500мл", Unit: "шт"}, storage.Item{Name: "Краска фасадная белая 10 кг", Unit: "шт"})
	if got := x.is("A", "Мыло жидкое Ромашка 500мл"); got != "S1 distbase" {
		t.Errorf("the equal name is %q", got)
	}
	if got := x.scan(`select model || '|' || factor_reason || '|' || (reason <> '') || '|' || (confidence > 0.99) from item_mapping`); got[:6] != "match-" || got[14:] != "|unit|true|true" {
		t.Errorf("the decision rests on %q", got)
	}
	if _, p := x.asked("A", "Краска фасадная белая 10 кг"); !p.Foreign {
		t.Errorf("another maker's product is not told as such: %+v", p)
	}
}

func TestAnAnswerServesTheSameNameEverywhereAndIsUnlearned(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	const name = "ж/м ромаш. большое"
	x.sells("A", storage.Item{Name: name, Unit: "шт"}, storage.Item{Name: name, Unit: ""})
	x.sells("B", storage.Item{Name: "Ж/М Ромаш. большое", Unit: "шт"})
	q, _ := x.asked("A", name)
	out := x.answer(q, Answer{Choice: ChooseProduct, ProductID: x.id("S2"), Factor: "1"})
	if len(out.Same.Questions) != 2 || !slices.Equal(out.Same.Distributors, []string{"A", "B"}) {
		t.Fatalf("the scope is %+v", out.Same)
	}
	if got := x.scan(`select count(*) from item_mapping where superseded_at is null`); got != "2" {
		t.Errorf("%s mappings: the same distributor's other unit maps by itself, B waits for the word", got)
	}
	if _, p := x.asked("B", "Ж/М Ромаш. большое"); x.rankNames(x.ctx, 2) != nil || len(p.Candidates) == 0 {
		t.Error("B is not ranked")
	}
	if _, p := x.asked("B", "Ж/М Ромаш. большое"); p.Candidates[0].Code != "S2" || p.Candidates[0].Reasons[0] != "confirmed_elsewhere" {
		t.Errorf("B's question does not know A's answer: %+v", p.Candidates)
	}
	n, group, err := x.Desk().AnswerSame(x.ctx, x.anna, out.JournalID, out.Same.Questions)
	if err != nil || n != 1 || x.is("B", "Ж/М Ромаш. большое") != "S2 analyst" {
		t.Fatalf("applied to %d, %v; B has %q", n, err, x.is("B", "Ж/М Ромаш. большое"))
	}
	if _, err := x.Desk().Undo(x.ctx, x.anna, group); err != nil || x.is("B", "Ж/М Ромаш. большое") != "" {
		t.Errorf("undone together: %v, B has %q", err, x.is("B", "Ж/М Ромаш. большое"))
	}
	if _, err := x.Desk().Undo(x.ctx, x.anna, out.JournalID); err != nil {
		t.Fatal(err)
	}
	if err := x.rankNames(x.ctx, *q.DistributorID); err != nil {
		t.Fatal(err)
	}
	if got := x.scan(`select count(*) from item_mapping where superseded_at is null`); got != "0" {
		t.Errorf("%s mappings are left after the undoing", got)
	}
	if _, p := x.asked("A", name); len(p.Candidates) > 0 && slices.Contains(p.Candidates[0].Reasons, "confirmed") {
		t.Errorf("the answer is not unlearned: %+v", p.Candidates[0])
	}
}

func TestTheIndexFollowsOtherProcesses(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	if _, err := x.productIndex(x.ctx); err != nil {
		t.Fatal(err)
	}
	x.product(storage.Product{Code: "S9", Name: "Порошок «Полынь» 3 кг", Unit: "шт", Active: true})
	x.product(storage.Product{Code: "S4", Name: "Шампунь «Полынь» 400 мл", Brand: "Полынь", Unit: "шт", Active: false})
	x.product(storage.Product{Code: "S3", Name: "Гель «Василёк» 250 мл", Unit: "шт", Active: true})
	x.sells("A", storage.Item{Name: "Порошок Полынь 3кг", Unit: "шт"}, storage.Item{Name: "Шампунь Полынь 400мл", Unit: "шт"}, storage.Item{Name: "Гель Василек 250мл", Unit: "шт"})
	for name, want := range map[string]string{"Порошок Полынь 3кг": "S9 distbase", "Шампунь Полынь 400мл": "", "Гель Василек 250мл": "S3 distbase"} {
		if got := x.is("A", name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestSearchFindsWhatIsWritten(t *testing.T) {
	t.Parallel()
	p := soaps()
	p[2].Barcode = "4600000000015"
	x := newShelf(t, p...)
	for _, c := range []struct{ name, query, want string }{
		{"a whole name", "Мыло жидкое «Ромашка» 1 л", "S2"},
		{"beginnings of words in any order", "ром гел", "S3"},
		{"a code in another case", "s4", "S4"},
		{"a barcode", "4600000000015", "S3"},
		{"a misspelt word", "шампунь палынь", "S4"},
	} {
		got, err := x.Desk().Search(x.ctx, c.query, nil, 3)
		if err != nil || len(got) == 0 || got[0].Code != c.want {
			t.Errorf("%s: %+v, %v, want %s", c.name, got, err, c.want)
		}
	}
}

func TestAWrongAutomaticMappingTightens(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	x.sells("A", storage.Item{Name: "Мыло жидкое Ромашка 500мл", Unit: "шт"})
	mapping := x.scan(`select id from item_mapping`)
	m := storage.AutomaticMapping{Kind: storage.AskItem, DistributorID: 1, NameID: 1, Name: "Мыло жидкое Ромашка 500мл", TargetCode: "S1", Factor: decimal.NewFromInt(1)}
	all, err := storage.UncheckedMappings(x.ctx, x.store.Pool(), 7)
	if err != nil || len(all) != 1 || fmt.Sprint(all[0].ID) != mapping || all[0].TargetCode != m.TargetCode {
		t.Fatalf("to be checked: %+v, %v", all, err)
	}
	if err := x.store.InTx(x.ctx, func(tx pgx.Tx) error { return askAudit(x.ctx, tx, all[0]) }); err != nil {
		t.Fatal(err)
	}
	questions, err := storage.OpenQuestions(x.ctx, x.store.Pool(), 0)
	if err != nil || len(questions) != 1 || questions[0].Kind != storage.AskAudit {
		t.Fatalf("asked: %+v, %v", questions, err)
	}
	out := x.answer(questions[0], Answer{Choice: ChooseWrong})
	if got := x.is("A", m.Name); got != "" {
		t.Errorf("the wrong mapping is in force: %s", got)
	}
	x.asked("A", m.Name) // and not mapped again
	x.sells("A", storage.Item{Name: "Мыло жидкое Ромашка 1л", Unit: "шт"})
	if got := x.is("A", "Мыло жидкое Ромашка 1л"); got != "" {
		t.Errorf("an equally sure name maps by itself after a wrong one: %s", got)
	}
	x.sells("B", storage.Item{Name: "Мыло жидкое Ромашка 1л", Unit: "шт"})
	if got := x.is("B", "Мыло жидкое Ромашка 1л"); got != "S2 distbase" {
		t.Errorf("another distributor is not tightened: %q", got)
	}
	if _, err := x.Desk().Undo(x.ctx, x.anna, out.JournalID); err != nil || x.is("A", m.Name) != "S1 distbase" {
		t.Errorf("undone: %v, %q", err, x.is("A", m.Name))
	}
	if got := x.scan(`select count(*) from question where state = 'open' and kind = 'item' and payload->>'name' = $1`, m.Name); got != "0" {
		t.Errorf("%s questions are left about a name that is mapped", got)
	}
	if again, err := storage.Checks(x.ctx, x.store.Pool(), 1, storage.AskItem); err != nil || len(again) != 0 {
		t.Errorf("checks that count after the undoing: %+v, %v", again, err)
	}
}

func TestClientsMapByPlaceAndAreAskedInTurn(t *testing.T) {
	t.Parallel()
	x := newShelf(t, soaps()...)
	for i := range 120 {
		o := storage.Outlet{Code: fmt.Sprintf("R%03d", i), Name: "Магазин «Заря»", City: "Тула", Address: fmt.Sprintf("ул. Мира, д. %d", i+1)}
		if _, err := storage.UpsertOutlet(x.ctx, x.store.Pool(), o); err != nil {
			t.Fatal(err)
		}
	}
	clients := []storage.Client{{Name: "маг. Заря", Address: "г.Тула, ул Мира 17"}}
	for i := range 80 {
		clients = append(clients, storage.Client{Name: fmt.Sprintf("Киоск № %d", i), Address: "Тула"})
	}
	x.load("A", []storage.Item{{Name: "Мыло жидкое Ромашка 500мл", Unit: "шт"}}, clients)
	got := x.scan(`select o.code || ' ' || (m.model like 'outlet-%') from client_mapping m join outlet o on o.id = m.outlet_id`)
	if got != "R016 true" {
		t.Errorf("the shop is %q", got)
	}
	open, err := storage.OpenNames(x.ctx, x.store.Pool(), 1, storage.AskClient)
	if err != nil || len(open) != maxOpenClients {
		t.Fatalf("%d clients are asked about, %v", len(open), err)
	}
	for i, q := range open[:30] {
		a := Answer{Choice: ChooseNotOurs}
		if i == 0 {
			a = Answer{Choice: ChooseOutlet, OutletID: 5}
		}
		if _, err := x.Desk().Answer(x.ctx, x.anna, q.ID, q.Version, a); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.rankNames(x.ctx, 1); err != nil {
		t.Fatal(err)
	}
	if open, err = storage.OpenNames(x.ctx, x.store.Pool(), 1, storage.AskClient); err != nil || len(open) != 50 {
		t.Errorf("%d clients are asked about after thirty answers, %v", len(open), err)
	}
	if _, err := x.Desk().UndoLast(x.ctx, x.anna); err != nil {
		t.Error(err)
	}
	if got := x.scan(`select count(*) from client_mapping where superseded_at is null and decided_by is not null`); got != "29" {
		t.Errorf("%s answers are in force after one undoing", got)
	}
}
