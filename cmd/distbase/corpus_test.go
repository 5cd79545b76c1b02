package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// realReport is what is known of a file of ../shared/corpus/reports.
type realReport struct {
	Original string `json:"original_name"`
	Negative bool   `json:"negative"`
	Sheets   []struct {
		Kind   string                 `json:"kind"`
		Rows   int                    `json:"rows"`
		Totals map[string]json.Number `json:"totals"`
	} `json:"sheets"`
}

// TestEasyRealReportsComeToTheirTotals takes the xlsx and csv files of sales and
// stock that are easy to read the whole way, and compares the cube with the truth.
func TestEasyRealReportsComeToTheirTotals(t *testing.T) {
	t.Parallel()
	base := filepath.Join("..", "..", "..", "shared", "corpus", "reports")
	if _, err := os.Stat(base); err != nil {
		t.Skip("the corpus does not lie beside the project")
	}
	s := newShell(t)
	analyst := newDesk(t, s)
	for _, name := range easyReports(t, base) {
		raw, err := os.ReadFile(filepath.Join(base, "truth", strings.TrimSuffix(name, filepath.Ext(name))+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var truth realReport
		if err := json.Unmarshal(raw, &truth); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(base, name))
		if err != nil {
			t.Fatal(err)
		}
		code := strings.ToUpper(strings.TrimSuffix(name, filepath.Ext(name)))
		s.must("import", "distributors", s.file(name+".distributors.csv", []byte("code,name\n"+code+","+code+"\n")))
		s.must("submit", "--distributor", code, s.file(truth.Original, data))
		analyst.confirmAll()
		for _, sheet := range truth.Sheets {
			measure := map[string]string{"quantity": "quantity", "amount": "amount", "stock_qty": "stock_quantity"}
			for total, want := range sheet.Totals {
				m, ok := measure[total]
				if !ok {
					continue
				}
				got := s.total(m, code)
				if w := decimal.RequireFromString(want.String()); !got.Sub(w).Abs().LessThan(decimal.New(1, -2)) {
					t.Errorf("%s (%s): %s %s, truth %s", name, truth.Original, m, got, w)
				}
			}
		}
	}
}

// easyReports lists the xlsx and csv files of kind sales or stock and difficulty
// 1 or 2.
func easyReports(t *testing.T, base string) []string {
	t.Helper()
	f, err := os.Open(filepath.Join(base, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, title := range rows[0] {
		column[title] = i
	}
	var names []string
	for _, row := range rows[1:] {
		kind, difficulty, ext := row[column["kind"]], row[column["difficulty"]], filepath.Ext(row[column["file"]])
		if (kind == "sales" || kind == "stock") && (difficulty == "1" || difficulty == "2") && (ext == ".xlsx" || ext == ".csv") {
			names = append(names, row[column["file"]])
		}
	}
	if len(names) == 0 {
		t.Fatal("no easy report in the manifest")
	}
	return names
}

// total is one measure of one distributor.
func (s *shell) total(measure, distributor string) decimal.Decimal {
	s.t.Helper()
	var rows []map[string]json.Number
	if err := json.Unmarshal([]byte(s.must("cube", "--measures", measure, "--where", "distributor="+distributor, "--json")), &rows); err != nil {
		s.t.Fatal(err)
	}
	if len(rows) != 1 {
		return decimal.Zero
	}
	return decimal.RequireFromString(rows[0][measure].String())
}
