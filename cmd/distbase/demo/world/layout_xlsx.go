package world

import (
	"fmt"
	"sort"
	"time"

	"github.com/xuri/excelize/v2"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// book writes rows into sheets and keeps the first error.
type book struct {
	f     *excelize.File
	sheet string
	row   int
	err   error
}

func newBook(sheet string) *book {
	b := &book{f: excelize.NewFile()}
	b.err = b.f.SetSheetName(b.f.GetSheetName(0), sheet)
	b.sheet = sheet
	return b
}

func (b *book) newSheet(name string) {
	if b.err == nil {
		_, b.err = b.f.NewSheet(name)
	}
	b.sheet, b.row = name, 0
}

// add writes a row from column A; nil leaves a cell empty.
func (b *book) add(cells ...any) {
	b.row++
	for i, v := range cells {
		if v == nil || b.err != nil {
			continue
		}
		var name string
		if name, b.err = excelize.CoordinatesToCellName(i+1, b.row); b.err == nil {
			b.err = b.f.SetCellValue(b.sheet, name, v)
		}
	}
}

// style applies a style to the cells A..last of the row written last.
func (b *book) style(last string, s *excelize.Style) {
	if b.err != nil {
		return
	}
	id, err := b.f.NewStyle(s)
	if err != nil {
		b.err = err
		return
	}
	b.err = b.f.SetCellStyle(b.sheet, fmt.Sprintf("A%d", b.row), fmt.Sprintf("%s%d", last, b.row), id)
}

func (b *book) file(name string) (File, error) {
	defer b.f.Close()
	if b.err != nil {
		return File{}, fmt.Errorf("write %s: %w", name, b.err)
	}
	buf, err := b.f.WriteToBuffer()
	if err != nil {
		return File{}, fmt.Errorf("write %s: %w", name, err)
	}
	return File{Name: name, Type: xlsxType, Data: buf.Bytes()}, nil
}

func bold() *excelize.Style { return &excelize.Style{Font: &excelize.Font{Bold: true}} }

func indent(n int) *excelize.Style {
	return &excelize.Style{Alignment: &excelize.Alignment{Indent: n}}
}

// flatWorkbook is a plain table, one line a document line.
func flatWorkbook(w *World, d int, from, to time.Time) (File, error) {
	b := newBook("Продажи")
	b.add("Дата", "Номер", "Контрагент", "ИНН", "Адрес доставки", "Менеджер", "Артикул", "Номенклатура", "Ед.", "Количество", "Цена", "Сумма")
	b.style("L", bold())
	for _, s := range w.SalesOf(d, from, to) {
		o, p := w.Outlets[s.Outlet], w.Products[s.Product]
		b.add(dotted(s.Day), fmt.Sprintf("СТ-%06d", s.Document), w.clientName(d, s.Outlet), o.INN, o.City+", "+o.Address,
			w.Reps[o.Rep].Name, p.Code, w.itemName(d, s.Product), "шт", s.Quantity, roubles(p.Price), roubles(s.Amount))
	}
	return b.file(fileName("SEVER", "SALES", from.Format("20060102")+"-"+to.Format("20060102")) + ".xlsx")
}

// groupedByClient is 1C's gross profit report: products indented under clients.
func groupedByClient(w *World, d int, from, to time.Time) (File, error) {
	b := newBook("Лист_1")
	b.add("Валовая прибыль предприятия")
	b.style("A", bold())
	b.add()
	b.add("Параметры:", "Период: "+dotted(from)+" - "+dotted(to))
	b.add()
	b.add("Клиент", "Количество", "Выручка")
	b.style("C", bold())
	b.add("Номенклатура")
	b.style("C", bold())
	groups := w.byClient(d, from, to)
	clients(groups, func(outlet int, of []group) {
		q, sum := total(of)
		b.add(w.clientName(d, outlet), q, roubles(sum))
		b.style("C", bold())
		for _, g := range of {
			b.add(w.itemName(d, g.product)+", шт", g.quantity, roubles(g.amount))
			b.style("A", indent(2))
		}
	})
	q, sum := total(groups)
	b.add("Итого", q, roubles(sum))
	b.style("C", bold())
	return b.file("Валовая прибыль " + monthName(from) + ".xlsx")
}

// outletsAcross has a column a shop, under the shop's code alone.
func outletsAcross(w *World, d int, from, to time.Time) (File, error) {
	groups := w.byClient(d, from, to)
	var shops []int
	clients(groups, func(outlet int, _ []group) { shops = append(shops, outlet) })
	cells := map[[2]int]group{}
	var items []int
	seen := map[int]bool{}
	for _, g := range groups {
		cells[[2]int{g.product, g.outlet}] = g
		if !seen[g.product] {
			seen[g.product] = true
			items = append(items, g.product)
		}
	}
	sort.Ints(items)
	b := newBook("Отгрузки")
	b.add("Отгрузки, шт")
	b.add("Период: " + dotted(from) + " - " + dotted(to))
	head := []any{"Штрихкод", "Номенклатура", "Ед."}
	for _, o := range shops {
		head = append(head, w.Outlets[o].Code)
	}
	b.add(append(head, "Итого")...)
	bottom, grand := make([]int, len(shops)), 0
	for _, p := range items {
		row := []any{w.Products[p].Barcode, w.itemName(d, p), "шт"}
		sum := 0
		for i, o := range shops {
			g, ok := cells[[2]int{p, o}]
			if !ok {
				row = append(row, nil)
				continue
			}
			row = append(row, g.quantity)
			sum, bottom[i] = sum+g.quantity, bottom[i]+g.quantity
		}
		grand += sum
		b.add(append(row, sum)...)
	}
	last := []any{"Итого", nil, nil}
	for _, n := range bottom {
		last = append(last, n)
	}
	b.add(append(last, grand)...)
	return b.file("Отгрузки " + from.Format("01.2006") + ".xlsx")
}

// foldersPrintout is the sales report of 1C 10.3: parameters above, client and
// product in one column that starts in B, folders of clients.
func foldersPrintout(w *World, d int, from, to time.Time) (File, error) {
	b := newBook("TDSheet")
	b.add(nil, "Период: "+dotted(from)+" - "+dotted(to))
	b.add(nil, "Показатели: Количество (в ед. хранения); Стоимость;")
	b.add(nil, "Группировки строк: Контрагент; Номенклатура;")
	b.add(nil, "Отборы:")
	b.add()
	b.add(nil, "Контрагент", "Количество (в ед. хранения)", "Стоимость")
	b.style("D", bold())
	b.add(nil, "Номенклатура, Базовая единица измерения")
	groups := w.byClient(d, from, to)
	clients(groups, func(outlet int, of []group) {
		q, sum := total(of)
		b.add(nil, w.clientName(d, outlet)+" ("+w.Outlets[outlet].City+", "+w.Outlets[outlet].Address+")", q, roubles(sum))
		b.style("D", bold())
		for _, g := range of {
			b.add(nil, w.itemName(d, g.product)+", шт", g.quantity, roubles(g.amount))
			b.style("B", indent(1))
		}
	})
	q, sum := total(groups)
	b.add(nil, "Итого", q, roubles(sum))
	return b.file("Продажи.xlsx")
}

// salesAndStock is the manufacturer's template: a sheet of sales and one of the
// stock at the end of the period.
func salesAndStock(w *World, d int, from, to time.Time) (File, error) {
	b := newBook("Продажи")
	period := dotted(from) + "-" + dotted(to)
	b.add("Дистрибьютор", "Период", "Код товара", "Наименование у дистрибьютора", "Торговая точка", "Адрес", "Кол-во", "Сумма")
	b.style("H", bold())
	for _, g := range w.byClient(d, from, to) {
		o := w.Outlets[g.outlet]
		b.add(w.Distributors[d].Name, period, w.Products[g.product].Code, w.itemName(d, g.product), w.clientName(d, g.outlet),
			o.City+", "+o.Address, g.quantity, roubles(g.amount))
	}
	b.newSheet("Остатки")
	b.add("Остатки на "+dotted(to), nil, nil)
	b.add("Код товара", "Наименование у дистрибьютора", "Склад", "Остаток")
	b.style("D", bold())
	for p := range w.Products {
		b.add(w.Products[p].Code, w.itemName(d, p), "Основной", w.Stock(d, p, to))
	}
	return b.file(fileName("CENTR", from.Format("20060102")+"-"+to.Format("20060102")) + ".xlsx")
}

// clientOnce names a client once, on the first line of its block, and closes the
// block with a total, as 1C 7.7 does.
func clientOnce(w *World, d int, from, to time.Time) (File, error) {
	b := newBook("Отчет")
	b.add("Отчет по продажам за период с " + from.Format("02.01.06") + " по " + to.Format("02.01.06"))
	b.add("Покупатель", "Код", "ТМЦ", "Кол-во", "Сумма")
	b.style("E", bold())
	groups := w.byClient(d, from, to)
	clients(groups, func(outlet int, of []group) {
		for i, g := range of {
			var name any
			if i == 0 {
				name = w.clientName(d, outlet)
			}
			b.add(name, itemCode(d, g.product), w.itemName(d, g.product), g.quantity, roubles(g.amount))
		}
		q, sum := total(of)
		b.add("Итого: "+w.clientName(d, outlet), nil, nil, q, roubles(sum))
		b.style("E", bold())
	})
	q, sum := total(groups)
	b.add("ИТОГО:", nil, nil, q, roubles(sum))
	return b.file("Отчет по продажам " + from.Format("01.06") + ".xlsx")
}
