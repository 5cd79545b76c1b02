package xls_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/ingest/grid/xls"
	"github.com/distbase/distbase/ingest/grid/xls/biff"
)

func read(data []byte) (*sheet.Book, error) { return readWith(data, sheet.Options{}) }

func readWith(data []byte, opt sheet.Options) (*sheet.Book, error) {
	book := &sheet.Book{}
	b := sheet.NewBudget(context.Background(), opt)
	return book, xls.Read(b, data, b.Metered(book))
}

// lines writes the cells of a sheet one a line, for tests to read.
func lines(s *sheet.Sheet) string {
	var b strings.Builder
	for row := range s.All() {
		for _, c := range row.Cells {
			fmt.Fprintf(&b, "%s%d %s %s\n", sheet.ColumnName(c.Col), c.Row, c.Kind.Letter(), c.Value)
		}
	}
	return b.String()
}

func rec(id int, parts ...any) string { return string(biff.Record(id, parts...)) }

func w(n int) uint16 { return uint16(n) }

func bare(globals, records string) []byte { return biff.Bare([]byte(globals), []byte(records)) }

func TestWorkbookOfEveryValueType(t *testing.T) {
	t.Parallel()
	data := biff.Workbook(
		biff.Sheet{Name: "Продажи", Rows: [][]any{{"Товар", "Кол-во"}, {"Шампунь «Ромашка»", 12}, {nil, -1234.56}, {time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}}},
		biff.Sheet{Name: "Пусто"})
	book, err := read(data)
	if err != nil || len(book.Warnings) != 0 || len(book.Sheets) != 2 {
		t.Fatalf("%d sheets, %v, %v", len(book.Sheets), book.Warnings, err)
	}
	sheets := book.Sheets
	want := "A1 s Товар\nB1 s Кол-во\nA2 s Шампунь «Ромашка»\nB2 n 12\nB3 n -1234.56\nA4 d 2026-03-01\n"
	if got := lines(sheets[0]); got != want || sheets[0].Name != "Продажи" || sheets[1].Name != "Пусто" {
		t.Errorf("got\n%s", got)
	}
}

func TestManyTextsGoOnAcrossRecords(t *testing.T) {
	t.Parallel()
	var rows [][]any
	for i := range 3000 {
		rows = append(rows, []any{fmt.Sprintf("Торговая точка № %d на улице Ленина", i)})
	}
	book, err := read(biff.Workbook(biff.Sheet{Name: "A", Rows: rows}))
	if err != nil {
		t.Fatal(err)
	}
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
	book, err := read(biff.Workbook(biff.Sheet{Name: "A", Rows: rows}))
	if err != nil {
		t.Fatal(err)
	}
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
		"negative RK":       {"", rec(0x27E, w(0), w(0), w(0), uint32(0xFFFFFFFB^0x01|0x02)), "A1 n -2\n"},
		"RK of hundredths":  {"", rec(0x27E, w(0), w(0), w(0), uint32(-12345<<2&0xFFFFFFFF|3)), "A1 n -123.45\n"},
		"run of RK":         {"", rec(0xBD, w(1), w(2), w(0), uint32(5<<2|2), w(0), uint32(7<<2|2), w(3)), "C2 n 5\nD2 n 7\n"},
		"text of the table": {table, rec(0xFD, w(0), w(0), w(0), uint32(0)), "A1 s water\n"},
		"text across records that changes its width": {
			rec(0xFC, uint32(1), uint32(1), w(6), uint8(0), "abc") + rec(0x3C, uint8(1), w('д'), w('е'), w('ё')),
			rec(0xFD, w(0), w(0), w(0), uint32(0)), "A1 s abcдеё\n",
		},
		"rich text and pronunciation left out": {
			rec(0xFC, uint32(2), uint32(2), w(2), uint8(0x0C), w(1), uint32(4), "ok", "RUNS", "EXT.", text("next")),
			rec(0xFD, w(0), w(0), w(0), uint32(0)) + rec(0xFD, w(0), w(1), w(0), uint32(1)), "A1 s ok\nB1 s next\n",
		},
		"formula with a text behind a shared formula": {"",
			rec(0x06, w(0), w(0), w(0), "\x00\x00\x00\x00\x00\x00\xff\xff", w(0), uint32(0), w(0)) + rec(0x4BC, w(0)) + rec(0x207, text("sum")), "A1 s sum\n"},
		"formula with a number, a truth, an error": {"",
			rec(0x06, w(0), w(0), w(0), 2.5) + rec(0x06, w(0), w(1), w(0), "\x01\x00\x01\x00\x00\x00\xff\xff") + rec(0x06, w(0), w(2), w(0), "\x02\x00\x07\x00\x00\x00\xff\xff"),
			"A1 n 2.5\nB1 b TRUE\nC1 e #DIV/0!\n"},
		"cells out of order, the last of a place stays": {"",
			rec(0x203, w(1), w(1), w(0), 4.0) + rec(0x203, w(0), w(0), w(0), 1.0) + rec(0x203, w(1), w(0), w(0), 3.0) + rec(0x203, w(0), w(0), w(0), 2.0),
			"A1 n 2\nA2 n 3\nB2 n 4\n"},
		"a date by the workbook's own format": {rec(0x22, w(1)) + rec(0x41E, w(200), w(10), uint8(0), "dd.mm.yyyy") + rec(0xE0, w(0), w(200)),
			rec(0x203, w(0), w(0), w(0), 44254.0), "A1 d 2025-02-28\n"},
		"a chart inside the sheet": {"", rec(0x809, w(0x600), w(0x20)) + rec(0x203, w(0), w(0), w(0), 9.0) + rec(0x0A) + rec(0x203, w(0), w(0), w(0), 1.0), "A1 n 1\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			book, err := read(bare(tc.globals, tc.records))
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(book.Sheets[0]); got != tc.want {
				t.Errorf("got\n%swant\n%s", got, tc.want)
			}
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
			book, err := read([]byte(data))
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(book.Sheets[0]); got != "A1 s Продажи за март\n" {
				t.Error(got)
			}
		})
	}
	script := rec(0x809, w(0), w(0x10), uint32(0)) + rec(0x204, w(0), w(0), w(0), w(8), "Март") + rec(0x0A)
	if book, err := read([]byte(script)); err != nil || lines(book.Sheets[0]) != "A1 s Март\n" {
		t.Error(err, lines(book.Sheets[0]))
	}
	latin := rec(0x09, w(2), w(0x10)) + rec(0x42, w(1252)) + rec(0x04, w(0), w(0), "\x00\x00\x00", uint8(8), "M\xfcnchen ") + rec(0x0A)
	if book, err := read([]byte(latin)); err != nil || lines(book.Sheets[0]) != "A1 s München \n" {
		t.Error(err, lines(book.Sheets[0]))
	}
}

