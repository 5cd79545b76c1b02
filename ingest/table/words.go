package table

import (
	"maps"
	"strings"
	"unicode"
)

// wordSet splits a list of words.
func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// A titleRule gives a role to titles that have one word of every group. A word
// that ends in * is a beginning. Words neither matched nor fillers weaken it.
type titleRule struct {
	role   Role
	weight float64
	groups [][]string
}

// titleRules are the words of trade. The weight says how plainly the words name the role.
var titleRules = compileRules([]struct {
	role   Role
	weight float64
	words  string
}{
	{Quantity, 10, "количество|кількість|qty|quantity|cantidad|quantidade"},
	{Quantity, 9, "отгружено|продано|реализовано|відвантажено|sold|shipped"},
	{Quantity, 7, "шт|штук|pcs|pieces|units|unidades"},
	{Quantity, 5, "продажи|продажа|sales|реализация|ventas|продажі"},
	{Quantity, 4, "q|всего|усього|total"},
	{Amount, 10, "сумма|сума|amount|importe|monto"},
	{Amount, 9, "выручка|стоимость|товарооборот|оборот|revenue|turnover|вартість|виручка|sum|summa|всегосумма"},
	{Amount, 7, "value|valor"},
	{Amount, 10, "invoice|quotation|order|voucher|bill & total"},
	{StockQty, 10, "остаток|остатки|залишок|залишки|stock|existencia|existencias"},
	{StockQty, 9, "наличие|наявність|доступно|available|disponible|onhand|inventory"},
	{StockQty, 9, "libre & utilizacion|utilización"},
	{StockQty, 8, "свободный|вільний & остаток|залишок"},
	{StockQty, 10, "доступное|доступно & количество"},
	{StockQty, 13, "конечный|кон|конец|кінцевий|кінець|кінц|closing|текущий|ending|исходящий|final & остаток|остатки|ост|сальдо|залишок|balance|stock|saldo"},
	{StockQty, 9, "closing|saldo|balance"},
	{OpeningQty, 13, "начальный|нач|начало|початковий|початок|поч|opening|входящий|inicial & остаток|остатки|ост|сальдо|залишок|balance|stock|saldo"},
	{OpeningQty, 9, "opening"},
	{ReceivedQty, 10, "приход|поступление|поступило|поступления|прихід|надходження|received|inward|inwards|receipts|entradas|приходы"},
	{ShippedQty, 10, "расход|видаток|витрата|выбытие|расходы|outward|outwards|issued|salidas"},
	{Price, 10, "цена|price|ціна|precio|cena|preço|rate|цены|prc"},
	{Price, 8, "ррц|тариф"},
	{Unit, 11, "ед|единица|единицы|одиниця|од & изм|измерения|измерен|виміру|вим"},
	{Unit, 9, "ед|еи|едизм|unit|uom|единица|одвим|од|еив"},
	{Unit, 12, "unidad|unit & medida|measure"},
	{Unit, 8, "unidad"},
	{Unit, 10, "umb"},
	{Product, 13, "наименование|название|найменування|назва|name & товара|товару|продукта|продукции|номенклатуры|препарата|позиции|материала|product|item|sku|article|тмц"},
	{Product, 11, "номенклатура|номенклатуры|товар|товары|тмц|препарат|product|producto|товари"},
	{Product, 10, "продукт|продукция|item|particulars|description|descripcion|descripción|denominacion|denominación|товар/услуга|продукція|ассортимент"},
	{Product, 11, "краткий|короткий|breve|short & текст|texto|text & материала|material"},
	{Product, 9, "наименование|название|найменування|назва|name|nombre|nome|nam|nomart|модификация|позиция"},
	{Product, 6, "материал|material|артикул|sku|article"},
	{ProductCode, 13, "код|ид|id|code|номер|cod|codigo|código & товара|номенклатуры|номенклатура|продукта|материала|товару|product|item|sku|article|art"},
	{ProductCode, 10, "код|code|codigo|código|codart|itemcode|pcode"},
	{ProductCode, 9.5, "артикул|арт|art|article|sku|vendorcode"},
	{ProductCode, 7, "материал|material"},
	{Barcode, 11, "штрихкод|штрихкоды|barcode|ean|ean13|gtin|шк"},
	{Barcode, 11, "штрих & код"},
	{Client, 11, "клиент|контрагент|покупатель|customer|client|buyer|покупець|клієнт|cliente|solicitante|заказчик|замовник"},
	{Client, 9, "получатель|партнер|аптека|дебитор|одержувач"},
	{Client, 12, "наименование|название|имя|name & клиента|контрагента|покупателя|партнера|customer|client"},
	{ClientCode, 13, "код|ид|id|code|номер & клиента|контрагента|покупателя|партнера|customer|client|клієнта"},
	{ClientCode, 9, "solic"},
	{ClientAddress, 11, "юр|юридический & адрес|адреса"},
	{ClientAddress, 11, "адрес|адреса|address & клиента|контрагента|покупателя|customer"},
	{OutletAddress, 12, "факт|фактический|доставки|грузополучателя|точки|магазина|тт|delivery|разгрузки & адрес|адреса|address"},
	{OutletAddress, 8, "адрес|адреса|address|direccion"},
	{ClientINN, 11, "инн|унп|едрпоу|єдрпоу|бин|иин|ипн|tin|cuit|ruc|иннбин|inn|unp"},
	{Outlet, 11, "грузополучатель|тт|outlet|вантажоодержувач"},
	{Outlet, 9, "магазин|store|shop|точка"},
	{Outlet, 12, "торговая|торгова|точка|пункт|место & точка|доставки|разгрузки"},
	{OutletCode, 13, "код|id|ид|code & тт|tt|точки|магазина|ап|outlet|store"},
	{Brand, 10, "бренд|brand|марка|marca|тм"},
	{Brand, 9, "производитель|виробник|manufacturer|proizw|изготовитель"},
	{Category, 10, "группа|категория|категорія|група|group|category|grupo|подгруппа|линейка"},
	{Category, 11, "номенклатурная|товарная|ассортиментная|product|grupo & группа|group|art|артикулов|artículos"},
	{Date, 10, "дата|date|fecha"},
	{Date, 12, "дата|date & продажи|реализации|отгрузки|документа|накладной|проводки|invoice|док|sale|продажу"},
	{Date, 9, "creado|день|месяц|month|период|період"},
	{Date, 8, "дата & оплаты|создания|заказа"},
	{Date, 5, "d|dd"},
	{DocNo, 12, "номер|документ|no|number & документа|накладной|реализации|счета|invoice|doc|фактуры|регистратор|движения|расходной"},
	{DocNo, 10, "документ|регистратор|накладная|invoice|doc|documento|factura"},
	{DocNo, 10, "order|заказ|заказа|pedido|заявка|voucher|quotation|bill & id|no|номер|number|venta"},
	{DocNo, 8, "номер|pedido|order"},
	{Discount, 10, "скидка|discount|descuento|знижка|bonif"},
	{VAT, 10, "ндс|пдв|vat|iva|tax"},
	{VAT, 11, "сумма|сума|ставка & ндс|пдв"},
	{SalesRep, 11, "менеджер|агент|продавец|vendedor|salesman|мерчандайзер|salesperson|супервайзер"},
	{SalesRep, 12, "торговый|торговий & представитель|агент|представник"},
	{SalesRep, 10, "ответственный|відповідальний|представитель|manager|rep|тп|исполнитель"},
	{Region, 10, "регион|область|region|край|регіон|территория|province|provincia|district"},
	{City, 10, "город|city|ciudad|місто|town"},
	{Channel, 10, "канал|сегмент|channel|segment|canal"},
	{Channel, 10, "тип|формат & точки|клиента|тт|торговой"},
	{Warehouse, 10, "склад|склады|филиал|warehouse|almacen|almacén|bodega|branch|філія|склада|складе|depot|godown"},
	{Warehouse, 8, "подразделение|отдел|организация"},
})

