package table

import "testing"

// TestFiguresOfSomethingElseBesideStockAreAskedAbout: their title says what they are not.
func TestFiguresOfSomethingElseBesideStockAreAskedAbout(t *testing.T) {
	t.Parallel()
	for title, asked := range map[string]bool{
		"Сумма": false, "Сумма остатка на 31.07.2026": false, "Остаток, руб": false,
		"Сумма возврата": true, "Сумма с начала года": false, "Продажи 2025, шт": true, "Отгружено за 2025 год": true,
	} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			tb := understandOne(t, [][]any{
				{"Остатки на 31.07.2026"}, {"Артикул", "Товар", "Остаток, шт", title},
				{"A-1", "Сок яблочный", 3, 30}, {"A-2", "Вода лесная", 4, 44}, {"A-3", "Чай горный", 5, 65},
			}, Source{FileName: "Остатки.xlsx", Received: day(2026, 8, 1)})
			if tb.Certain == asked {
				t.Errorf("%s %v, certain %v, doubts %+v", tb.Kind, tb.Columns, tb.Certain, tb.Doubts)
			}
		})
	}
}
