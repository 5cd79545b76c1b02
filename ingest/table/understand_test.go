package table

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/grid"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestUnderstandGolden(t *testing.T) {
	t.Parallel()
	for name, fx := range fixtures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tables, err := Understand(fx.file, fx.src, nil)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := WriteJSON(&b, tables); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name+".jsonl")
			if *update {
				if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got := b.String(); got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func understandOne(t *testing.T, rows [][]any, src Source, known ...Layout) *Table {
	t.Helper()
	tables, err := Understand(fileFixture("x.xlsx", sheetFixture("Лист1", rows)), src, known)
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) != 1 {
		t.Fatalf("got %d tables", len(tables))
	}
	return tables[0]
}

func hasDoubt(tb *Table, code string) bool {
	for _, d := range tb.Doubts {
		if d.Code == code {
			return true
		}
	}
	return false
}

func TestCertainOnlyWithoutDoubts(t *testing.T) {
	t.Parallel()
	flat := [][]any{
		{"Клиент", "Товар", "Количество"},
		{"ООО Альфа", "Сок", 3},
		{"ООО Бета", "Вода", 4},
	}
	july := Source{FileName: "Продажи_июль_2026.xlsx", Received: day(2026, 8, 1)}
	for _, c := range []struct {
		name  string
		rows  [][]any
		src   Source
		doubt string
	}{
		{"plain", flat, july, ""},
		{"no period", flat, Source{FileName: "Продажи.xlsx"}, DoubtPeriod},
		{"total differs", append(flat[:3:3], []any{"Итого", nil, 8}), july, DoubtTotal},
		{"total agrees", append(flat[:3:3], []any{"Итого", nil, 7}), july, ""},
		{"no goods", [][]any{{"Клиент", "Сумма"}, {"ООО Альфа", 3}, {"ООО Бета", 5}}, july, DoubtNoProduct},
		{"two quantities", [][]any{{"Клиент", "Товар", "Количество", "Количество"}, {"ООО Альфа", "Сок", 3, 4}, {"ООО Бета", "Сок", 1, 2}}, july, DoubtTwoColumns},
		{"texts for numbers", [][]any{{"Клиент", "Товар", "Количество"}, {"А", "Сок", 1}, {"А", "Чай", 1}, {"А", "Вода", "нет данных"}}, july, DoubtUnreadNumbers},
		{"amount of the document", [][]any{{"Клиент", "Товар", "Количество", "Сумма документа"}, {"А", "Сок", 1, 9}, {"А", "Чай", 1, 9}}, july, DoubtRepeatedAmount},
		{"kind unknown", [][]any{{"Товар", "Количество"}, {"Сок", 1}, {"Чай", 2}}, Source{FileName: "июль 2026.xlsx"}, DoubtKind},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tb := understandOne(t, c.rows, c.src)
			if tb.Certain != (c.doubt == "") || c.doubt != "" && !hasDoubt(tb, c.doubt) {
				t.Errorf("certain %v, doubts %+v, want %q", tb.Certain, tb.Doubts, c.doubt)
			}
		})
	}
}

func TestProblemsNameTheCell(t *testing.T) {
	t.Parallel()
	tb := understandOne(t, [][]any{
		{"Продажи за июль 2026"},
		{"Дата", "Клиент", "Товар", "Количество", "Цена"},
		{isoDate("2026-07-01"), "ООО Альфа", "Сок", 3, 10},
		{isoDate("2026-08-05"), "ООО Альфа", "Вода", "два", -1},
		{"вчера", "ООО Альфа", nil, 4, 10},
	}, Source{Received: day(2026, 8, 6)})
	want := map[string][2]int{
		ProblemNotNumber: {4, 4}, ProblemNegative: {4, 5}, ProblemNotDate: {5, 1}, ProblemOutOfPeriod: {4, 1}, ProblemBlankProduct: {5, 0},
	}
	for _, p := range tb.Problems {
		if w, ok := want[p.Code]; !ok || w != [2]int{p.Row, p.Col} || p.Sheet != "Лист1" {
			t.Errorf("unexpected %+v", p)
		}
		delete(want, p.Code)
	}
	if len(want) > 0 {
		t.Errorf("missing %v", want)
	}
}

