package service_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/bot/tgemu"
	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/storage"
)

// workbook writes rows as a file.
func workbook(t *testing.T, name string, rows ...[]any) world.File {
	t.Helper()
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
	return world.File{Name: name, Data: out.Bytes()}
}

// counter counts the taps of a person.
type counter struct {
	person
	taps int
}

func (c *counter) tap(label string, texts ...string) tgemu.Toast {
	c.t.Helper()
	c.taps++
	return c.person.tap(label, texts...)
}

// fits checks that the rows as understood fit a phone.
func (c *counter) fits(m tgemu.Message) {
	c.t.Helper()
	_, rows, _ := strings.Cut(m.Text, "Верно?\n")
	for line := range strings.SplitSeq(rows, "\n") {
		if n := utf8.RuneCountInString(line); n > 40 {
			c.t.Errorf("a line of %d characters: %s", n, line)
		}
	}
}

func twoQuantities(month string, kola int) [][]any {
	return [][]any{
		{"Продажи за " + month},
		{"Клиент", "Товар", "Количество", "Количество", "Сумма с НДС"},
		{"ООО Альфа", "Сок яблочный 1л", 3, 36, 360},
		{"ООО Бета", "Вода 0,5л", 4, 48, 480},
		{"ООО Бета", "Чай чёрный", kola, 12 * kola, 120 * kola},
	}
}

// TestALayoutIsCorrectedOnceAndRemembered is the whole way of a new distributor:
// asked, corrected, loaded; nothing is asked next month; what has changed is asked.
func TestALayoutIsCorrectedOnceAndRemembered(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := &counter{person: c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})}
	distributor := c.reporter(1)
	distributor.send(workbook(t, "Отчет.xlsx", twoQuantities("май 2026", 5)...))
	analyst.tap("Ответить", "Новый вид отчёта")
	m := analyst.sees("май 2026 — сказано в отчёте", "Так я прочитал первые строки")
	analyst.fits(m)
	analyst.tap("Столбцы", "Так я прочитал")
	analyst.tap("D Количество", "Какой столбец")
	analyst.tap("Количество", "Что это?")
	analyst.sees("✔ D Количество: Количество")
	analyst.tap("Всё верно", "✔ D Количество")
	distributor.sees("Загружено")
	if analyst.taps > 10 {
		t.Errorf("%d taps for a new distributor", analyst.taps)
	}
	if n := c.count("select sum(quantity)::int from sale"); n != 36+48+60 {
		t.Errorf("%d pieces were loaded", n)
	}

	distributor.send(workbook(t, "Отчет.xlsx", twoQuantities("июнь 2026", 6)...))
	distributor.sees("Продажи за июнь 2026", "Загружено")
	if n := c.count("select count(*) from question where kind = 'layout'"); n != 1 {
		t.Errorf("%d questions about the layout", n)
	}

	analyst.taps = 0
	drifted := twoQuantities("июль 2026", 7)
	drifted[1][4] = "Сумма без НДС"
	distributor.send(workbook(t, "Отчет.xlsx", drifted...))
	analyst.tap("Ответить", "Новый вид отчёта", "июль 2026")
	analyst.sees("Отчёт изменился", "Сумма: была с НДС, стала без НДС?")
	analyst.tap("Всё верно", "Отчёт изменился")
	distributor.sees("Продажи за июль 2026", "Загружено")
	if analyst.taps > 3 {
		t.Errorf("%d taps for a report that changed", analyst.taps)
	}
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + analyst.screen())
	}
}

