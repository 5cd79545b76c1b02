package service_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/bot/tgemu"
	"github.com/distbase/distbase/storage"
)

// lastMonth is the month before the world's today, as letters are keyed.
func (c *chats) lastMonth() string { return c.month(1) }

// month is the month so many before the world's today.
func (c *chats) month(back int) string {
	return time.Date(c.w.Today.Year(), c.w.Today.Month()-time.Month(back), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

// reporter is the distributor of the world with that code.
func (c *chats) reporter(i int) person {
	d := c.w.Distributors[i]
	return c.invite(200+int64(i), d.Contact, storage.RoleDistributor, storage.Cut{Distributors: []string{d.Code}})
}

func TestAReportGoesFromAChatToAManagersMessage(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	manager := c.invite(102, "Пётр", storage.RoleManager, storage.Cut{})
	distributor := c.reporter(3) // its report has no amounts
	distributor.send(c.letter("SIBIR/" + c.lastMonth()).Files[0])
	distributor.sees("Принято. Проверяет аналитик")
	names := c.reporter(4) // its names of products are its own
	names.send(c.letter("YUG/" + c.lastMonth()).Files[0])

	analyst.tap("Ответить", "Новый вид отчёта")
	analyst.sees("Так я прочитал первые строки")
	analyst.tap("Всё верно", "Так я прочитал")
	distributor.sees("Загружено")
	analyst.tap("Разобрать", "Новых названий")
	analyst.tap("1", "Новое название")
	analyst.sees("✔", "осталось")

	manager.tap("Сводка сейчас")
	manager.tap("за месяц")
	m := manager.waits(func(m tgemu.Message) bool { return m.Document != nil }, "a workbook")
	data, err := c.tg.Download(m.Document.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := excelize.OpenReader(bytes.NewReader(data)); err != nil {
		t.Errorf("workbook %s: %v", m.Document.Name, err)
	}
	manager.waits(func(m tgemu.Message) bool { return m.Photo != nil && strings.Contains(m.Text, "Продажи за") }, "the picture")
	if n := c.tg.Unsupported(); len(n) > 0 {
		t.Errorf("calls the emulator does not know: %v", n)
	}
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + analyst.screen() + manager.screen())
	}
}

func TestARejectedReportComesBackWithTheReason(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	distributor := c.reporter(3)
	distributor.send(c.letter("SIBIR/" + c.lastMonth()).Files[0])
	analyst.tap("Ответить", "Новый вид отчёта")
	analyst.tap("Отклонить", "Так я прочитал")
	analyst.sees("Почему не принимаем?")
	if _, err := c.tg.SendText(analyst.User, "нет <сумм>"); err != nil {
		t.Fatal(err)
	}
	distributor.sees("Не загружено: нет <сумм>. Пришлите исправленный отчёт.")
	analyst.sees("Готово")
}

func TestFilesThatCannotBeReadAreAnswered(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	d := c.reporter(1)
	d.send(c.letter("VOLGA/broken").Files[0])
	m := d.waits(func(m tgemu.Message) bool { return m.Document != nil }, "a template")
	d.sees("повреждён")
	if m.Document.Name != "Шаблон отчёта.xlsx" {
		t.Errorf("attached %q", m.Document.Name)
	}
	if _, err := c.tg.Send(d.ID, d.User, tgemu.Post{Photo: &tgemu.Upload{Name: "a.png", Data: onePixel()}}); err != nil {
		t.Fatal(err)
	}
	d.sees("С картинок цифры не читаются")
}

func TestAnAlbumIsOneReport(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	d := c.reporter(5)
	a, b := c.letter("CENTR/" + c.lastMonth()).Files[0], c.letter("CENTR/" + c.w.Today.AddDate(0, -2, 0).Format("2006-01")).Files[0]
	_, err := c.tg.SendAlbum(d.User, tgemu.Upload{Name: a.Name, Data: a.Data}, tgemu.Upload{Name: b.Name, Data: b.Data})
	if err != nil {
		t.Fatal(err)
	}
	m := d.sees("Продажи за", a.Name, b.Name)
	if n := strings.Count(m.Text, "Загружено"); n < 2 {
		t.Errorf("one answer for two files, got:\n%s", m.Text)
	}
	if n := len(c.tg.Messages(d.ID)); n != 6 { // the invite's three, two files, one answer
		t.Errorf("%d messages:\n%s", n, d.screen())
	}
}

func TestAnswersCanBeSearchedUndoneAndFilledIn(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(2)
	d.send(c.letter("URAL/" + c.lastMonth()).Files[0])
	analyst.tap("Разобрать", "Новых названий")
	card := analyst.sees("Новое название", "осталось 60")

	// A reply to the card is a search; what is found can be tapped.
	if _, err := c.tg.Reply(analyst.User, card.ID, c.w.Products[5].Name); err != nil {
		t.Fatal(err)
	}
	analyst.tap("1", "По запросу", c.w.Products[5].Name)
	analyst.sees("осталось 59", "→ "+c.w.Products[5].Code)
	if toast := analyst.tap("↩ Отменить"); toast.Text != "Отменено" {
		t.Errorf("got %+v", toast)
	}
	analyst.sees("осталось 60")

	// A factor in writing shows on the buttons.
	analyst.tap("Штук в единице", "осталось 60")
	analyst.sees("Напишите, сколько")
	if _, err := c.tg.SendText(analyst.User, "12"); err != nil {
		t.Fatal(err)
	}
	analyst.tap("1 · ×12")
	analyst.sees("осталось 59", "×12")

	// The rest in a workbook.
	analyst.tap("Книгой Excel")
	m := analyst.waits(func(m tgemu.Message) bool { return m.Document != nil }, "a workbook")
	book := c.fillBook(m.Document.ID)
	if _, err := c.tg.SendDocument(analyst.User, m.Document.Name, book, ""); err != nil {
		t.Fatal(err)
	}
	analyst.sees("Книга прочитана", "Ответов: 3")
	analyst.tap("Применить 3")
	analyst.sees("Применено: 3")
	if n := c.openNames(); n > 56 { // answers may have answered others of the same name
		t.Errorf("%d questions open", n)
	}
}

// fillBook answers the first three rows of a mapping workbook as an analyst does.
func (c *chats) fillBook(fileID string) []byte {
	c.t.Helper()
	return c.fillRows(fileID, "Разбор", [][2]string{{"Выбор (код)", c.w.Products[9].Code}, {"Решение", "новый"}, {"Решение", "не наш"}})
}

// fillShops answers the first two rows of a workbook of shops.
func (c *chats) fillShops(fileID, code string) []byte {
	c.t.Helper()
	return c.fillRows(fileID, "Точки", [][2]string{{"Выбор (код)", code}, {"Решение", "новый"}})
}

// fillRows writes one cell a row, told by the title of its column.
func (c *chats) fillRows(fileID, sheet string, rows [][2]string) []byte {
	c.t.Helper()
	data, err := c.tg.Download(fileID)
	if err != nil {
		c.t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		c.t.Fatal(err)
	}
	all, err := f.GetRows(sheet)
	if err != nil {
		c.t.Fatal(err)
	}
	for i, r := range rows {
		col := slices.Index(all[0], r[0]) + 1
		cell, err := excelize.CoordinatesToCellName(col, i+2)
		if err == nil {
			err = f.SetCellStr(sheet, cell, r[1])
		}
		if err != nil {
			c.t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		c.t.Fatal(err)
	}
	return out.Bytes()
}

func TestSubscriptionsAreMadeByTaps(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	manager := c.invite(102, "Пётр", storage.RoleManager, storage.Cut{})
	manager.tap("Подписки")
	manager.tap("Часовой пояс")
	manager.tap("Omsk")
	manager.tap("+ за неделю", "Asia/Omsk")
	manager.tap("09:00")
	manager.tap("Сюда")
	manager.sees("за неделю, по понедельникам в 09:00")
	manager.tap("+ за день")
	manager.sees("во сколько?")
	if _, err := c.tg.SendText(manager.User, "7:45"); err != nil {
		t.Fatal(err)
	}
	manager.tap("Письмом")
	manager.sees("Напишите адрес почты")
	if _, err := c.tg.SendText(manager.User, "petr@maker.example"); err != nil {
		t.Fatal(err)
	}
	manager.sees("за день, каждый день в 07:45, на petr@maker.example")
	manager.tap("Отписаться: за неделю")
	manager.waits(func(m tgemu.Message) bool {
		return strings.Contains(m.Text, "за день") && !strings.Contains(m.Text, "за неделю")
	}, "one subscription")
}

func TestAdminsInviteAndRevoke(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	admin := c.invite(100, "Админ", storage.RoleAdmin, storage.Cut{})
	if _, err := c.tg.SendText(admin.User, "/invite"); err != nil {
		t.Fatal(err)
	}
	admin.tap("дистрибьютор", "Кого приглашаем?")
	admin.tap(c.w.Distributors[0].Name, "Какой дистрибьютор?")
	m := admin.sees("t.me/")
	_, rest, _ := strings.Cut(m.Text, "?start=")
	token := strings.Fields(rest)[0]

	guest := person{c, tgemu.User{ID: 300, FirstName: "Гость"}}
	c.tg.AddUser(guest.User)
	if _, err := c.tg.Start(guest.User, token); err != nil {
		t.Fatal(err)
	}
	offer := guest.sees("Вас приглашают: дистрибьютор", c.w.Distributors[0].Name)
	guest.press(offer, "Принять")
	guest.sees("Пришлите отчёт файлом")

	second := person{c, tgemu.User{ID: 301, FirstName: "Второй"}}
	c.tg.AddUser(second.User)
	for range 2 {
		if _, err := c.tg.Start(second.User, token); err != nil {
			t.Fatal(err)
		}
	}
	second.sees("Приглашение уже использовано")
	if _, err := c.tg.SendText(second.User, "пустите"); err != nil {
		t.Fatal(err)
	}
	second.sees("Этот бот работает по приглашениям")

	if _, err := c.tg.SendText(admin.User, "/people"); err != nil {
		t.Fatal(err)
	}
	admin.tap("Гость")
	admin.tap("Отозвать доступ")
	admin.tap("Да, отозвать")
	admin.sees("Допущены: 1")
	if _, err := c.tg.SendText(guest.User, "/status"); err != nil {
		t.Fatal(err)
	}
	guest.sees("Этот бот работает по приглашениям")
}

// TestAHundredAnswersByTwoAnalysts is the promise that no answer is lost or
// applied twice, with taps that come twice and cards that are old.
func TestAHundredAnswersByTwoAnalysts(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	one := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	two := c.invite(102, "Нина", storage.RoleAnalyst, storage.Cut{})
	for _, i := range []int{2, 6} {
		d := c.w.Distributors[i]
		who := c.reporter(i)
		who.send(c.letter(d.Code + "/" + c.lastMonth()).Files[0])
		who.sees("Загружено")
	}
	c.until(func() bool { return c.openNames() >= 120 }, "the questions are asked")
	before := c.openNames()
	for _, p := range []person{one, two} {
		if _, err := c.tg.SendText(p.User, "/queue"); err != nil {
			t.Fatal(err)
		}
	}
	taps := 0
	for c.answered() < 100 {
		for _, p := range []person{one, two} {
			m := p.sees("Новое название", "осталось")
			if other := c.cardOf(one, two, p); other != "" && other == nameOn(m) {
				t.Fatalf("two analysts hold %q", other)
			}
			label := []string{"1", "Новый товар", "Не наш"}[taps%3]
			data := button(m, label)
			for range 1 + taps%2 { // every second tap comes twice
				if err := c.tg.Press(p.User, m.ID, data); err != nil {
					t.Fatal(err)
				}
			}
			taps++
			p.waits(func(n tgemu.Message) bool {
				return n.ID >= m.ID && has(n, []string{"осталось"}) && nameOn(n) != nameOn(m)
			}, "the next card")
		}
	}
	c.idle()
	answered, journaled, mapped := c.answered(), c.count("select count(*) from journal where action = 'answer.item'"), before-c.openNames()
	if answered != mapped || answered != taps {
		t.Errorf("%d taps, %d answers, %d fewer questions, %d journal entries", taps, answered, mapped, journaled)
	}
	if twice := c.count("select count(*) from (select subject from journal where action = 'answer.item' group by subject having count(*) > 1) x"); twice > 0 {
		t.Errorf("%d questions answered twice", twice)
	}
}

func nameOn(m tgemu.Message) string {
	_, after, _ := strings.Cut(m.Text, "Новое название")
	lines := strings.Split(after, "\n")
	if len(lines) < 5 {
		return after
	}
	return fmt.Sprint(lines[1:5])
}

// cardOf is what the other of two has on the card.
func (c *chats) cardOf(one, two, me person) string {
	other := one
	if me.ID == one.ID {
		other = two
	}
	all := c.tg.Messages(other.ID)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].From.IsBot && has(all[i], []string{"Новое название", "осталось"}) {
			return nameOn(all[i])
		}
	}
	return ""
}

