package xls_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/ingest/grid/xls"
	"github.com/distbase/distbase/ingest/grid/xls/biff"
)

// sales is a workbook of as many rows as a sheet has, with twelve columns.
func sales() []byte {
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	rows := make([][]any, 65_536)
	for i := range rows {
		quantity, price := i%40+1, float64(i%977)/4+9.99
		rows[i] = []any{
			day.AddDate(0, 0, i%90), fmt.Sprintf("Накладная %06d", i/7), fmt.Sprintf("Магазин «Продукты» № %d", i%1300), "Самара",
			fmt.Sprintf("ул. Ленина, д. %d", i%200), i % 5000, fmt.Sprintf("Сок яблочный осветлённый %d мл", i%5000), 4600000000000 + i%5000,
			quantity, price, float64(quantity) * price, 20,
		}
	}
	return biff.Workbook(biff.Sheet{Name: "Продажи", Rows: rows})
}

// BenchmarkRead reads a full sheet, streamed and kept, and prints how many times
// faster it is than xlrd where that is installed, by the best run of each.
func BenchmarkRead(b *testing.B) {
	data := sales()
	peer := xlrdSeconds(b, data)
	run := func(name string, read func(budget *sheet.Budget) error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			best := time.Hour
			for b.Loop() {
				start := time.Now()
				if err := read(sheet.NewBudget(b.Context(), sheet.Options{})); err != nil {
					b.Fatal(err)
				}
				best = min(best, time.Since(start))
			}
			if peer > 0 {
				b.ReportMetric(peer/best.Seconds(), "x-xlrd")
			}
		})
	}
	run("streamed", func(budget *sheet.Budget) error { return xls.Read(budget, data, budget.Metered(&gridtest.Count{})) })
	run("kept", func(budget *sheet.Budget) error { return xls.Read(budget, data, budget.Metered(&sheet.Book{})) })
}

// xlrdSeconds is how long xlrd takes to open the workbook and go over its cells, the
// best of three; 0 where it is not there.
func xlrdSeconds(b *testing.B, data []byte) float64 {
	b.Helper()
	path := filepath.Join(b.TempDir(), "sales.xls")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	const program = `
import sys, time, xlrd
best = 1e9
for _ in range(3):
    start = time.perf_counter()
    n = 0
    for s in xlrd.open_workbook(sys.argv[1], on_demand=False).sheets():
        for r in range(s.nrows):
            n += len(s.row_values(r))
    best = min(best, time.perf_counter() - start)
print(best)
`
	var out []byte
	err := os.ErrNotExist
	for _, python := range []string{"python3", "/usr/bin/python3"} { // Debian's package belongs to the latter
		if out, err = exec.CommandContext(b.Context(), python, "-c", program, path).Output(); err == nil {
			break
		}
	}
	if err != nil {
		return 0
	}
	seconds, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("xlrd %.3f s", seconds)
	return seconds
}