func TestACorrectionIsTakenBack(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	other := c.invite(102, "Нина", storage.RoleAnalyst, storage.Cut{})
	distributor := c.reporter(1)
	distributor.send(workbook(t, "Отчет.xlsx", twoQuantities("май 2026", 5)...))
	old := other.sees("Новый вид отчёта")
	analyst.tap("Ответить", "Новый вид отчёта")
	analyst.tap("Вид отчёта", "Так я прочитал")
	analyst.tap("Возвраты", "А на самом деле?")
	analyst.sees("✔ Возвраты", "Возвраты, лист")
	analyst.tap("Период", "Возвраты, лист")
	if _, err := c.tg.SendText(analyst.User, "04.2026"); err != nil {
		t.Fatal(err)
	}
	analyst.sees("апрель 2026 — указан вами", "Возвраты, лист")
	analyst.tap("↩ Отменить", "апрель 2026 — указан вами")
	analyst.sees("май 2026 — сказано в отчёте", "Возвраты, лист")
	analyst.tap("↩ Отменить", "май 2026", "Возвраты, лист")
	analyst.sees("Продажи, лист", "май 2026")
	// A colleague who taps what they saw before is not given the question: it is held.
	other.press(old, "Ответить")
	other.sees("По другим отчётам осталось: 1")
	analyst.tap("Всё верно", "Продажи, лист", "май 2026")
	distributor.sees("Загружено")
}

func TestALayoutOfAnotherDistributorIsOffered(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := &counter{person: c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})}
	first, second := c.reporter(1), c.reporter(2)
	first.send(workbook(t, "Отчет.xlsx", twoQuantities("май 2026", 5)...))
	analyst.tap("Ответить", "Новый вид отчёта")
	analyst.tap("Столбцы", "Так я прочитал")
	analyst.tap("D Количество", "Какой столбец")
	analyst.tap("Количество", "Что это?")
	analyst.tap("Всё верно", "✔ D Количество")
	first.sees("Загружено")

	analyst.taps = 0
	second.send(workbook(t, "Отчет2.xlsx", twoQuantities("май 2026", 6)...))
	analyst.tap("Ответить", "Новый вид отчёта", "Отчет2")
	analyst.sees("Как у «" + c.w.Distributors[1].Name + "»?")
	analyst.tap("Да", "Как у «")
	second.sees("Загружено")
	if analyst.taps != 2 {
		t.Errorf("%d taps for a layout of another distributor", analyst.taps)
	}
	if n := c.count("select count(*) from layout where origin = 'copied' and from_id is not null"); n != 1 {
		t.Errorf("%d copied layouts", n)
	}
}

func TestAListInAChatIsAReportAndChatterIsNot(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(1)
	for _, chatter := range []string{"Добрый день!\nОтчёт пришлю завтра к 12", "спасибо, 5 минут", "Позвоните мне:\n8 912 345-67-89\nИван"} {
		if _, err := c.tg.SendText(d.User, chatter); err != nil {
			t.Fatal(err)
		}
		d.sees("Не понял")
	}
	if n := c.count("select count(*) from message"); n != 0 {
		t.Errorf("%d messages were taken from chatter", n)
	}
	if _, err := c.tg.SendText(d.User, "Продажи за май 2026\nШампунь Ромашка 400 - 12\nМыло лаванда 48шт\nКрем для рук 75 - 6"); err != nil {
		t.Fatal(err)
	}
	d.sees("Принял список из сообщения")
	analyst.tap("Ответить", "Новый вид отчёта")
	analyst.sees("3 строки", "Шампунь Ромашка 400")
	analyst.tap("Всё верно", "май 2026")
	d.sees("Загружено")
	if n := c.count("select sum(quantity)::int from sale"); n != 66 {
		t.Errorf("%d pieces were loaded", n)
	}
}

func TestUndoingALayoutTakesBackTheReportsThatItLoaded(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(1)
	d.send(workbook(t, "Май.xlsx", twoQuantities("май 2026", 5)...))
	analyst.sees("Новый вид отчёта", "Май.xlsx")
	d.send(workbook(t, "Июнь.xlsx", twoQuantities("июнь 2026", 6)...))
	analyst.sees("Новый вид отчёта", "Июнь.xlsx")
	analyst.tap("Ответить", "Новый вид отчёта", "Май.xlsx")
	analyst.tap("Всё верно", "Так я прочитал")
	d.sees("Продажи за май 2026", "Загружено")
	d.sees("Продажи за июнь 2026", "Загружено")
	analyst.tap("↩ Отменить", "вид отчёта верен")
	analyst.sees("Май.xlsx", "Так я прочитал")
	c.until(func() bool { return c.count("select count(*) from submission where state = 'asked'") == 2 }, "both reports are asked about")
	if n := c.count("select count(*) from sale"); n != 0 {
		t.Errorf("%d rows are still in the figures", n)
	}
}
