package ingest

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Template is a workbook that shows a distributor what a report looks like: a
// sheet of sales and one of stock, with two lines of example each.
func Template(lang string) (name string, data []byte, err error) {
	say := text.For(lang)
	f := excelize.NewFile()
	defer f.Close()
	day := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	sheets := []struct {
		key  string
		cols []string
		rows [][]any
	}{
		{"sales", []string{"date", "doc_no", "client", "client_inn", "outlet_address", "product_code", "product", "unit", "quantity", "amount"}, [][]any{
			{day, "101", say.Text("template.client", nil), "7700000016", say.Text("template.address", nil), "T-001", say.Text("template.product", nil), say.Text("template.unit", nil), 12, 1146},
			{day.AddDate(0, 0, 1), "102", say.Text("template.client", nil), "7700000016", say.Text("template.address", nil), "T-001", say.Text("template.product", nil), say.Text("template.unit", nil), -1, -95.5},
		}},
		{"stock", []string{"date", "warehouse", "product_code", "product", "unit", "stock_qty"}, [][]any{
			{day, say.Text("template.warehouse", nil), "T-001", say.Text("template.product", nil), say.Text("template.unit", nil), 240},
		}},
	}
	for i, s := range sheets {
		title := say.Text("kind."+s.key, nil)
		if i == 0 {
			err = f.SetSheetName(f.GetSheetName(0), title)
		} else {
			_, err = f.NewSheet(title)
		}
		if err != nil {
			return "", nil, fmt.Errorf("write template: %w", err)
		}
		if err := writeTemplateSheet(f, say, title, s.cols, s.rows); err != nil {
			return "", nil, fmt.Errorf("write template: %w", err)
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return "", nil, fmt.Errorf("write template: %w", err)
	}
	return say.Text("template.file", nil), buf.Bytes(), nil
}

func writeTemplateSheet(f *excelize.File, say *text.Printer, sheet string, cols []string, rows [][]any) error {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	format := "dd.mm.yyyy"
	date, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	header := make([]any, 0, len(cols))
	for _, c := range cols {
		header = append(header, say.Text("role."+c, nil))
	}
	last, err := excelize.ColumnNumberToName(len(cols))
	if err != nil {
		return err
	}
	if err := f.SetSheetRow(sheet, "A1", &header); err != nil {
		return err
	}
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+2), &row); err != nil {
			return err
		}
	}
	if err := f.SetCellStyle(sheet, "A2", fmt.Sprintf("A%d", len(rows)+1), date); err != nil {
		return err
	}
	if err := f.SetColWidth(sheet, "A", last, 18); err != nil {
		return err
	}
	return f.SetCellStyle(sheet, "A1", last+"1", bold)
}

// templateFile stores the template and names it for an outgoing message.
func (p *Pipeline) templateFile(ctx context.Context, tx pgx.Tx) (storage.File, error) {
	name, data, err := Template(p.lang)
	if err != nil {
		return storage.File{}, err
	}
	sum, err := storage.PutBlob(ctx, tx, data)
	if err != nil {
		return storage.File{}, err
	}
	return storage.File{SHA256: sum.String(), Name: name, Type: workbookType}, nil
}
