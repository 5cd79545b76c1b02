package ods_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/ods"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

func FuzzRead(f *testing.F) {
	f.Add(flat(`<number:date-style style:name="N"><number:day/></number:date-style><style:style style:name="c" style:family="table-cell" style:data-style-name="N"/>`,
		sheetOf(`<table:table-column table:visibility="collapse"/>`, row(`table:number-rows-repeated="3"`, typed("date", "2026-07-01", "c"), cell(`table:number-columns-repeated="2" table:number-rows-spanned="2"`, "a")))))
	f.Add(flat("", sheetOf(`<table:table-row-group>`, row("", typed("time", "PT36H", ""), typed("float", "1e400", "", "x")), `</table:table-row-group>`)))
	f.Add([]byte(`<office:document><office:body><table:table><table:table-row><table:table-cell><text:p>a<text:s text:c="9"/>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		opt := sheet.Options{MaxCells: 1 << 18, Password: "x"}
		gridtest.Fuzz(t, ods.Read, data, opt, gridtest.Filled, gridtest.Ordered)
		gridtest.Fuzz(t, ods.Read, gridtest.Zip("content.xml", string(data), "styles.xml", string(data), "META-INF/manifest.xml", string(data)), opt, gridtest.Filled, gridtest.Ordered)
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
	file := gridtest.Zip("content.xml", document("document-content", body(sheetOf(content.String()))))
	gridtest.BenchmarkArchive(b, ods.Read, file)
}
