package main

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"github.com/distbase/distbase/ingest/table/titles"
)

// variants are what people and programs make of a title: cut words, units and VAT
// glued to measures, slips of the pen, names of fields in Latin letters, the title of
// a group over that of a measure. All variants together weigh as much as the title.
func variants(l titles.Lesson, language string) []titles.Lesson {
	h := fnv.New64a()
	_, _ = h.Write([]byte(l.Title))
	v := &varier{random: rand.New(rand.NewPCG(h.Sum64(), 1)), title: l.Title, role: l.Role, words: wordsOf[language]}
	if v.words == nil {
		v.words = wordsOf["en"]
	}
	v.cut()
	v.cut()
	v.slip()
	v.rearrange()
	if language != "xx" {
		v.measured()
		v.over()
	}
	if language == "ru" || language == "uk" {
		v.dotted()
		v.field()
	}
	for i := range v.out {
		v.out[i].Weight = l.Weight / float64(len(v.out))
	}
	return v.out
}

type varier struct {
	random      *rand.Rand
	title, role string
	words       *wordsOfLanguage
	out         []titles.Lesson
}

func (v *varier) add(title, role string) {
	if title != v.title {
		v.out = append(v.out, titles.Lesson{Title: title, Role: role})
	}
}

func (v *varier) pick(from []string) string { return from[v.random.IntN(len(from))] }

// cut shortens words of six letters and more, as people do to save width: «Наим. тов.».
func (v *varier) cut() {
	words := strings.Fields(v.title)
	for i, w := range words {
		runes := []rune(strings.TrimRight(w, ".,"))
		if len(runes) < 6 || v.random.IntN(3) == 0 || !allLetters(runes) {
			continue
		}
		n := 3 + v.random.IntN(min(3, len(runes)-4))
		if strings.ContainsRune("аеёиоуыэюяіїaeiouәөүұ", unicode.ToLower(runes[n-1])) {
			n++
		}
		words[i] = string(runes[:n]) + "."
	}
	v.add(strings.Join(words, v.pick([]string{" ", " ", ""})), v.role)
}

func allLetters(runes []rune) bool {
	return !slices.ContainsFunc(runes, func(r rune) bool { return !unicode.IsLetter(r) })
}

// slip drops or swaps a letter of a longer title.
func (v *varier) slip() {
	runes := []rune(v.title)
	if len(runes) < 7 {
		return
	}
	i := 1 + v.random.IntN(len(runes)-3)
	if v.random.IntN(2) == 0 {
		runes = slices.Delete(runes, i, i+1)
	} else {
		runes[i], runes[i+1] = runes[i+1], runes[i]
	}
	v.add(string(runes), v.role)
}

// rearrange writes the title as programs do: in capitals with lines, with a number before it.
func (v *varier) rearrange() {
	switch v.random.IntN(3) {
	case 0:
		v.add(strings.ReplaceAll(v.title, " ", "_"), v.role)
	case 1:
		v.add("1. "+v.title, v.role)
	case 2:
		if first, rest, ok := strings.Cut(v.title, " "); ok && !strings.ContainsAny(v.title, "(),") {
			v.add(rest+" "+strings.ToLower(first), v.role)
		}
	}
}

// measured glues units and VAT to measures, and makes of balances their sums of money.
func (v *varier) measured() {
	bare := !strings.ContainsAny(v.title, ",(")
	switch v.role {
	case "quantity", "opening_qty", "received_qty", "shipped_qty", "stock_qty":
		if bare {
			v.add(v.title+v.glue(v.pick(v.words.pieces)), v.role)
		}
	case "amount", "price", "stock_amount":
		v.add(v.title+v.glue(v.pick(v.words.money)), v.role)
		if bare {
			v.add(v.title+v.glue(v.pick(v.words.tax)), v.role)
		}
	}
}

func (v *varier) glue(unit string) string {
	switch v.random.IntN(3) {
	case 0:
		return ", " + unit
	case 1:
		return " (" + unit + ")"
	}
	return " " + unit
}

// over puts a title over that of a measure, as headings of two rows do: a balance over
// pieces keeps its role, over money it is a sum; a month over a measure says nothing.
func (v *varier) over() {
	switch v.role {
	case "opening_qty", "received_qty", "shipped_qty":
		v.add(v.title+" "+v.pick(v.words.quantity), v.role)
		v.add(v.title+" "+v.pick(v.words.amount), titles.None)
	case "stock_qty":
		v.add(v.title+" "+v.pick(v.words.quantity), v.role)
		v.add(v.title+" "+v.pick(v.words.amount), "stock_amount")
	case "quantity", "amount", "price":
		v.add(v.pick(v.words.above)+" "+v.title, v.role)
		v.add(v.pick(v.words.other)+" "+v.title, titles.None)
	}
}

