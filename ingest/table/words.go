package table

import (
	_ "embed" // the tables of words
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
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

// titleRules are the words of trade.
var titleRules = compileRules(titleTable)

//go:embed words/titles.tsv
var titleTable string

var (
	// Words of a title that say nothing about the role.
	titleFillers = wordSet(`в на с по за и из от до для к о the of de la el en per del por y
		хранения базовых базовая базовой базовые учетных единицах единиц единица ед измерения изм краткое полное полный полная основная
		товара товаров товару продукции клиента клиентов документа реализации продаж продажи отгрузки возвратами возвратов возвраты
		общий общее общая общие всего итого факт фактическое периода период года рег валюте валюта регламентированного учета
		коп масса работ услуг имущественных имущественного прав права описание выполненных оказанных тариф номинальная
		сндс имя счет срок system apteka ru total net нетто base basic units taxable assessable`)
	pieceWords  = wordSet(`шт штук уп упак упаковок упаковки кг л количество кількість qty quantity pcs cantidad кор бут пач`)
	numberWords = wordSet(`количество кількість qty quantity cantidad quantidade`)
	moneyWords  = wordSet(`руб рублей рубли грн тг тенге usd eur kzt uah byn сумма сума стоимость amount value выручка вартість rub ¤`)
	// Words that make a measure something else: cost, profit, plan, reserve, shelf life.
	measureVetoes = wordSet(`себестоимость себестоимости собівартість собівартості profit прибыль прибыли маржа наценка рентабельность доля процент план плановая плановое цель
		разница резерв резерве ожидается отгрузке потребность заявке сг срок годности дней дня лимит вес комментарий серия курс
		долг задолженность оплата оплачено упаковке коробе мест номинал expiry cost costo coste custo utilidad lot лот lote прирост динамика темп отклонение
		норматив норма прогноз задание заявка target forecast budget бюджет коэфф коэффициент рейтинг ранг rank м3 прогнозная кратность минимальный мин макс entregas blocked бонус баллы scheme bonus резервы заказы
		транспортные логистические freight insurance tcs tds cgst sgst igst utgst cess goal стр страниц сторінок pages pp páginas paginas`)
	// Words that make a name something else.
	nameVetoes = wordSet(`адрес код инн поставщик поставщика поставщику комментарий примечание телефон telefono teléfono email вид тип метод упаковка status статус
		валюта валюты serie серия цб эмиссии банк address phone contact contacto контакт контактное контактный`)
	// Words of a date that is a property of the goods and no day of trade.
	dateVetoes = wordSet(`ожидаемая ожидается планируемая плановая expected планова годен годности срок оплаты оплата payment выработки изготовления производства рождения expiry expiration exp best manufactured mfg
		vencimiento caducidad`)
	// What is counted where it is no goods: "Количество чеков".
	otherCounts = wordSet(`чеков документов накладных заказов клиентов покупателей контрагентов визитов строк артикулов sku точек тт магазинов агентов дней недель рейсов днів receipts days visits lines invoices orders customers clientes facturas pedidos чеків замовлень клієнтів`)
	// Words by which a title tells a sum with the discount taken off or not, and no discount.
	lessWords = wordSet(`с со без до после за з зі після урахуванням учетом with after before without net less con sin`)
	// Words of what the goods cost the seller and what is left to him: figures, whatever else is named.
	costWords = wordSet(`себестоимость себестоимости собівартість собівартості profit прибыль прибыли маржа наценка cost costs costo coste custo margin utilidad`)
	// Words of a title that counts kinds of goods and names none: "Позиций (SKU)".
	assortmentWords = wordSet(`позиций позицій наименований`)
	totalWords      = wordSet(`итого всего итог итоги total разом усього всього totals jami жами жиыны барлығы subtotal перенесено carried`)
)

// compileRules reads the table of titles; a line that is no rule is left out.
func compileRules(table string) []titleRule {
	var out []titleRule
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		weight, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			continue
		}
		r := titleRule{role: Role(f[0]), weight: weight}
		for g := range strings.SplitSeq(f[2], "&") {
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
		case unicode.Is(unicode.Sc, r):
			b.WriteString(" ¤ ")
		case r == '-' || r == '/' || r == '%' || r == '\'' || r == '’':
			b.WriteRune(r)
		default:
			b.WriteRune(' ')
		}
		prev = r
	}
	s := " " + strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "ё", "е")), " ") + " "
	s = titleAbbreviations.Replace(titleAbbreviations.Replace(s)) // a blank between two belongs to one of them
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '/' || r == '%' })
}