func (c *chats) openNames() int {
	return c.count("select count(*) from question where state = 'open' and kind = 'item'")
}

func (c *chats) answered() int {
	return c.count("select count(*) from question where state = 'answered'")
}

func (c *chats) count(sql string) int {
	c.t.Helper()
	var n int
	if err := c.store.Pool().QueryRow(c.t.Context(), sql).Scan(&n); err != nil {
		c.t.Fatal(err)
	}
	return n
}

func (c *chats) text(sql string) string {
	c.t.Helper()
	var s string
	if err := c.store.Pool().QueryRow(c.t.Context(), sql).Scan(&s); err != nil {
		c.t.Fatal(err)
	}
	return s
}

// until looks again and again whether something is so.
func (c *chats) until(so func() bool, what string) {
	c.t.Helper()
	tick, end := time.NewTicker(20*time.Millisecond), time.After(time.Minute)
	defer tick.Stop()
	for !so() {
		select {
		case <-end:
			c.t.Fatalf("in vain waited until %s", what)
		case <-tick.C:
		}
	}
}

// idle waits until the bot has handled every update.
func (c *chats) idle() {
	c.t.Helper()
	c.until(func() bool { return c.count("select count(*) from tg_update where done_at is null") == 0 }, "all updates are handled")
}

// onePixel is a picture.
func onePixel() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 20, 20)))
	return b.Bytes()
}