// dotted writes a title as a path of 1C: «Контрагент.Наименование».
func (v *varier) dotted() {
	if strings.ContainsAny(v.title, " .") {
		return
	}
	switch v.role {
	case "client", "product", "outlet", "warehouse", "brand", "sales_rep", "region", "channel":
		v.add(v.title+v.pick([]string{".Наименование", ".Ссылка", ".Представление", ".Полное наименование"}), v.role)
	}
	if code := map[string]string{"client": "client_code", "product": "product_code", "outlet": "outlet_code"}[v.role]; code != "" {
		v.add(v.title+".Код", code)
	}
}

// field writes a title as the name of a field of a table: Latin capitals, ten at most.
func (v *varier) field() {
	words := strings.FieldsFunc(strings.ToLower(v.title), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) == 0 || v.random.IntN(2) == 0 {
		return
	}
	for i, w := range words {
		if runes := []rune(w); len(words) > 1 && len(runes) > 5 {
			words[i] = string(runes[:3+v.random.IntN(2)])
		}
	}
	name := strings.ToUpper(latin.Replace(strings.Join(words, v.pick([]string{"_", ""}))))
	v.add(name[:min(len(name), 10)], v.role)
}

// latin writes Cyrillic as fields of tables do.
var latin = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "ґ", "g", "д", "d", "е", "e", "ё", "e", "є", "e", "ж", "zh", "з", "z", "и", "i", "і", "i",
	"ї", "i", "й", "i", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "h", "ц", "c", "ч", "ch",
	"ш", "sh", "щ", "sch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya")

// wordsOfLanguage are the words that variants are made with.
type wordsOfLanguage struct {
	pieces, money, tax, quantity, amount, above, other []string
}

var wordsOf = map[string]*wordsOfLanguage{
	"ru": {
		pieces: []string{"шт", "шт.", "уп.", "упак.", "кор", "кг", "ед.", "в штуках"}, money: []string{"руб", "руб.", "тг", "грн", "₽", "бел. руб.", "в рублях"},
		tax: []string{"с НДС", "без НДС", "с учетом НДС", "вкл. НДС"}, quantity: []string{"Количество", "Кол-во", "шт", "Кол.", "Количество (в ед. хранения)"},
		amount: []string{"Сумма", "Стоимость", "руб.", "Сумма, руб", "Сумма (в рег. валюте)"}, above: []string{"Итого", "Продажи", "Реализация", "Отгрузка", "Май 2025", "Склад 1", "Факт", "За период"},
		other: []string{"План", "Возврат", "Прогноз", "Цель", "Себестоимость", "Резерв", "Недопоставка"},
	},
	"uk": {
		pieces: []string{"шт", "шт.", "уп."}, money: []string{"грн", "грн.", "₴"}, tax: []string{"з ПДВ", "без ПДВ"}, quantity: []string{"Кількість", "К-ть", "шт"},
		amount: []string{"Сума", "Вартість", "грн"}, above: []string{"Разом", "Продажі", "Реалізація", "Травень"}, other: []string{"План", "Повернення", "Собівартість"},
	},
	"kk": {
		pieces: []string{"дана", "шт"}, money: []string{"тг", "теңге", "₸"}, tax: []string{"ҚҚС-пен", "ҚҚС-сыз"}, quantity: []string{"Саны", "дана"},
		amount: []string{"Сомасы", "Құны", "тг"}, above: []string{"Барлығы", "Сату", "Мамыр"}, other: []string{"Жоспар", "Қайтару"},
	},
	"en": {
		pieces: []string{"pcs", "units", "EA", "cases", "kg"}, money: []string{"USD", "EUR", "RUB", "$", "INR", "local currency"}, tax: []string{"incl. VAT", "excl. VAT", "w/o tax", "incl tax"},
		quantity: []string{"Quantity", "Qty", "Qty."}, amount: []string{"Value", "Amount", "Amt"}, above: []string{"Total", "Sales", "May 2025", "Jan", "Actual"}, other: []string{"Plan", "Target", "Returns", "Budget", "Forecast"},
	},
	"es": {
		pieces: []string{"uds", "unidades", "cajas"}, money: []string{"USD", "$", "MXN", "S/", "Bs"}, tax: []string{"con IVA", "sin IVA", "neto"}, quantity: []string{"Cantidad", "Cant.", "Unidades"},
		amount: []string{"Importe", "Valor", "Monto"}, above: []string{"Total", "Ventas", "Mayo"}, other: []string{"Presupuesto", "Meta", "Devolución"},
	},
	"pt": {
		pieces: []string{"un", "unid.", "cx"}, money: []string{"R$", "BRL"}, tax: []string{"com impostos", "sem impostos", "líquido"}, quantity: []string{"Quantidade", "Qtd."},
		amount: []string{"Valor", "R$"}, above: []string{"Total", "Vendas", "Maio"}, other: []string{"Meta", "Orçamento", "Devolução"},
	},
}
