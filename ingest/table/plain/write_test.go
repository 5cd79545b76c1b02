package plain_test

import (
	"bytes"
	"context"
	stdcsv "encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/table/plain"
)

// printed is the first table of a text.
func printed(t testing.TB, text string) string {
	t.Helper()
	f, err := grid.Read(context.Background(), "file", []byte(text), grid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return written(t, f)
}

func written(t testing.TB, f *grid.File) string {
	t.Helper()
	var b bytes.Buffer
	if err := plain.WriteCSV(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFirstTableIsPrintedInTheSourcesWords(t *testing.T) {
	t.Parallel()
	const lines = "01.02.2026;Мыло;1 234,50\n02.02.2026;Гель;12,00\n03.02.2026;Крем;7,10\n"
	const want = "01.02.2026,Мыло,\"1 234,50\"\n02.02.2026,Гель,\"12,00\"\n03.02.2026,Крем,\"7,10\"\n"
	for _, c := range []struct{ name, text, want string }{
		{"titles and records", "Дата;Товар;Сумма\n" + lines, "Дата,Товар,Сумма\n" + want},
		{"no titles", lines, want},
		{"titles only", "Дата;Товар;Сумма\n", "Дата,Товар,Сумма\n"},
		{"a preamble", "Отчёт за февраль\nСклад:;Основной\n\nДата;Товар;Сумма\n" + lines, "Дата,Товар,Сумма\n" + want},
		{"a preamble wider than the table", "a;b;c d;e\nДата;Товар;Сумма\n" + lines, "Дата,Товар,Сумма\n" + want},
		{"two rows of titles", "Дата;Товар;Сумма\nдень;имя;руб.\n" + lines, "Дата день,Товар имя,Сумма руб.\n" + want},
		{"numbered columns", "Дата;Товар;Сумма\n1;2;3\n" + lines, "Дата,Товар,Сумма\n" + want},
		{"blanks of titles are kept", "Дата ;Товар; Сумма\n" + lines, "Дата ,Товар,\" Сумма\"\n" + want},
		{"a total and a signature", "Дата;Товар;Сумма\n" + lines + "Итого;;1 253,60\n\nДиректор ____ /Иванов/\n", "Дата,Товар,Сумма\n" + want},
		{"blank lines and repeated titles", "Дата;Товар;Сумма\n\n" + lines + "Дата;Товар;Сумма\n04.02.2026;Паста;3,00\n", "Дата,Товар,Сумма\n" + want + "04.02.2026,Паста,\"3,00\"\n"},
		{"the same table twice", "Дата;Товар;Сумма\n" + lines + "Дата;Товар;Сумма\n" + lines, "Дата,Товар,Сумма\n" + want},
		{"another table below", "Дата;Товар;Сумма\n" + lines + "Дата;Товар;Сумма;Агент\n04.02.2026;Паста;3,00;Иванов\n", "Дата,Товар,Сумма\n" + want},
		{"short rows and surplus cells", "a;b;c\n1;x\n2;y;3\n4;;z;5\n6;u;7\n", "a,b,c\n1,x,\n2,y,3\n4,z,5\n6,u,7\n"},
		{"columns without anything", "a;b;\n1;2;\n3;4;\n", "a,b,\n1,2,\n3,4,\n"},
		{"years are titles", "Товар;2024;2025\nМыло;1,5;2,5\nГель;3,5;4,5\n", "Товар,2024,2025\nМыло,\"1,5\",\"2,5\"\nГель,\"3,5\",\"4,5\"\n"},
		{"words only", "name;city\nAnn;Rome\nBob;Oslo\n", "name,city\nAnn,Rome\nBob,Oslo\n"},
		{"records of one cell", "who;when;whom\nA;Oct-14;X\n;;Y\n;;Z\n;;U\nB;Nov-14;V\n;;W\n;;T\n", "who,when,whom\nA,Oct-14,X\n,,Y\n,,Z\n,,U\nB,Nov-14,V\n,,W\n,,T\n"},
		{"a product named like a total", "Товар;Штук;Сумма\nTotal Care;5;7\nМыло;6;8\n", "Товар,Штук,Сумма\nTotal Care,5,7\nМыло,6,8\n"},
		{"nothing", "\n\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.name == "nothing" {
				if got := written(t, &grid.File{Sheets: []*grid.Sheet{{}}}); got != "" {
					t.Errorf("got %q", got)
				}
				return
			}
			if d := cmp.Diff(c.want, printed(t, c.text)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSheetsBeginWhereTheirTablesStand(t *testing.T) {
	t.Parallel()
	s := &grid.Sheet{Name: "Лист1", Index: 1, Merges: []grid.Range{{FirstRow: 3, FirstCol: 3, LastRow: 3, LastCol: 4}}}
	for i, cells := range [][]string{{"", "Список сотрудников"}, {}, {"", "ФИО", "Работа", ""}, {"", "", "Город", "Лет"}, {"", "Иванов", "Тверь, центр", "30"}, {}, {"", "Петров", "", "41"}, {"", "Итого", "", "71"}} {
		r := grid.Row{N: i + 1}
		for j, text := range cells {
			if text != "" {
				r.Cells = append(r.Cells, grid.Cell{Row: i + 1, Col: j + 1, Kind: grid.Text, Value: text, Text: text})
			}
		}
		if err := s.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	want := "ФИО,Работа Город,Работа Лет\nИванов,\"Тверь, центр\",30\nПетров,,41\n"
	if d := cmp.Diff(want, written(t, &grid.File{Sheets: []*grid.Sheet{{}, s}})); d != "" {
		t.Error(d)
	}
}

// TestPrintedTablesPrintAsTheyAre: what was printed once comes out the same again.
func TestPrintedTablesPrintAsTheyAre(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		b.WriteString("Отчёт о продажах\n\nДата;Товар;Штук;Сумма\n")
		for i := range rapid.IntRange(3, 30).Draw(t, "rows") {
			fmt.Fprintf(&b, "%02d.02.2026;%s;%d;%d,%02d\n", i%28+1, rapid.SampledFrom([]string{"Мыло", "Гель; душ", "Крем"}).Draw(t, "name"),
				rapid.IntRange(1, 99).Draw(t, "n"), rapid.IntRange(1, 9999).Draw(t, "sum"), rapid.IntRange(0, 99).Draw(t, "kopecks"))
		}
		b.WriteString("Итого;;;5\n")
		text := strings.ReplaceAll(b.String(), "Гель; душ", "\"Гель; душ\"")
		f, err := grid.Read(context.Background(), "f", []byte(text), grid.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var once, twice bytes.Buffer
		if err := plain.WriteCSV(&once, f); err != nil {
			t.Fatal(err)
		}
		if f, err = grid.Read(context.Background(), "f", once.Bytes(), grid.Options{}); err != nil {
			t.Fatal(err)
		}
		if err := plain.WriteCSV(&twice, f); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(once.String(), twice.String()); d != "" || !strings.HasPrefix(once.String(), "Дата,") {
			t.Fatal(d, once.String())
		}
	})
}

// TestReportsGiveRectangles goes over the reports that stand beside the project, where they do.
func TestReportsGiveRectangles(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "..", "shared", "corpus", "reports", "*.csv"))
	if len(files) == 0 {
		t.Skip("no corpus beside the project")
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r := stdcsv.NewReader(strings.NewReader(printed(t, string(data))))
		if _, err := r.ReadAll(); err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
	}
}

func FuzzWriteCSV(f *testing.F) {
	f.Add("Дата;Товар\n01.02.2026;Мыло\nИтого;1\n")
	f.Add("a;b;c\n1;;;;;2\n;;;\n")
	f.Add("1\n2\n3\n")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := grid.Read(context.Background(), "f", []byte(text), grid.Options{MaxBytes: 1 << 24, MaxCells: 1 << 16})
		if err != nil {
			return
		}
		if err := plain.WriteCSV(io.Discard, file); err != nil {
			t.Fatal(err)
		}
	})
}
