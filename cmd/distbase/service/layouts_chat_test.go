package service_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/distbase/distbase/bot/tgemu"
	"github.com/distbase/distbase/storage"
)

// learned has an analyst confirm the layout of the first distributor's report.
func learned(t *testing.T) (c *chats, analyst person) {
	t.Helper()
	c = newChats(t, nil)
	analyst = c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(1)
	d.send(workbook(t, "Отчет.xlsx", twoQuantities("май 2026", 5)...))
	analyst.tap("Ответить", "Новый вид отчёта")
	analyst.tap("Столбцы", "Так я прочитал")
	analyst.tap("D Количество", "Какой столбец")
	analyst.tap("Количество", "Что это?")
	analyst.tap("Всё верно", "✔ D Количество")
	d.sees("Загружено")
	return c, analyst
}

// says sends a text to the bot.
func (p person) says(text string) {
	p.t.Helper()
	if _, err := p.tg.SendText(p.User, text); err != nil {
		p.t.Fatal(err)
	}
}

// narrow checks that no button of a message and no line of its columns is wider than
// a phone; other lines Telegram breaks by itself.
func (p person) narrow(m tgemu.Message) {
	p.t.Helper()
	var lines []string
	for line := range strings.SplitSeq(m.Text, "\n") {
		if strings.Contains(line, " = ") {
			lines = append(lines, line)
		}
	}
	for _, row := range m.Buttons() {
		lines = append(lines, row...)
	}
	for _, line := range lines {
		if n := utf8.RuneCountInString(line); n > 40 {
			p.t.Errorf("a line of %d characters: %s", n, line)
		}
	}
}

// twice taps a button twice in a row, and returns the answer to the second tap.
func (p person) twice(label string, texts ...string) tgemu.Toast {
	p.t.Helper()
	m := p.sees(texts...)
	if err := p.tg.Press(p.User, m.ID, button(m, label)); err != nil {
		p.t.Fatal(err)
	}
	return p.press(m, label)
}

// begins is the start of a name, enough to find its button.
func begins(name string) string { return string([]rune(name)[:8]) }

func TestLayoutsAreShownCorrectedRetiredAndRestoredInAChat(t *testing.T) {
	t.Parallel()
	c, analyst := learned(t)
	name := c.w.Distributors[1].Name
	analyst.says("/layouts")
	analyst.narrow(analyst.sees("Чьи показать?"))
	analyst.tap(begins(name), "Чьи показать?")
	analyst.narrow(analyst.sees("Действуют: 1"))
	analyst.tap("Продажи", "Действуют: 1")
	analyst.narrow(analyst.sees("Продажи · версия 1", "Подтверждён", "Ольга", "Товар = товар", "Сумма = сумма"))

	analyst.tap("Столбцы", "версия 1")
	analyst.narrow(analyst.sees("Какой столбец исправить?"))
	analyst.tap("товар: Товар", "Какой столбец")
	roles := analyst.sees("Сейчас: Товар")
	analyst.narrow(roles)
	analyst.tap("Все роли", "Сейчас: Товар")
	analyst.tap("Ещё", "Сейчас: Товар")
	analyst.tap("Бренд", "Сейчас: Товар")
	analyst.narrow(analyst.sees("✔ товар: Бренд", "версия 2", "Исправлен", "Бренд = товар"))
	if n := c.count("select version from layout where retired_at is null"); n != 2 {
		t.Errorf("version %d is in force after the correction", n)
	}
	if toast := analyst.tap("↩ Отменить", "версия 2"); toast.Text != "Отменено" {
		t.Errorf("undone: %+v", toast)
	}
	analyst.sees("версия 1", "Товар = товар")

	analyst.tap("Снять", "версия 1")
	if toast := analyst.twice("Да, снять", "Снять макет?"); toast.Text != "Уже сделано." {
		t.Errorf("tapped twice: %+v", toast)
	}
	analyst.narrow(analyst.sees("версия 1 · снят", "Снят "))
	if n := c.count("select count(*) from layout where retired_at is null"); n != 0 {
		t.Errorf("%d layouts in force after the only one was retired", n)
	}
	analyst.tap("Вернуть", "версия 1 · снят")
	analyst.sees("✔ снова действует", "версия 1")
	if n := c.count("select version from layout where retired_at is null"); n != 1 {
		t.Errorf("version %d is in force after the restoration", n)
	}
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + analyst.screen())
	}
}

