package master

import (
	"encoding/csv"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// beginning stands for "always" in a client base without a first day.
func beginning() time.Time { return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) }

// rows are the header and one line of example in lang.
func (k Kind) rows(lang string) (header, example []string) {
	for _, c := range k.columns {
		title, value := c.name, c.example[0]
		if lang == "ru" {
			title, value = c.titles[0], c.example[1]
		}
		header, example = append(header, title), append(example, value)
	}
	return header, example
}

// WriteCSV writes an empty file of the kind with a line of example: UTF-8 with a
// byte order mark and semicolons, as Excel in Russian opens it.
func (k Kind) WriteCSV(w io.Writer, lang string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	header, example := k.rows(lang)
	if err := out.WriteAll([][]string{header, example}); err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	return nil
}

// WriteXLSX writes the same as a workbook; columns that must be there are bold.
func (k Kind) WriteXLSX(w io.Writer, lang string) error {
	f := excelize.NewFile()
	defer f.Close()
	sheet := f.GetSheetName(0)
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("style template: %w", err)
	}
	asText, err := f.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return fmt.Errorf("style template: %w", err)
	}
	header, example := k.rows(lang)
	for i, c := range k.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return fmt.Errorf("write template: %w", err)
		}
		for _, set := range []error{
			f.SetColStyle(sheet, name, asText), f.SetColWidth(sheet, name, name, 18),
			f.SetCellStr(sheet, name+"1", header[i]), f.SetCellStr(sheet, name+"2", example[i]),
		} {
			if set != nil {
				return fmt.Errorf("write template: %w", set)
			}
		}
		if c.required {
			if err := f.SetCellStyle(sheet, name+"1", name+"1", bold); err != nil {
				return fmt.Errorf("write template: %w", err)
			}
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	return nil
}
