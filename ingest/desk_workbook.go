package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// mark stands in the first cell of the hidden column: by it a filled workbook is
// recognised, whatever it is called now.
const mark = "distbase mapping 1"

// The columns of the sheet to fill, from A. The first two are hidden.
const (
	colQuestion = iota + 1
	colVersion
	colName
	colCode
	colUnit
	colAmount
	colCandidate // and the two beside it
	_
	_
	colChoice
	colDecision
	colFactor
)

// Workbook writes the open questions about names of a report (0: of all) into a
// workbook to fill and send back: candidates to choose from, a decision from a
// list, a factor. kind is AskItem or AskClient. It returns the number of questions in it.
func (d *Desk) Workbook(ctx context.Context, submissionID int64, kind, lang string) (data []byte, n int, err error) {
	if kind == storage.AskClient {
		return d.clientWorkbook(ctx, submissionID, lang)
	}
	open, err := storage.OpenQuestions(ctx, d.p.store.Pool(), submissionID)
	if err != nil {
		return nil, 0, err
	}
	products, err := storage.Products(ctx, d.p.store.Pool())
	if err != nil {
		return nil, 0, err
	}
	w := &mappingBook{f: excelize.NewFile(), say: text.For(lang)}
	defer w.f.Close()
	if err := w.begin(products); err != nil {
		return nil, 0, fmt.Errorf("write mapping workbook: %w", err)
	}
	for _, q := range open {
		if q.Kind != storage.AskItem {
			continue
		}
		var payload ItemPayload
		if err := json.Unmarshal(q.Payload, &payload); err != nil {
			return nil, 0, fmt.Errorf("read question %d: %w", q.ID, err)
		}
		n++
		if err := w.row(n+1, q, payload); err != nil {
			return nil, 0, fmt.Errorf("write mapping workbook: %w", err)
		}
	}
	if err := w.finish(n + 1); err != nil {
		return nil, 0, fmt.Errorf("write mapping workbook: %w", err)
	}
	var buf bytes.Buffer
	if err := w.f.Write(&buf); err != nil {
		return nil, 0, fmt.Errorf("write mapping workbook: %w", err)
	}
	return buf.Bytes(), n, nil
}

type mappingBook struct {
	f     *excelize.File
	say   *text.Printer
	sheet string
}

// titles writes the first row of the sheet to fill.
func (w *mappingBook) titles(name, mark string, keys ...string) error {
	w.sheet = w.say.Text("mapping."+name, nil)
	if err := w.f.SetSheetName(w.f.GetSheetName(0), w.sheet); err != nil {
		return err
	}
	titles := []any{mark, "version"}
	for _, key := range keys {
		titles = append(titles, w.say.Text("mapping."+key, nil))
	}
	return w.f.SetSheetRow(w.sheet, "A1", &titles)
}

func (w *mappingBook) begin(products []storage.Product) error {
	if err := w.titles("sheet", mark, "name", "code", "unit", "amount", "candidate1", "candidate2", "candidate3", "choice", "decision", "factor"); err != nil {
		return err
	}
	catalogue := w.say.Text("mapping.catalogue", nil)
	if _, err := w.f.NewSheet(catalogue); err != nil {
		return err
	}
	head := []any{w.say.Text("role.product_code", nil), w.say.Text("role.product", nil), w.say.Text("role.brand", nil), w.say.Text("role.unit", nil), w.say.Text("mapping.pack", nil)}
	if err := w.f.SetSheetRow(catalogue, "A1", &head); err != nil {
		return err
	}
	for i, p := range products {
		row := []any{p.Code, p.Name, p.Brand, p.Unit, p.Pack.Decimal.String()}
		if err := w.f.SetSheetRow(catalogue, fmt.Sprintf("A%d", i+2), &row); err != nil {
			return err
		}
	}
	return w.f.SetColWidth(catalogue, "B", "B", 60)
}

func (w *mappingBook) row(n int, q storage.Question, x ItemPayload) error {
	cells := []any{q.ID, q.Version, x.Name, x.Code, x.Unit}
	if amount, err := strconv.ParseFloat(x.Amount, 64); err == nil {
		cells = append(cells, amount) // shown only; nothing is computed from it
	} else {
		cells = append(cells, x.Amount)
	}
	var options []string
	for i := range 3 {
		if i >= len(x.Candidates) {
			cells = append(cells, "")
			continue
		}
		c := x.Candidates[i]
		cells = append(cells, c.Code+" — "+c.Name)
		options = append(options, c.Code)
	}
	factor := "1"
	if len(x.Candidates) > 0 {
		factor = x.Candidates[0].Factors[0]
	}
	cells = append(cells, "", "", factor)
	if err := w.f.SetSheetRow(w.sheet, fmt.Sprintf("A%d", n), &cells); err != nil {
		return err
	}
	if len(options) == 0 {
		return nil
	}
	return w.list(cell(colChoice, n), options, false)
}

// list makes a drop-down; strict allows nothing else.
func (w *mappingBook) list(ref string, options []string, strict bool) error {
	v := excelize.NewDataValidation(true)
	v.SetSqref(ref)
	v.ShowErrorMessage = strict
	if err := v.SetDropList(options); err != nil {
		return err
	}
	return w.f.AddDataValidation(w.sheet, v)
}

func (w *mappingBook) finish(last int) error {
	decisions := []string{w.say.Text("mapping.yes", nil), w.say.Text("mapping.no", nil), w.say.Text("mapping.new", nil), w.say.Text("mapping.not_ours", nil)}
	if last > 1 {
		if err := w.list(cell(colDecision, 2)+":"+cell(colDecision, last), decisions, true); err != nil {
			return err
		}
	}
	bold, err := w.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for _, err := range []error{
		w.f.SetCellStyle(w.sheet, "A1", cell(colFactor, 1), bold),
		w.f.SetColVisible(w.sheet, "A:B", false),
		w.f.SetColWidth(w.sheet, "C", "C", 48), w.f.SetColWidth(w.sheet, "D", "F", 12),
		w.f.SetColWidth(w.sheet, "G", "I", 40), w.f.SetColWidth(w.sheet, "J", "L", 14),
		w.f.SetPanes(w.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func cell(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // constants
	}
	return name
}
