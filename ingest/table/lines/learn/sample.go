package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/distbase/distbase/ingest/table/lines"
)

// madeUp is how many print-outs of reports are made beside the set: its sheets are
// statistics in English, and seldom have their total at the end.
const madeUp = 60

// printOut makes a report as accounting systems print it: title, period, heading,
// groups with their rows, subtotals, a total, notes.
func printOut(random *rand.Rand) lines.Lesson {
	p := &printer{random: random, measures: 1 + random.IntN(4), code: random.IntN(2) == 0}
	words := languages[random.IntN(len(languages))]
	if random.IntN(4) > 0 {
		p.add(lines.Metadata, words.title)
	}
	if random.IntN(2) == 0 {
		p.add(lines.Metadata, fmt.Sprintf("%s 01.%02d.2026 - 28.%02d.2026", words.period, 1+random.IntN(12), 1+random.IntN(12)))
	}
	if random.IntN(2) == 0 {
		p.add(lines.Empty)
	}
	head := []string{words.name}
	if p.code {
		head = append(head, words.code)
	}
	p.add(lines.Header, append(head, words.measures[:p.measures]...)...)
	groups := 1 + random.IntN(4)
	named, closed := groups > 1 && random.IntN(2) == 0, groups > 1 && random.IntN(2) == 0
	total := make([]int, p.measures)
	for g := range groups {
		if named {
			p.add(lines.Group, fmt.Sprintf("%s %d", words.group, g+1))
		}
		sum := make([]int, p.measures)
		for range 1 + random.IntN(9) {
			p.row(lines.Data, words.goods[random.IntN(len(words.goods))]+fmt.Sprintf(" %d", random.IntN(900)), p.figures(sum), true)
		}
		for i := range total {
			total[i] += sum[i]
		}
		if closed {
			p.row(lines.Derived, words.total+": "+fmt.Sprintf("%s %d", words.group, g+1), sum, false)
		}
	}
	if random.IntN(5) > 0 {
		p.row(lines.Derived, words.total, total, false)
	}
	if random.IntN(3) == 0 {
		p.add(lines.Empty)
		p.add(lines.Notes, words.note)
	}
	return p.lesson
}

// words of one language.
type words struct {
	title, period, name, code, group, total, note string
	measures                                      [4]string
	goods                                         []string
}

var languages = []words{
	{"Отчет по продажам", "Период:", "Номенклатура", "Код", "Покупатель", "Итого", "Исполнитель: отдел продаж", [4]string{"Количество", "Сумма", "Скидка", "НДС"}, []string{"Чай", "Кофе молотый", "Печенье"}},
	{"Ведомость по товарам", "за период с", "Товар", "Артикул", "Склад", "ИТОГО", "* остатки на конец дня", [4]string{"Нач. остаток", "Приход", "Расход", "Кон. остаток"}, []string{"Краска", "Лак", "Эмаль белая"}},
	{"Звіт про продаж", "Період:", "Назва", "Код", "Клієнт", "Разом", "Джерело: облікова система", [4]string{"Кількість", "Сума", "Знижка", "ПДВ"}, []string{"Сік", "Вода", "Цукор"}},
	{"Sales by customer", "Period:", "Item", "SKU", "Customer", "Total", "Note: amounts without VAT", [4]string{"Quantity", "Amount", "Discount", "VAT"}, []string{"Soap", "Green tea", "Towel"}},
	{"Сату туралы есеп", "Кезең:", "Атауы", "Коды", "Дүкен", "Барлығы", "Ескерту: бағасы қосылған құнсыз", [4]string{"Саны", "Сомасы", "Жеңілдік", "ҚҚС"}, []string{"Шай", "Нан", "Сүт"}},
}

// printer writes the rows of one print-out.
type printer struct {
	random   *rand.Rand
	measures int
	code     bool
	lesson   lines.Lesson
}

func (p *printer) add(label lines.Label, cells ...string) {
	p.lesson.Rows = append(p.lesson.Rows, cells)
	p.lesson.Labels = append(p.lesson.Labels, label)
}

// figures are those of a row; they are added to sum.
func (p *printer) figures(sum []int) []int {
	out := make([]int, len(sum))
	for i := range out {
		out[i] = 1 + p.random.IntN(2000)
		sum[i] += out[i]
	}
	return out
}

func (p *printer) row(label lines.Label, name string, figures []int, coded bool) {
	cells := []string{name}
	if p.code {
		cells = append(cells, "")
		if coded {
			cells[1] = fmt.Sprintf("%06d", p.random.IntN(1_000_000))
		}
	}
	for _, f := range figures {
		cells = append(cells, fmt.Sprint(f))
	}
	p.add(label, cells...)
}
