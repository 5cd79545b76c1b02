package table

import (
	"slices"
	"strings"
)

// kindWords are what titles, names of sheet and file, and the subject say about the kind.
type kindWords struct {
	sales, stock, orders, returns, receipts, prices, amounts, outlets, documents bool
	// buyers: a list of those who buy is named, suppliers: of those who sell, catalogue: of goods.
	buyers, suppliers, catalogue bool
	// ordered: the title of the quantity says that it was ordered.
	ordered bool
}

// readKindWords looks for words of trade in a text.
func readKindWords(texts ...string) kindWords {
	var k kindWords
	for _, t := range texts {
		for _, w := range titleWords(strings.ReplaceAll(t, "_", " ")) {
			switch {
			case hasAnyPrefix(w, "складск", "salesm", "salesp"): // a street, a building, a person
			case hasAnyPrefix(w, "накладн", "фактур", "передаточн"):
				k.documents = true
			case hasAnyPrefix(w, "продаж", "sotuv", "реализац", "отгруз", "sales", "ventas", "вторич", "выручк", "прибыл", "продані"):
				k.sales = true
			case hasAnyPrefix(w, "остат", "залиш", "stock", "stk", "inventar", "inventor", "estoque", "almoxarif", "склад", "наличи", "доступност", "existenc"):
				k.stock = true
			case hasAnyPrefix(w, "заказ", "заяв", "order", "pedid", "quotation", "замовл"):
				k.orders = true
			case hasAnyPrefix(w, "возврат", "return", "devoluc", "повернен"):
				k.returns = true
			case hasAnyPrefix(w, "поступл", "закуп", "приход", "purchase", "compras", "receipts", "надходж"):
				k.receipts = true
			case hasAnyPrefix(w, "прайс", "price", "precio"):
				k.prices = true
			case hasAnyPrefix(w, "сумм", "руб", "выручк", "amount", "грн", "оборот"):
				k.amounts = true
			case hasAnyPrefix(w, "клиент", "клієнт", "контрагент", "покупател", "покупц", "client", "customer", "buyer"):
				k.buyers = true
			case hasAnyPrefix(w, "поставщик", "постачальник", "supplier", "proveedor", "fornecedor"):
				k.suppliers = true
			case hasAnyPrefix(w, "каталог", "номенклатур", "catalog", "catálog"):
				k.catalogue = true
			case hasAnyPrefix(w, "магазин", "торгов", "точк"):
				k.outlets = true
			}
		}
	}
	return k
}

// soldTitle: the title of a quantity says that it was sold. Sales beside a stock are
// such only where a buyer is named.
func soldTitle(title string, toBuyer bool) bool {
	for _, w := range titleWords(title) {
		if hasAnyPrefix(w, "продан", "реализован", "отгружен", "sold", "vendid") || toBuyer && hasAnyPrefix(w, "продаж", "sales", "ventas") {
			return true
		}
	}
	return false
}

func hasAnyPrefix(w string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}

