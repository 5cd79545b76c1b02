package ods_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/grid/ods"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

func FuzzRead(f *testing.F) {
	f.Add(flat(`<number:date-style style:name="N"><number:day/></number:date-style><style:style style:name="c" style:family="table-cell" style:data-style-name="N"/>`,
		sheetOf(`<table:table-column table:visibility="collapse"/>`, row(`table:number-rows-repeated="3"`, typed("date", "2026-07-01", "c"), cell(`table:number-columns-repeated="2" table:number-rows-spanned="2"`, "a")))))
	f.Add(flat("", sheetOf(`<table:table-row-group>`, row("", typed("time", "PT36H", ""), typed("float", "1e400", "", "x")), `</table:table-row-group>`)))
	f.Add([]byte(`<office:document><office:body><table:table><table:table-row><table:table-cell><text:p>a<text:s text:c="9"/>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		opt := sheet.Options{MaxCells: 1 << 18, Password: "x"}
		_, _ = read(data, opt)
		_, _ = read(archive("content.xml", string(data), "styles.xml", string(data), "META-INF/manifest.xml", string(data)), opt)
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("took %v", d)
		}
	})
}

// BenchmarkRead tells how much longer reading a sheet takes than inflating it.
func BenchmarkRead(b *testing.B) {
	const rows = 20_000
	var content strings.Builder
	for r := range rows {
		content.WriteString(`<table:table-row table:style-name="ro1">`)
		for c := range 12 {
			if c%2 == 0 {
				content.WriteString(cell(`table:style-name="ce1" office:value-type="string" calcext:value-type="string"`, fmt.Sprintf("Наименование %d", (r*7+c)%5000)))
			} else {
				x := float64(r)*1.25 + float64(c)
				content.WriteString(typed("float", fmt.Sprint(x), "ce2", fmt.Sprintf("%.2f", x)))
			}
		}
		content.WriteString(`</table:table-row>`)
	}
	file := archive("content.xml", document("document-content", body(sheetOf(content.String()))))
	var inflating, reading time.Duration
	for b.Loop() {
		start := time.Now()
		z, _ := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		raw, _ := z.File[0].OpenRaw()
		_, _ = io.Copy(io.Discard, flate.NewReader(raw))
		inflating += time.Since(start)
		start = time.Now()
		bg := sheet.NewBudget(context.Background(), sheet.Options{})
		if err := ods.Read(bg, file, bg.Metered(nowhere{})); err != nil {
			b.Fatal(err)
		}
		reading += time.Since(start)
	}
	b.ReportMetric(float64(reading)/float64(inflating), "x-inflating")
	b.ReportMetric(float64(reading.Nanoseconds())/float64(b.N)/(rows*12), "ns/cell")
}

// nowhere is a Sink that keeps nothing.
type nowhere struct{}

func (nowhere) Begin(*sheet.Sheet) error { return nil }
func (nowhere) Row(sheet.Row) error      { return nil }
func (nowhere) End(*sheet.Sheet) error   { return nil }
func (nowhere) Warn(sheet.Warning)       {}
