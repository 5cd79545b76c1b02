package xlsx

import (
	"bytes"
	"compress/flate"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

const benchRows = 200_000

// salesBook is a workbook of sales lines, 12 columns of texts, dates and numbers,
// the texts in the cells or shared.
func salesBook(rows int, shared bool) []byte {
	var part strings.Builder
	var table []string
	index := map[string]int{}
	text := func(col byte, row int, s string) {
		if !shared {
			fmt.Fprintf(&part, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, col, row, s)
			return
		}
		n, ok := index[s]
		if !ok {
			n = len(table)
			index[s] = n
			table = append(table, s)
		}
		fmt.Fprintf(&part, `<c r="%c%d" t="s"><v>%d</v></c>`, col, row, n)
	}
	number := func(col byte, row, style int, s string) {
		fmt.Fprintf(&part, `<c r="%c%d" s="%d"><v>%s</v></c>`, col, row, style, s)
	}
	part.WriteString(`<worksheet><sheetData>`)
	for i := 1; i <= rows; i++ {
		fmt.Fprintf(&part, `<row r="%d" spans="1:12">`, i)
		number('A', i, 1, strconv.Itoa(46000+i%31))
		text('B', i, fmt.Sprintf("РН-%07d", i/3))
		text('C', i, fmt.Sprintf("ООО «Торговый дом № %d»", i*7919%4000))
		text('D', i, fmt.Sprintf("г. Казань, ул. Баумана, д. %d", i*7919%4000))
		text('E', i, fmt.Sprintf("Печенье «Юбилейное» молочное %d г", i*31%900))
		text('F', i, fmt.Sprintf("%05d", i*31%900))
		text('G', i, "шт")
		number('H', i, 0, strconv.Itoa(i*13%200+1))
		number('I', i, 2, fmt.Sprintf("%d.%02d", i*17%500+10, i*7%100))
		number('J', i, 2, fmt.Sprintf("%d.%02d", i*1313%90000+10, i*7%100))
		number('K', i, 3, "0.2")
		text('L', i, fmt.Sprintf("Иванов %d", i*11%40))
		part.WriteString(`</row>`)
	}
	part.WriteString(`</sheetData></worksheet>`)
	styles := `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/></numFmts><fonts><font/></fonts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="4"/><xf numFmtId="9"/></cellXfs></styleSheet>`
	sst := "<sst><si><t>" + strings.Join(table, "</t></si><si><t>") + "</t></si></sst>"
	if len(table) == 0 {
		sst = "<sst/>"
	}
	ns := ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	for _, s := range []*string{&styles, &sst} {
		*s = strings.Replace(*s, ">", ns+">", 1)
	}
	// Peers know the types of relations by their full names only.
	const official = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	named := func(rels string) string {
		return strings.ReplaceAll(strings.Replace(rels, "<Relationships", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`, 1), "http://x/", official+"/")
	}
	return gridtest.Zip("_rels/.rels", named(gridtest.PackageRelations), "xl/_rels/workbook.xml.rels", named(gridtest.WorkbookRelations),
		"xl/workbook.xml", strings.Replace(gridtest.WorkbookPart, `<workbook xmlns:r="r"`, "<workbook"+ns+` xmlns:r="`+official+`"`, 1),
		"xl/worksheets/sheet1.xml", strings.Replace(part.String(), "<worksheet", "<worksheet"+ns, 1), "xl/styles.xml", styles, "xl/sharedStrings.xml", strings.Replace(sst, "<sst/"+ns, "<sst"+ns+"/", 1),
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`)
}

// inflated unpacks all parts, by the standard library.
func inflated(data []byte) (n int64) {
	list, _ := members(data)
	for _, m := range list {
		k, err := io.Copy(io.Discard, flate.NewReader(bytes.NewReader(m.packed)))
		if err != nil {
			panic(err)
		}
		n += k
	}
	return n
}

func inflatedFast(b *testing.B, data []byte) {
	list, _ := members(data)
	for _, m := range list {
		budget := sheet.NewBudget(context.Background(), sheet.Options{})
		r, err := m.open(budget)
		if err == nil {
			_, err = io.Copy(io.Discard, r)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

func timed(do func()) time.Duration {
	best := time.Duration(1<<63 - 1)
	for range 3 {
		from := time.Now()
		do()
		best = min(best, time.Since(from))
	}
	return best
}

// BenchmarkRead tells how long 200,000 rows of 12 cells take against inflating them
// alone (by the standard library, and by the one used here), and against excelize
// and LibreOffice, where that is there.
func BenchmarkRead(b *testing.B) {
	for name, shared := range map[string]bool{"inline": false, "shared": true} {
		b.Run(name, func(b *testing.B) {
			data := salesBook(benchRows, shared)
			stream := func() {
				n := &gridtest.Count{}
				budget := sheet.NewBudget(context.Background(), sheet.Options{})
				if err := Read(budget, data, budget.Metered(n)); err != nil || n.Cells != benchRows*12 {
					b.Fatal(n, err)
				}
			}
			whole := func() {
				budget := sheet.NewBudget(context.Background(), sheet.Options{})
				if err := Read(budget, data, budget.Metered(&sheet.Book{})); err != nil {
					b.Fatal(err)
				}
			}
			one := func() {
				budget := sheet.NewBudget(context.Background(), sheet.Options{})
				if err := read(budget, data, budget.Metered(&gridtest.Count{}), split{cores: 1, size: pieceSize}); err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				own := timed(stream)
				b.ReportMetric(own.Seconds(), "s")
				b.ReportMetric(own.Seconds()/timed(func() { inflated(data) }).Seconds(), "x-inflate")
				b.ReportMetric(own.Seconds()/timed(func() { inflatedFast(b, data) }).Seconds(), "x-fast-inflate")
				b.ReportMetric(timed(one).Seconds()/own.Seconds(), "one-core/own")
				b.ReportMetric(timed(whole).Seconds()/own.Seconds(), "whole/own")
				if os.Getenv("PEERS") != "" {
					b.ReportMetric(excelizeTime(b, data).Seconds()/own.Seconds(), "excelize/own")
					b.ReportMetric(libreOfficeTime(b, data).Seconds()/own.Seconds(), "LibreOffice/own")
				}
			}
		})
	}
}

func excelizeTime(b *testing.B, data []byte) time.Duration {
	from := time.Now()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	rows, err := f.Rows("Июль")
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			b.Fatal(err)
		}
		n += len(cells)
	}
	if n != benchRows*12 {
		b.Fatal(n)
	}
	return time.Since(from)
}

func libreOfficeTime(b *testing.B, data []byte) time.Duration {
	office, err := exec.LookPath("soffice")
	if err != nil {
		return 0
	}
	dir := b.TempDir()
	file := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		b.Fatal(err)
	}
	from := time.Now()
	if out, err := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "csv", "--outdir", dir, file).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return time.Since(from)
}

// BenchmarkMemory tells what a sheet takes that is kept whole, against the text in
// it, and the most that is live while it is streamed.
func BenchmarkMemory(b *testing.B) {
	for name, shared := range map[string]bool{"inline": false, "shared": true} {
		b.Run(name, func(b *testing.B) {
			data := salesBook(benchRows, shared)
			for b.Loop() {
				before := heap()
				book := gridtest.Book(b, Read, data)
				held := heap() - before
				var text uint64
				for r := range book.Sheets[0].All() {
					for _, c := range r.Cells {
						text += uint64(len(c.Value))
						if c.Text != c.Value {
							text += uint64(len(c.Text))
						}
					}
				}
				b.ReportMetric(float64(held)/float64(text), "x-text")
				b.ReportMetric(float64(held)/(12*benchRows), "B/cell")
				book = nil
				peak := &peaks{from: heap()}
				budget := sheet.NewBudget(context.Background(), sheet.Options{})
				if err := Read(budget, data, budget.Metered(peak)); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(peak.most)/(1<<20), "streamed-MB")
			}
		})
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// peaks is a sink that looks at the heap now and then.
type peaks struct {
	gridtest.Count
	from, most uint64
}

func (p *peaks) Row(r sheet.Row) error {
	if p.Rows++; p.Rows%5000 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		p.most = max(p.most, m.HeapAlloc-min(p.from, m.HeapAlloc))
	}
	return nil
}
