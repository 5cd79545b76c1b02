package table

import (
	"maps"
	"regexp"
	"slices"
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

var (
	// Words of a title that say nothing about the role.
	titleFillers = wordSet(`в на с по за и из от до для к о the of de la el en per del por y
		хранения базовых базовая базовой базовые учетных единицах единиц единица ед измерения изм краткое полное полный полная основная
		товара товаров товару продукции клиента клиентов документа реализации продаж продажи отгрузки возвратами возвратов возвраты
		общий общее общая общие всего итого факт фактическое периода период года рег валюте валюта регламентированного учета
		коп масса работ услуг имущественных имущественного прав права описание выполненных оказанных тариф номинальная
		сндс имя счет срок system apteka ru total net нетто base basic units taxable assessable`)
	pieceWords  = wordSet(`шт штук уп упак упаковок упаковки кг л kg lb lbs количество кількість qty quantity pcs cantidad кор бут пач`)
	numberWords = wordSet(`количество кількість qty quantity cantidad quantidade`)
	moneyWords  = wordSet(`руб рублей рубли грн тг тенге usd eur kzt uah byn ars clp cop mxn brl uyu pyg сумма сума стоимость amount value выручка вартість rub ¤`)
	// Words that make a measure something else: cost, profit, plan, reserve, shelf life.
	measureVetoes = wordSet(`себестоимость себестоимости собівартість собівартості profit loss lose losses прибыль прибыли убыток убытки маржа наценка рентабельность доля процент план плановая плановое цель
		разница резерв резерве ожидается отгрузке потребность заявке сг срок годности дней дня лимит вес комментарий серия курс
		долг задолженность оплата оплачено упаковке коробе коробке ящике пачке паллете палете мест номинал expiry cost costo coste custo utilidad lot лот lote прирост динамика темп отклонение
		норматив норма прогноз задание заявка target forecast budget бюджет коэфф коэффициент рейтинг ранг rank м3 прогнозная кратность минимальный мин макс entregas blocked бонус баллы scheme bonus резервы заказы
		транспортные логистические freight insurance tcs tds cgst sgst igst utgst cess goal стр страниц сторінок pages pp páginas paginas`)
	// Words that make a name something else.
	nameVetoes = wordSet(`адрес код инн поставщик поставщика поставщику комментарий примечание телефон telefono teléfono email вид тип метод упаковка status статус
		валюта валюты serie серия цб эмиссии банк address phone contact contacto контакт контактное контактный`)
	// Words of a date that is a property of the goods and no day of trade.
	dateVetoes = wordSet(`ожидаемая ожидается планируемая плановая expected планова годен годности срок оплаты оплата payment выработки изготовления производства рождения expiry expiration exp best manufactured mfg
		vencimiento caducidad последней последнего last última ultima último ultimo`)
	// What is counted where it is no goods: "Количество чеков".
	otherCounts = wordSet(`чеков документов накладных заказов клиентов покупателей контрагентов визитов строк артикулов sku точек тт магазинов агентов дней недель рейсов днів receipts days visits lines invoices orders records записей операций записів customers clientes facturas pedidos чеків замовлень клієнтів`)
	// Words by which a title tells a sum with the discount taken off or not, and no discount.
	lessWords = wordSet(`с со без до после за з зі після урахуванням учетом with after before without net less con sin`)
	// Words of what the goods cost the seller and what is left to him: figures, whatever else is named.
	costWords = wordSet(`себестоимость себестоимости собівартість собівартості profit прибыль прибыли маржа наценка cost costs costo coste custo margin utilidad`)
	// Words of a title that counts kinds of goods and names none: "Позиций (SKU)".
	assortmentWords = wordSet(`позиций позицій наименований`)
	totalWords      = wordSet(`итого всего итог итоги total разом усього всього totals jami жами жиыны барлығы subtotal перенесено carried`)
)

// titleWords brings a title into words: lower case, camel case split, signs dropped,
// the common abbreviations written out.
func titleWords(title string) []string {
	var b strings.Builder
	prev := rune(0)
	for _, r := range joinInitials(plainBlanks(title)) {
		if unicode.IsUpper(r) && unicode.IsLower(prev) {
			b.WriteRune(' ')
		}
		writeTitleRune(&b, r)
		prev = r
	}
	s := " " + strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "ё", "е")), " ") + " "
	s = titleAbbreviations.Replace(titleAbbreviations.Replace(s)) // a blank between two belongs to one of them
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '/' || r == '%' })
}

// writeTitleRune writes a rune in lower case, a blank for a sign, and the word for a sign
// that stands for one.
func writeTitleRune(b *strings.Builder, r rune) {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		b.WriteRune(unicode.ToLower(r))
	case r == '№' || r == '#':
		b.WriteString(" номер ")
	case unicode.Is(unicode.Sc, r):
		b.WriteString(" ¤ ")
	case r == '-' || r == '/' || r == '%' || r == '\'' || r == '’':
		b.WriteRune(r)
	default:
		b.WriteRune(' ')
	}
}

// initialLetters are three capitals and more with points between: «R.I.F.», «Ф.И.О.»; two are those of a person.
var initialLetters = regexp.MustCompile(`(?:^|[^\pL\pN.])(?:\p{Lu}\.){2,}\p{Lu}(?:[^\pL\pN]|$)`)

// joinInitials takes the points out of initials: they stand for one word.
func joinInitials(title string) string {
	if strings.Count(title, ".") < 2 {
		return title
	}
	return initialLetters.ReplaceAllStringFunc(title, func(s string) string { return strings.ReplaceAll(s, ".", "") })
}

