package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// clientMark is mark for a workbook of clients.
const clientMark = "distbase outlets 1"

// clientWorkbook is Workbook for clients; the columns are the same, with the address in
// place of the unit, and without a factor.
func (d *Desk) clientWorkbook(ctx context.Context, submissionID int64, lang string) ([]byte, int, error) {
	if submissionID != 0 { // a workbook is for all of them, not for those worth most
		if err := d.AskAll(ctx, submissionID); err != nil {
			return nil, 0, err
		}
	}
	open, err := storage.OpenQuestions(ctx, d.p.store.Pool(), submissionID)
	if err != nil {
		return nil, 0, err
	}
	w := &mappingBook{f: excelize.NewFile(), say: text.For(lang)}
	defer w.f.Close()
	if err := w.titles("shops", clientMark, "name", "code", "address", "amount", "candidate1", "candidate2", "candidate3", "choice", "decision"); err != nil {
		return nil, 0, fmt.Errorf("write mapping workbook: %w", err)
	}
	n := 0
	for _, q := range open {
		if q.Kind != storage.AskClient {
			continue
		}
		var payload ClientPayload
		if err := json.Unmarshal(q.Payload, &payload); err != nil {
			return nil, 0, fmt.Errorf("read question %d: %w", q.ID, err)
		}
		n++
		if err := w.clientRow(n+1, q, payload); err != nil {
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

func (w *mappingBook) clientRow(n int, q storage.Question, x ClientPayload) error {
	name := x.Name
	if x.OutletName != "" && x.OutletName != x.Name {
		name = x.OutletName + ", " + x.Name
	}
	cells := []any{q.ID, q.Version, name, x.Code, x.Address, x.Amount}
	if amount, err := strconv.ParseFloat(x.Amount, 64); err == nil {
		cells[5] = amount // shown only; nothing is computed from it
	}
	var options []string
	for i := range 3 {
		if i >= len(x.Candidates) {
			cells = append(cells, "")
			continue
		}
		c := x.Candidates[i]
		cells = append(cells, strings.TrimSuffix(c.Code+" — "+c.Name+", "+c.Address, ", "))
		options = append(options, c.Code)
	}
	if err := w.f.SetSheetRow(w.sheet, fmt.Sprintf("A%d", n), &cells); err != nil || len(options) == 0 {
		return err
	}
	return w.list(cell(colChoice, n), options, false)
}

// readClients reads a filled workbook of clients.
func (d *Desk) readClients(ctx context.Context, sheet *grid.Sheet) (Filled, error) {
	var failed error
	out := readFilled(sheet, func(decision, choice, _ string) (a Answer, key, found string) {
		switch word(decision) {
		case "", "no":
			return a, "", ""
		case "new":
			return Answer{Choice: ChooseNew}, "", ""
		case "not_ours":
			return Answer{Choice: ChooseNotOurs}, "", ""
		case "yes":
		default:
			return a, "bad_decision", decision
		}
		code, _, _ := strings.Cut(choice, " — ")
		outlets, err := storage.OutletsByCode(ctx, d.p.store.Pool(), strings.TrimSpace(code))
		if err != nil {
			failed = err
		}
		if len(outlets) == 0 {
			return a, "bad_choice", choice
		}
		return Answer{Choice: ChooseOutlet, OutletID: outlets[0].ID}, "", ""
	})
	return out, failed
}
