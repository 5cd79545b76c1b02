package service_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/storage"
)

// visits is a report that names who sold.
func (c *chats) visits(agents ...string) world.File {
	var b strings.Builder
	b.WriteString("Дата;Контрагент;Номенклатура;Количество;Сумма;Торговый представитель\n")
	for i, a := range agents {
		fmt.Fprintf(&b, "%02d.%s;Магазин %d;%s;%d;%d,00;%s\n", i+1, c.w.Today.AddDate(0, -1, 0).Format("01.2006"), i%3, c.w.Products[i%4].Name, i+1, 1000*(i+1), a)
	}
	return world.File{Name: "Продажи ТП.csv", Data: []byte(b.String())}
}

func TestAgentsAreTiedToRepsByTaps(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(0)
	// The team of the distributor: two reps, one of whom has a namesake elsewhere.
	team := c.text("select string_agg(distinct s.rep_id::text, ',') from outlet_service s join distributor d on d.id = s.distributor_id where d.code = '" + c.w.Distributors[0].Code + "'")
	if _, err := c.store.Pool().Exec(t.Context(), `update rep set name = 'Прочий ' || code where id <> all(string_to_array($1, ',')::bigint[])`, team); err != nil {
		t.Fatal(err)
	}
	if _, err := c.store.Pool().Exec(t.Context(), `update rep set name = 'Зимин Пётр ' || code where id = any(string_to_array($1, ',')::bigint[])`, team); err != nil {
		t.Fatal(err)
	}
	if _, err := c.store.Pool().Exec(t.Context(), `update rep set name = 'Лаптева Анна Олеговна' where id = split_part($1, ',', 1)::bigint`, team); err != nil {
		t.Fatal(err)
	}
	d.send(c.visits("Лаптева А.О.", "Лаптев А.", "Lapteva Anna", "Склад", "ТП Лаптева", "Лаптева А.О."))
	c.until(func() bool { return c.count("select count(*) from agent_mapping where superseded_at is null") == 2 }, "two agents are tied")
	if got := c.text("select string_agg(distinct r.name, ',') from agent_mapping m join rep r on r.id = m.rep_id"); got != "Лаптева Анна Олеговна" {
		t.Errorf("tied to %s", got)
	}
	analyst.tap("Разобрать", "Новых агентов: 2")
	card := analyst.sees("Новый агент", "осталось 2", "ТП Лаптева", "фамилия та же", "работает с этим дистрибьютором")
	for line := range strings.Lines(card.Text) {
		if len([]rune(line)) > 160 {
			t.Errorf("a line of %d characters on the card: %s", len([]rune(line)), line)
		}
	}
	analyst.tap("1", "ТП Лаптева")
	analyst.sees("→ Лаптева Анна Олеговна", "Лаптев А.", "другая фамилия")
	card = analyst.sees("Лаптев А.", "другая фамилия")
	if _, err := c.tg.Reply(analyst.User, card.ID, "лаптева"); err != nil {
		t.Fatal(err)
	}
	analyst.sees("По запросу", "Лаптева Анна Олеговна")
	analyst.tap("Не наш", "По запросу")
	analyst.sees("→ не наш")
	verdicts := "select count(*) from agent_mapping where superseded_at is null and verdict = "
	c.until(func() bool { return c.count(verdicts+"'not_ours'") == 1 && c.count(verdicts+"'rep'") == 3 }, "all are answered")
	if toast := analyst.tap("↩ Отменить", "→ не наш"); toast.Text != "Отменено" {
		t.Errorf("got %+v", toast)
	}
	c.until(func() bool { return c.count(verdicts+"'not_ours'") == 0 }, "the answer is taken back")
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + analyst.screen())
	}
}
