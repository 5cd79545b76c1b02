package table

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// flatReport is a generated report and what must come out of it.
type flatReport struct {
	rows    [][]any
	records []map[Role]string
	total   bool
}

func drawReport(t *rapid.T) flatReport {
	type field struct {
		role  Role
		title string
		draw  func(i int) (any, string)
	}
	text := func(what string) func(int) (any, string) {
		return func(i int) (any, string) {
			s := fmt.Sprintf("%s %s %d", what, rapid.StringMatching(`[А-Яа-я]{3,8}`).Draw(t, what), i)
			return s, s
		}
	}
	number := func(label string) func(int) (any, string) {
		return func(int) (any, string) {
			d := decimal.New(rapid.Int64Range(-99999, 9999999).Draw(t, label), -2)
			if rapid.Bool().Draw(t, "as text") {
				return strings.ReplaceAll(d.StringFixed(2), ".", ","), d.String()
			}
			return d.String() + numberMark, d.String()
		}
	}
	fields := []field{
		{Product, rapid.SampledFrom([]string{"Товар", "Номенклатура", "Наименование товара", "ТМЦ", "Product"}).Draw(t, "product"), text("Товар")},
		{Quantity, rapid.SampledFrom([]string{"Количество", "Кол-во, шт", "Qty", "Кол."}).Draw(t, "qty"), number("q")},
		{Client, rapid.SampledFrom([]string{"Клиент", "Контрагент", "Покупатель", "Customer"}).Draw(t, "client"), text("ООО")},
	}
	optional := []field{
		{Amount, rapid.SampledFrom([]string{"Сумма", "Выручка", "Стоимость, руб.", "Amount"}).Draw(t, "amount"), number("a")},
		{SalesRep, "Менеджер", text("Иванов")},
		{ProductCode, "Артикул", func(i int) (any, string) { s := fmt.Sprintf("А-%04d", i); return s, s }},
		{Region, "Регион", text("Область")},
		{Date, "Дата", func(i int) (any, string) {
			d := day(2026, 7, 1+i%31)
			return isoDate(d.Format("2006-01-02")), d.Format("2006-01-02")
		}},
		{"", "Комментарий", text("прим")},
	}
	for _, f := range optional {
		if rapid.Bool().Draw(t, "has "+f.title) {
			fields = append(fields, f)
		}
	}
	fields = rapid.Permutation(fields).Draw(t, "order")
	var r flatReport
	for i := range rapid.IntRange(0, 4).Draw(t, "preamble") {
		r.rows = append(r.rows, []any{[]any{"Продажи за июль 2026 г.", "Отбор: Бренд Равно \"Наш\"", nil, "Организация: ООО Мир"}[i]})
	}
	var titles []any
	for _, f := range fields {
		titles = append(titles, f.title)
	}
	r.rows = append(r.rows, titles)
	sums := map[Role]decimal.Decimal{}
	for i := range rapid.IntRange(3, 25).Draw(t, "records") {
		rec := map[Role]string{}
		var row []any
		for _, f := range fields {
			v, want := f.draw(i)
			row = append(row, v)
			if f.role != "" {
				rec[f.role] = want
			}
			if f.role.IsSummed() {
				sums[f.role] = sums[f.role].Add(decimal.RequireFromString(want))
			}
		}
		r.rows = append(r.rows, row)
		r.records = append(r.records, rec)
		if rapid.IntRange(0, 9).Draw(t, "blank") == 0 {
			r.rows = append(r.rows, nil)
		}
	}
	if r.total = rapid.Bool().Draw(t, "total"); r.total {
		r.rows = append(r.rows, totalRow(len(fields), func(i int) Role { return fields[i].role }, sums))
	}
	return r
}

// totalRow puts the word into the first column that has no sum.
func totalRow(n int, role func(int) Role, sums map[Role]decimal.Decimal) []any {
	row := make([]any, n)
	worded := false
	for i := range n {
		if s, ok := sums[role(i)]; ok && role(i).IsSummed() {
			row[i] = s.String() + numberMark
		} else if !worded {
			row[i], worded = "Итого", true
		}
	}
	return row
}

// numberMark tells the fixture of the property test that a text is to be a number cell.
const numberMark = "\x00"

// plainNumbers makes number cells of the texts that are marked.
func plainNumbers(rows [][]any) {
	for _, row := range rows {
		for j, v := range row {
			if s, ok := v.(string); ok && strings.HasSuffix(s, numberMark) {
				row[j] = decimal.RequireFromString(strings.TrimSuffix(s, numberMark))
			}
		}
	}
}

func TestAnyFlatTableGivesItsRecordsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		report := drawReport(t)
		plainNumbers(report.rows)
		tables, err := Understand(fileFixture("x.xlsx", sheetFixture("Лист1", report.rows)), Source{FileName: "Продажи.xlsx"}, nil)
		if err != nil || len(tables) != 1 {
			t.Fatalf("%d tables, %v", len(tables), err)
		}
		tb := tables[0]
		if len(tb.Records) != len(report.records) {
			t.Fatalf("%d records, want %d", len(tb.Records), len(report.records))
		}
		for i, want := range report.records {
			for role, w := range want {
				got := tb.Records[i].Text(role)
				if role.IsNumber() {
					d, _ := tb.Records[i].Decimal(role)
					got = d.String()
				}
				if got != w {
					t.Fatalf("record %d %s: got %q, want %q", i, role, got, w)
				}
			}
		}
		if report.total != (tb.Reconciled != nil) || tb.Reconciled != nil && !*tb.Reconciled {
			t.Fatalf("total printed %v, reconciled %v", report.total, tb.Reconciled)
		}
	})
}
