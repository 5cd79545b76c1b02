package service_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/distbase/distbase/bot/tgemu"
	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/storage"
)

// manyShops is a report that names shops without the house they are in, and some that
// nobody has heard of.
func (c *chats) manyShops(likely, foreign int) world.File {
	streets := []string{"Мира", "Ленина", "Садовая", "Полевая", "Лесная", "Школьная", "Новая", "Речная"}
	names := []string{"Заря", "Восход", "Рассвет", "Колос", "Уют", "Берёзка", "Родник", "Тополь"}
	var b strings.Builder
	b.WriteString("Дата;Код клиента;Контрагент;Адрес;Номенклатура;Количество;Сумма\n")
	line := func(i int, code, name, address string) {
		fmt.Fprintf(&b, "03.%s;%s;%s;%s;%s;1;%d,00\n", c.w.Today.AddDate(0, -1, 0).Format("01.2006"), code, name, address, c.w.Products[i%3].Name, 1000+i)
	}
	for i := range likely {
		_, err := storage.UpsertOutlet(c.t.Context(), c.store.Pool(), storage.Outlet{
			Code: fmt.Sprintf("MANY%03d", i), Name: "Магазин «" + names[i%8] + "»", City: "Златоград", Address: fmt.Sprintf("ул. %s, д. %d", streets[i/8%8], 10+i),
		})
		if err != nil {
			c.t.Fatal(err)
		}
		line(likely-i, fmt.Sprint("n", i), names[i%8], "Златоград, "+streets[i/8%8])
	}
	for i := range foreign {
		line(0, fmt.Sprint("f", i), fmt.Sprint("Ларёк ", i), "Тмутаракань")
	}
	return world.File{Name: "Все точки.csv", Data: []byte(b.String())}
}

func TestManyShopsAreAnsweredByPages(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(0)
	d.send(c.manyShops(24, 60))
	analyst.sees("Новых точек: 84", "По одной спрошу о 50 крупнейших")
	answered := func() int {
		return c.count("select count(*) from client_mapping where superseded_at is null and decided_by is not null")
	}
	analyst.tap("Похожие списком", "Новых точек")
	page := analyst.sees("похожие, 1–10 из 24", "1. Заря", "→ Магазин «Заря», Златоград")
	if n := len([]rune(page.Text)); n > 3500 {
		t.Errorf("a page of %d characters", n)
	}
	analyst.tap("3", "похожие, 1–10 из 24")
	analyst.tap("Принять 9", "похожие, 1–10 из 24")
	analyst.sees("принято сразу: 9", "похожие, 2–11 из 15")
	if n := answered(); n != 9 {
		t.Errorf("%d are answered by a page of nine", n)
	}
	if toast := analyst.tap("↩ Отменить", "принято сразу: 9"); toast.Text != "Отменено" {
		t.Errorf("got %+v", toast)
	}
	c.until(func() bool { return answered() == 0 }, "the page is taken back")
	analyst.tap("Незнакомые: 60")
	analyst.sees("ничего похожего нет, 1–10 из 60", "Ларёк")
	analyst.tap("Новые: 10", "ничего похожего нет, 1–10 из 60")
	analyst.sees("принято сразу: 10", "1–10 из 50")
	if n := c.count("select count(*) from client_mapping where superseded_at is null and verdict = 'new'"); n != 10 {
		t.Errorf("%d are new", n)
	}
	analyst.tap("Не наши: 10", "1–10 из 50")
	analyst.sees("1–10 из 40")
	analyst.tap("Книгой Excel", "Новых точек")
	book := analyst.waits(func(m tgemu.Message) bool { return m.Document != nil }, "a workbook")
	if !strings.Contains(book.Text, "Точек: 64") {
		t.Errorf("the workbook holds %q", book.Text)
	}
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + analyst.screen())
	}
}
