package table

import (
	"fmt"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/grid"
)

// flatSheet is a sheet of n records in 12 columns, as a flat export has them.
func flatSheet(n int) *grid.Sheet {
	s := &grid.Sheet{Name: "Лист1", Index: 1}
	titles := []string{"Дата", "Номер документа", "Контрагент", "Адрес доставки", "Менеджер", "Номенклатура", "Код", "Ед.", "Количество", "Цена", "Сумма", "Склад"}
	row := grid.Row{N: 1}
	for i, t := range titles {
		row.Cells = append(row.Cells, grid.Cell{Row: 1, Col: i + 1, Kind: grid.Text, Value: t, Text: t})
	}
	_ = s.Append(row)
	for i := range n {
		r := i + 2
		qty, price := 1+i%37, 100+i%91
		cell := func(col int, k grid.Kind, v string) grid.Cell {
			return grid.Cell{Row: r, Col: col, Kind: k, Value: v, Text: v}
		}
		_ = s.Append(grid.Row{N: r, Cells: []grid.Cell{
			cell(1, grid.Date, fmt.Sprintf("2026-07-%02d", 1+i%31)),
			cell(2, grid.Text, "ТД00-"+strconv.Itoa(100000+i/5)),
			cell(3, grid.Text, "ООО «Покупатель "+strconv.Itoa(i/50%3000)+"»"),
			cell(4, grid.Text, "г. Тверь, ул. Советская, д. "+strconv.Itoa(i/50%3000)),
			cell(5, grid.Text, "Иванов Иван "+strconv.Itoa(i%40)),
			cell(6, grid.Text, "Шампунь «Ромашка» 400 мл №"+strconv.Itoa(i%700)),
			cell(7, grid.Text, "00-"+strconv.Itoa(10000+i%700)),
			cell(8, grid.Text, "шт"),
			cell(9, grid.Number, strconv.Itoa(qty)),
			cell(10, grid.Number, strconv.Itoa(price)+".5"),
			cell(11, grid.Number, strconv.FormatFloat(float64(qty)*(float64(price)+0.5), 'f', -1, 64)),
			cell(12, grid.Text, "Основной склад"),
		}})
	}
	return s
}

// BenchmarkUnderstand reads flat sheets of 50,000 to 1,000,000 records of 12 columns.
func BenchmarkUnderstand(b *testing.B) {
	for _, n := range []int{50_000, 200_000, 1_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			f := &grid.File{Name: "продажи.csv", Sheets: []*grid.Sheet{flatSheet(n)}}
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			var tables []*Table
			b.ResetTimer()
			for b.Loop() {
				tables, _ = Understand(f, Source{FileName: f.Name, Received: time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC)}, nil)
			}
			b.StopTimer()
			runtime.GC()
			runtime.ReadMemStats(&after)
			if len(tables) != 1 || len(tables[0].Records) != n {
				b.Fatalf("tables: %d", len(tables))
			}
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(12*n), "B/cell-held")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/row")
			runtime.KeepAlive(tables)
			runtime.KeepAlive(f)
		})
	}
}
