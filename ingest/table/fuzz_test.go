package table

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid"
)

// FuzzUnderstand reads texts as tables of tabs and lines: whatever they hold, no
// panic comes out, and what comes out can be printed.
func FuzzUnderstand(f *testing.F) {
	f.Add("Клиент\tТовар\tКоличество\nООО\tСок\t3\nИтого\t\t3", "Продажи июль 2026.xlsx")
	f.Add("Период: 01.07.2026\nТовар\tЯнварь\tФевраль\nСок\t1\t2", "")
	f.Add("Склад / ТМЦ\tЕд.\tОстаток\nСклад\t\t5\nСок\tшт\t5", "Остатки на 01.07")
	f.Add("Номенклатура\tА\t\tБ\t\n\tКоличество\tСумма\tКоличество\tСумма\nСок\t1\t2\t3\t4", "x")
	f.Fuzz(func(t *testing.T, text, name string) {
		s := fuzzedSheet(text, name)
		file := &grid.File{Name: name, Sheets: []*grid.Sheet{s}}
		src := Source{FileName: name, Subject: text, Received: day(2026, 8, 1)}
		tables, err := Understand(file, src, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, tb := range tables {
			tb.CanonicalHash()
			tb.Preview(3)
			if _, err := Understand(file, src, []Layout{tb.Layout()}); err != nil {
				t.Fatal(err)
			}
		}
		pointed, err := UnderTitles(file, s, src, 1+len(text)%4)
		if err != nil {
			t.Fatal(err)
		}
		if pointed != nil {
			tables = append(tables, pointed)
		}
		if err := WriteJSON(io.Discard, tables); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzApplyLayout applies any document to any grid: whatever they say, no panic comes
// out, and nothing that cannot be printed or learned again.
func FuzzApplyLayout(f *testing.F) {
	names, _ := filepath.Glob(filepath.Join("testdata", "layouts", "*.json"))
	for _, name := range names {
		doc, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add("Склад: Южный\nКлиент\t\tТовар\tКоличество, шт\tСумма с НДС\nООО\tА-1\tСок\t3\t36\nООО\tА-2\tЧай\t4\t48", string(doc))
	}
	f.Add("Товар\tИюнь\tИюль\nСок\t1\t2\nЧай\t3\t4", `{"version":4,"kind":"sales","columns":[{"role":"product","title":"товар"}],"across":"date","before":1,"values":[{"role":"quantity","title":""}]}`)
	f.Add("Клиент\tКоличество\nНоменклатура\t\nООО\t3\n\rСок\t3", `{"version":4,"kind":"sales","columns":[{"role":"product","title":"клиент номенклатура"},{"role":"quantity","title":"количество"}],"levels":["client"],"detail":{"level":1,"of":1}}`)
	f.Add("Сок - 3\nЧай - 4", `{"version":4,"kind":"stock","columns":[{"role":"product","title":"товар"},{"role":"stock_qty","title":"остаток"},{"role":"unit","title":"ед"}],"splits":[{"role":"city","from":"a","to":"b","percent":30}]}`)
	f.Fuzz(func(t *testing.T, text, doc string) {
		var l Layout
		if len(doc) > 4000 || json.Unmarshal([]byte(doc), &l) != nil {
			return
		}
		file := &grid.File{Name: "x.xlsx", Sheets: []*grid.Sheet{fuzzedSheet(text, "Лист1")}}
		tables, err := Understand(file, Source{FileName: "x.xlsx", Received: day(2026, 8, 1)}, []Layout{l})
		if err != nil {
			t.Fatal(err)
		}
		for _, tb := range tables {
			tb.Explain()
			tb.LevelChoices()
			if _, err := json.Marshal(tb.Layout()); err != nil {
				t.Fatal(err)
			}
		}
		if err := WriteJSON(io.Discard, tables); err != nil {
			t.Fatal(err)
		}
	})
}

// fuzzedSheet makes a table of tabs and lines.
func fuzzedSheet(text, name string) *grid.Sheet {
	s := &grid.Sheet{Name: name, Index: 1}
	for i, line := range strings.Split(text, "\n") {
		if i > 60 {
			break
		}
		row := grid.Row{N: i + 1, Outline: uint8(strings.Count(line, "\r"))}
		for j, v := range strings.Split(line, "\t") {
			if j > 30 {
				break
			}
			c := grid.Cell{Row: i + 1, Col: j + 1, Kind: grid.Text, Value: v, Text: v}
			if d, ok := ParseNumber(v); ok && j%2 == 0 {
				c.Kind, c.Value = grid.Number, d.String()
			}
			row.Cells = append(row.Cells, c)
		}
		_ = s.Append(row)
	}
	if len(text)%3 == 0 {
		s.Merges = []grid.Range{{FirstRow: 1, FirstCol: 1, LastRow: 1 + len(text)%3, LastCol: 1 + len(name)%40}}
	}
	return s
}

func FuzzParsePeriod(f *testing.F) {
	f.Add("с 01.07.26 по 31.07.26")
	f.Add("1 квартал 2026 - янв'27, Q4")
	f.Fuzz(func(t *testing.T, s string) {
		if p, ok := ParsePeriod(s, day(2026, 8, 1)); ok && p.To.Before(p.From) {
			t.Errorf("%q: %v", s, p)
		}
		ParseDay(s)
	})
}

func FuzzParseNumber(f *testing.F) {
	f.Add("1 234,50-")
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := ParseNumber(s)
		if !ok {
			return
		}
		if again, ok := ParseNumber(d.String()); !ok || !again.Equal(d) {
			t.Errorf("%q reads as %v, that as %v", s, d, again)
		}
	})
}
