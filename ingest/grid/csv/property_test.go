package csv_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"github.com/distbase/distbase/ingest/grid/csv"
	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// TestWhatIsWrittenIsReadBack writes a sales report in any usual dialect and
// encoding: every cell comes back as it was.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	encodings := map[string]encoding.Encoding{
		"utf-8": encoding.Nop, "windows-1251": charmap.Windows1251, "cp866": charmap.CodePage866, "koi8-r": charmap.KOI8R, "x-mac-cyrillic": charmap.MacintoshCyrillic,
		"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	}
	names := []string{"utf-8", "windows-1251", "cp866", "koi8-r", "x-mac-cyrillic", "utf-16le", "utf-16be"}
	goods := []string{"Шампунь Ромашка 400 мл", "Мыло \"Лаванда\", 100 г", "Порошок; стиральный", "Гель\nдля душа", "Крем | детский", "Паста, мятная"}
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "delimiter")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end")
		all := rapid.Bool().Draw(t, "quote all")
		name := rapid.SampledFrom(names).Draw(t, "encoding")
		rows := [][]string{{"Код", "Наименование", "Количество", "Сумма"}}
		for range rapid.IntRange(3, 40).Draw(t, "rows") {
			rows = append(rows, []string{
				fmt.Sprintf("%05d", rapid.IntRange(0, 99999).Draw(t, "code")), rapid.SampledFrom(goods).Draw(t, "name"),
				fmt.Sprint(rapid.IntRange(1, 500).Draw(t, "quantity")), fmt.Sprintf("%d,%02d", rapid.IntRange(0, 9999).Draw(t, "amount"), rapid.IntRange(0, 99).Draw(t, "kopecks")),
			})
		}
		r := read(t, gridtest.Encoded(encodings[name], write(rows, delimiter, end, all)))
		if r.found.Encoding != name || r.found.Dialect.Delimiter != delimiter {
			t.Fatalf("told %q, %q", r.found.Encoding, r.found.Dialect.Delimiter)
		}
		got := r.sheet.Rows()
		if len(got) != len(rows) {
			t.Fatalf("%d rows of %d", len(got), len(rows))
		}
		for i, r := range got {
			for j, c := range r.Cells {
				if c.Text != rows[i][j] {
					t.Fatalf("row %d: %q, want %q", i+1, c.Text, rows[i][j])
				}
			}
		}
	})
}

// write is a CSV writer of any dialect with doubled quotes.
func write(rows [][]string, delimiter, end string, all bool) string {
	var b strings.Builder
	for _, row := range rows {
		for j, f := range row {
			if j > 0 {
				b.WriteString(delimiter)
			}
			if all || strings.ContainsAny(f, "\"\r\n"+delimiter) {
				f = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
			}
			b.WriteString(f)
		}
		b.WriteString(end)
	}
	return b.String()
}

// TestPiecesDoNotShow reads a text of many pieces, some of which begin inside
// quoted fields, and of several decoded windows.
func TestPiecesDoNotShow(t *testing.T) {
	t.Parallel()
	var rows [][]string
	for i := range 60_000 {
		name := fmt.Sprintf("Товар номер %d", i)
		if i%5 == 0 {
			name = strings.Repeat(fmt.Sprintf("строка %d, \"да\"\n", i), i%97)
		}
		rows = append(rows, []string{fmt.Sprint(i), name, "12,50"})
	}
	text := write(rows, ";", "\n", false)
	for name, e := range map[string]encoding.Encoding{"utf-8": encoding.Nop, "windows-1251": charmap.Windows1251} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := read(t, gridtest.Encoded(e, text))
			if r.sheet.Len() != len(rows) || r.found.Dialect.Columns != 3 {
				t.Fatalf("%d rows of %d, %d columns", r.sheet.Len(), len(rows), r.found.Dialect.Columns)
			}
			for i := range rows {
				row := r.sheet.RowAt(i, nil)
				at := slices.IndexFunc(row.Cells, func(c sheet.Cell) bool { return c.Col == 2 })
				if row.N != i+1 || at < 0 && rows[i][1] != "" || at >= 0 && row.Cells[at].Text != rows[i][1] {
					t.Fatalf("row %d is %+v", i+1, row)
				}
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		russian, drawn, aligned, "sep=;\r\na;\"b\nc\"\n1;2,5\n", "\xff\xfea\x00;\x00b\x00", "a,\"b\\\"c\"\r\"\"\"\"\n", "'a','b'\n'c','d'\n",
		"a, \"b\", c\nd, \"e\", f\n", "\xef\xbb\xbfa\tb\x00\x00\nc\td\n\x1a", "1 2 3\n4 5 6\n", strings.Repeat("\"\n", 300), "|---|---|\n| a | b |\n| c | d |\n",
		"ключ;товар\n1;\xec\xfb\xeb\xee\n", "01/02/2026,1.234,5-\n13/02/2026,1.5,-5\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var found csv.Found
		_, err := gridtest.Fuzz(t, telling(&found), data, sheet.Options{}, textIsItself, gridtest.Ordered)
		if err == nil && found.Encoding == "" {
			t.Fatal("no encoding")
		}
	})
}

// textIsItself tells rows in which no text was changed.
func textIsItself(r sheet.Row) bool {
	return !slices.ContainsFunc(r.Cells, func(c sheet.Cell) bool { return c.Kind == sheet.Text && c.Value != c.Text })
}