func TestAnEarlierVersionOfALayoutComesBackInAChat(t *testing.T) {
	t.Parallel()
	c, analyst := learned(t)
	analyst.says("/layouts " + c.w.Distributors[1].Code)
	analyst.tap("Продажи", "Действуют: 1")
	analyst.tap("Столбцы", "версия 1")
	analyst.tap("клиент: Клиент", "Какой столбец")
	analyst.tap("Торговая точка", "Сейчас: Клиент")
	analyst.tap("Версии: 2", "версия 2")
	analyst.narrow(analyst.sees("Версия 2 · действует", "Версия 1", "Снят "))
	analyst.tap("Версия 1", "Версия 2 · действует")
	analyst.tap("Вернуть вместо версии 2", "версия 1 · снят")
	analyst.sees("✔ снова действует", "версия 1", "Клиент = клиент")
	if n := c.count("select version from layout where retired_at is null"); n != 1 {
		t.Errorf("version %d is in force after the restoration", n)
	}
	analyst.tap("↩ Отменить", "снова действует")
	if n := c.count("select version from layout where retired_at is null"); n != 2 {
		t.Errorf("version %d is in force after the restoration was taken back", n)
	}
}

func TestALayoutIsCopiedInAChat(t *testing.T) {
	t.Parallel()
	c, analyst := learned(t)
	from, to := c.w.Distributors[1], c.w.Distributors[2]
	analyst.says("/layouts " + from.Name)
	analyst.tap("Продажи", "Действуют: 1")
	analyst.tap("Копировать", "версия 1")
	analyst.narrow(analyst.sees("Кому ещё дать этот макет?"))
	analyst.says("нет такого имени")
	analyst.sees("Не нашлось")
	analyst.says(to.Code)
	analyst.waits(func(m tgemu.Message) bool {
		return has(m, []string{"Кому ещё"}) && len(m.Buttons()) == 2
	}, "one distributor found")
	if toast := analyst.twice(begins(to.Name), "Кому ещё дать этот макет?", "Выберите"); toast.Text != "Уже сделано." {
		t.Errorf("tapped twice: %+v", toast)
	}
	analyst.narrow(analyst.sees("Скопирован", to.Name, "от «"+from.Name))
	inForce := "select count(*) from layout l join distributor d on d.id = distributor_id where retired_at is null and d.code = "
	if n := c.count(inForce + "'" + to.Code + "'"); n != 1 {
		t.Errorf("%d layouts of the other distributor", n)
	}
	analyst.tap("↩ Отменить", "Скопирован", to.Name)
	analyst.sees("Подтверждён", from.Name)
	if n := c.count("select count(*) from layout where retired_at is null"); n != 1 {
		t.Errorf("%d layouts in force after the copy was taken back", n)
	}
	// The layout is shown again, and a text is no search for a distributor any more.
	analyst.says(to.Code)
	analyst.sees("Не понял")
}

