package xls_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/xls"
	"github.com/distbase/distbase/ingest/grid/xls/biff"
)

func rec(id int, parts ...any) string { return string(biff.Record(id, parts...)) }

func w(n int) uint16 { return uint16(n) }

func bare(globals, records string) []byte { return biff.Bare([]byte(globals), []byte(records)) }

func TestWorkbookOfEveryValueType(t *testing.T) {
	t.Parallel()
	data := biff.Workbook(
		biff.Sheet{Name: "Продажи", Rows: [][]any{{"Товар", "Кол-во"}, {"Шампунь «Ромашка»", 12}, {nil, -1234.56}, {time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}}},
		biff.Sheet{Name: "Пусто"})
	gridtest.Reads(t, xls.Read, data, "[Продажи] A1=s:Товар B1=s:Кол-во A2=s:Шампунь «Ромашка» B2=n:12 B3=n:-1234.56 A4=d:2026-03-01|3/1/26{m/d/yy}\n[Пусто]")
}

func TestManyTextsGoOnAcrossRecords(t *testing.T) {
	t.Parallel()
	var rows [][]any
	for i := range 3000 {
		rows = append(rows, []any{fmt.Sprintf("Торговая точка № %d на улице Ленина", i)})
	}
	book := gridtest.Book(t, xls.Read, biff.Workbook(biff.Sheet{Name: "A", Rows: rows}))
	for i, row := range rows {
		if c, ok := book.Sheets[0].Cell(i+1, 1); !ok || c.Value != row[0] {
			t.Fatalf("row %d is %q", i+1, c.Value)
		}
	}
}

// Places of texts are counted in chunks, into which not all texts fit evenly.
func TestTextsOfEveryLengthKeepTheirPlace(t *testing.T) {
	t.Parallel()
	var rows [][]any
	for i := range 1500 {
		rows = append(rows, []any{strings.Repeat("ж", i*7919%5000) + strings.Repeat("z", i%3)})
	}
	book := gridtest.Book(t, xls.Read, biff.Workbook(biff.Sheet{Name: "A", Rows: rows}))
	for i, row := range rows {
		if c, _ := book.Sheets[0].Cell(i+1, 1); c.Value != row[0] {
			t.Fatalf("row %d has %d bytes, want %d", i+1, len(c.Value), len(row[0].(string)))
		}
	}
}

func TestRecords(t *testing.T) {
	t.Parallel()
	text := func(s string) string { return string(biff.Record(0, w(len(s)), uint8(0), s)[4:]) }
	table := rec(0xFC, uint32(1), uint32(1), text("water"))
	for name, tc := range map[string]struct{ globals, records, want string }{
		"negative RK":       {"", rec(0x27E, w(0), w(0), w(0), uint32(0xFFFFFFFB^0x01|0x02)), "A1=n:-2"},
		"RK of hundredths":  {"", rec(0x27E, w(0), w(0), w(0), uint32(-12345<<2&0xFFFFFFFF|3)), "A1=n:-123.45"},
		"run of RK":         {"", rec(0xBD, w(1), w(2), w(0), uint32(5<<2|2), w(0), uint32(7<<2|2), w(3)), "C2=n:5 D2=n:7"},
		"text of the table": {table, rec(0xFD, w(0), w(0), w(0), uint32(0)), "A1=s:water"},
		"text across records that changes its width": {
			rec(0xFC, uint32(1), uint32(1), w(6), uint8(0), "abc") + rec(0x3C, uint8(1), w('д'), w('е'), w('ё')),
			rec(0xFD, w(0), w(0), w(0), uint32(0)), "A1=s:abcдеё",
		},
		"rich text and pronunciation left out": {
			rec(0xFC, uint32(2), uint32(2), w(2), uint8(0x0C), w(1), uint32(4), "ok", "RUNS", "EXT.", text("next")),
			rec(0xFD, w(0), w(0), w(0), uint32(0)) + rec(0xFD, w(0), w(1), w(0), uint32(1)), "A1=s:ok B1=s:next",
		},
		"formula with a text behind a shared formula": {"",
			rec(0x06, w(0), w(0), w(0), "\x00\x00\x00\x00\x00\x00\xff\xff", w(0), uint32(0), w(0)) + rec(0x4BC, w(0)) + rec(0x207, text("sum")), "A1=s:sum"},
		"formula with a number, a truth, an error": {"",
			rec(0x06, w(0), w(0), w(0), 2.5) + rec(0x06, w(0), w(1), w(0), "\x01\x00\x01\x00\x00\x00\xff\xff") + rec(0x06, w(0), w(2), w(0), "\x02\x00\x07\x00\x00\x00\xff\xff"),
			"A1=n:2.5 B1=b:TRUE C1=e:#DIV/0!"},
		"cells out of order, the last of a place stays": {"",
			rec(0x203, w(1), w(1), w(0), 4.0) + rec(0x203, w(0), w(0), w(0), 1.0) + rec(0x203, w(1), w(0), w(0), 3.0) + rec(0x203, w(0), w(0), w(0), 2.0),
			"A1=n:2 A2=n:3 B2=n:4"},
		"a date by the workbook's own format": {rec(0x22, w(1)) + rec(0x41E, w(200), w(10), uint8(0), "dd.mm.yyyy") + rec(0xE0, w(0), w(200)),
			rec(0x203, w(0), w(0), w(0), 44254.0), "A1=d:2025-02-28|28.02.2025{dd.mm.yyyy}"},
		"a chart inside the sheet": {"", rec(0x809, w(0x600), w(0x20)) + rec(0x203, w(0), w(0), w(0), 9.0) + rec(0x0A) + rec(0x203, w(0), w(0), w(0), 1.0), "A1=n:1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, xls.Read, bare(tc.globals, tc.records), "[A] "+tc.want)
		})
	}
}