var (
	// Words of a title that say nothing about the role.
	titleFillers = wordSet(`в на с по за и из от до для к о the of de la el en per del por y
		хранения базовых базовая базовой базовые учетных единицах единиц единица ед измерения изм краткое полное полный полная основная
		товара товаров товару продукции клиента клиентов документа реализации продаж продажи отгрузки возвратами возвратов возвраты
		общий общее общая общие всего итого факт фактическое периода период года рег валюте валюта регламентированного учета
		сндс имя счет срок system apteka ru total net нетто base basic units`)
	pieceWords = wordSet(`шт штук уп упак упаковок упаковки кг л количество кількість qty quantity pcs cantidad кор бут пач`)
	moneyWords = wordSet(`руб рублей рубли грн тг тенге usd eur kzt uah byn сумма сума стоимость amount value выручка вартість rub`)
	// Words that make a measure something else: cost, profit, plan, reserve, shelf life.
	measureVetoes = wordSet(`себестоимость собівартість profit прибыль маржа наценка рентабельность доля процент план плановая плановое цель
		разница резерв резерве ожидается отгрузке потребность заявке сг срок годности дней дня лимит вес объем комментарий серия курс
		долг задолженность оплата оплачено упаковке коробе мест номинал expiry cost lot лот lote прирост динамика темп отклонение
		кратность минимальный мин макс entregas blocked бонус баллы`)
	// Words that make a name something else.
	nameVetoes = wordSet(`адрес код инн поставщик поставщика поставщику комментарий примечание телефон email вид тип метод упаковка status статус
		валюта валюты serie серия цб эмиссии банк address phone`)
	totalWords = wordSet(`итого всего итог итоги total разом усього всього totals жиыны барлығы subtotal`)
)