func TestACopyInPlaceOfAnotherLayoutIsAskedAbout(t *testing.T) {
	t.Parallel()
	c, analyst := learned(t)
	to := c.w.Distributors[2]
	other := c.reporter(2)
	other.send(workbook(t, "Свой.xlsx", twoQuantities("май 2026", 6)...))
	analyst.tap("Ответить", "Новый вид отчёта", "Свой")
	analyst.tap("Да", "Как у «")
	other.sees("Загружено")
	analyst.says("/layouts " + c.w.Distributors[1].Code)
	analyst.tap("Продажи", "Действуют: 1")
	analyst.tap("Столбцы", "версия 1")
	analyst.tap("клиент: Клиент", "Какой столбец")
	analyst.tap("Торговая точка", "Сейчас: Клиент")
	analyst.tap("Копировать", "версия 2")
	analyst.says(to.Code)
	analyst.tap(begins(to.Name), "Кому ещё")
	analyst.sees("такой макет уже есть, версия 1. Заменить?")
	analyst.tap("Заменить", "уже есть")
	analyst.sees("✔ копия для", "версия 2")
	analyst.tap("↩ Отменить", "✔ копия для")
	if n := c.count("select count(*) from layout l join distributor d on d.id = distributor_id where retired_at is null and version = 1 and d.code = '" + to.Code + "'"); n != 1 {
		t.Errorf("%d layouts in force that the copy replaced", n)
	}
}

func TestAColumnOfALayoutThatHasChangedIsNotCorrected(t *testing.T) {
	t.Parallel()
	c, analyst := learned(t)
	colleague := c.invite(102, "Нина", storage.RoleAnalyst, storage.Cut{})
	open := func(p person) tgemu.Message {
		p.says("/layouts " + c.w.Distributors[1].Code)
		p.tap("Продажи", "Действуют: 1")
		p.tap("Столбцы", "версия 1")
		p.tap("клиент: Клиент", "Какой столбец")
		return p.sees("Сейчас: Клиент")
	}
	old := open(analyst)
	colleague.press(open(colleague), "Торговая точка")
	colleague.sees("✔ клиент: Торговая точка", "версия 2")
	if toast := analyst.press(old, "Адрес доставки"); !strings.HasPrefix(toast.Text, "Макет изменился: Нина,") || !toast.Alert {
		t.Errorf("got %+v", toast)
	}
	analyst.sees("версия 2", "Торговая точка = клиент", "Нина")
	if n := c.count("select count(*) from layout"); n != 2 {
		t.Errorf("%d layouts", n)
	}
}

func TestALayoutLeftWithoutFiguresIsNotMade(t *testing.T) {
	t.Parallel()
	c, analyst := learned(t)
	analyst.says("/layouts " + c.w.Distributors[1].Code)
	analyst.tap("Продажи", "Действуют: 1")
	for _, role := range []string{"Сумма", "Количество"} {
		analyst.tap("Столбцы", "Продажи · версия")
		list := analyst.sees("Какой столбец")
		for _, row := range list.Buttons() {
			if strings.HasSuffix(row[0], ": "+role) {
				analyst.press(list, row[0])
			}
		}
		roles := analyst.sees("Сейчас: " + role)
		toast := analyst.press(roles, "не брать")
		if role == "Количество" && toast.Text != "С такой правкой таблица не читается. Ничего не изменено." {
			t.Errorf("got %+v", toast)
		}
	}
	if n := c.count("select max(version) from layout"); n != 2 {
		t.Errorf("%d versions", n)
	}
}

func TestLayoutsOfADistributorThatLeftAreFound(t *testing.T) {
	t.Parallel()
	c, analyst := learned(t)
	if _, err := c.store.Pool().Exec(t.Context(), "update distributor set active = false where code = $1", c.w.Distributors[1].Code); err != nil {
		t.Fatal(err)
	}
	analyst.says("/layouts")
	analyst.tap(begins(c.w.Distributors[1].Name), "Чьи показать?")
	analyst.sees("больше не работает", "Действуют: 1")
}

func TestLayoutsAreForAnalysts(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	d := c.reporter(1)
	d.says("/layouts")
	d.sees("Такой команды нет")
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	analyst.sees("/layouts")
	menu := c.tg.Menu(analyst.User)
	if !slices.ContainsFunc(menu, func(x tgemu.Command) bool { return x.Command == "layouts" }) {
		t.Errorf("the menu is %v", menu)
	}
	analyst.says("/layouts")
	analyst.sees("Макетов пока нет")
}
