package service_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/bot/tgemu"
	"github.com/distbase/distbase/reports/cube"
	"github.com/distbase/distbase/storage"
)

func TestWhatWasMappedIsCheckedByTaps(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(0)
	d.send(c.letter(c.w.Distributors[0].Code + "/" + c.lastMonth()).Files[0])
	d.sees("Загружено")
	c.until(func() bool { return c.count("select count(*) from item_mapping where decided_by is null") > 20 }, "names are mapped")
	// Whom an agent is tied to shows only where nobody serves the outlet: not in these totals.
	if _, err := c.store.Pool().Exec(t.Context(), "update agent_mapping set decided_at = '2000-01-01'"); err != nil {
		t.Fatal(err)
	}
	err := c.store.InTx(t.Context(), func(tx pgx.Tx) error { return c.store.Enqueue(t.Context(), tx, storage.AuditMappings{}) })
	if err != nil {
		t.Fatal(err)
	}
	inForce := func() int {
		return c.count("select count(*) from item_mapping where superseded_at is null") + c.count("select count(*) from client_mapping where superseded_at is null")
	}
	analyst.tap("Разобрать", "Проверка привязанного")
	analyst.sees("Проверка", "Привязано без вопроса", "Верно?")
	before, figures := inForce(), c.lastTotals()
	analyst.tap("Неверно", "Верно?")
	analyst.sees("неверно, привязка снята")
	if got := c.lastTotals(); got == figures {
		t.Errorf("the month's totals stay at %v after a wrong mapping was taken back", got)
	}
	if got := inForce(); got != before-1 {
		t.Errorf("%d mappings in force, had %d", got, before)
	}
	if n := c.count("select count(*) from mapping_check where automatic and not is_right and withdrawn_at is null"); n != 1 {
		t.Errorf("%d wrong ones are counted", n)
	}
	if toast := analyst.tap("↩ Отменить", "неверно, привязка снята"); toast.Text != "Отменено" {
		t.Errorf("got %+v", toast)
	}
	c.until(func() bool { return inForce() == before }, "the mapping is back")
	if got := c.lastTotals(); got != figures {
		t.Errorf("the month's totals are %v after the undoing, were %v", got, figures)
	}
	analyst.tap("Верно", "Верно?")
	analyst.sees("верно")
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + analyst.screen())
	}
}

// lastTotals are last month's totals by product, outlet and rep, as every report takes them.
func (c *chats) lastTotals() string {
	c.t.Helper()
	from := time.Date(c.w.Today.Year(), c.w.Today.Month()-1, 1, 0, 0, 0, 0, time.UTC)
	var out strings.Builder
	for _, by := range []string{"product", "outlet", "rep"} {
		r, err := cube.Run(c.t.Context(), c.store.Pool(), cube.Query{
			Measures: []string{"quantity", "amount", "unmapped_amount", "active_outlets"}, By: []string{by}, From: from, To: from.AddDate(0, 1, -1),
		})
		if err != nil {
			c.t.Fatal(err)
		}
		fmt.Fprintln(&out, by, r.Rows)
	}
	return out.String()
}

func TestOneAnswerServesTheSameNameElsewhere(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(2)
	d.send(c.letter("URAL/" + c.lastMonth()).Files[0])
	analyst.sees("Новых названий")
	// Two more distributors write the name that is worth most.
	for _, code := range []string{"VOLGA", "KAMA"} {
		_, err := c.store.Pool().Exec(t.Context(), `
			with q as (select * from question where kind = 'item' and state = 'open' order by value desc limit 1),
				i as (insert into item (distributor_id, key, name, unit, first_seen)
					select d.id, 'copy', x.name, x.unit, x.first_seen from q join item x on x.id = (q.payload->>'item_id')::bigint, distributor d where d.code = $1
					returning distributor_id, id)
			insert into question (kind, subject, distributor_id, payload, topic)
			select q.kind, 'item:' || i.distributor_id || '/' || i.id, i.distributor_id, q.payload || jsonb_build_object('item_id', i.id), q.topic from q, i`, code)
		if err != nil {
			t.Fatal(err)
		}
	}
	analyst.tap("Разобрать", "Новых названий")
	analyst.sees("Новое название", "Так же назван ещё в 2 вопросах")
	analyst.tap("1", "Так же назван ещё")
	analyst.sees("✔", "То же название ещё в 2 вопросах", "Ответить так же?")
	analyst.tap("Ответить так же: 2")
	analyst.sees("так же отвечено: 2")
	alike := func() int {
		return c.count("select count(*) from item_mapping m join item i using (distributor_id) where i.id = m.item_id and i.key = 'copy' and m.superseded_at is null")
	}
	if n := alike(); n != 2 {
		t.Errorf("%d of two others are mapped", n)
	}
	analyst.tap("↩ Отменить", "так же отвечено: 2")
	c.until(func() bool { return alike() == 0 }, "both are taken back")
}

func TestShopsAreAnsweredByTapSearchAndWorkbook(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(3) // its report names shops by their codes alone
	_, err := c.store.Pool().Exec(t.Context(), `delete from outlet_service where distributor_id = (select id from distributor where code = 'SIBIR')`)
	if err != nil {
		t.Fatal(err)
	}
	d.send(c.letter("SIBIR/" + c.lastMonth()).Files[0])
	analyst.tap("Ответить", "Новый вид отчёта")
	analyst.tap("Всё верно", "Так я прочитал")
	analyst.tap("Разобрать", "Новых точек")
	card := analyst.sees("Новая точка", "осталось")
	for line := range strings.Lines(card.Text) {
		if len([]rune(line)) > 160 {
			t.Errorf("a line of %d characters on the card: %s", len([]rune(line)), line)
		}
	}
	shops := func() int {
		return c.count("select count(*) from client_mapping where superseded_at is null and decided_by is not null")
	}
	code := c.text("select code from outlet order by id limit 1")
	if _, err := c.tg.Reply(analyst.User, card.ID, code); err != nil {
		t.Fatal(err)
	}
	analyst.tap("1", "По запросу", code)
	analyst.sees("→ " + code)
	analyst.tap("Не наш", "Новая точка")
	c.until(func() bool { return shops() == 2 }, "two shops are answered")
	analyst.tap("Книгой Excel", "Новых точек")
	m := analyst.waits(func(m tgemu.Message) bool { return m.Document != nil }, "a workbook")
	book := c.fillShops(m.Document.ID, code)
	if _, err := c.tg.SendDocument(analyst.User, m.Document.Name, book, ""); err != nil {
		t.Fatal(err)
	}
	analyst.sees("Книга прочитана", "точка 1")
	analyst.tap("Применить 2")
	analyst.sees("Применено: 2")
	if n := shops(); n != 4 {
		t.Errorf("%d shops are answered", n)
	}
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + analyst.screen())
	}
}
