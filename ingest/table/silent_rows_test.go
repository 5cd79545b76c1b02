package table

import "testing"

// TestLinesWithoutFiguresAreAskedAbout where they stand behind the records or alone among
// them; a record whose quantity is blank is none of them.
func TestLinesWithoutFiguresAreAskedAbout(t *testing.T) {
	t.Parallel()
	list := func(extra ...[]any) [][]any {
		rows := [][]any{{"Продажи за июль 2026"}, {"Клиент", "Артикул", "Товар", "Количество"}}
		for i := range 8 {
			rows = append(rows, []any{"ООО Альфа", "A-" + string(rune('a'+i)), "Сок " + string(rune('а'+i)), 2 + i})
		}
		return append(rows, extra...)
	}
	middle := list()
	middle[5] = []any{"Раздел второй"}
	blank := list()
	blank[5] = []any{"ООО Альфа", "A-9", "Вода лесная"}
	for name, c := range map[string]struct {
		rows  [][]any
		asked bool
	}{
		"nothing else":          {list(), false},
		"contacts below":        {list([]any{nil, "Бухгалтер", "+7 495 000-00-00"}), true},
		"a section between":     {middle, true},
		"a quantity left blank": {blank, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tb := understandOne(t, c.rows, Source{FileName: "Продажи.xlsx", Received: day(2026, 8, 1)})
			if hasDoubt(tb, DoubtOddRow) != c.asked || tb.Certain == c.asked {
				t.Errorf("%d records, certain %v, doubts %+v", len(tb.Records), tb.Certain, tb.Doubts)
			}
		})
	}
}