var titleAbbreviations = strings.NewReplacer(
	" кол-во ", " количество ", " колво ", " количество ", " к-во ", " количество ", " кол ", " количество ", " к-ть ", " кількість ", " кіл-ть ", " кількість ",
	" кол-ва ", " количество ", " показа-тели ", " показатели ", " штрих-код ", " штрихкод ", " штрих-коды ", " штрихкод ", " товар/услуга ", " товар ",
	" m r p ", " mrp ", " s r p ", " srp ", " с учетом ндс ", " сндс ", " с ндс ", " сндс ", " с налогом ", " сндс ", " без налога ", " безндс ", " без учета ндс ", " безндс ", " вкл ндс ", " сндс ", " с пдв ", " сндс ", " без ндс ", " безндс ", " без пдв ", " безндс ",
	" сумма в т ч ндс ", " сумма сндс ", " сумма в том числе ндс ", " сумма сндс ", " стоимость в т ч ндс ", " стоимость сндс ", " стоимость в том числе ндс ", " стоимость сндс ",
	" ед изм ", " единица измерения ", " едизм ", " единица измерения ", " наим ", " наименование ", " ном ", " номер ", " дата/время ", " дата ",
	" customer name ", " customer ", " on hand ", " onhand ", " п/п ", " пп ",
	" u ¤ s ", " ¤ ", " us ¤ ", " ¤ ", " сумма по полю ", " ", " количество по полю ", " ", " итоги по полю ", " ", " sum of ", " ", " count of ", " ",
	" к-сть ", " кількість ", " кол во ", " количество ", " кол. ", " количество ", " kol ", " количество ", " kolvo ", " количество ",
	" kod ", " код ", " kl ", " клиента ", " klient ", " клиента ", " tov ", " товара ", " tovara ", " товара ", " naim ", " наименование ", " nazv ", " название ",
	" nomdoc ", " номер документа ", " numdoc ", " номер документа ", " ndoc ", " номер документа ", " summ ", " сумма ", " edizm ", " единица измерения ", " ed ", " ед ",
)

// titleMatch is the role a title may have.
type titleMatch struct {
	role  Role
	score float64
	// exact: every word is understood.
	exact bool
	// learned is the probability by the classifier where the rules do not tell the role, else 0.
	learned float64
}

// matchTitle lists the roles of a title, at most one match a role.
func matchTitle(title string) []titleMatch {
	if head, ok := beforeAttributes(title); ok {
		title = head
	}
	words := titleWords(title)
	if len(words) == 0 || len(words) > 14 {
		return nil
	}
	best, balance := matchRules(words)
	if countsRecords(title) || anyOf(words, costWords) {
		maps.DeleteFunc(best, func(r Role, _ titleMatch) bool { return !r.IsNumber() })
	}
	if balance { // "Кон. ост. Сумма" is no turnover
		delete(best, Amount)
	}
	if slices.Contains(words, "за") { // "Обороты за период" is no day
		delete(best, Date)
	}
	if best[Discount].score >= titleScore && !anyOf(words, lessWords) { // "Discount amount"
		delete(best, Amount)
		delete(best, VAT)
	}
	if best[Price].score >= titleScore { // "Closing balance, rate", "Precio sin IVA"
		delete(best, VAT)
		maps.DeleteFunc(best, func(r Role, _ titleMatch) bool { return isBalance(r) || r == StockAmount || r == Quantity })
	}
	if m, ok := best[Price]; ok && sumsField(title) { // "Sum of price"
		m.role = Amount
		if best[Amount].score < m.score {
			best[Amount] = m
		}
		delete(best, Price)
	}
	return inOrder(best)
}

// beforeAttributes is the name of the goods before what is printed beside it:
// «Номенклатура, Базовая единица измерения, Штрихкод», «Номенклатура, Характеристика».
func beforeAttributes(title string) (string, bool) {
	head, rest, ok := strings.Cut(title, ",")
	if !ok || !tellsRole(head, Product) {
		return "", false
	}
	for part := range strings.SplitSeq(rest, ",") {
		if !tellsRole(part, Unit) && !tellsRole(part, Barcode) && !tellsRole(part, ProductCode) && !firstWordIn(part, levelWords) {
			return "", false
		}
	}
	return head, true
}

// tellsRole: the words of the title name the role and nothing else.
func tellsRole(title string, r Role) bool {
	words := titleWords(title)
	best, _ := matchRules(words)
	return best[r].exact && best[r].score >= titleScore
}

// countsRecords: the title of a pivot table counts records, whatever they name.
func countsRecords(title string) bool {
	t := strings.ToLower(title)
	return strings.HasPrefix(t, "count of ") || strings.HasPrefix(t, "количество по полю ")
}

// sumsField: the title of a pivot table sums up what follows.
func sumsField(title string) bool {
	t := strings.ToLower(title)
	return strings.HasPrefix(t, "sum of ") || strings.HasPrefix(t, "сумма по полю ")
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

func isPlace(r Role) bool {
	return r == Warehouse || r == Region || r == City || r == Channel || r == SalesRep
}

// isWhere: a place or a buyer, which are not what a title with a word of number names.
func isWhere(r Role) bool { return isPlace(r) || r == Client || r == ClientCode || r == Outlet }

func isName(r Role) bool { return r == Product || r == Client || r == Outlet }
