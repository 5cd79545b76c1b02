package table

import (
	"fmt"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

// sheetFixture builds a sheet from rows of Go values: strings are texts, numbers
// numbers, nil and "" nothing. Leading "> " marks of a text are its outline and indent.
func sheetFixture(name string, rows [][]any) *grid.Sheet {
	s := &grid.Sheet{Name: name, Index: 1}
	for i, values := range rows {
		row := grid.Row{N: i + 1}
		for j, v := range values {
			c := grid.Cell{Row: i + 1, Col: j + 1}
			switch v := v.(type) {
			case nil:
				continue
			case string:
				for strings.HasPrefix(v, "> ") {
					v = v[2:]
					row.Outline++
					c.Indent += 2
				}
				if v == "" {
					continue
				}
				c.Kind, c.Value, c.Text = grid.Text, v, v
			case isoDate:
				c.Kind, c.Value, c.Text = grid.Date, string(v), string(v)
			default:
				c.Kind = grid.Number
				c.Value = fmt.Sprint(v)
				c.Text = c.Value
			}
			row.Cells = append(row.Cells, c)
		}
		_ = s.Append(row)
	}
	return s
}

// isoDate is a date cell of a fixture.
type isoDate string

func fileFixture(name string, sheets ...*grid.Sheet) *grid.File {
	for i, s := range sheets {
		s.Index = i + 1
	}
	return &grid.File{Name: name, Sheets: sheets}
}

func merged(s *grid.Sheet, ranges ...grid.Range) *grid.Sheet {
	s.Merges = ranges
	return s
}

// fixtures are small reports of the shapes that are read, one a golden file.
func fixtures() map[string]struct {
	file *grid.File
	src  Source
} {
	type fx = struct {
		file *grid.File
		src  Source
	}
	received := day(2026, 8, 3)
	return map[string]fx{
		"flat": {fileFixture("a.xlsx", sheetFixture("Лист1", [][]any{
			{"Дата", "Номер", "Контрагент", "Товар", "Артикул", "Ед.", "Кол-во", "Цена", "Сумма"},
			{isoDate("2026-07-01T10:00:00"), "Н-1", "ООО Альфа", "Сок 1 л, ", "С-1", "шт", 10, "50,5", 505},
			{isoDate("2026-07-02"), "Н-2", "ИП Бета", "Вода 0,5 л", "В-5", "шт", -2, 20, -40},
			{isoDate("2026-07-03"), "Н-3", "ИП Бета", "Вода 0,5 л", "В-5", "шт", nil, 20, nil},
			{"Итого", nil, nil, nil, nil, nil, 8, nil, 465},
			{"Менеджер: Петрова"},
		})), Source{FileName: "Отгрузка.xlsx", Received: received}},
		"preamble": {fileFixture("b.xlsx", sheetFixture("TDSheet", [][]any{
			{nil, "Продажи"},
			{nil, "Период: 01.07.2026 - 31.07.2026"},
			{nil, "Показатели: Количество (в ед. хранения); Стоимость;"},
			{nil, "Отборы:\nНоменклатура В группе (Бренд);"},
			{},
			{nil, "Покупатель", "Номенклатура", "Количество", "Стоимость"},
			{nil, "ООО Альфа", "Сок, шт", 3, "1 234,50"},
			{nil, "ООО Альфа", "Вода, шт", 1, "100,00"},
			{nil, "Итого", nil, 4, "1 334,50"},
		})), Source{Received: received}},
		"outline": {fileFixture("c.xlsx", sheetFixture("TDSheet", [][]any{
			{"Валовая прибыль за Июль 2026 г."},
			{"Клиент", "Количество", "Выручка"},
			{"Номенклатура"},
			{"ООО Альфа", 15, 300},
			{"> НАПИТКИ", 15, 300},
			{"> > Сок, ", 10, 200},
			{"> > Вода, ", 5, 100},
			{"ИП Бета", 1, 20},
			{"> НАПИТКИ", 1, 20},
			{"> > Сок, ", 1, 20},
			{"Итого", 16, 320},
		})), Source{Received: received}},
		"blank_unit": {fileFixture("d.xlsx", sheetFixture("Sheet1", [][]any{
			{"Ведомость по остаткам ТМЦ"},
			{"за период с 01.07.26 по 31.07.26"},
			{"N", "Склад / ТМЦ", "Ед.", "Нач. остаток", "Приход", "Расход", "Кон. остаток"},
			{nil, "Основной склад"},
			{1, "Сок", "шт.", 40, 20, 36, 24},
			{2, "Вода", "шт.", 25, 10, 18, 17},
			{nil, "Итого по складу:", nil, 65, 30, 54, 41},
			{nil, "Склад Север"},
			{3, "Сок", "шт.", 10, 0, 10, 0},
			{nil, "Итого по складу:", nil, 10, 0, 10, 0},
			{nil, "ИТОГО:", nil, 75, 30, 64, 41},
		})), Source{Received: received}},
		"two_row_heading": {fileFixture("e.xlsx", merged(sheetFixture("Лист_1", [][]any{
			{"Продажи по магазинам"},
			{"Период: 01.07.2026 - 31.07.2026"},
			{"Номенклатура", "Ед.", "Магазин 1", nil, "Магазин 2", nil, "Итого", nil},
			{nil, nil, "Количество", "Сумма", "Количество", "Сумма", "Количество", "Сумма"},
			{"Сок", "шт", 1, 20, 2, 40, 3, 60},
			{"Вода", "шт", nil, nil, 5, 50, 5, 50},
			{"Итого", nil, 1, 20, 7, 90, 8, 110},
		}), grid.Range{FirstRow: 3, FirstCol: 3, LastRow: 3, LastCol: 4}, grid.Range{FirstRow: 3, FirstCol: 5, LastRow: 3, LastCol: 6},
			grid.Range{FirstRow: 3, FirstCol: 7, LastRow: 3, LastCol: 8})), Source{Received: received}},
		"months_across": {fileFixture("f.xlsx", sheetFixture("Лист1", [][]any{
			{"Продажи за 2026 год"},
			{"Регион покупателя", "Наименование", "Январь", "Февраль", "Март", "Итого"},
			{"Тверь", "Сок", 1, 2, nil, 3},
			{"Тверь", "Вода", 4, 0, 6, 10},
		})), Source{Received: received}},
		"stock_day": {fileFixture("g.csv", sheetFixture("", [][]any{
			{"Остатки на 01.07.2026"},
			{nil, "Артикул ", "Номенклатура, Базовая единица измерения", "Базовая единица измерения", "Количество (в базовых единицах)"},
			{nil, nil, "НАПИТКИ"},
			{nil, "С-1", "Сок, шт", "шт", "24,000"},
			{nil, "В-5", "Вода, шт", "шт", "162,000"},
		})), Source{Received: received}},
		"total_differs": {fileFixture("h.xlsx", sheetFixture("Лист1", [][]any{
			{"Клиент", "Товар", "Количество"},
			{"ООО Альфа", "Сок", 3},
			{"ООО Альфа", "Вода", "по запросу"},
			{"Итого", nil, 5},
		})), Source{FileName: "Продажи_июль_2026.xlsx", Received: received}},
		"no_report": {fileFixture("i.xlsx", sheetFixture("Лист1", [][]any{
			{"Период", "Просрочка", "Доля, %"}, {"январь", 1, 2}, {"февраль", 3, 4},
		})), Source{Received: received}},
	}
}
