package world

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"time"

	"golang.org/x/text/encoding/charmap"
)

func separated(comma rune, rows [][]string) ([]byte, error) {
	var buf bytes.Buffer
	out := csv.NewWriter(&buf)
	out.Comma, out.UseCRLF = comma, true
	if err := out.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write CSV: %w", err)
	}
	return buf.Bytes(), nil
}

// cyrillicCSV is what Excel in Russian saves: windows-1251, semicolons, decimal
// comma, a total at the end.
func cyrillicCSV(w *World, d int, from, to time.Time) (File, error) {
	rows := [][]string{{"Дата", "Накладная", "Клиент", "Товар", "Кол-во", "Цена", "Сумма"}}
	quantity, sum := 0, Money(0)
	for _, s := range w.SalesOf(d, from, to) {
		rows = append(rows, []string{
			dotted(s.Day), fmt.Sprint(s.Document), w.clientName(d, s.Outlet), w.itemName(d, s.Product), strconv.Itoa(s.Quantity),
			amount(w.Products[s.Product].Price, ","), amount(s.Amount, ","),
		})
		quantity, sum = quantity+s.Quantity, sum+s.Amount
	}
	rows = append(rows, []string{"Итого", "", "", "", strconv.Itoa(quantity), "", amount(sum, ",")})
	utf8, err := separated(';', rows)
	if err != nil {
		return File{}, err
	}
	data, err := charmap.Windows1251.NewEncoder().Bytes(utf8)
	if err != nil {
		return File{}, fmt.Errorf("encode CSV: %w", err)
	}
	return File{Name: "продажи " + from.Format("02.01") + "-" + to.Format("02.01.2006") + ".csv", Type: "text/csv", Data: data}, nil
}

// casesCSV counts in cases, in UTF-8 with a byte order mark and tabs.
func casesCSV(w *World, d int, from, to time.Time) (File, error) {
	rows := [][]string{{"Дата", "Код точки", "Точка", "Код", "Номенклатура", "Ед. изм.", "Количество", "Сумма с НДС"}}
	for _, s := range w.SalesOf(d, from, to) {
		rows = append(rows, []string{
			s.Day.Format("2006-01-02"), w.Outlets[s.Outlet].Code, w.clientName(d, s.Outlet), itemCode(d, s.Product), w.itemName(d, s.Product),
			"кор", strconv.Itoa(s.Quantity / w.Products[s.Product].Pack), amount(s.Amount, "."),
		})
	}
	utf8, err := separated('\t', rows)
	if err != nil {
		return File{}, err
	}
	return File{
		Name: fileName("kama", "sales", from.Format("2006-01")) + ".csv", Type: "text/csv",
		Data: append([]byte("\xef\xbb\xbf"), utf8...),
	}, nil
}
