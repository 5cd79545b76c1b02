package xlsb_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/ingest/grid/xlsb"
)

func TestCellsOfEveryKind(t *testing.T) {
	t.Parallel()
	shared := part{"xl/sharedStrings.bin", sharedStrings(plain("Чай"), join(u8(3), wide("жирный"), u32(1), u16(0), u16(1)), plain(""))}
	styles := part{"xl/styles.bin", styleSheet([]int{400, 700}, map[int]string{164: "dd.mm.yyyy", 165: `# ##0,00" ₽"`, 9: "0.00"},
		[3]int{0, 0, 0}, [3]int{164, 0, 0}, [3]int{2, 1, 2}, [3]int{14, 0, 0}, [3]int{9, 0, 0}, [3]int{46, 0, 0}, [3]int{49, 0, 0})}
	for _, c := range []struct {
		name  string
		cells []byte
		want  string
	}{
		{"shared string", join(row(0, 0), cell(7, 0, 0, u32(0)), cell(7, 2, 0, u32(1)), cell(7, 3, 0, u32(2))), "A1=s:Чай C1=s:жирный"},
		{"string behind the table", join(row(0, 0), cell(7, 0, 0, u32(9)), text(1, "b")), "B1=s:b !string_index(A1 9)"},
		{"inline strings", join(row(0, 0), text(0, "a😀"), cell(62, 1, 0, plain("rich")), text(2, " "), text(3, "")), "A1=s:a😀 B1=s:rich"},
		{"rk", join(row(0, 0), cell(2, 0, 0, u32(42<<2|2)), cell(2, 1, 0, u32(-1234<<2|3)), cell(2, 2, 0, u32(0x3ff80000)), cell(2, 3, 0, u32(0x3ff80000|1))),
			"A1=n:42 B1=n:-12.34 C1=n:1.5 D1=n:0.015"},
		{"real", join(row(0, 0), cell(5, 0, 0, f64(18456.2)), cell(5, 1, 0, f64(math.Copysign(0, -1)))), "A1=n:18456.2 B1=n:0"},
		{"not a number", join(row(0, 0), rec(5, u32(0), u32(0), u32(0), u32(0x7ff80000))), "!not_a_number(A1)"},
		{"bool and error", join(row(0, 0), cell(4, 0, 0, u8(1)), cell(4, 1, 0, u8(0)), cell(3, 2, 0, u8(7)), cell(3, 3, 0, u8(0x2a)), cell(3, 4, 0, u8(0x17))),
			"A1=b:TRUE B1=b:FALSE C1=e:#DIV/0! D1=e:#N/A E1=e:#REF!"},
		{"formulas", join(row(0, 0), cell(8, 0, 0, wide("x"), u16(0), u32(0)), cell(9, 1, 0, f64(2), u16(0)), cell(10, 2, 0, u8(1)), cell(11, 3, 0, u8(0x1d))),
			"A1=s:x B1=n:2 C1=b:TRUE D1=e:#NAME?"},
		{"short cells", join(row(0, 0), text(1, "b"), short(16, 0, f64(3)), short(12, 0), short(17, 0, wide("e")), short(18, 0, u32(0)), short(13, 0, u32(6)), short(15, 0, u8(1)), short(14, 0, u8(0))),
			"B1=s:b C1=n:3 E1=s:e F1=s:Чай G1=n:1 H1=b:TRUE I1=e:#NULL!"},
		{"styles", join(row(0, 0), cell(5, 0, 1, f64(46204)), cell(5, 1, 2, f64(5)), cell(5, 2, 3, f64(46204.5)), cell(5, 3, 4, f64(0.5)), cell(5, 4, 5, f64(1.5)), cell(5, 5, 99, f64(7))),
			"A1=d:2026-07-01|01.07.2026{dd.mm.yyyy} B1=n:5|5.00{0.00}>>* C1=d:2026-07-01T12:00:00|7/1/26{m/d/yy} D1=n:0.5|0.50{0.00} E1=d:36:00:00{[h]:mm:ss} F1=n:7"},
		{"rows", join(row(0, 2), text(0, "a"), row(4, 0x10), text(0, "b"), row(2, 0), text(0, "c")), "A1=s:a^^ A3=s:c A5=s:b~"},
		{"records of no concern", join(row(0, 0), rec(49, u32(1)), text(0, "a"), rec(35), rec(1024, u32(0)), rec(36), cell(1, 1, 0), text(2, "c")), "A1=s:a C1=s:c"},
		{"short record", join(row(0, 0), rec(5, u32(0), u32(0), u16(1)), rec(6, u32(1), u32(0), u32(1000), u16(65)), text(2, "c")), "C1=s:c !short_record(A1) !short_record(B1)"},
		{"long row", join(row(0, 0), bytes.Repeat(cell(1, 0, 0, make([]byte, 1<<20)), 20), text(1, "b")), "B1=s:b"},
		{"one cell twice", join(row(0, 0), text(0, "a"), text(0, "b")), "A1=s:b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, xlsb.Read, workbook(data(c.cells), shared, styles), "[Лист] "+c.want)
		})
	}
}