func TestPeriodIsAskedInOrder(t *testing.T) {
	t.Parallel()
	rows := [][]any{{"Клиент", "Товар", "Количество"}, {"ООО Альфа", "Сок", 3}}
	dated := [][]any{{"Дата", "Клиент", "Товар", "Количество"}, {isoDate("2026-07-03"), "ООО Альфа", "Сок", 3}, {isoDate("2026-07-05"), "А", "Сок", 3}}
	printed := append([][]any{{"Продажи с 01.07.2026 по 15.07.2026"}}, rows...)
	received := day(2026, 8, 3)
	for _, c := range []struct {
		name         string
		rows         [][]any
		src          Source
		source, want string
	}{
		{"printed", printed, Source{FileName: "Продажи август 2026.xlsx", Received: received}, PeriodPrinted, "2026-07-01/2026-07-15"},
		{"file", rows, Source{FileName: "Продажи_июль_2026.xlsx", Subject: "за июнь 2026", Received: received}, PeriodFile, "2026-07-01/2026-07-31"},
		{"file compact", rows, Source{FileName: "TDSEVER_SALES_20260701-20260731_v2.xlsx", Received: received}, PeriodFile, "2026-07-01/2026-07-31"},
		{"subject", rows, Source{FileName: "Продажи.xlsx", Subject: "отчет за июль", Received: received}, PeriodSubject, "2026-07-01/2026-07-31"},
		{"body", rows, Source{Subject: "отчет", Body: "Добрый день! Высылаем отчет за июль 2026.\nС уважением, тел. 8-900-100-20-30", Received: received}, PeriodBody, "2026-07-01/2026-07-31"},
		{"body says nothing", rows, Source{Body: "Встреча 05.08.2026", Received: received}, "", ""},
		{"records", dated, Source{FileName: "Продажи.xlsx", Received: received}, PeriodRecords, "2026-07-03/2026-07-05"},
		{"records against the file name", dated, Source{FileName: "Продажи выгрузка 2026-08-02.xlsx", Received: received}, PeriodRecords, "2026-07-03/2026-07-05"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tb := understandOne(t, c.rows, c.src)
			got := ""
			if tb.Period != nil {
				got = tb.Period.String()
			}
			if got != c.want || tb.PeriodSource != c.source {
				t.Errorf("got %q from %q, want %q from %q", got, tb.PeriodSource, c.want, c.source)
			}
		})
	}
}

func TestHiddenSheetsAreReadOnlyWhenNothingElseIs(t *testing.T) {
	t.Parallel()
	rows := [][]any{{"Клиент", "Товар", "Количество"}, {"ООО Альфа", "Сок", 3}}
	open, hidden := sheetFixture("Продажи", rows), sheetFixture("Справочник", rows)
	hidden.Hidden = true
	tables, err := Understand(fileFixture("a.xlsx", hidden, open), Source{}, nil)
	if err != nil || len(tables) != 1 || tables[0].Sheet != "Продажи" {
		t.Errorf("got %v %v", tables, err)
	}
	if tables, _ := Understand(fileFixture("a.xlsx", hidden), Source{}, nil); len(tables) != 1 {
		t.Errorf("got %d tables", len(tables))
	}
}

func TestNamesAreJoinedFromTablesOfTheSameFile(t *testing.T) {
	t.Parallel()
	facts := sheetFixture("Продажи", [][]any{{"Дата", "Код клиента", "Код товара", "Количество"}, {isoDate("2026-07-01"), "C1", "T1", 5}})
	goods := sheetFixture("Товары", [][]any{{"Код товара", "Наименование товара", "Штрихкод"}, {"T1", "Сок", "4600000000017"}})
	buyers := sheetFixture("Клиенты", [][]any{{"Код клиента", "Наименование клиента", "ИНН"}, {"C1", "ООО Альфа", "7701234567"}})
	tables, err := Understand(fileFixture("a.zip", goods, buyers, facts), Source{}, nil)
	if err != nil || len(tables) != 3 {
		t.Fatalf("got %d tables, %v", len(tables), err)
	}
	r := tables[2].Records[0]
	if r.Text(Product) != "Сок" || r.Text(Client) != "ООО Альфа" {
		t.Errorf("got %+v", r)
	}
}

func TestUpperTitlesDecideWhatMeasuresAre(t *testing.T) {
	t.Parallel()
	tb := understandOne(t, [][]any{
		{"Товар", "План", nil, "Факт", nil},
		{nil, "Количество", "Сумма", "Количество", "Сумма"},
		{"Сок", 1, 10, 2, 20},
		{"Вода", 3, 30, 4, 40},
	}, Source{FileName: "Продажи июль 2026.xlsx"})
	if tb.Columns[Quantity] != "D" || tb.Columns[Amount] != "E" {
		t.Errorf("got %v", tb.Columns)
	}
}

func TestEmptyFilesGiveNoTable(t *testing.T) {
	t.Parallel()
	for _, f := range []*grid.File{{}, fileFixture("a"), fileFixture("a", &grid.Sheet{}), fileFixture("a", sheetFixture("", [][]any{{}, {""}}))} {
		if tables, err := Understand(f, Source{}, nil); err != nil || len(tables) != 0 {
			t.Errorf("got %v %v", tables, err)
		}
	}
	if _, err := Understand(nil, Source{}, nil); err == nil {
		t.Error("no file is an error")
	}
}

func TestWriteLinesLabelsEveryRow(t *testing.T) {
	t.Parallel()
	in := `{"file":"a","sheet":"s","rows":[["Отчет"],[""],["Товар","Количество"],["Сок","3"],["Вода","4"],["Итого","7"],["Примечание: без возвратов",""]]}`
	var b bytes.Buffer
	if err := WriteLines(strings.NewReader(in), &b); err != nil {
		t.Fatal(err)
	}
	want := `{"file":"a","sheet":"s","line":["metadata","empty","header","data","data","derived","notes"]}` + "\n"
	if b.String() != want {
		t.Errorf("got %s", b.String())
	}
}
