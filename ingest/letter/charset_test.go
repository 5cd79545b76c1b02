package letter

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// wordsOfReports are words of file names and subjects, single ones: the hardest
// case for a guess.
const wordsOfReports = `отчёт отчет продажи остатки реализация отгрузки заказ возвраты прайс каталог товары клиенты склад движение
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь квартал год неделя месяц период
Иванов Петров Сидорова Кузнецов Васильева Москва Тверь Казань Уфа Екатеринбург Новосибирск Краснодар Воронеж Пермь
вторичные первичные сводка таблица документ накладная счёт акт сверка письмо файл лист книга копия данные итог
дистрибьютор поставщик покупатель агент маршрут точка магазин сеть филиал регион область город улица
молоко сыр масло вода сок чай кофе хлеб мясо рыба шоколад печенье конфеты корм крупа мука сахар соль`

func TestGuessKnowsRussianInEachCharset(t *testing.T) {
	t.Parallel()
	for name, enc := range map[string]*charmap.Charmap{"windows-1251": charmap.Windows1251, "koi8-r": charmap.KOI8R, "cp866": charmap.CodePage866} {
		for _, change := range []func(string) string{strings.ToLower, strings.ToUpper, capital} {
			right, all := 0, 0
			for _, word := range strings.Fields(wordsOfReports) {
				word = change(word)
				raw, err := enc.NewEncoder().String(word)
				if err != nil {
					t.Fatal(err)
				}
				all++
				if got := guess([]byte(raw)); got == word {
					right++
				} else {
					t.Logf("%s: %s became %s", name, word, got)
				}
			}
			if float64(right) < 0.97*float64(all) {
				t.Errorf("%s: %d of %d words", name, right, all)
			}
		}
	}
}

func TestGuessIsSureOfNamesOfTwoWords(t *testing.T) {
	t.Parallel()
	words := strings.Fields(wordsOfReports)
	for _, enc := range []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866} {
		for i := range words {
			name := capital(words[i]) + " " + words[(i+1)%len(words)] + " 03.2024.xlsx"
			raw, err := enc.NewEncoder().String(name)
			if err != nil {
				t.Fatal(err)
			}
			if got := guess([]byte(raw)); got != name {
				t.Errorf("%s became %s", name, got)
			}
		}
	}
}

func capital(s string) string {
	r := []rune(strings.ToLower(s))
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

func TestGuessLeavesOtherTextAlone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ raw, want string }{
		{"Привет", "Привет"},
		{"caf\xe9 cr\xe8me", "café crème"},
		{"\xdcbersicht M\xe4rz", "Übersicht März"},
		{"Привет, ми\xd1", "Привет, ми\uFFFD"},
	} {
		if got := guess([]byte(c.raw)); got != c.want {
			t.Errorf("%q: got %q, want %q", c.raw, got, c.want)
		}
	}
}
