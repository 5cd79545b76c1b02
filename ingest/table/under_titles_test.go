package table

import (
	"fmt"
	"testing"

	"github.com/distbase/distbase/ingest/grid"
)

// TestUnderTitlesAPersonPointedTo: what no title tells is guessed, doubted, and read by its
// layout again.
func TestUnderTitlesAPersonPointedTo(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		rows [][]any
		at   int
		want string // columns and the number of records; "" for nothing
	}{
		"a table that is not the likeliest": {[][]any{
			{"Товар", "Клиент", "Количество", "Сумма"}, {"План", "все", 100, 1000},
			{"Кому", "Что", "Сколько ушло", "Сумма"},
			{"ООО Альфа", "Сок яблочный 1л", 3, 300}, {"ООО Бета", "Вода 0,5л", 4, 80}, {"ООО Бета", "Вода 1,5л", 7, 280},
		}, 3, "client:A product:B quantity:C amount:D rows:3"},
		"titles that say nothing": {[][]any{
			{"№", "Позиция меню", "Ушло", "Вышло"},
			{1, "Печенье Южное", 5, 50}, {2, "Печенье Северное", 6, 66}, {3, "Вафли Лесные", 7, 84},
		}, 1, "product:B quantity:C amount:D rows:3"},
		"a row of figures":   {[][]any{{"Товар", "Количество"}, {"Сок", 1}, {"Вода", 2}}, 3, ""},
		"an empty row":       {[][]any{{"Товар", "Количество"}, {}, {"Сок", 1}}, 2, ""},
		"no row of the file": {[][]any{{"Товар", "Количество"}, {"Сок", 1}}, 7, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fileFixture("a.xlsx", sheetFixture("Лист1", c.rows))
			src := Source{FileName: "a.xlsx"}
			got, err := UnderTitles(f, f.Sheets[0], src, c.at)
			if err != nil || (got == nil) != (c.want == "") {
				t.Fatalf("%+v, %v", got, err)
			}
			if got == nil {
				return
			}
			s := ""
			for _, r := range Roles() {
				if ref, ok := got.Columns[r]; ok {
					s += fmt.Sprintf("%s:%s ", r, ref)
				}
			}
			if s += fmt.Sprintf("rows:%d", len(got.Records)); s != c.want {
				t.Errorf("read %s, want %s", s, c.want)
			}
			if got.Certain {
				t.Error("a reading that a person asked for is certain by itself")
			}
			again, err := Understand(f, src, []Layout{got.Layout()})
			if err != nil || len(again) != 1 || again[0].KnownAs == "" || again[0].HeaderRows != got.HeaderRows || len(again[0].Records) != len(got.Records) {
				t.Errorf("by its layout: %+v, %v", again, err)
			}
		})
	}
}

func TestSheetOf(t *testing.T) {
	t.Parallel()
	f := &grid.File{Name: "a.zip", Sheets: []*grid.Sheet{{Index: 1, Path: "x.xlsx"}, {Index: 2, Path: "y.xlsx"}, {Index: 3}}}
	src := Source{FileName: "b.zip"}
	if s := SheetOf(f, src, "y.xlsx", 2); s != f.Sheets[1] {
		t.Errorf("found %+v", s)
	}
	if s := SheetOf(f, src, "b.zip", 3); s != f.Sheets[2] {
		t.Errorf("found %+v", s)
	}
	if s := SheetOf(f, src, "x.xlsx", 2); s != nil {
		t.Errorf("found %+v", s)
	}
}
