package table

import (
	"testing"
	"time"
)

func TestParsePeriod(t *testing.T) {
	t.Parallel()
	received := day(2026, 8, 3)
	for _, c := range []struct{ name, in, want string }{
		{"range with dash", "Период: 01.07.2026 - 31.07.2026", "2026-07-01/2026-07-31"},
		{"range without blanks", "01.07.2026-31.07.2026", "2026-07-01/2026-07-31"},
		{"range with en dash", "01.07.2026–31.07.2026", "2026-07-01/2026-07-31"},
		{"two-digit years", "за период с 01.07.26 по 31.07.26", "2026-07-01/2026-07-31"},
		{"month nominative", "Июль 2026 г.", "2026-07-01/2026-07-31"},
		{"month genitive", "Оборотно-сальдовая ведомость по счету 41.01 за Июля 2026 г.", "2026-07-01/2026-07-31"},
		{"account number is no date", "Оборотно-сальдовая ведомость по счету 41.01 за Июль 2026 г.", "2026-07-01/2026-07-31"},
		{"month prepositional", "в июле 2026", "2026-07-01/2026-07-31"},
		{"month abbreviated", "продажи янв 2026", "2026-01-01/2026-01-31"},
		{"month with dot", "янв. 2026", "2026-01-01/2026-01-31"},
		{"quarter", "1 квартал 2026", "2026-01-01/2026-03-31"},
		{"quarter with year word", "за 2 квартал 2026 г.", "2026-04-01/2026-06-30"},
		{"roman quarter", "II кв. 2026", "2026-04-01/2026-06-30"},
		{"english quarter", "Q3 2025", "2025-07-01/2025-09-30"},
		{"year before quarter", "2025 Q4", "2025-10-01/2025-12-31"},
		{"half-year", "1 полугодие 2026", "2026-01-01/2026-06-30"},
		{"year", "за 2025 год", "2025-01-01/2025-12-31"},
		{"year short", "2025 г.", "2025-01-01/2025-12-31"},
		{"not set", "Период: Период не установлен", ""},
		{"stock day", "Остатки на 01.07.2026", "2026-07-01"},
		{"stock day after colon", "На дату: 31.07.2026", "2026-07-31"},
		{"stock day by word", "на 1 июля 2026 г.", "2026-07-01"},
		{"stock day as of", "Stock as of July 5, 2026", "2026-07-05"},
		{"state", "по состоянию на 14.08.24", "2024-08-14"},
		{"english range", "1-Jul-24 to 10-Jul-24", "2024-07-01/2024-07-10"},
		{"english range four digits", "1-Jul-2024 to 24-Jul-2024", "2024-07-01/2024-07-24"},
		{"english month", "Sales July 2026", "2026-07-01/2026-07-31"},
		{"spanish", "Ventas del 1 de julio de 2026 al 31 de julio de 2026", "2026-07-01/2026-07-31"},
		{"ukrainian", "Продажі за липень 2026 р.", "2026-07-01/2026-07-31"},
		{"iso range", "2026-07-01 - 2026-07-31", "2026-07-01/2026-07-31"},
		{"american", "07/31/2026", "2026-07-31"},
		{"months range", "июль 2025-янв 2026", "2025-07-01/2026-01-31"},
		{"months range one year", "январь-март 2026", "2026-01-01/2026-03-31"},
		{"months range with bars", "Вторичные продажи — X  |  Март 2026 — Апрель 2026", "2026-03-01/2026-04-30"},
		{"short months with short years", "фев25-янв26", "2025-02-01/2026-01-31"},
		{"months glued to years", "Продажи бандажи фев2025-янв2026", "2025-02-01/2026-01-31"},
		{"days of a month", "с 1 по 15 июля 2026", "2026-07-01/2026-07-15"},
		{"days of a month with dash", "1-15.07.2026", "2026-07-01/2026-07-15"},
		{"range without first year", "с 25.12 по 05.01.2026", "2025-12-25/2026-01-05"},
		{"begin and end on two lines", "Дата начала: 01.04.2022\nДата окончания: 31.03.2023", "2022-04-01/2023-03-31"},
		{"month without year", "Продажи за июль", "2026-07-01/2026-07-31"},
		{"month without year, of last year", "Продажи за ноябрь", "2025-11-01/2025-11-30"},
		{"day without year", "Отчет ТД Север за 31.07", "2026-07-31"},
		{"day without year, of last year", "остатки на 31.12", "2025-12-31"},
		{"day by word without year", "остатки на 31 июля", "2026-07-31"},
		{"number of a form before a month", "Форма 7 июль 2026", "2026-07-01/2026-07-31"},
		{"day before a month in the nominative", "остатки на 31 июль 2026", "2026-07-31"},
		{"file with underscores", "Продажи_июль_2026", "2026-07-01/2026-07-31"},
		{"file compact", "TDSEVER_SALES_20260701-20260731_v2", "2026-07-01/2026-07-31"},
		{"sheet compact, day first", "остатки и цены 13102017", "2017-10-13"},
		{"file one day", "STOCK PIO 26-03-2024", "2024-03-26"},
		{"file two-digit year", "Diario 25-03-24", "2024-03-25"},
		{"file month and year", "sales_2026-07", "2026-07-01/2026-07-31"},
		{"file month first", "отчет 07.2026", "2026-07-01/2026-07-31"},
		{"file year first", "2026 июль", "2026-07-01/2026-07-31"},
		{"month alone", "Декабрь 2025", "2025-12-01/2025-12-31"},
		{"price day with clock", "Прайс актуален на  17.05.2025 11:26:53", "2025-05-17"},
		{"moment of export", "Заявки 2026-01-05 10-44-49", ""},
		{"document date", "Договор поставки от 15.01.2026", ""},
		{"document", "Реализация товаров и услуг 99 от 29.05.2026 14:21:32", ""},
		{"no date at all", "Лист1", ""},
		{"season in a name", "PATRIKA 24-25", ""},
		{"not a day", "31.02.2026", ""},
		{"amount", "Шампунь 12.05", ""},
		{"phone", "Тел.: (044) 496 0680", ""},
		{"empty", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, ok := ParsePeriod(c.in, received)
			got := ""
			if ok {
				got = p.String()
			}
			if got != c.want {
				t.Errorf("ParsePeriod(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestParsePeriodWithoutReceivedTakesNoYearFromTheClock(t *testing.T) {
	t.Parallel()
	if p, ok := ParsePeriod("Продажи за июль", time.Time{}); ok {
		t.Errorf("got %v", p)
	}
}

func TestParseDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"06.07.2026 10:00:00", "2026-07-06"}, {"2026-07-06", "2026-07-06"}, {"2026-07-06T10:00:00", "2026-07-06"},
		{"20260706", "2026-07-06"}, {"6.7.26", "2026-07-06"}, {"06/07/2026", "2026-07-06"}, {"07/31/2026", "2026-07-31"},
		{"6 июля 2026 г.", "2026-07-06"}, {"1-Jul-24", "2024-07-01"}, {"July 5, 2026", "2026-07-05"},
		{"июль 2026", ""}, {"12345678", ""}, {"99.99.2026", ""}, {"ООО 01.07.2026", ""}, {"", ""},
	} {
		d, ok := ParseDay(c.in)
		got := ""
		if ok {
			got = d.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("ParseDay(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
