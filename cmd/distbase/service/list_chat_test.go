package service_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/distbase/distbase/storage"
)

// longList is a list of n goods, a piece of the first, two of the second and so on.
func longList(n int) []string {
	lines := []string{"Продажи за май 2026"}
	for i := range n {
		name := []string{"Шампунь Ромашка", "Мыло лаванда туалетное", "Крем"}[i%3]
		lines = append(lines, fmt.Sprintf("%s №%03d 400 мл - %d", name, i+1, i+1))
	}
	return lines
}

// cutList cuts a list as Telegram's apps do: at the last end of a line that fits.
func cutList(lines []string) []string {
	var out []string
	part := ""
	for _, line := range lines {
		if len([]rune(part))+len([]rune(line))+1 > 4096 {
			out, part = append(out, part), ""
		}
		if part != "" {
			part += "\n"
		}
		part += line
	}
	return append(out, part)
}

func TestALongListInSeveralMessagesIsOneReport(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	analyst := c.invite(101, "Ольга", storage.RoleAnalyst, storage.Cut{})
	d := c.reporter(1)
	parts := cutList(longList(300))
	if len(parts) != 3 {
		t.Fatalf("%d parts", len(parts))
	}
	for _, part := range parts {
		d.says(part)
	}
	d.sees("Принял список из 3 сообщений")
	analyst.tap("Ответить", "Новый вид отчёта")
	analyst.sees("300 строк", "Шампунь Ромашка №001")
	analyst.tap("Всё верно", "май 2026")
	d.sees("Загружено")
	if n := c.count("select sum(quantity)::int from sale"); n != 300*301/2 {
		t.Errorf("%d pieces were loaded", n)
	}
	if n := c.count("select count(*) from message"); n != 1 {
		t.Errorf("%d reports", n)
	}
	// A remark after it is no part of it.
	d.says("спасибо")
	d.sees("Не понял")
}

func TestHalfAListIsNotLoaded(t *testing.T) {
	t.Parallel()
	c := newChats(t, nil)
	d := c.reporter(1)
	parts := cutList(longList(150))
	d.says(parts[0])
	d.sees("список пришёл не целиком", "а продолжения нет", "Ничего не загружено")
	d.says(parts[1])
	d.sees("это продолжение списка")
	// Cut within a line, it cannot be put together.
	whole := strings.Join(longList(150), "\n")
	at := strings.LastIndex(string([]rune(whole)[:4000]), "лаванда ")
	d.says(whole[:at])
	d.says(whole[at:])
	d.sees("не видно, где кончается строка", "Ничего не загружено")
	if n := c.count("select count(*) from message"); n != 0 {
		t.Errorf("%d reports were taken", n)
	}
}
