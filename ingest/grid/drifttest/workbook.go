package drifttest

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/ingest/grid"
)

// Sheet makes a sheet of rows of texts and numbers; "" and nil are no cells. Each "> "
// before a text is a step of indent.
func Sheet(name string, rows ...[]any) *grid.Sheet {
	s := &grid.Sheet{Name: name, Index: 1}
	out := make([]grid.Row, len(rows))
	for i, values := range rows {
		out[i].N = i + 1
		for j, v := range values {
			c := grid.Cell{Col: j + 1, Kind: grid.Number, Value: fmt.Sprint(v)}
			if text, ok := v.(string); ok {
				c.Kind = grid.Text
				for len(text) > 1 && text[:2] == "> " {
					c.Indent, text = c.Indent+2, text[2:]
				}
				c.Value = text
			}
			if v == nil || c.Value == "" {
				continue
			}
			c.Text = c.Value
			out[i].Cells = append(out[i].Cells, c)
		}
	}
	return rebuild(s, out, nil)
}

// Workbook writes a sheet as an .xlsx file, with its merges, indents and outline.
func Workbook(s *grid.Sheet) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", s.Name); err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	styles := map[uint8]int{}
	for r := range s.All() {
		if r.Outline > 0 {
			if err := f.SetRowOutlineLevel(s.Name, r.N, r.Outline); err != nil {
				return nil, fmt.Errorf("write workbook: %w", err)
			}
		}
		for _, c := range r.Cells {
			if err := writeCell(f, s.Name, c, styles); err != nil {
				return nil, fmt.Errorf("write workbook: %w", err)
			}
		}
	}
	for _, m := range s.Merges {
		first, last := grid.ColumnName(m.FirstCol)+strconv.Itoa(m.FirstRow), grid.ColumnName(m.LastCol)+strconv.Itoa(m.LastRow)
		if err := f.MergeCell(s.Name, first, last); err != nil {
			return nil, fmt.Errorf("write workbook: %w", err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return out.Bytes(), nil
}

// writeCell writes one cell; styles are those of indents.
func writeCell(f *excelize.File, sheet string, c grid.Cell, styles map[uint8]int) error {
	at := grid.ColumnName(c.Col) + strconv.Itoa(c.Row)
	var value any = c.Value
	if n, err := strconv.ParseFloat(c.Value, 64); err == nil && c.Kind == grid.Number {
		value = n
	}
	if err := f.SetCellValue(sheet, at, value); err != nil || c.Indent == 0 {
		return err
	}
	style, ok := styles[c.Indent]
	if !ok {
		var err error
		if style, err = f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Horizontal: "left", Indent: int(c.Indent)}}); err != nil {
			return err
		}
		styles[c.Indent] = style
	}
	return f.SetCellStyle(sheet, at, at, style)
}