var titleAbbreviations = strings.NewReplacer(
	" кол-во ", " количество ", " колво ", " количество ", " к-во ", " количество ", " кол ", " количество ", " к-ть ", " кількість ", " кіл-ть ", " кількість ",
	" кол-ва ", " количество ", " показа-тели ", " показатели ", " штрих-код ", " штрихкод ", " штрих-коды ", " штрихкод ", " товар/услуга ", " товар ",
	" m r p ", " mrp ", " s r p ", " srp ", " с учетом ндс ", " сндс ", " с ндс ", " сндс ", " с налогом ", " сндс ", " без налога ", " безндс ", " без учета ндс ", " безндс ", " вкл ндс ", " сндс ", " с пдв ", " сндс ", " без ндс ", " безндс ", " без пдв ", " безндс ",
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
	if best[Price].score >= titleScore { // "Closing balance, rate"
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

// matchRules tries every rule; balance says that one of them named a balance or a movement.
func matchRules(words []string) (best map[Role]titleMatch, balance bool) {
	best = map[Role]titleMatch{}
	pieces, money := anyOf(words, pieceWords), anyOf(words, moneyWords)
	vetoes := vetoesOf(words, money)
	for _, rule := range titleRules {
		m, ok := rule.match(words)
		if !ok {
			continue
		}
		balance = balance || isBalance(m.role) && m.score >= titleScore
		m.role = withUnit(m.role, pieces, money)
		if m.role != "" && !vetoes.forbid(m.role) && m.score > best[m.role].score {
			best[m.role] = m
		}
	}
	withoutStrangers(best, words, pieces)
	return best, balance
}

// titleVetoes are what words of a title say that it cannot be.
type titleVetoes struct {
	measure, name, code, place, where bool
}

func vetoesOf(words []string, money bool) titleVetoes {
	others := anyOf(words, assortmentWords) || countsOthers(words)
	return titleVetoes{
		measure: hasVeto(words),
		name:    anyOf(words, nameVetoes) || others,
		code:    others,
		place:   money || anyOf(words, contactWords),
		where:   anyOf(words, numberWords),
	}
}

func (v titleVetoes) forbid(r Role) bool {
	switch {
	case isPlace(r) && (v.measure || v.place), isWhere(r) && v.where:
		return true
	case r.IsNumber():
		return v.measure
	case r == ProductCode && v.code:
		return true
	}
	return isName(r) && v.name
}

// countsOthers: the title counts documents or people: a count directly before them.
func countsOthers(words []string) bool {
	for i, w := range words[:max(len(words)-1, 0)] {
		if countWords[w] && otherCounts[words[i+1]] {
			return true
		}
	}
	return false
}

var countWords = wordSet("количество кількість число count number no qty")

// contactWords are in titles of how to reach a place or a person.
var contactWords = wordSet("телефон тел email mail phone tel сайт факс телефоны контакт контакты")

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
	return titleMatch{role: r.role, score: r.weight / (1 + 0.3*float64(unknown)), exact: unknown == 0}, true
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
var totalTails = wordSet("general geral for of by de quantity amount sum sales por per by 0 stock value items cantidad")

// isTotal says whether a text begins with a word of totals.
func isTotal(s string) bool {
	if !firstWordIn(s, totalStarts) {
		return false
	}
	w := titleWords(s)
	if len(w) == 0 || len(w) > 9 && !totalsNamed(s, w) {
		return false
	}
	if w[0] == "total" { // a brand of oils too
		return len(w) == 1 || totalTails[w[1]]
	}
	if totalWords[w[0]] {
		return true
	}
	return len(w) > 1 && (totalWords[w[1]] && totalAdjectives[w[0]] || len(w) == 2 && totalPhrases[w[0]+" "+w[1]])
}

// totalsNamed: the total of something called by a long name: «Итого: ИП Мухин (г. Тверь, ул.
// Мира, д. 5)», «Итого по контрагенту …».
func totalsNamed(s string, words []string) bool {
	first, _, ok := strings.Cut(s, ":")
	return ok && len(titleWords(first)) == 1 || words[1] == "по"
}

// totalAdjectives stand before a word of totals, totalPhrases are totals without one.
var (
	totalAdjectives = wordSet("grand gran общий в sub")
	totalPhrases    = map[string]bool{"загальна сума": true, "общая сумма": true, "saldo general": true}
)

// totalStarts are the first words of totals.
var totalStarts = func() map[string]bool {
	m := maps.Clone(totalWords)
	maps.Copy(m, totalAdjectives)
	for p := range totalPhrases {
		m[firstWord(p)] = true
	}
	return m
}()

// firstWordIn says whether the first word is one of those. It is asked of every row.
func firstWordIn(s string, words map[string]bool) bool {
	w := firstLetters(s)
	if len(w) > maxLower {
		return false
	}
	var b [maxLower + utf8.UTFMax]byte
	return words[string(appendLower(b[:0], w))]
}

// firstWord is the first run of letters, in lower case.
func firstWord(s string) string { return strings.ToLower(firstLetters(s)) }

// firstLetters is the first run of letters.
func firstLetters(s string) string {
	from := -1
	for i, r := range s {
		letter := isLetter(r)
		switch {
		case letter && from < 0:
			from = i
		case !letter && from >= 0:
			return s[from:i]
		}
		if i > 60 {
			return ""
		}
	}
	if from < 0 {
		return ""
	}
	return s[from:]
}

// isLetter is [unicode.IsLetter], quick for what reports are mostly written in.
func isLetter(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= 'А' && r <= 'я':
		return true
	}
	return r >= utf8.RuneSelf && unicode.IsLetter(r)
}

// maxLower bounds the words that are looked up without a string of their own.
const maxLower = 44

// appendLower appends a text in lower case.
func appendLower(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z' || r >= 'А' && r <= 'Я':
			r += 32
		case r >= utf8.RuneSelf && (r < 'а' || r > 'я'):
			r = unicode.ToLower(r)
		}
		b = utf8.AppendRune(b, r)
	}
	return b
}
