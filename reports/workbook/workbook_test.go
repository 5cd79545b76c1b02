package workbook_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/distbase/distbase/reports/cube"
	"github.com/distbase/distbase/reports/workbook"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func sample() workbook.Workbook {
	value := func(s string, percent bool) workbook.Value {
		return workbook.Value{NullDecimal: decimal.NullDecimal{Decimal: dec(s), Valid: true}, Percent: percent}
	}
	row := func(amount, quantity string, keys ...string) cube.Row {
		return cube.Row{Keys: keys, Values: []decimal.Decimal{dec(quantity), dec(amount)}}
	}
	return workbook.Workbook{
		Words: workbook.Words{
			Summary: "Сводка", Cross: "Дистрибьюторы и бренды", Pivot: "Сводная таблица", Data: "Данные",
			Total: "Итого", Unmapped: "не привязано",
			Columns: map[string]string{
				"day": "Дата", "distributor": "Дистрибьютор", "brand": "Бренд", "category": "Категория",
				"quantity": "Количество", "amount": "Сумма, ₽",
			},
		},
		Title: "Вторичные продажи, июль 2026", Notes: []string{"На 01.08.2026 09:00"},
		Headings: []string{"", "Сумма", "К прошлому месяцу"},
		Lines: []workbook.Line{
			{Label: "Всего", Strong: true, Values: []workbook.Value{value("1234.50", false), value("-0.034", true)}},
			{Label: "=1+1", Values: []workbook.Value{value("10", false), {}}},
			{Label: "Точки", Values: []workbook.Value{{NullDecimal: decimal.NewNullDecimal(dec("299")), Count: true}}},
			{Label: "Василек", Values: []workbook.Value{{Text: "сумм нет"}}},
		},
		Data: &cube.Result{
			Dimensions: []string{"day", "distributor", "brand", "category"}, Measures: []string{"quantity", "amount"},
			Rows: []cube.Row{
				row("100.10", "1", "2026-07-01", "Ромашка", "Нури", "Чай"),
				row("50.20", "2", "2026-07-01", "Ромашка", "", ""),
				row("-20", "-1", "2026-07-02", "Ромашка", "Нури", "Чай"),
				row("70", "7", "2026-07-02", "Василек", "Жокей", "Кофе"),
			},
		},
	}
}

func write(t *testing.T, b workbook.Workbook) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSheetsHoldTheFigures(t *testing.T) {
	t.Parallel()
	f, err := excelize.OpenReader(bytes.NewReader(write(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want := map[string][][]string{
		"Сводка": {
			{"Вторичные продажи, июль 2026"}, {"На 01.08.2026 09:00"}, nil,
			{"", "Сумма", "К прошлому месяцу"}, {"Всего", "1,234.50", "-3.4%"}, {"=1+1", "10.00"}, {"Точки", "299"}, {"Василек", "сумм нет"},
		},
		"Дистрибьюторы и бренды": {
			{"Дистрибьютор", "Жокей", "не привязано", "Нури", "Итого"},
			{"Василек", "70.00", "", "", "70.00"},
			{"Ромашка", "", "50.20", "80.10", "130.30"},
			{"Итого", "70.00", "50.20", "80.10", "200.30"},
		},
		"Данные": {
			{"Дата", "Дистрибьютор", "Бренд", "Категория", "Количество", "Сумма, ₽"},
			{"01.07.2026", "Ромашка", "Нури", "Чай", "1.00", "100.10"},
			{"01.07.2026", "Ромашка", "не привязано", "не привязано", "2.00", "50.20"},
			{"02.07.2026", "Ромашка", "Нури", "Чай", "-1.00", "-20.00"},
			{"02.07.2026", "Василек", "Жокей", "Кофе", "7.00", "70.00"},
		},
	}
	for sheet, rows := range want {
		got, err := f.GetRows(sheet)
		if d := cmp.Diff(rows, got); err != nil || d != "" {
			t.Errorf("%s: %v\n%s", sheet, err, d)
		}
	}
	if formula, err := f.GetCellFormula("Сводка", "A6"); err != nil || formula != "" {
		t.Errorf("a name became the formula %q: %v", formula, err)
	}
	pivots, err := f.GetPivotTables("Сводная таблица")
	if err != nil || len(pivots) != 1 || pivots[0].DataRange != "Данные!A1:F5" {
		t.Errorf("pivot tables %+v, %v", pivots, err)
	}
}

func TestWorkbookWithoutDataOpens(t *testing.T) {
	t.Parallel()
	b := sample()
	b.Data.Rows = nil
	f, err := excelize.OpenReader(bytes.NewReader(write(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if want := []string{"Сводка", "Дистрибьюторы и бренды", "Сводная таблица", "Данные"}; !slices.Equal(f.GetSheetList(), want) {
		t.Errorf("sheets %q", f.GetSheetList())
	}
}

func TestMoreLinesThanASheetTakesAreRefused(t *testing.T) {
	t.Parallel()
	b := sample()
	b.Data.Rows = make([]cube.Row, workbook.MaxLines+1)
	var large *workbook.TooLargeError
	if err := b.Write(&bytes.Buffer{}); !errors.As(err, &large) {
		t.Errorf("got %v", err)
	}
}

// The pivot table is calculated by LibreOffice, which takes nothing from the
// cells under it: they are wrong on purpose here.
func TestPivotTableOpensFilledInLibreOffice(t *testing.T) {
	t.Parallel()
	office, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("DISTBASE_REQUIRE_ALL") != "" {
			t.Fatal(err)
		}
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	f, err := excelize.OpenReader(bytes.NewReader(write(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{"A5", "B5", "E7", "D6"} {
		if err := f.SetCellValue("Сводная таблица", at, 999); err != nil {
			t.Fatal(err)
		}
	}
	in := filepath.Join(dir, "book.xlsx")
	if err := f.SaveAs(in); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	// The last option of the CSV filter, 3, asks for the third sheet.
	cmd := exec.CommandContext(ctx, office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to",
		"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3", "--outdir", dir, in)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "book-Сводная таблица.csv"))
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(bytes.NewReader(raw))
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	if strings.Contains(text, "999") {
		t.Errorf("the cells under the table were kept:\n%s", text)
	}
	found := slices.ContainsFunc(rows, func(row []string) bool {
		return len(row) > 3 && row[0] == "Ромашка" && strings.Contains(strings.Join(row, "|"), "130.3")
	})
	if !found {
		t.Errorf("no line of a distributor with its total:\n%s", text)
	}
}
