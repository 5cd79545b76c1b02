package table

import (
	"testing"

	"github.com/distbase/distbase/ingest/grid"
)

// unseen is a sheet whose titles no rule names.
func unseen(t *testing.T) *grid.File {
	t.Helper()
	s := &grid.Sheet{Name: "1", Index: 1}
	rows := [][]string{
		{"Мерч.", "Вывеска ТТ", "Наименов. СКЮ", "Реал-но шт", "Ст-ть с НДС, руб"},
		{"Иванов И.И.", "Продукты у дома", "Шампунь «Ромашка» 400 мл", "12", "1446"},
		{"Иванов И.И.", "Магазин «Заря»", "Мыло туалетное «Лаванда» 100 г", "3", "135.5"},
		{"Петрова А.А.", "Магазин «Заря»", "Крем для рук 50 мл", "7", "1050"},
	}
	for i, texts := range rows {
		row := grid.Row{N: i + 1}
		for j, text := range texts {
			kind := grid.Text
			if i > 0 && j > 2 {
				kind = grid.Number
			}
			row.Cells = append(row.Cells, grid.Cell{Row: i + 1, Col: j + 1, Kind: kind, Value: text, Text: text})
		}
		if err := s.Append(row); err != nil {
			t.Fatal(err)
		}
	}
	return &grid.File{Name: "отчет за июль 2026.xlsx", Sheets: []*grid.Sheet{s}}
}

func TestTitlesThatNoRuleKnowsAreLearned(t *testing.T) {
	t.Parallel()
	f := unseen(t)
	tables, err := Understand(f, Source{FileName: f.Name, Received: day(2026, 8, 1)}, nil)
	if err != nil || len(tables) != 1 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	want := map[Role]ColumnRef{SalesRep: "A", Outlet: "B", Product: "C", Quantity: "D", Amount: "E"}
	for role, ref := range want {
		if got := tables[0].Columns[role]; got != ref {
			t.Errorf("%s in %q, want %q", role, got, ref)
		}
	}
	for _, c := range tables[0].Explain() {
		if c.Reason == ReasonLearned && (c.Confidence < possibleRole || c.Confidence > 1) {
			t.Errorf("%q is %s with confidence %v", c.Title, c.Role, c.Confidence)
		}
		if c.Ref == "E" && c.Reason != ReasonLearned {
			t.Errorf("%q is %s by %s", c.Title, c.Role, c.Reason)
		}
	}
}

func TestRulesThatUnderstandATitleAreBelieved(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]Role{"Номенклатура": Product, "Контрагент": Client, "Сумма с НДС": Amount, "Кол-во": Quantity} {
		matches := columnMatches([]string{title})
		if got := withLearned([]string{title}, matches); len(got) != len(matches) || plainest(got).role != want || plainest(got).learned != 0 {
			t.Errorf("%q: %v, by rules %v", title, got, matches)
		}
	}
}

func TestTitlesOfNoInterestTakeNoRole(t *testing.T) {
	t.Parallel()
	for _, title := range []string{"Дата рождения", "Вес брутто, кг", "Телефон клиента", "Возврат, шт", "№ договора", "Срок годности"} {
		if m := withLearned([]string{title}, columnMatches([]string{title})); plainest(m).score >= titleScore && plainest(m).learned > 0 {
			t.Errorf("%q is taken for %v", title, m)
		}
	}
}