// A few Cyrillic words among Latin ones are told by the font they are written in.
func TestCodePageIsToldByTheFontToo(t *testing.T) {
	t.Parallel()
	for set, want := range map[uint8]string{204: "Nestle Nesquik Plus какао", 0: "Nestle Nesquik Plus êàêàî"} {
		text := "Nestle Nesquik Plus \xea\xe0\xea\xe0\xee"
		data := rec(0x809, w(0x500), w(5), uint32(0)) + rec(0x42, w(1252)) + rec(0x31, w(200), w(0), w(0), w(400), w(0), uint8(0), uint8(0), set, uint8(0)) + rec(0x0A) +
			rec(0x809, w(0x500), w(0x10), uint32(0)) + rec(0x204, w(0), w(0), w(0), w(len(text)), text) + rec(0x0A)
		book, err := read([]byte(data))
		if err != nil || lines(book.Sheets[0]) != "A1 s "+want+"\n" {
			t.Errorf("%v, %s", err, lines(book.Sheets[0]))
		}
	}
}

func TestStructureOfAPrintOut(t *testing.T) {
	t.Parallel()
	fonts := rec(0x31, w(200), w(0), w(0), w(400)) + rec(0x31, w(200), w(1), w(0), w(700))
	xfs := rec(0xE0, w(1), w(0), w(0), w(0), uint8(3))
	records := rec(0x7D, w(1), w(1), w(0), w(0), w(1)) +
		rec(0x208, w(0), w(0), w(2), w(0), w(0), w(0), uint32(0x22)) +
		rec(0x203, w(0), w(0), w(0), 1.0) + rec(0x203, w(1), w(1), w(0), 1.0) + rec(0xE5, w(1), w(0), w(1), w(0), w(2))
	book, err := read(bare(fonts+xfs, records))
	if err != nil {
		t.Fatal(err)
	}
	s := book.Sheets[0]
	a, _ := s.Cell(1, 1)
	b, _ := s.Cell(2, 2)
	if !a.Bold || a.Indent != 3 || a.Outline != 2 || !a.Hidden || !b.Hidden || b.Outline != 0 {
		t.Errorf("%+v %+v", a, b)
	}
	if len(s.Merges) != 1 || s.Merges[0] != (sheet.Range{FirstRow: 1, FirstCol: 1, LastRow: 2, LastCol: 3}) {
		t.Error(s.Merges)
	}
}
