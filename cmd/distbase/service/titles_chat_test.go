package service_test

import (
	"testing"

	"github.com/distbase/distbase/storage"
)

// targetsAbove is a report below a table of targets with plainer titles.
func targetsAbove(month string, n int) [][]any {
	return [][]any{
		{"ООО Ромашка, " + month},
		{"Товар", "Клиент", "Количество", "Сумма"},
		{"План", "все", 100, 1000},
		{"Кому", "Что", "Сколько ушло", "Сумма"},
		{"ООО Альфа", "Сок яблочный 1л", n, 300},
		{"ООО Бета", "Вода 0,5л", 4, 80},
		{"ООО Бета", "Вода 1,5л", 7, 280},
	}
}

// TestTheAnalystPointsToTheTitles: three taps lead from a wrong heading to a report that
// is read by itself next month.
func TestTheAnalystPointsToTheTitles(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := &counter{person: c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})}
	d := c.reporter(1)
	d.send(workbook(t, "Отчет.xlsx", targetsAbove("май 2026", 3)...))
	analyst.tap("Ответить", "Новый вид отчёта", "май 2026")
	analyst.tap("Шапка", "Так я прочитал")
	analyst.sees("В какой строке названия столбцов?")
	analyst.tap("4: Кому · Что · Сколько ушло", "В какой строке")
	analyst.tap("Всё верно", "✔ шапка в строке 4")
	d.sees("Продажи за май 2026: 3 строки", "Загружено")
	if analyst.taps > 10 {
		t.Errorf("%d taps", analyst.taps)
	}
	if n := c.count("select sum(quantity)::int from sale"); n != 14 {
		t.Errorf("%d pieces were loaded", n)
	}
	d.send(workbook(t, "Отчет.xlsx", targetsAbove("июнь 2026", 5)...))
	d.sees("Продажи за июнь 2026: 3 строки", "Загружено")
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + analyst.screen())
	}
}
