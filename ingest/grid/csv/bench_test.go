package csv_test

import (
	"bytes"
	"context"
	stdcsv "encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/distbase/distbase/ingest/grid/csv"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// salesLines writes about n bytes of sales lines.
func salesLines(n int) []byte {
	b := bytes.NewBuffer(make([]byte, 0, n+256))
	b.WriteString("Дата;Клиент;Код;Товар;Кол-во;Цена;Сумма;Агент\n")
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(b, "%02d.%02d.2026;Магазин «Берёзка» №%d;%05d;Шампунь «Ромашка» %d мл;%d;%d,%02d;%d,%02d;Иванов И.И.\n",
			i/900%28+1, i/30000%12+1, i%977, i%4000, i%10*100, i%48, i%300, i%100, i%9000, i%100)
	}
	return b.Bytes()
}

// counting is a sink that counts numbers too.
type counting struct {
	gridtest.Count
	numbers int
}

func (s *counting) Row(r sheet.Row) error {
	for i := range r.Cells {
		if r.Cells[i].Kind == sheet.Number {
			s.numbers++
		}
	}
	return s.Count.Row(r)
}

// BenchmarkSalesLines reads sales lines, detection of encoding and dialect and
// types included, against encoding/csv with the dialect given, with and without
// its ReuseRecord. CSV_BENCH_BYTES makes the text larger than 64 MB.
func BenchmarkSalesLines(b *testing.B) {
	size := 64 << 20
	if s := os.Getenv("CSV_BENCH_BYTES"); s != "" {
		var err error
		if size, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	data := salesLines(size)
	options := sheet.Options{MaxCells: 1 << 40}
	peer := func(reuse bool) time.Duration {
		start := time.Now()
		r := stdcsv.NewReader(bytes.NewReader(data))
		r.Comma, r.ReuseRecord = ';', reuse
		for {
			if _, err := r.Read(); err == io.EOF {
				return time.Since(start)
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
	own := func() time.Duration {
		start := time.Now()
		sink := &counting{}
		if err := csv.Read(sheet.NewBudget(context.Background(), options), data, sink); err != nil {
			b.Fatal(err)
		}
		if sink.numbers*2 > sink.Cells || sink.numbers == 0 {
			b.Fatalf("%d numbers of %d cells", sink.numbers, sink.Cells)
		}
		return time.Since(start)
	}
	b.SetBytes(int64(len(data)))
	var ours, plain, reusing time.Duration
	for b.Loop() {
		plain += peer(false)
		ours += own()
		reusing += peer(true)
	}
	b.ReportMetric(float64(ours)/float64(plain), "x-encoding/csv")
	b.ReportMetric(float64(ours)/float64(reusing), "x-ReuseRecord")
	b.ReportMetric(float64(len(data))/ours.Seconds()*float64(b.N)/1e6, "own-MB/s")
}

// BenchmarkSmallFiles tells what encoding and dialect cost on a thousand small
// files of many kinds, beyond reading their bytes from the disk.
func BenchmarkSmallFiles(b *testing.B) {
	dir := b.TempDir()
	var names []string
	encodings := []encoding.Encoding{encoding.Nop, charmap.Windows1251, charmap.CodePage866, charmap.KOI8R, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)}
	for i := range 1000 {
		text := strings.NewReplacer(";", []string{";", ",", "\t", "|"}[i%4], "«", `"`, "»", `"`, "№", "N").Replace(string(salesLines(2000 + i*37%20_000)))
		written := encodings[i%5]
		if i%7 == 0 {
			text, written = []string{drawn, aligned}[i%2], charmap.CodePage866
		}
		name := filepath.Join(dir, strconv.Itoa(i))
		if err := os.WriteFile(name, []byte(gridtest.Encoded(written, text)), 0o600); err != nil {
			b.Fatal(err)
		}
		names = append(names, name)
	}
	var reading, telling, whole time.Duration
	for b.Loop() {
		for _, name := range names {
			start := time.Now()
			data, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			read := time.Now()
			if _, ok := csv.Sniff(data); !ok {
				b.Fatal("not a text")
			}
			told := time.Now()
			if err := csv.Read(sheet.NewBudget(context.Background(), sheet.Options{}), data, &gridtest.Count{}); err != nil {
				b.Fatal(err)
			}
			reading, telling, whole = reading+read.Sub(start), telling+told.Sub(read), whole+time.Since(told)
		}
	}
	files := float64(b.N * len(names))
	b.ReportMetric(reading.Seconds()*1e3/files, "ms-reading/file")
	b.ReportMetric(telling.Seconds()*1e3/files, "ms-detection/file")
	b.ReportMetric(whole.Seconds()*1e3/files, "ms-all/file")
}