func compileRules(src []struct {
	role   Role
	weight float64
	words  string
}) []titleRule {
	var out []titleRule
	for _, s := range src {
		r := titleRule{role: s.role, weight: s.weight}
		for g := range strings.SplitSeq(s.words, "&") {
			r.groups = append(r.groups, strings.Split(strings.TrimSpace(g), "|"))
		}
		out = append(out, r)
	}
	return out
}

// titleWords brings a title into words: lower case, camel case split, signs dropped,
// the common abbreviations written out.
func titleWords(title string) []string {
	var b strings.Builder
	prev := rune(0)
	for _, r := range plainBlanks(title) {
		switch {
		case unicode.IsUpper(r) && unicode.IsLower(prev):
			b.WriteRune(' ')
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case r == '№':
			b.WriteString(" номер ")
		case r == '-' || r == '/' || r == '%' || r == '\'' || r == '’':
			b.WriteRune(r)
		default:
			b.WriteRune(' ')
		}
		prev = r
	}
	s := " " + strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "ё", "е")), " ") + " "
	s = titleAbbreviations.Replace(s)
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '/' || r == '%' })
}

var titleAbbreviations = strings.NewReplacer(
	" кол-во ", " количество ", " колво ", " количество ", " к-во ", " количество ", " кол ", " количество ", " к-ть ", " кількість ", " кіл-ть ", " кількість ",
	" кол-ва ", " количество ", " показа-тели ", " показатели ", " штрих-код ", " штрихкод ", " штрих-коды ", " штрихкод ", " товар/услуга ", " товар ",
	" с учетом ндс ", " сндс ", " с ндс ", " сндс ", " вкл ндс ", " сндс ", " с пдв ", " сндс ", " без ндс ", " безндс ", " без пдв ", " безндс ",
	" ед изм ", " единица измерения ", " едизм ", " единица измерения ", " наим ", " наименование ", " ном ", " номер ", " дата/время ", " дата ",
	" customer name ", " customer ", " on hand ", " onhand ", " п/п ", " пп ",
)

// titleMatch is the role a title may have.
type titleMatch struct {
	role  Role
	score float64
	// exact: every word is understood.
	exact bool
}

// matchTitle lists the roles of a title, at most one match a role.
func matchTitle(title string) []titleMatch {
	words := titleWords(title)
	if len(words) == 0 || len(words) > 14 {
		return nil
	}
	best, balance := matchRules(words)
	if balance { // "Кон. ост. Сумма" is no turnover
		delete(best, Amount)
	}
	if best[Price].score >= titleScore { // "Closing balance, rate"
		maps.DeleteFunc(best, func(r Role, _ titleMatch) bool { return isBalance(r) || r == StockAmount || r == Quantity })
	}
	return inOrder(best)
}

