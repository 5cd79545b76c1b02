package table

import (
	"slices"
	"testing"
)

// TestNewValueAcross learns a cross-tab of one month and reads the next, which has one
// more column of numbers.
func TestNewValueAcross(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, before, after, asked string }{
		{"another sort", "Товар|Ед.|Северный|Южный\nСок|шт|1|2\nЧай|шт|3|4", "Товар|Ед.|Северный|Южный|Ретро\nСок|шт|1|2|9\nЧай|шт|3|4|9", "Ретро"},
		{"same values", "Товар|Ед.|Северный|Южный\nСок|шт|1|2\nЧай|шт|3|4", "Товар|Ед.|Южный|Северный\nСок|шт|2|1\nЧай|шт|4|3", ""},
		{"told by its words", "Товар|Ед.|Склад Центр|Склад Юг\nСок|шт|1|2\nЧай|шт|3|4", "Товар|Ед.|Склад Центр|Склад Юг|Склад Восток\nСок|шт|1|2|9\nЧай|шт|3|4|9", ""},
		{"among such words", "Товар|Ед.|Склад Центр|Склад Юг\nСок|шт|1|2\nЧай|шт|3|4", "Товар|Ед.|Склад Центр|Склад Юг|Ретро\nСок|шт|1|2|9\nЧай|шт|3|4|9", "Ретро"},
		{"counted in", "Товар|Ед.|Северный|Южный|Итого\nСок|шт|1|2|3\nЧай|шт|3|4|7", "Товар|Ед.|Северный|Южный|Восточный|Итого\nСок|шт|1|2|9|12\nЧай|шт|3|4|9|16", ""},
		{"not counted in", "Товар|Ед.|Северный|Южный|Итого\nСок|шт|1|2|3\nЧай|шт|3|4|7", "Товар|Ед.|Северный|Южный|Ретро|Итого\nСок|шт|1|2|9|3\nЧай|шт|3|4|9|7", "Ретро"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			const head = "@file Остатки на складах 31.07.2026.xlsx\nОстатки на складах на 31.07.2026\n"
			read := func(text string, known ...Layout) *Table {
				file, src := parseSketch(head + text)
				tables, err := Understand(file, src, known)
				if err != nil || len(tables) != 1 {
					t.Fatalf("%d tables, %v", len(tables), err)
				}
				return tables[0]
			}
			now := read(c.after, read(c.before).Layout())
			i := slices.IndexFunc(now.Drift, func(d Drift) bool { return d.Code == DriftValue })
			asked := ""
			if i >= 0 {
				asked = now.Drift[i].Now
			}
			if asked != c.asked {
				t.Errorf("asked about %q, want %q; drift %+v", asked, c.asked, now.Drift)
			}
			if again := read(c.after, now.Layout()); slices.ContainsFunc(again.Drift, Drift.Asks) {
				t.Errorf("asked again: %+v", again.Drift)
			}
			if back := read(c.before, now.Layout()); slices.ContainsFunc(back.Drift, Drift.Asks) {
				t.Errorf("asked when it was gone: %+v", back.Drift)
			}
		})
	}
}
