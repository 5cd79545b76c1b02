package table

import "testing"

// TestJournalsAreAskedAbout: single movements are neither stock nor sales.
func TestJournalsAreAskedAbout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, file string
		rows       [][]any
		asked      bool
	}{
		{"what came only", "Inventario.xlsx", [][]any{{"Producto", "Tipo", "Cantidad", "Fecha"}, {"Jugo Sol", "ENTRADA", 3, isoDate("2026-07-01")}, {"Agua Luna", "ENTRADA", 4, isoDate("2026-07-02")}}, true},
		{"what came and went", "Остатки июль 2026.xlsx", [][]any{{"Товар", "Операция", "Количество"}, {"Сок Южный", "Приход", 3}, {"Вода Лесная", "Расход", 4}, {"Чай Горный", "Приход", 2}}, true},
		{"documents", "Inventario julio 2026.xlsx", [][]any{{"Nº FACTURA", "FECHA", "CÓDIGO PRODUCTO", "DESCRIPCIÓN", "CANTIDAD"}, {"13-1", isoDate("2026-07-01"), "A-1", "Jugo Sol", 3}, {"13-2", isoDate("2026-07-02"), "A-2", "Agua Luna", 4}}, true},
		{"stock by the kind of its place", "Остатки 31.07.2026.xlsx", [][]any{{"Товар", "Место", "Остаток"}, {"Сок Южный", "Полка", 3}, {"Вода Лесная", "Стеллаж", 4}, {"Чай Горный", "Полка", 2}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tb := understandOne(t, c.rows, Source{FileName: c.file, Received: day(2026, 8, 1)})
			if tb.Certain == c.asked || hasDoubt(tb, DoubtKind) != c.asked {
				t.Errorf("%s, certain %v, doubts %+v", tb.Kind, tb.Certain, tb.Doubts)
			}
		})
	}
}

// TestACashBookIsNoReport, though it has a balance and names.
func TestACashBookIsNoReport(t *testing.T) {
	t.Parallel()
	f := fileFixture("cash.xlsx", sheetFixture("Sheet1", [][]any{
		{"Date", "Voucher No", "Name", "Cash In", "Cash Out", "Balance"},
		{isoDate("2026-07-01"), "CB-1", "Ivan", 100, 0, 100}, {isoDate("2026-07-02"), "CB-2", "Oleg", 0, 30, 70},
	}))
	if tables, err := Understand(f, Source{FileName: "cash.xlsx"}, nil); err != nil || len(tables) != 0 {
		t.Errorf("%+v, %v", tables, err)
	}
}