// Before BIFF8 texts are bytes; 1C leaves out the record that says of which page.
func TestCodePageIsToldByTheText(t *testing.T) {
	t.Parallel()
	cp1251 := "\xcf\xf0\xee\xe4\xe0\xe6\xe8 \xe7\xe0 \xec\xe0\xf0\xf2"
	for name, page := range map[string]string{
		"missing": "", "right": rec(0x42, w(1251)), "wrong": rec(0x42, w(1252)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := rec(0x09, w(2), w(0x10)) + page + rec(0x04, w(0), w(0), "\x00\x00\x00", uint8(len(cp1251)), cp1251) + rec(0x0A)
			gridtest.Reads(t, xls.Read, data, "[Sheet1] A1=s:Продажи за март")
		})
	}
	script := rec(0x809, w(0), w(0x10), uint32(0)) + rec(0x204, w(0), w(0), w(0), w(8), "Март") + rec(0x0A)
	gridtest.Reads(t, xls.Read, script, "[Sheet1] A1=s:Март")
	latin := rec(0x09, w(2), w(0x10)) + rec(0x42, w(1252)) + rec(0x04, w(0), w(0), "\x00\x00\x00", uint8(8), "M\xfcnchen ") + rec(0x0A)
	gridtest.Reads(t, xls.Read, latin, "[Sheet1] A1=s:München ")
}

// A few Cyrillic words among Latin ones are told by the font they are written in.
func TestCodePageIsToldByTheFontToo(t *testing.T) {
	t.Parallel()
	for set, want := range map[uint8]string{204: "Nestle Nesquik Plus какао", 0: "Nestle Nesquik Plus êàêàî"} {
		text := "Nestle Nesquik Plus \xea\xe0\xea\xe0\xee"
		data := rec(0x809, w(0x500), w(5), uint32(0)) + rec(0x42, w(1252)) + rec(0x31, w(200), w(0), w(0), w(400), w(0), uint8(0), uint8(0), set, uint8(0)) + rec(0x0A) +
			rec(0x809, w(0x500), w(0x10), uint32(0)) + rec(0x204, w(0), w(0), w(0), w(len(text)), text) + rec(0x0A)
		gridtest.Reads(t, xls.Read, data, "[Sheet1] A1=s:"+want)
	}
}

func TestStructureOfAPrintOut(t *testing.T) {
	t.Parallel()
	fonts := rec(0x31, w(200), w(0), w(0), w(400)) + rec(0x31, w(200), w(1), w(0), w(700))
	xfs := rec(0xE0, w(1), w(0), w(0), w(0), uint8(3))
	records := rec(0x7D, w(1), w(1), w(0), w(0), w(1)) +
		rec(0x208, w(0), w(0), w(2), w(0), w(0), w(0), uint32(0x22)) +
		rec(0x203, w(0), w(0), w(0), 1.0) + rec(0x203, w(1), w(1), w(0), 1.0) + rec(0xE5, w(1), w(0), w(1), w(0), w(2))
	gridtest.Reads(t, xls.Read, bare(fonts+xfs, records), "[A] A1=n:1>>>^^*~ B2=n:1>>>*~ A1:C2")
}
