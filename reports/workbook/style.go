package workbook

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
)

// styles are the numbers excelize gave the formats of cells.
type styles struct {
	title, note, header, headerRight, strong, count, money, strongMoney, percent, strongPercent, date int
}

func newStyles(f *excelize.File) (styles, error) {
	var s styles
	count, money, percent, date := "#,##0", "#,##0.00", `+0.0%;-0.0%;0.0%`, "dd.mm.yyyy"
	bold := &excelize.Font{Bold: true}
	line := []excelize.Border{{Type: "bottom", Color: "5B6675", Style: 1}}
	shade := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF7"}}
	for _, x := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}}},
		{&s.note, excelize.Style{Font: &excelize.Font{Color: "5B6675"}}},
		{&s.header, excelize.Style{Font: bold, Border: line, Fill: shade}},
		{&s.headerRight, excelize.Style{Font: bold, Border: line, Fill: shade, Alignment: &excelize.Alignment{Horizontal: "right"}}},
		{&s.strong, excelize.Style{Font: bold}},
		{&s.count, excelize.Style{CustomNumFmt: &count}},
		{&s.money, excelize.Style{CustomNumFmt: &money}},
		{&s.strongMoney, excelize.Style{CustomNumFmt: &money, Font: bold}},
		{&s.percent, excelize.Style{CustomNumFmt: &percent}},
		{&s.strongPercent, excelize.Style{CustomNumFmt: &percent, Font: bold}},
		{&s.date, excelize.Style{CustomNumFmt: &date}},
	} {
		id, err := f.NewStyle(&x.style)
		if err != nil {
			return s, fmt.Errorf("make style: %w", err)
		}
		*x.id = id
	}
	return s, nil
}

// cell is a figure as a cell holds it: Excel knows binary floats only, of which
// it shows 15 digits.
func cell(d decimal.Decimal) float64 { return d.InexactFloat64() }

func parseDay(dimension, key string) (time.Time, bool) {
	if dimension != "day" {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, key)
	return day, err == nil
}

// sheetWriter sets cells one by one and keeps the first error.
type sheetWriter struct {
	f    *excelize.File
	name string
	err  error
}

func (w *sheetWriter) set(row, column int, value any, style int) {
	if w.err != nil {
		return
	}
	at, err := excelize.CoordinatesToCellName(column, row)
	if err == nil {
		err = w.f.SetCellValue(w.name, at, value)
	}
	if err == nil && style != 0 {
		err = w.f.SetCellStyle(w.name, at, at, style)
	}
	w.err = err
}

func (w *sheetWriter) width(from, to int, width float64) {
	if w.err != nil {
		return
	}
	first, err := excelize.ColumnNumberToName(from)
	if err != nil {
		w.err = err
		return
	}
	last, err := excelize.ColumnNumberToName(to)
	if err != nil {
		w.err = err
		return
	}
	w.err = w.f.SetColWidth(w.name, first, last, width)
}

// freeze keeps the rows and columns up to a cell in sight.
func (w *sheetWriter) freeze(row, column int) {
	if w.err != nil {
		return
	}
	at, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		w.err = err
		return
	}
	w.err = w.f.SetPanes(w.name, &excelize.Panes{Freeze: true, XSplit: column, YSplit: row, TopLeftCell: at, ActivePane: "bottomRight"})
}
