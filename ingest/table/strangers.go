package table

import (
	"slices"
	"strings"
)

// dropStrangers takes back roles that the other columns show to be none: in a list of
// stock or prices, a number of documents or a person that only a half understood title
// tells («Rack No.», «Автор») and a code of buyers without buyers; the number of a
// record for the code of the goods; the size of a package for what was sold; in what
// part of a week or of a route a buyer is visited for the day of trade.
func dropStrangers(cols []column) {
	drop := func(r Role, unless func(*column) bool) {
		if c := columnOf(cols, r); c != nil && !unless(c) {
			c.role, c.score, c.learned = "", 0, 0
		}
	}
	has := func(roles ...Role) bool {
		return slices.ContainsFunc(roles, func(r Role) bool { return columnOf(cols, r) != nil })
	}
	drop(Quantity, func(c *column) bool { return !tellsVolume(c.title) || has(Amount, Client) })
	drop(Date, func(c *column) bool {
		return !c.stats.onlyNumbers() || c.stats.dates+c.stats.dayNumbers > 0 || anyOf(titleWords(c.title), periodTitles)
	})
	drop(ShippedQty, func(c *column) bool { return !writtenOff(c.title) || has(OpeningQty, ReceivedQty, StockQty) })
	listed := has(Product) && (has(StockQty) || !has(Quantity, Amount))
	if listed && !has(Date, Client, Outlet) {
		drop(Quantity, func(c *column) bool { return !has(StockQty) || !readKindWords(c.title).orders }) // what is reserved
		drop(ClientCode, func(*column) bool { return has(ClientINN, ClientAddress, Quantity) })
		for _, r := range []Role{DocNo, SalesRep} {
			drop(r, func(c *column) bool { return c.learned == 0 && c.score >= plainScore })
		}
	}
	drop(Product, func(c *column) bool { return !namesModel(c.title) || has(Price, Quantity, StockQty, Amount) })
	dropOtherCodes(cols, drop, has)
}

// dropOtherCodes takes the code of an order for that of the goods where it is theirs, and
// no code of a group or a record for it.
func dropOtherCodes(cols []column, drop func(Role, func(*column) bool), has func(...Role) bool) {
	if !has(Date, Client, Outlet, Amount, ProductCode) {
		orderedBy(columnOf(cols, DocNo))
	}
	drop(ProductCode, func(c *column) bool { return !isShared(c, columnOf(cols, Product)) })
	drop(ProductCode, func(c *column) bool {
		return !numbersRecord(c.title) || !has(Date, Client, ClientCode, Outlet, OutletCode)
	})
}

// orderedBy takes the code of an order for that by which the goods are ordered where it
// differs in every row and nothing says to whom or when they went: «Код заказа».
func orderedBy(doc *column) {
	if doc != nil && tellsCode(doc.title) && len(doc.stats.distinct)*10 >= min(doc.stats.filled, maxDistinct)*9 {
		doc.role = ProductCode
	}
}

// namesModel: a bare «Модель», which names goods beside a figure of trade only: cars and
// devices of a firm have models too.
func namesModel(title string) bool {
	w := titleWords(title)
	return len(w) == 1 && (w[0] == "модель" || w[0] == "model" || w[0] == "modelo")
}

// isShared: so few codes for so many names that they tell groups of goods, as the codes of
// a customs tariff do.
func isShared(code, name *column) bool {
	if name == nil || code.stats.filled == 0 {
		return false
	}
	coded := min(len(name.stats.distinct), code.stats.filled) // groups have names and no codes
	return 4*len(code.stats.distinct) <= coded
}

// numbersRecord: a bare «ID», which beside a day or a buyer is that of the record.
func numbersRecord(title string) bool {
	w := titleWords(title)
	return len(w) == 1 && (w[0] == "id" || w[0] == "ид")
}

// writtenOff: the title tells what was written off, which beside what was sold is another figure.
func writtenOff(title string) bool {
	return slices.ContainsFunc(titleWords(title), func(w string) bool { return hasAnyPrefix(w, "списан", "спис") })
}

// tellsVolume: a title that speaks of a volume and not of what was sold of it.
func tellsVolume(title string) bool {
	w := titleWords(title)
	return len(w) > 0 && (w[0] == "объем" || w[0] == "обсяг" || w[0] == "volume") && !anyOf(w, soldWords)
}

var soldWords = wordSet("продаж отгрузки отгрузок реализации sales sold")

// withoutStrangers takes out roles that a word of the title denies.
func withoutStrangers(best map[Role]titleMatch, words []string, pieces bool) {
	if anyOf(words, dateVetoes) {
		delete(best, Date)
	}
	if pieces || anyOf(words, moneyWords) || anyOf(words, countedWords) || anyOf(words, folderWords) || slices.Contains(words, "total") { // "Units in order", "Invoice amount", "Номер группы"
		delete(best, DocNo)
	}
	if tellsTaxOnly(words) {
		delete(best, Amount)
	}
	if ofSupplier(words) && !anyOf(words, goodsWords) {
		delete(best, ProductCode)
	}
	if slices.Contains(words, "free") && (pieces || slices.Contains(words, "goods")) && !slices.Contains(words, "stock") { // given away
		delete(best, StockQty)
		delete(best, Quantity)
	}
}

// tellsTaxOnly: the sum or the rate of a tax, «Сумма НДС, руб 20%», and nothing more.
func tellsTaxOnly(words []string) bool {
	taxed := false
	for _, w := range words {
		switch {
		case taxTitles[w]:
			taxed = true
		case !taxSumWords[w] && strings.Trim(w, "0123456789") != "":
			return false
		}
	}
	return taxed
}

var (
	taxTitles    = wordSet("ндс пдв vat iva")
	taxSumWords  = wordSet("сумма сума ставка amount monto importe в руб грн ¤")
	countedWords = wordSet("units unidades единиц")
	folderWords  = wordSet("группы групи подгруппы раздела подраздела категории категорії узла group category")
	// goodsWords beside a supplier leave a code the code of goods.
	goodsWords = wordSet("артикул арт article art товара номенклатуры product item sku part")
)

// ofSupplier: the code or the name that the goods have at those who supply them.
func ofSupplier(words []string) bool { return anyOf(words, supplierWords) }

var supplierWords = wordSet("поставщика постачальника supplier vendor prov proveedor fornecedor")

// moveToValues follows a title to the column that holds its values: the title of the
// names is merged over several columns, and the names stand in one without a title.
func moveToValues(cols []column) {
	for i := range cols {
		c := &cols[i]
		if c.role != Product && c.role != Client || c.stats.filled > 0 {
			continue
		}
		best := -1
		for k := i + 1; k < len(cols) && cols[k].title == ""; k++ {
			if n := cols[k].stats.letters; n > 0 && (best < 0 || n > cols[best].stats.letters) {
				best = k
			}
		}
		if best >= 0 {
			to := &cols[best]
			to.role, to.score, to.reason, to.learned = c.role, c.score, c.reason, c.learned
			c.role, c.score, c.learned = "", 0, 0
		}
	}
}
