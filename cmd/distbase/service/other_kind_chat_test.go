package service_test

import (
	"testing"

	"github.com/distbase/distbase/storage"
)

// orders is a file that does not say it is of sales.
func orders(n int) [][]any {
	return [][]any{
		{"Заказы покупателей за май 2026"},
		{"Клиент", "Товар", "Заказано", "Цена"},
		{"ООО Альфа", "Сок яблочный 1л", n, 10},
		{"ООО Бета", "Вода 0,5л", 2 * n, 20},
	}
}

// TestTheAnalystSaysWhatAnotherKindIs: two taps make it sales; the next is not asked about.
func TestTheAnalystSaysWhatAnotherKindIs(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := &counter{person: c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})}
	first, second := c.reporter(1), c.reporter(2)
	first.send(workbook(t, "Заявки.xlsx", orders(5)...))
	first.sees("Заказы", "Проверяет аналитик")
	analyst.tap("Ответить", "Новый вид отчёта", "Заявки")
	analyst.sees("Заказы, лист", "Может быть, это всё же отчёт?")
	analyst.tap("Продажи", "Может быть, это всё же отчёт?")
	analyst.tap("Всё верно", "✔ Продажи")
	first.sees("Продажи за май 2026", "Загружено")
	if analyst.taps > 4 {
		t.Errorf("%d taps", analyst.taps)
	}

	second.send(workbook(t, "Заказы.xlsx", orders(6)...))
	analyst.tap("Ответить", "Новый вид отчёта", "Заказы.xlsx")
	analyst.tap("Это не отчёт, запомнить", "Может быть, это всё же отчёт?")
	second.sees("Заказы", "Не загружено: нужны продажи или остатки")
	second.send(workbook(t, "Заказы снова.xlsx", orders(7)...))
	second.sees("похож на заказы")
	if n := c.count("select count(*) from question where kind = 'layout'"); n != 2 {
		t.Errorf("%d questions about layouts", n)
	}
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + analyst.screen())
	}
}
