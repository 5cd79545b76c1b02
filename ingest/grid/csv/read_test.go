package csv_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/distbase/distbase/ingest/grid/csv"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

const russian = "Код;Наименование;Кол-во;Сумма\r\n00012;Шампунь «Ромашка» 400 мл;24;1 234,50\r\n00013;Мыло \"Лаванда\", 100 г;5;12,00\r\n"

// telling reads and puts what was found there.
func telling(found *csv.Found) gridtest.Reader {
	return func(b *sheet.Budget, data []byte, to sheet.Sink) (err error) {
		*found, err = csv.ReadTold(b, data, to)
		return err
	}
}

// result is a text as read.
type result struct {
	found csv.Found
	sheet *sheet.Sheet
}

func read[Data []byte | string](t gridtest.T, data Data) (r result) {
	t.Helper()
	r.sheet = gridtest.Book(t, telling(&r.found), data).Sheets[0]
	return r
}

// show is the rows of a sheet in one line: "1:a·b 2:c".
func show(s *sheet.Sheet) string {
	var rows []string
	for r := range s.All() {
		var cells []string
		for _, x := range r.Cells {
			cells = append(cells, x.Text)
		}
		rows = append(rows, fmt.Sprintf("%d:%s", r.N, strings.Join(cells, "·")))
	}
	return strings.Join(rows, " ")
}

func TestEncodingsAreTold(t *testing.T) {
	t.Parallel()
	plain := strings.NewReplacer("«", `"`, "»", `"`).Replace(russian)
	for name, e := range map[string]encoding.Encoding{
		"utf-8": encoding.Nop, "windows-1251": charmap.Windows1251, "cp866": charmap.CodePage866, "koi8-r": charmap.KOI8R, "x-mac-cyrillic": charmap.MacintoshCyrillic,
		"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16be": unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := read(t, gridtest.Encoded(e, plain))
			if c, _ := f.sheet.Cell(1, 2); f.found.Encoding != name || c.Value != "Наименование" {
				t.Errorf("told %q, B1 is %q", f.found.Encoding, c.Value)
			}
			if c, _ := f.sheet.Cell(2, 4); c.Kind != sheet.Number || c.Value != "1234.5" || c.Text != "1 234,50" {
				t.Errorf("D2 is %+v", c)
			}
			if c, _ := f.sheet.Cell(2, 1); c.Kind != sheet.Text {
				t.Errorf("A2 is %+v, want the code as text", c)
			}
		})
	}
}

func TestColumnsDecideWhatNumbersMean(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, column, want string }{
		{"three digits behind a comma in a Russian file", "Кол-во|6,000|12,000", "s n6 n12"},
		{"three digits behind a comma in an English file", "Qty|6,000|12,000", "s s s"},
		{"a decimal comma elsewhere in the column", "Qty|6,000|1,5", "s n6 n1.5"},
		{"thousands by commas", "Qty|1,234,567|6,000|1,234.50", "s n1234567 n6000 n1234.5"},
		{"thousands by dots", "Summe|1.234,50|1.234", "s n1234.5 n1234"},
		{"both signs as decimals", "Qty|1,5|1.5|6,000", "s n1.5 n1.5 s"},
		{"narrow blanks and a true minus", "Сумма|1\u202f234,50|\u2212\u00a012,5|1\u00a0000", "s n1234.5 n-12.5 n1000"},
		{"a phone number", "Телефон|8 800|итого", "s s s"},
		{"codes", "Код|00012|13|4600123456789", "s s s s"},
		{"barcodes", "Штрихкод|4600123456789|4600123456796", "s n4600123456789 n4600123456796"},
		{"a trailing minus beside decimals", "Сумма|12,50-|3,25", "s n-12.5 n3.25"},
		{"dates with dots", "Дата|01.03.2026|05.03.2026 10:20:30|31.02.2026", "s d2026-03-01 d2026-03-05T10:20:30 s"},
		{"short dates", "Дата|01.03.26|02.03.26", "s d2026-03-01 d2026-03-02"},
		{"slashes with a day over 12", "Date|01/03/2026|13/03/2026", "s d2026-03-01 d2026-03-13"},
		{"slashes that prove nothing", "Date|01/03/2026|02/03/2026", "s s s"},
		{"midnight behind a date", "Дата|2026-03-01 00:00:00", "s d2026-03-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := read(t, strings.ReplaceAll(c.column, "|", "\tx\n")+"\tx\n")
			var got []string
			for r := range f.sheet.All() {
				cell := r.Cells[0]
				k := cell.Kind.Letter()
				if cell.Kind != sheet.Text {
					k += cell.Value
				}
				got = append(got, k)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got %s, want %s", s, c.want)
			}
		})
	}
}

