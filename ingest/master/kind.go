package master

import (
	"fmt"
	"sort"
	"strings"
)

// column is one field of a kind of file.
type column struct {
	name     string   // English title, and the key of a value
	titles   []string // other accepted titles
	required bool
	example  [2]string // a value for the template, English and Russian
}

// Kind is a kind of master data.
type Kind struct {
	Name    string
	columns []column
	apply   func(*importer, line) error
}

// Kinds lists the names of all kinds.
func Kinds() []string {
	var names []string
	for name := range kinds() {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// KindByName returns a kind of master data.
func KindByName(name string) (Kind, error) {
	k, ok := kinds()[name]
	if !ok {
		return Kind{}, fmt.Errorf("unknown kind %q: one of %s", name, strings.Join(Kinds(), ", "))
	}
	k.Name = name
	return k, nil
}

func kinds() map[string]Kind {
	code := column{name: "code", titles: []string{"код"}, required: true}
	name := column{name: "name", titles: []string{"наименование", "название"}, required: true}
	with := func(c column, en, ru string) column {
		c.example = [2]string{en, ru}
		return c
	}
	opt := func(name, title, en, ru string) column {
		return column{name: name, titles: strings.Split(title, "|"), example: [2]string{en, ru}}
	}
	must := func(name, title, en, ru string) column {
		c := opt(name, title, en, ru)
		c.required = true
		return c
	}
	return map[string]Kind{
		"products": {apply: applyProduct, columns: []column{
			with(code, "P-001", "T-001"), with(name, "Black tea 100 g", "Чай чёрный 100 г"),
			opt("other_names", "другие названия", "Tea black 100", "Чай черн. 100гр"),
			opt("barcode", "штрихкод", "4600000000015", "4600000000015"),
			opt("case_barcode", "штрихкод короба", "14600000000012", "14600000000012"),
			opt("brand", "бренд", "Meadow", "Луговой"), opt("category", "категория", "Tea", "Чай"),
			opt("unit", "единица", "pcs", "шт"), opt("pack", "в коробе", "24", "24"), opt("weight", "вес", "0.1", "0,1"),
			opt("price", "цена", "95.50", "95,50"), opt("active", "активен", "1", "да"),
		}},
		"distributors": {apply: applyDistributor, columns: []column{
			with(code, "D-01", "Д-01"), with(name, "North Trade LLC", "ООО «Северторг»"),
			opt("inn", "инн", "7700000016", "7700000016"), opt("region", "регион", "North", "Север"),
			opt("emails", "почта", "sales@north.example", "sales@north.example"), opt("telegram", "телеграм", "100200300", "100200300"),
			opt("calendar", "календарь", "monthly:3 18:00", "monthly:3 18:00"),
		}},
		"reps": {apply: applyRep, columns: []column{
			with(code, "R-1", "ТП-1"), must("name", "имя", "Ivan Petrov", "Иван Петров"),
			opt("manager", "руководитель", "Olga Sidorova", "Ольга Сидорова"), opt("department", "отдел", "Retail", "Розница"),
			opt("region", "регион", "North", "Север"),
		}},
		"channels": {apply: applyChannel, columns: []column{
			with(code, "RET", "РОЗ"), with(name, "Retail", "Розница"), opt("parent", "родитель", "", ""),
		}},
		"outlets": {apply: applyOutlet, columns: []column{
			with(code, "O-0001", "Т-0001"), with(name, "Berezka shop", "Магазин «Берёзка»"),
			opt("legal_name", "юр. лицо|юр лицо|юрлицо", "IP Ivanov", "ИП Иванов"), opt("inn", "инн", "770000001612", "770000001612"),
			opt("address", "адрес", "Lenina 1", "ул. Ленина, 1"), opt("city", "город", "Vologda", "Вологда"),
			opt("region", "регион", "North", "Север"), opt("channel", "канал", "RET", "РОЗ"), opt("chain", "сеть", "", ""),
			opt("rep", "представитель", "R-1", "ТП-1"), opt("distributor", "дистрибьютор", "D-01", "Д-01"),
			opt("from", "с", "2026-01-01", "01.01.2026"), opt("to", "по", "", ""),
		}},
		"primary": {apply: applyPrimary, columns: []column{
			must("date", "дата", "2026-07-01", "01.07.2026"), must("distributor", "дистрибьютор", "D-01", "Д-01"),
			must("product", "товар", "P-001", "T-001"), must("quantity", "количество", "240", "240"),
			must("amount", "сумма", "22920.00", "22920,00"), opt("document", "документ", "INV-15", "РН-15"),
		}},
	}
}

// fold makes titles comparable: no case, spaces, dots or underscores, ё as е.
func fold(s string) string {
	return strings.NewReplacer("ё", "е", " ", "", "\u00a0", "", ".", "", "_", "").Replace(strings.ToLower(strings.TrimSpace(s)))
}
