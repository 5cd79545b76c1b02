package gridtest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// Count is a sink that counts what it throws away.
type Count struct{ Rows, Cells int }

// Begin counts nothing.
func (*Count) Begin(*sheet.Sheet) error { return nil }

// Row counts the row and its cells.
func (c *Count) Row(r sheet.Row) error {
	c.Rows++
	c.Cells += len(r.Cells)
	return nil
}

// End counts nothing.
func (*Count) End(*sheet.Sheet) error { return nil }

// Warn counts nothing.
func (*Count) Warn(sheet.Warning) {}

// BenchmarkArchive tells how much longer reading a package takes than inflating its
// parts by the standard library, and the time a cell takes.
func BenchmarkArchive(b *testing.B, read Reader, file []byte) {
	var inflating, reading time.Duration
	cells := 0
	for b.Loop() {
		start := time.Now()
		z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range z.File {
			raw, err := f.OpenRaw()
			if err == nil {
				_, err = io.Copy(io.Discard, flate.NewReader(raw))
			}
			if err != nil {
				b.Fatal(err)
			}
		}
		inflating += time.Since(start)
		start = time.Now()
		budget, to := sheet.NewBudget(b.Context(), sheet.Options{}), &Count{}
		if err := read(budget, file, budget.Metered(to)); err != nil {
			b.Fatal(err)
		}
		reading += time.Since(start)
		cells += to.Cells
	}
	b.ReportMetric(float64(reading)/float64(inflating), "x-inflating")
	b.ReportMetric(float64(reading.Nanoseconds())/float64(cells), "ns/cell")
}