func TestRecordsAreCutLeniently(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"blank lines are rows", "a;b\n\n1;2\n", "1:a·b 2: 3:1·2"},
		{"all line ends", "a;b\r\nc;d\re;f\ng;h", "1:a·b 2:c·d 3:e·f 4:g·h"},
		{"a separator line is none", "sep=;\r\na;b,c\r\n", "1:a·b,c"},
		{"a field over two lines", "a;\"b\nc\"\nd;e\n", "1:a·b\nc 2:d·e"},
		{"doubled quotes", "a;\"b \"\"c\"\"\"\nd;e\n", `1:a·b "c" 2:d·e`},
		{"backslash before quotes", `a,"b \"c\""` + "\nd,e\n", `1:a·b "c" 2:d·e`},
		{"a quote that never closes", "a;\"b\nc;d\ne;f\n", "1:a·\"b 2:c·d 3:e·f"},
		{"a quote inside a field", "a;труба 3\" x\nc;d\n", "1:a·труба 3\" x 2:c·d"},
		{"single quotes", "'a,1','b'\n'c','d'\n", "1:a,1·b 2:c·d"},
		{"short and long rows", "a;b;c\nd\ne;f;g;h\n", "1:a·b·c 2:d 3:e·f·g·h"},
		{"one column", "a\nb\n", "1:a 2:b"},
		{"a mark that opens a field and meets the next line's quotes", "a,b,\"\nc,\"d\",e\n\"f\",g,h\n\"i\",\"j\",k\nl,m,\"n\"\n", "1:a·b·\" 2:c·d·e 3:f·g·h 4:i·j·k 5:l·m·n"},
		{"a mark before a quoted field", "a,\"\"b, c\",d\ne,\"f\",g\n", "1:a·\"b, c·d 2:e·f·g"},
		{"a mark at the end of a quoted field", "a,\"b c\"\",d\ne,\"f\",g\n", "1:a·b c\"·d 2:e·f·g"},
		{"a blank behind every delimiter", "a, \"b, c\", d\ne, \"f\", g\n", "1:a·b, c·d 2:e·f·g"},
		{"blanks of the source's own", "a, b\nc, d\n", "1:a· b 2:c· d"},
		{"one blank is nothing", "a; ;c\n", "1:a·c"},
		{"NUL bytes and the end of DOS", "one;two\x00\nthree;four\nfive;six;seven;eight;nine;ten\n\x1a\x1a", "1:one·two 2:three·four 3:five·six·seven·eight·nine·ten"},
		{"fields parted by blanks", "Дата Товар Цена\n01.03.2026 Мыло 12,50\n02.03.2026 Гель 1,50\n", "1:Дата·Товар·Цена 2:01.03.2026·Мыло·12,50 3:02.03.2026·Гель·1,50"},
		{"names are one column", "Иванов Иван\nПетров Пётр\nСидоров Сидор\n", "1:Иванов Иван 2:Петров Пётр 3:Сидоров Сидор"},
		{"UTF-8 with a foreign part", "ключ;товар\n1;мыло мыло\n" + "2;\xec\xfb\xeb\xee\n", "1:ключ·товар 2:1·мыло мыло 3:2·мыло"},
		{"tabs", "a\tb,c\nd\te;f\n", "1:a·b,c 2:d·e;f"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := show(read(t, c.text).sheet); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