func hasAnySuffix(w string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

// kind is what the words alone say, "" for nothing or too much.
func (k kindWords) kind() Kind {
	switch {
	case k.orders && !k.sales && !k.stock:
		return Orders
	case k.returns && !k.sales:
		return Returns
	case k.sales:
		return Sales
	case k.stock:
		return Stock
	case k.receipts:
		return Receipts
	case k.prices:
		return Pricelist
	case k.documents: // of what was sold, where nothing says that it was bought
		return Sales
	}
	return ""
}

// measure is what an unnamed figure is: money where words of money stand, else pieces.
func (k kindWords) measure() Role {
	if k.amounts {
		return Amount
	}
	return Quantity
}

// kindOf decides the kind by the roles found, and by words where roles leave it open.
// Sure is false where neither says anything.
func kindOf(has func(Role) bool, near, far kindWords) (k Kind, sure bool) {
	moves := hasAny(has, OpeningQty, ReceivedQty, ShippedQty)
	goods := hasAny(has, Product, ProductCode, Barcode)
	buyer := hasAny(has, Client, ClientCode, Outlet, OutletCode)
	figure := hasAny(has, Quantity, Amount)
	if !goods && !buyer {
		if figure && hasAny(has, SalesRep, Channel) && near.kind() == Sales {
			return Sales, true
		}
		return None, true
	}
	switch {
	case moves && has(StockQty), tellsBalance(has, buyer, near):
		return balanceKind(has, goods, moves, near), true
	case figure:
		return figureKind(has, buyer, near, far)
	case moves:
		return Movement, true
	case has(Price) && goods:
		return Pricelist, !has(DocNo)
	}
	return listKind(has, goods, buyer, near), true
}

// tellsBalance: what is there is told and nothing that was sold: a sum beside a day may be
// what lots cost that came then, where a list calls itself stock and names no buyers.
func tellsBalance(has func(Role) bool, buyer bool, near kindWords) bool {
	return hasAny(has, StockQty, StockAmount) && !has(Quantity) && (!has(Amount) || !has(Date) || near.stock && !near.sales && !buyer)
}

// balanceKind tells movements from stock, and both from prices with a stock beside
// them and from what buyers owe.
func balanceKind(has func(Role) bool, goods, moves bool, near kindWords) Kind {
	switch {
	case !goods, near.buyers && !moves && !has(StockQty): // what buyers owe
		return None
	case moves && has(StockQty):
		return Movement
	case has(Price) && near.prices && !near.stock:
		return Pricelist
	}
	return Stock
}

func hasAny(has func(Role) bool, roles ...Role) bool { return slices.ContainsFunc(roles, has) }

// figureKind tells sales from stock, orders, returns and receipts.
func figureKind(has func(Role) bool, buyer bool, near, far kindWords) (Kind, bool) {
	if near.ordered && !near.sales {
		return Orders, true
	}
	toBuyer := buyer || has(Amount) && has(DocNo)
	for _, w := range []kindWords{near, far} {
		if k := w.kind(); k != "" && k != Pricelist && (k != Stock || !toBuyer) {
			return k, true
		}
	}
	k, sure := silentKind(has, buyer)
	return k, sure && near.kind() != Stock // it calls itself stock, and tells buyers
}

// silentKind is for figures that no word explains: the columns beside them hint.
func silentKind(has func(Role) bool, buyer bool) (Kind, bool) {
	switch {
	case buyer && !has(StockQty), has(SalesRep):
		return Sales, true
	case has(Client) && has(Quantity) && has(Amount): // what is left is told beside what was sold
		return Sales, false
	case has(DocNo) && has(Date):
		return Sales, false
	case has(StockQty):
		return Stock, true
	case has(Warehouse) && !has(Amount), has(Price) && !has(Amount):
		return Stock, false
	}
	return Sales, false
}

// listKind: no figures at all.
func listKind(has func(Role) bool, goods, buyer bool, near kindWords) Kind {
	buyers := buyer && !goods
	switch {
	case buyers && has(Date) && has(DocNo), near.suppliers && !near.catalogue: // payments, calls, visits
		return None
	case buyers && hasAny(has, ClientINN, ClientAddress, OutletAddress, ClientCode):
		return Clients
	case has(Product) && (hasAny(has, Barcode, Unit, Brand) || has(ProductCode) && near.catalogue):
		return Catalogue
	}
	return None
}

// inKind gives the role a measure has in a report of the kind: in a stock report
// a plain quantity is the stock, unless the stock has a column of its own.
func (rd *reading) inKind(r Role, kind Kind) Role {
	if kind != Stock && kind != Movement {
		return r
	}
	switch {
	case r == Quantity && !rd.has(StockQty):
		return StockQty
	case r == Quantity && rd.has(ShippedQty):
		return ""
	case r == Quantity: // what is sold beside what is left
		if c := columnOf(rd.cols, Quantity); c != nil && !soldTitle(c.title, true) {
			return ""
		}
		return ShippedQty
	case r == Amount && !rd.has(StockAmount):
		return StockAmount
	}
	return r
}
