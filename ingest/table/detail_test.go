package table

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// batches is a report in which the batches of goods stand under them.
func batches() [][]any {
	return [][]any{
		{"Продажи за июль 2026"},
		{"Клиент", "Количество", "Сумма"},
		{"Номенклатура"},
		{"ООО Альфа", 15, 300},
		{"> Сок яблочный", 10, 200},
		{"> > партия 0107", 4, 80},
		{"> > партия 0207", 6, 120},
		{"> Вода", 5, 100},
		{"> > партия 0307", 5, 100},
		{"ИП Бета", 1, 20},
		{"> Сок яблочный", 1, 20},
		{"> > партия 0207", 1, 20},
		{"Итого", 16, 320},
	}
}

// choices are the ways to take the rows, a line each.
func choices(t *Table) string {
	var out []string
	for _, c := range t.LevelChoices() {
		line := fmt.Sprintf("%d of %d: %d rows of %s, %s, %s", c.Detail.Level, c.Detail.Of, c.Rows, c.Role, c.Totals[Quantity], strings.Join(c.Examples, " / "))
		for _, x := range []struct {
			is   bool
			word string
		}{{c.Taken, "taken"}, {c.Goods, "goods"}, {c.Agrees != nil && *c.Agrees, "agrees"}} {
			if x.is {
				line += ", " + x.word
			}
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// taking is the layout of a table when another level is chosen.
func taking(t *testing.T, first *Table, level int) Layout {
	t.Helper()
	l := first.Layout()
	for _, c := range first.LevelChoices() {
		if c.Detail.Level == level {
			l.Choose(c)
			return l
		}
	}
	t.Fatalf("level %d is not offered:\n%s", level, choices(first))
	return l
}

func TestLevelsOfGroupsAreOfferedWithWhatTheyComeTo(t *testing.T) {
	t.Parallel()
	first := understandOne(t, batches(), Source{FileName: "a.xlsx"})
	want := strings.TrimSpace(`
1 of 2: 2 rows of client, 16, ООО Альфа / ИП Бета, agrees
2 of 2: 3 rows of product, 16, Сок яблочный / Вода, goods, agrees
0 of 2: 4 rows of product, 16, партия 0107 / партия 0207, taken, goods, agrees
-1 of 2: 9 rows of product, 48, ООО Альфа / Сок яблочный, goods`)
	if got := choices(first); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	flat := understandOne(t, [][]any{{"Клиент", "Товар", "Количество"}, {"ООО Альфа", "Сок", 3}}, Source{FileName: "Продажи июль 2026.xlsx"})
	if got := choices(flat); got != "" {
		t.Errorf("a list without groups offers\n%s", got)
	}
}

func TestRowsOfTheChosenLevelAreTaken(t *testing.T) {
	t.Parallel()
	src := Source{FileName: "a.xlsx"}
	first := understandOne(t, batches(), src)
	for _, c := range []struct {
		name  string
		level int
		rows  string // client: product
		total string
	}{
		{"goods with their batches", 2, "ООО Альфа: Сок яблочный, ООО Альфа: Вода, ИП Бета: Сок яблочный", "16"},
		{"every row", EveryRow, ": ООО Альфа, : Сок яблочный, : партия 0107, : партия 0207, : Вода, : партия 0307, : ИП Бета, : Сок яблочный, : партия 0207", "48"},
		{"innermost again", 0, "ООО Альфа: партия 0107, ООО Альфа: партия 0207, ООО Альфа: партия 0307, ИП Бета: партия 0207", "16"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			raw, err := json.Marshal(taking(t, first, c.level))
			if err != nil {
				t.Fatal(err)
			}
			var l Layout
			if err := json.Unmarshal(raw, &l); err != nil {
				t.Fatal(err)
			}
			second := understandOne(t, batches(), src, l)
			var rows []string
			for _, r := range second.Records {
				rows = append(rows, r.Text(Client)+": "+r.Text(Product))
			}
			if got := strings.Join(rows, ", "); got != c.rows {
				t.Errorf("rows %s\nwant %s", got, c.rows)
			}
			if got := second.Totals[Quantity].String(); got != c.total {
				t.Errorf("total %s, want %s", got, c.total)
			}
			if got, want := choices(second), strings.ReplaceAll(choices(first), ", taken", ""); strings.ReplaceAll(got, ", taken", "") != want {
				t.Errorf("offered then\n%s\nwant\n%s", got, want)
			}
			again, err := json.Marshal(second.Layout())
			if err != nil {
				t.Fatal(err)
			}
			third := understandOne(t, batches(), src, second.Layout())
			if len(third.Drift) > 0 || string(again) == "" || third.Totals[Quantity].String() != c.total {
				t.Errorf("read by what was learned: drift %+v, total %s", third.Drift, third.Totals[Quantity])
			}
		})
	}
}

func TestGroupsNestedOtherwiseThanTheChosenLevelAreAskedAbout(t *testing.T) {
	t.Parallel()
	src := Source{FileName: "a.xlsx"}
	first := understandOne(t, batches(), src)
	l := taking(t, first, 2)
	deeper := [][]any{
		{"Продажи за август 2026"},
		{"Клиент", "Количество", "Сумма"},
		{"Номенклатура"},
		{"ООО Альфа", 15, 300},
		{"> НАПИТКИ", 15, 300},
		{"> > Сок яблочный", 10, 200},
		{"> > > партия 0107", 4, 80},
		{"> > > партия 0207", 6, 120},
		{"> > Вода", 5, 100},
		{"> > > партия 0307", 5, 100},
		{"Итого", 15, 300},
	}
	got := understandOne(t, deeper, src, l)
	if got.Certain || len(got.Drift) == 0 {
		t.Errorf("certain %v, drift %+v", got.Certain, got.Drift)
	}
	noBatches := [][]any{
		{"Продажи за август 2026"},
		{"Клиент", "Количество", "Сумма"},
		{"Номенклатура"},
		{"ООО Альфа", 15, 300},
		{"> Сок яблочный", 10, 200},
		{"> Вода", 5, 100},
		{"Итого", 15, 300},
	}
	got = understandOne(t, noBatches, src, l)
	if !got.Certain || len(got.Records) != 2 || got.Records[0].Text(Product) != "Сок яблочный" {
		t.Errorf("certain %v, %d records, drift %+v, doubts %+v", got.Certain, len(got.Records), got.Drift, got.Doubts)
	}
}

func TestNoLevelIsOfferedWhereOnlyOneIsSensible(t *testing.T) {
	t.Parallel()
	for name, rows := range map[string][][]any{
		"buyers over their goods": {
			{"Продажи за июль 2026"}, {"Клиент", "Количество"}, {"Номенклатура"},
			{"ООО Альфа", 15}, {"> Сок", 10}, {"> Вода", 5}, {"ИП Бета", 1}, {"> Сок", 1}, {"Итого", 16},
		},
		"buyers over goods with codes": {
			{"Продажи за июль 2026"}, {"Клиент / Товар", "Код", "Количество"},
			{"ООО Альфа", nil, 15}, {"> Сок", "С-1", 10}, {"> Вода", "В-1", 5}, {"ИП Бета", nil, 1}, {"> Сок", "С-1", 1}, {"Итого", nil, 16},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := understandOne(t, rows, Source{FileName: "a.xlsx"})
			if len(got.Records) != 3 || got.LevelChoices() != nil {
				t.Errorf("%d records, offered:\n%s", len(got.Records), choices(got))
			}
		})
	}
}
