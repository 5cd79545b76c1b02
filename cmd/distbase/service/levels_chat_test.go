package service_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/storage"
)

// grouped writes rows as a file; marks "> " before a text are the outline of its row.
func grouped(t *testing.T, name string, rows ...[]any) world.File {
	t.Helper()
	depth := map[int]uint8{}
	plain := make([][]any, len(rows))
	for i, row := range rows {
		plain[i] = append([]any{}, row...)
		s, _ := row[0].(string)
		for strings.HasPrefix(s, "> ") {
			s, depth[i+1] = s[2:], depth[i+1]+1
		}
		plain[i][0] = s
	}
	f, err := excelize.OpenReader(bytes.NewReader(workbook(t, name, plain...).Data))
	if err != nil {
		t.Fatal(err)
	}
	for n, level := range depth {
		if err := f.SetRowOutlineLevel("Sheet1", n, level); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return world.File{Name: name, Data: out.Bytes()}
}

// batches is a report in which batches stand under their goods, and the goods under
// their buyer.
func batches(month string, more int) [][]any {
	return [][]any{
		{"Продажи за " + month},
		{"Клиент", "Количество", "Количество", "Сумма"},
		{"Номенклатура"},
		{"ООО Альфа", 15 + more, 150, 300},
		{"> Сок яблочный 1л", 10 + more, 100, 200},
		{"> > партия 0107", 4 + more, 40, 80},
		{"> > партия 0207", 6, 60, 120},
		{"> Вода 0,5л", 5, 50, 100},
		{"> > партия 0307", 5, 50, 100},
		{"ООО Бета", 1, 10, 20},
		{"> Сок яблочный 1л", 1, 10, 20},
		{"> > партия 0207", 1, 10, 20},
		{"Итого", 16 + more, 160, 320},
	}
}

func TestTheLevelOfRowsIsChosenOnTheCard(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(1)
	d.send(grouped(t, "Отчет.xlsx", batches("май 2026", 0)...))
	analyst.tap("Ответить", "Новый вид отчёта")
	analyst.tap("Уровень строк", "Так я прочитал")
	offered := analyst.sees("Какие строки брать?", "Итог в файле: Количество 16, Сумма 320", "Сок яблочный 1л · Вода 0,5л", "партия 0107", "берутся сейчас", "сходится с итогом", "не сходится с итогом")
	analyst.narrow(offered)
	t.Logf("%s\n%v", offered.Text, offered.Buttons())
	analyst.tap("Группа 2: Сок", "Какие строки брать?")
	analyst.sees("✔ берутся: группа 2", "3 строки", "Сок яблочный 1л")
	analyst.tap("↩ Отменить", "✔ берутся")
	analyst.sees("4 строки", "партия 0107")
	analyst.tap("Уровень строк", "4 строки")
	analyst.tap("Группа 2: Сок", "Какие строки брать?")
	analyst.tap("Всё верно", "✔ берутся: группа 2")
	d.sees("Загружено")
	if n := c.count("select count(*) from sale"); n != 3 {
		t.Errorf("%d rows were loaded", n)
	}
	if n := c.count("select count(*) from item where name like 'партия%'"); n != 0 {
		t.Errorf("%d batches were taken for goods", n)
	}
	// Nothing is asked next month, and the level is the same.
	d.send(grouped(t, "Отчет.xlsx", batches("июнь 2026", 2)...))
	d.sees("Продажи за июнь 2026", "Загружено")
	if n := c.count("select sum(quantity)::int from sale where day >= '2026-06-01'"); n != 18 {
		t.Errorf("%d pieces were loaded", n)
	}
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + analyst.screen())
	}
}

func TestTheLevelOfRowsIsChosenForALayout(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(1)
	d.send(grouped(t, "Отчет.xlsx", batches("май 2026", 0)...))
	analyst.tap("Ответить", "Новый вид отчёта")
	analyst.tap("Всё верно", "Так я прочитал")
	d.sees("Загружено")
	analyst.says("/layouts " + c.w.Distributors[1].Code)
	analyst.tap("Продажи", "Действуют: 1")
	analyst.tap("Столбцы", "версия 1")
	analyst.tap("Уровень строк", "Какой столбец исправить?")
	analyst.narrow(analyst.sees("По отчёту Отчет.xlsx", "Какие строки брать?"))
	analyst.tap("Группа 2: Сок", "Какие строки брать?")
	analyst.sees("✔ берутся: группа 2", "версия 2", "Берутся строки: группа 2")
	d.send(grouped(t, "Отчет.xlsx", batches("июнь 2026", 2)...))
	d.sees("Продажи за июнь 2026: 3 строки", "Загружено")
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + analyst.screen())
	}
}
