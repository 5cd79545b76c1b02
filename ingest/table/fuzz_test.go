package table

import (
	"io"
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
		if err := WriteJSON(io.Discard, tables); err != nil {
			t.Fatal(err)
		}
	})
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
