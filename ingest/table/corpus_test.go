package table

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/shopspring/decimal"
)

// truth is what a checked report says of itself, as far as it is compared here.
type truth struct {
	File         string       `json:"file"`
	OriginalName string       `json:"original_name"`
	Negative     bool         `json:"negative"`
	Sheets       []truthSheet `json:"sheets"`
}

type truthSheet struct {
	Sheet      *string           `json:"sheet"`
	Kind       Kind              `json:"kind"`
	Rows       int               `json:"rows"`
	Totals     map[Role]string   `json:"totals"`
	Columns    map[Role]string   `json:"columns"`
	Crosstab   *json.RawMessage  `json:"crosstab"`
	Difficulty int               `json:"difficulty"`
	Alt        []json.RawMessage `json:"alternatives"`
}

// TestEasyRealReportsAreExact reads the real reports of sales and stock of the
// easy grades: as many records and the same sums as their truths, to the last digit.
func TestEasyRealReportsAreExact(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "..", "shared", "corpus", "reports")
	names, _ := filepath.Glob(filepath.Join(dir, "truth", "*.json"))
	if len(names) == 0 {
		t.Skip("the corpus is not here")
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var tr truth
		if err := json.Unmarshal(data, &tr); err != nil {
			t.Fatal(err)
		}
		ext := filepath.Ext(tr.File)
		if ext != ".xlsx" && ext != ".csv" {
			continue
		}
		t.Run(tr.File, func(t *testing.T) {
			t.Parallel()
			checkTruth(t, filepath.Join(dir, tr.File), tr)
		})
	}
}

func checkTruth(t *testing.T, path string, tr truth) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := grid.Read(context.Background(), tr.OriginalName, data, grid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tables, err := Understand(f, Source{FileName: tr.OriginalName, Received: day(2026, 8, 1)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if tr.Negative && len(tables) > 0 {
		t.Errorf("%d tables in a file that is no report", len(tables))
	}
	for _, want := range tr.Sheets {
		if tr.Negative || want.Difficulty > 2 || want.Crosstab != nil || want.Kind != Sales && want.Kind != Stock {
			continue
		}
		tb := tableOf(tables, want.Sheet)
		if tb == nil {
			t.Errorf("no table in sheet %v", want.Sheet)
			continue
		}
		compareSheet(t, tb, want)
	}
}

func compareSheet(t *testing.T, tb *Table, want truthSheet) {
	t.Helper()
	if len(tb.Records) != want.Rows {
		t.Errorf("%d records, want %d", len(tb.Records), want.Rows)
	}
	for role, sum := range want.Totals {
		if got := tb.Totals[role]; !closeTo(got, decimal.RequireFromString(sum)) {
			t.Errorf("%s %s, want %s", role, got, sum)
		}
	}
	for role, col := range want.Columns {
		if tb.Columns[role] != ColumnRef(col) && len(want.Alt) == 0 {
			t.Errorf("%s in %q, want %q", role, tb.Columns[role], col)
		}
	}
}

func tableOf(tables []*Table, sheet *string) *Table {
	for _, t := range tables {
		if sheet == nil || t.Sheet == *sheet {
			return t
		}
	}
	return nil
}
