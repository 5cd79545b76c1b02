package table

import "testing"

func TestTellsAvailability(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"> 10": true, ">5000": true, "10+": true, "более 100 шт": true, "Больше 50": true, "до 5": true, "< 3": true,
		"есть": true, "Есть в наличии": true, "наявність по запиту": true, "под заказ": true, "немає": true, "out of stock": true,
		"нет данных": false, "н/д": false, "12а": false, "см. прайс": false, "ООО Альфа": false, "от 5 до 10 дней": false, "+": false, ">": false,
		"у нас есть много разных товаров, о которых надо говорить отдельно": false,
	} {
		if got := tellsAvailability(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestStockNotToldToThePieceIsNoDoubt: nobody can make a number of it, and its cells are named.
func TestStockNotToldToThePieceIsNoDoubt(t *testing.T) {
	t.Parallel()
	rows := [][]any{{"Остатки на 01.07.2026"}, {"Артикул", "Товар", "Остаток, шт"}}
	for i := range 20 {
		left := any(3 + i)
		if i%4 == 1 {
			left = ">10"
		}
		rows = append(rows, []any{"A-" + string(rune('a'+i)), "Сок № " + string(rune('a'+i)), left})
	}
	tables, err := Understand(fileFixture("Остатки.xlsx", sheetFixture("Лист1", rows)), Source{FileName: "Остатки.xlsx"}, nil)
	if err != nil || len(tables) != 1 || len(tables[0].Records) != 20 {
		t.Fatalf("%v, %v", tables, err)
	}
	tb := tables[0]
	if !tb.Certain || len(tb.Problems) != 5 || tb.Problems[0].Code != ProblemNotNumber || tb.Problems[0].Found != ">10" {
		t.Errorf("%s %d %v certain %v, doubts %+v, problems %+v", tb.Kind, len(tb.Records), tb.Columns, tb.Certain, tb.Doubts, tb.Problems)
	}
	for i := 2; i < 22; i++ { // where most are not told, it is no stock
		rows[i][2] = "под заказ"
	}
	rows[2][2], rows[3][2] = 4, 5
	tables, err = Understand(fileFixture("Остатки.xlsx", sheetFixture("Лист1", rows)), Source{FileName: "Остатки.xlsx"}, nil)
	if err != nil || len(tables) == 1 && tables[0].Certain {
		t.Errorf("mostly words are certain: %+v, %v", tables, err)
	}
}
