package table

import (
	"fmt"
	"testing"
)

// TestLayoutSharesAPlaceOut holds a rule of a distributor to its words: a share of what
// one place sold, where it sold enough, counts for another, and sums stay.
func TestLayoutSharesAPlaceOut(t *testing.T) {
	t.Parallel()
	rows := [][]any{{"Продажи за июль 2026"}, {"Товар", "Город", "Количество", "Сумма"}, {"Сок", "Краснодар", 10, 100}, {"Вода", "Краснодар", 3, 30}, {"Сок", "Тула", 7, 70}}
	read := func(known ...Layout) *Table {
		tables, err := Understand(fileFixture("a.xlsx", sheetFixture("Лист1", rows)), Source{Received: day(2026, 8, 1)}, known)
		if err != nil || len(tables) != 1 {
			t.Fatalf("%d tables, %v", len(tables), err)
		}
		return tables[0]
	}
	l := read().Layout()
	l.Splits = []Split{{Role: City, From: "краснодар", To: "Ростов-на-Дону", Percent: 30, Above: 3}}
	shared := read(l)
	var got []string
	for _, r := range shared.Records {
		got = append(got, fmt.Sprintf("%d %s %s %s %s", r.Row, r.Text(Product), r.Text(City), r.Text(Quantity), r.Text(Amount)))
	}
	want := []string{"3 Сок Краснодар 7 70", "3 Сок Ростов-на-Дону 3 30", "4 Вода Краснодар 3 30", "5 Сок Тула 7 70"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if shared.Totals[Quantity].String() != "20" || shared.Totals[Amount].String() != "200" {
		t.Errorf("totals are %v", shared.Totals)
	}
	if len(shared.Layout().Splits) != 1 {
		t.Error("the rule is lost when the layout is learned again")
	}
}
