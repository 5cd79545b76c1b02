package ingest

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/storage"
)

func TestFilledWorkbookIsAppliedOnceAndConflictsStay(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	ctx := context.Background()
	x.deliver(t, "URAL/2026-06")
	one, two := x.analyst(t, 501), x.analyst(t, 502)
	desk := x.Desk()
	data, n, err := desk.Workbook(ctx, 0, storage.AskItem, "ru")
	if err != nil || n < 20 {
		t.Fatalf("%d questions, %v", n, err)
	}
	first, err := desk.Next(ctx, two, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Answer(ctx, two, first.ID, first.Version, Answer{Choice: ChooseNotOurs}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	sheet := f.GetSheetName(0)
	for row := 2; row <= n+1; row++ { // all but the last row are taken as proposed
		decision := "Да"
		switch row {
		case 3:
			decision = "не наш"
		case 4:
			decision = "наверное"
		case n + 1:
			decision = ""
		}
		if err := f.SetCellStr(sheet, cell(colDecision, row), decision); err != nil {
			t.Fatal(err)
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	filled, err := desk.ReadWorkbook(ctx, buf.Bytes())
	if err != nil || len(filled.Answers) != n-2 || len(filled.Wrong) != 1 || filled.Wrong[0].Key != "bad_decision" || filled.Blank != 1 {
		t.Fatalf("read %d answers of %d, wrong %+v, blank %d, %v", len(filled.Answers), n, filled.Wrong, filled.Blank, err)
	}
	res, err := desk.ApplyWorkbook(ctx, one, filled)
	if err != nil || res.Applied != n-3 || len(res.Conflicts) != 1 || res.Conflicts[0].Found != "Анна" {
		t.Fatalf("first time: %+v, %v", res, err)
	}
	again, err := desk.ApplyWorkbook(ctx, one, filled)
	if err != nil || again.Applied != 0 || again.Already != n-3 || len(again.Conflicts) != 1 {
		t.Errorf("second time: %+v, %v", again, err)
	}
	if _, err := desk.ReadWorkbook(ctx, []byte("Дата;Товар\n1;2\n")); !errors.Is(err, ErrNotMapping) {
		t.Errorf("any other file: %v", err)
	}
}
