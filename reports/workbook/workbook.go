package workbook

import (
	"fmt"
	"io"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/reports/cube"
)

// MaxLines is how many lines of data a sheet takes below its header.
const MaxLines = 1<<20 - 1

// Workbook is what is to be written.
type Workbook struct {
	Words Words
	Title string
	Notes []string // sentences under the title: the day it speaks of, what was left out

	// Headings and Lines are the table of the summary.
	Headings []string
	Lines    []Line

	// Data has at least the dimensions distributor and brand and the measure amount:
	// the pivot table adds it up over them.
	Data *cube.Result
}

// Line is a line of the summary: figures, and shares of 1, under the headings
// that follow the first. A value that is not valid stays blank.
type Line struct {
	Label  string
	Strong bool
	Values []Value
}

// Value is one figure of the summary: money, a share of 1 or a count. Text stands
// where there is no figure.
type Value struct {
	decimal.NullDecimal
	Percent, Count bool
	Text           string
}

// Words are the names of sheets and columns.
type Words struct {
	Summary, Cross, Pivot, Data string // sheets
	Total                       string
	Unmapped                    string            // stands for what is not mapped
	Columns                     map[string]string // headers by dimension and measure
}

// TooLargeError says that the data has more lines than a sheet takes.
type TooLargeError struct{ Lines int }

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%d lines of data do not go on a sheet of %d", e.Lines, MaxLines)
}

// Write writes the workbook as xlsx.
func (b Workbook) Write(w io.Writer) error {
	if len(b.Data.Rows) > MaxLines {
		return &TooLargeError{Lines: len(b.Data.Rows)}
	}
	f := excelize.NewFile()
	defer f.Close()
	s, err := newStyles(f)
	if err != nil {
		return err
	}
	if err := f.SetSheetName("Sheet1", b.Words.Summary); err != nil {
		return fmt.Errorf("name sheet: %w", err)
	}
	for _, name := range []string{b.Words.Cross, b.Words.Pivot, b.Words.Data} {
		if _, err := f.NewSheet(name); err != nil {
			return fmt.Errorf("add sheet %q: %w", name, err)
		}
	}
	cross := newCross(b.Data, b.Words)
	for _, step := range []struct {
		sheet string
		write func() error
	}{
		{b.Words.Summary, func() error { return b.summary(f, s) }},
		{b.Words.Cross, func() error { return cross.write(f, s, b.Words.Cross, 1, b.Words.Columns["distributor"]) }},
		{b.Words.Pivot, func() error { return b.pivot(f, s, cross) }},
		{b.Words.Data, func() error { return b.data(f, s) }},
	} {
		if err := step.write(); err != nil {
			return fmt.Errorf("write sheet %q: %w", step.sheet, err)
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// summary is the first sheet: title, notes, the table.
func (b Workbook) summary(f *excelize.File, s styles) error {
	sheet := sheetWriter{f: f, name: b.Words.Summary}
	sheet.set(1, 1, b.Title, s.title)
	row := 2
	for _, note := range b.Notes {
		sheet.set(row, 1, note, s.note)
		row++
	}
	row++
	for i, h := range b.Headings {
		style := s.header
		if i > 0 {
			style = s.headerRight
		}
		sheet.set(row, i+1, h, style)
	}
	sheet.freeze(row, 1)
	for _, l := range b.Lines {
		row++
		label, money, percent := 0, s.money, s.percent
		if l.Strong {
			label, money, percent = s.strong, s.strongMoney, s.strongPercent
		}
		sheet.set(row, 1, l.Label, label)
		for i, v := range l.Values {
			switch {
			case v.Text != "":
				sheet.set(row, i+2, v.Text, s.note)
			case !v.Valid:
			case v.Percent:
				sheet.set(row, i+2, cell(v.Decimal), percent)
			case v.Count:
				sheet.set(row, i+2, cell(v.Decimal), s.count)
			default:
				sheet.set(row, i+2, cell(v.Decimal), money)
			}
		}
	}
	sheet.width(1, 1, 34)
	sheet.width(2, max(2, len(b.Headings)), 18)
	return sheet.err
}

// data is the flat sheet, streamed.
func (b Workbook) data(f *excelize.File, s styles) error {
	w, err := f.NewStreamWriter(b.Words.Data)
	if err != nil {
		return err
	}
	columns := len(b.Data.Dimensions) + len(b.Data.Measures)
	if err := w.SetColWidth(1, columns, 16); err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	line := make([]any, 0, columns)
	for _, h := range b.headers() {
		line = append(line, excelize.Cell{StyleID: s.header, Value: h})
	}
	if err := w.SetRow("A1", line); err != nil {
		return err
	}
	for n, row := range b.Data.Rows {
		line = line[:0]
		for i, key := range row.Keys {
			line = append(line, b.key(s, b.Data.Dimensions[i], key))
		}
		for _, v := range row.Values {
			line = append(line, excelize.Cell{StyleID: s.money, Value: cell(v)})
		}
		if err := w.SetRow(fmt.Sprintf("A%d", n+2), line); err != nil {
			return err
		}
	}
	return w.Flush()
}

// key is the cell of a dimension's value: days as dates, the empty value named.
func (b Workbook) key(s styles, dimension, key string) excelize.Cell {
	if day, ok := parseDay(dimension, key); ok {
		return excelize.Cell{StyleID: s.date, Value: day}
	}
	if key == "" {
		key = b.Words.Unmapped
	}
	return excelize.Cell{Value: key}
}

func (b Workbook) headers() []string {
	var headers []string
	for _, name := range b.Data.Dimensions {
		headers = append(headers, b.Words.Columns[name])
	}
	for _, name := range b.Data.Measures {
		headers = append(headers, b.Words.Columns[name])
	}
	return headers
}
