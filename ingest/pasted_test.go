package ingest

import (
	"context"
	"strings"
	"testing"
)

func TestPartsOfAPastedListAreJoinedWhereTheLinesAreWhole(t *testing.T) {
	t.Parallel()
	list := "Продажи за май 2026\n\nШампунь Ромашка 400 - 12\nМыло лаванда 90г - 48\nКрем для рук 75мл. - 6\nСок 0.5л - 7\nЧай чёрный 100 - 9\nВода 1.5л - 3"
	cut := func(at string) (a, b string) {
		a, b, ok := strings.Cut(list, at)
		if !ok {
			t.Fatalf("no %q in the list", at)
		}
		return a, b
	}
	for _, c := range []struct {
		name string
		at   string // what the messenger has cut out; "|" before or behind it stays
		hard bool
		ok   bool
	}{
		{"at the end of a line", " - 48\n|", false, true},
		{"behind a full stop within a line", "0.|", false, true},
		{"in the middle of a word, without looking", "чёр|", true, true},
		{"in the middle of a number, without looking", "- 4|", true, true},
		{"at a blank within a line", "лаванда |", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			keep, _ := strings.CutSuffix(c.at, "|")
			a, b := cut(keep)
			got, ok := JoinPasted(context.Background(), strings.TrimSpace(a+keep), strings.TrimSpace(b), c.hard)
			if ok != c.ok || ok && got != list {
				t.Errorf("joined %v:\n%s", ok, got)
			}
		})
	}
	// Whole lines that end with a full stop are whole.
	got, ok := JoinPasted(context.Background(), "Товар\tКоличество\tЕд.\nСок\t3\tшт.\nВода\t4\tшт.", "Чай\t5\tшт.\nКофе\t6\tшт.", false)
	if want := "Товар\tКоличество\tЕд.\nСок\t3\tшт.\nВода\t4\tшт.\nЧай\t5\tшт.\nКофе\t6\tшт."; !ok || got != want {
		t.Errorf("joined %v:\n%s", ok, got)
	}
	// Cells pasted out of a sheet.
	got, ok = JoinPasted(context.Background(), "Товар\tКоличество\tСумма\nСок\t3\t30\nВода\t4\t40", "Чай\t5\t50\nКофе\t6\t60", false)
	if !ok || strings.Count(got, "\n") != 4 {
		t.Errorf("joined %v:\n%s", ok, got)
	}
}
