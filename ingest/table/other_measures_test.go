package table

import "testing"

// TestFiguresBesideTheReportsOwn keeps apart what a report tells beside its own figures.
func TestFiguresBesideTheReportsOwn(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]Role{
		"Кол-во с начала года": "", "Кол-во с нач. года": "", "Сумма прошлого года": "", "Количество за прошлый месяц": "", "Продажи, шт АППГ": "",
		"Количество нарастающим итогом": "", "Sales LY": "", "Qty YTD": "", "Прогноз, шт": "", "Норматив остатка, шт": "",
		"Кол-во чеков": "", "Количество SKU": "", "Кол-во дней": "", "Количество записей": "", "Кол-во штук в коробке": "", "PROFIT & LOSE": "",
		"Сумма в т.ч. НДС": Amount, "Сумма НДС, руб 20%": VAT, "Precio sin IVA": Price, "R.I.F.": ClientINN, "# PRODUCTO": ProductCode, "NOMBRE_VENDEDOR": SalesRep,
		"Остаток на начало года": OpeningQty, "Остаток предыдущий": StockQty, "Количество": Quantity, "Кол-во товаров": Quantity, "Последняя дата": Date,
	} {
		if got := RoleOfTitle(title); got != want {
			t.Errorf("%q is %q, want %q", title, got, want)
		}
	}
}