// matchRules tries every rule; balance says that one of them named a balance or a movement.
func matchRules(words []string) (best map[Role]titleMatch, balance bool) {
	best = map[Role]titleMatch{}
	pieces, money := anyOf(words, pieceWords), anyOf(words, moneyWords)
	noMeasure, noName := anyOf(words, measureVetoes), anyOf(words, nameVetoes)
	for _, rule := range titleRules {
		m, ok := rule.match(words)
		if !ok {
			continue
		}
		balance = balance || isBalance(m.role) && m.score >= titleScore
		m.role = withUnit(m.role, pieces, money)
		vetoed := m.role == "" || m.role.IsNumber() && noMeasure || isName(m.role) && noName
		if !vetoed && m.score > best[m.role].score {
			best[m.role] = m
		}
	}
	return best, balance
}

// inOrder lists matches in the order of [Roles].
func inOrder(best map[Role]titleMatch) []titleMatch {
	var out []titleMatch
	for _, r := range Roles() {
		if m, ok := best[r]; ok {
			out = append(out, m)
		}
	}
	return out
}

func isBalance(r Role) bool {
	return r == StockQty || r == OpeningQty || r == ReceivedQty || r == ShippedQty
}

func isName(r Role) bool { return r == Product || r == Client || r == Outlet }

// withUnit lets the unit of a measure decide: "Остатки, руб." is money, "Продажи, шт." pieces.
func withUnit(r Role, pieces, money bool) Role {
	switch {
	case r == StockQty && money && !pieces:
		return StockAmount
	case r == Quantity && money && !pieces:
		return Amount
	case (r == OpeningQty || r == ReceivedQty || r == ShippedQty) && money && !pieces:
		return ""
	}
	return r
}

func (r titleRule) match(words []string) (titleMatch, bool) {
	used := make([]bool, len(words))
	for _, g := range r.groups {
		found := false
		for i, w := range words {
			if !used[i] && oneOf(g, w) {
				used[i], found = true, true
				break
			}
		}
		if !found {
			return titleMatch{}, false
		}
	}
	unknown := 0
	for i, w := range words {
		if !used[i] && !titleFillers[w] && !pieceWords[w] && !moneyWords[w] {
			unknown++
		}
	}
	return titleMatch{r.role, r.weight / (1 + 0.3*float64(unknown)), unknown == 0}, true
}

func oneOf(group []string, w string) bool {
	for _, g := range group {
		if g == w || strings.HasSuffix(g, "*") && strings.HasPrefix(w, g[:len(g)-1]) {
			return true
		}
	}
	return false
}

// What may follow "total" in a row of totals.
var totalTails = wordSet("general for of by de quantity amount sum sales por per by 0 stock value items cantidad")

// isTotal says whether a text begins with a word of totals.
func isTotal(s string) bool {
	if !totalStarts[firstWord(s)] {
		return false
	}
	w := titleWords(s)
	if len(w) == 0 || len(w) > 9 {
		return false
	}
	if w[0] == "total" { // a brand of oils too
		return len(w) == 1 || totalTails[w[1]]
	}
	if totalWords[w[0]] {
		return true
	}
	return len(w) > 1 && totalWords[w[1]] && (w[0] == "grand" || w[0] == "gran" || w[0] == "общий" || w[0] == "в" || w[0] == "sub")
}

// totalStarts are the first words of totals.
var totalStarts = func() map[string]bool {
	m := wordSet("grand gran общий в sub")
	maps.Copy(m, totalWords)
	return m
}()

// firstWord is the first run of letters, in lower case.
func firstWord(s string) string {
	from := -1
	for i, r := range s {
		letter := unicode.IsLetter(r)
		switch {
		case letter && from < 0:
			from = i
		case !letter && from >= 0:
			return strings.ToLower(s[from:i])
		}
		if i > 60 {
			return ""
		}
	}
	if from < 0 {
		return ""
	}
	return strings.ToLower(s[from:])
}
