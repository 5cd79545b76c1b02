package table

import (
	"slices"
	"testing"
)

// TestListWithoutHeading learns a list of one month and reads the next, of which only
// the cells tell what stands where.
func TestListWithoutHeading(t *testing.T) {
	t.Parallel()
	const list = "10001|Молоток 500 г|шт|12|350.00\n10002|Отвёртка PH2|шт|40|90.50\n10003|Пила по дереву|шт|5|620.00"
	for _, c := range []struct {
		name, after string
		asks        bool
	}{
		{"the same", list, false},
		{"lines of title", "Отдел логистики\nОтветственный: Иванова Мария\n" + list, false},
		{"names moved to the end", "10001|шт|12|350.00|Молоток 500 г\n10002|шт|40|90.50|Отвёртка PH2\n10003|шт|5|620.00|Пила по дереву", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			read := func(text string, known ...Layout) *Table {
				file, src := parseSketch("@file stock_20260930.csv\n" + text)
				tables, err := Understand(file, src, known)
				if err != nil || len(tables) != 1 {
					t.Fatalf("%d tables, %v", len(tables), err)
				}
				return tables[0]
			}
			first := read(list)
			now := read(c.after, first.Layout())
			if now.KnownAs == "" || slices.ContainsFunc(now.Drift, Drift.Asks) != c.asks {
				t.Errorf("known as %q, drift %+v, want asked %t", now.KnownAs, now.Drift, c.asks)
			}
			if d := differ(first, now, day(2026, 8, 3)); d != "" && !c.asks {
				t.Error(d)
			}
		})
	}
}