func TestWhatStandsAroundCells(t *testing.T) {
	t.Parallel()
	column := func(first, last, flags int) []byte {
		return rec(60, u32(first), u32(last), u32(0), u32(0), u16(flags))
	}
	merge := func(r1, r2, c1, c2 int) []byte { return rec(176, u32(r1), u32(r2), u32(c1), u32(c2)) }
	sheet := sheetPart(join(column(0, 0, 2), column(1, 1<<30, 1)), join(row(0, 0), text(0, "a"), text(1, "b")),
		join(merge(0, 1, 0, 2), merge(3, 2, 0, 0), merge(0, 1<<30, 0, 0)))
	gridtest.Reads(t, xlsb.Read, workbook(sheet), "[Лист] A1=s:a B1=s:b~ A1:C2")
}

func TestSheetsOfAWorkbook(t *testing.T) {
	t.Parallel()
	one := func(s string) []byte { return data(row(0, 0), text(0, s)) }
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"hidden, charts, macros, lost", archive(part{"xl/workbook.bin", book(rec(153, u32(1)), bundle(0, "r2", "б"), bundle(1, "r1", "a"), bundle(0, "r3", "chart"), bundle(2, "r4", "macro"), bundle(0, "r9", "lost"))},
			part{"xl/_rels/workbook.bin.rels", relations("worksheet", "/xl/a.bin", "worksheet", `..\b.bin`, "chartsheet", "c.bin", "xlMacrosheet", "m.bin")},
			part{"xl/a.bin", one("A")}, part{"B.BIN", one("B")}, part{"xl/m.bin", data(row(0, 0), cell(5, 0, 1, f64(1)))}, part{"xl/styles.bin", styleSheet([]int{400}, nil, [3]int{}, [3]int{14, 0, 0})}),
			"[б] A1=s:B\n[a]~ A1=s:A\n[macro]~ A1=d:1904-01-02|1/2/04{m/d/yy}\n[lost] !sheet_without_part(lost)"},
		{"parts elsewhere", archive(part{"_rels/.rels", relations("officeDocument", "/Book/main.bin")}, part{`book\main.bin`, book(bundle(0, "r1", "x"))},
			part{"Book/_rels/Main.bin.rels", relations("worksheet", "s.bin", "sharedStrings", "t.bin")}, part{"book/s.bin", data(row(0, 0), cell(7, 0, 0, u32(0)))}, part{"book/t.bin", sharedStrings(plain("there"))}),
			"[x] A1=s:there"},
		{"a folder above", archive(part{"a/workbook.bin", book(bundle(0, "r1", "x"))}, part{"a/_rels/workbook.bin.rels", relations("worksheet", "s.bin")}, part{"a/s.bin", one("q")}), "[x] A1=s:q"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, xlsb.Read, c.file, c.want)
		})
	}
}

func TestWhatIsLeftOfACutPartIsRead(t *testing.T) {
	t.Parallel()
	whole := data(row(0, 0), text(0, "a"), row(1, 0), text(0, "b"), text(1, "c"))
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"in a cell", workbook(whole[:bytes.Index(whole, u16('c'))]), "[Лист] A1=s:a A2=s:b\n!truncated(Лист 2)"},
		{"between records", workbook(whole[:bytes.Index(whole, row(1, 0))]), "[Лист] A1=s:a\n!truncated(Лист 1)"},
		{"nothing left", workbook(nil), "[Лист]\n!truncated(Лист)"},
		{"strings", workbook(data(row(0, 0), cell(7, 0, 0, u32(0)), cell(7, 1, 0, u32(1))), part{"xl/sharedStrings.bin", sharedStrings(plain("a"), plain("b"))[:20]}),
			"[Лист] A1=s:a !string_index(B1 1)\n!truncated(sharedstrings.bin)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			gridtest.Reads(t, xlsb.Read, c.file, c.want)
		})
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	many := bytes.Repeat(rec(19, plain("")), 100)
	merges := bytes.Repeat(rec(176, u32(0), u32(0), u32(0), u32(0)), 1<<18+1)
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"no archive", []byte("PK\x03\x04"), "broken"},
		{"no workbook", archive(part{"a.txt", nil}), "broken"},
		{"no sheets", archive(part{"xl/workbook.bin", book()}), "empty"},
		{"strings lost", workbook(data(row(4, 0), cell(7, 2, 0, u32(0)))), "broken no shared strings"},
		{"row of lies", workbook(data(row(1<<20, 0))), "broken row 1048577"},
		{"column of lies", workbook(data(row(0, 0), text(1<<14, "x"))), "broken column 16385"},
		{"cell before a row", workbook(data(text(0, "x"))), "broken column 1"},
		{"long record", workbook(data(row(0, 0), rec(6, make([]byte, 5<<20)))), "too_big record"},
		{"many strings", workbook(nil, part{"xl/sharedStrings.bin", many}), "too_big shared_strings"},
		{"many merges", workbook(sheetPart(nil, nil, merges)), "too_big merges"},
		{"many sheets", archive(part{"xl/workbook.bin", book(bytes.Repeat(bundle(0, "r1", "x"), 50))}), "too_big sheets"},
		{"many cells", workbook(data(row(0, 0), bytes.Repeat(text(0, "x"), 3*(1<<14)))), "too_big cells"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := gridtest.Read(xlsb.Read, c.file, sheet.Options{MaxText: 3000, MaxMembers: 49, MaxCells: 40_000}); gridtest.Reason(err) != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestAnErrorNamesItsCell(t *testing.T) {
	t.Parallel()
	_, err := gridtest.Read(xlsb.Read, workbook(data(row(4, 0), cell(7, 2, 0, u32(0)))), sheet.Options{})
	var re *sheet.ReadError
	if !errors.As(err, &re) || re.Sheet != "Лист" || re.Row != 5 || re.Col != 3 {
		t.Errorf("got %v", err)
	}
}

// TestNumbersComeBack whatever they are: every finite double written is read.
func TestNumbersComeBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64().Draw(t, "x")
		book := gridtest.Book(t, xlsb.Read, workbook(data(row(0, 0), cell(5, 0, 0, f64(x)))))
		c, _ := book.Sheets[0].Cell(1, 1)
		var got float64
		if _, err := fmt.Sscan(c.Value, &got); err != nil || got != x {
			t.Fatalf("%v came back as %q", x, c.Value)
		}
	})
}

func FuzzRead(f *testing.F) {
	shared := part{"xl/sharedStrings.bin", sharedStrings(plain("a"))}
	for _, s := range [][]byte{
		data(row(0, 0), text(0, "a"), cell(7, 1, 0, u32(0)), cell(5, 2, 1, f64(46204)), short(13, 0, u32(6))),
		sheetPart(rec(60, u32(0), u32(3), u32(0), u32(0), u16(1)), join(row(3, 0x12), cell(8, 0, 0, wide("x")), cell(62, 1, 0, plain("y"))), rec(176, u32(0), u32(1), u32(0), u32(1))),
		{0x91, 0x01, 0x00, 0xff, 0xff, 0xff, 0xff},
	} {
		f.Add(s, shared.content, styleSheet([]int{700}, map[int]string{164: "d.m.yy"}, [3]int{}, [3]int{164, 0, 1}))
	}
	f.Fuzz(func(t *testing.T, cells, strings, styles []byte) {
		data := workbook(cells, part{"xl/sharedStrings.bin", strings}, part{"xl/styles.bin", styles})
		gridtest.Fuzz(t, xlsb.Read, data, sheet.Options{MaxCells: 1 << 20, MaxText: 8 << 20}, gridtest.Filled)
	})
}

// BenchmarkRead tells how much longer reading a sheet takes than inflating it.
func BenchmarkRead(b *testing.B) {
	var cells bytes.Buffer
	var items [][]byte
	for i := range 5000 {
		items = append(items, plain(fmt.Sprintf("Наименование %d", i)))
	}
	const rows = 50_000
	for r := range rows {
		cells.Write(row(r, 0))
		for c := range 12 {
			if c%2 == 0 {
				cells.Write(cell(7, c, 0, u32((r*7+c)%5000)))
			} else {
				cells.Write(cell(5, c, 0, f64(float64(r)*1.25+float64(c))))
			}
		}
	}
	file := workbook(data(cells.Bytes()), part{"xl/sharedStrings.bin", sharedStrings(items...)})
	gridtest.BenchmarkArchive(b, xlsb.Read, file)
}
