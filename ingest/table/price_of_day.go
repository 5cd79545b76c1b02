package table

// pricedWords are in titles of prices that tell since when they hold.
var pricedWords = wordSet("mrp rrp msrp rsp srp price rate цена ціна прайс precio preço баға")

// takeLatestPrice takes the price of the latest day where a list tells those of several:
// «MRP as on 1st Jan, 2026 | MRP as on 15th Feb, 2026», or days alone in a list of prices.
func (rd *reading) takeLatestPrice() {
	if rd.cross != nil || columnOf(rd.cols, Product) == nil && columnOf(rd.cols, ProductCode) == nil {
		return
	}
	var latest *column
	var last Period
	named := false
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role.IsNumber() {
			return
		}
		p, ok := rd.dayOfPrice(c)
		if ok && (latest == nil || p.From.After(last.From)) {
			latest, last, named = c, p, anyOf(titleWords(c.title), pricedWords)
		}
	}
	if latest == nil {
		return
	}
	latest.role, latest.reason, latest.score, latest.confidence = Price, ReasonTitle, titleScore, 0.8
	if !named {
		rd.doubt(Issue{Code: DoubtWeakColumn, Col: rd.v.letterOf(latest.col), Role: Price, Found: latest.title})
	}
}

// dayOfPrice is the day in the title of a column of figures that may be prices.
func (rd *reading) dayOfPrice(c *column) (Period, bool) {
	if c.role != "" || !c.stats.mostlyNumbers() || rd.v.countsRows(rd.h, c.col) {
		return Period{}, false
	}
	if rd.near.kind() != Pricelist && !anyOf(titleWords(c.title), pricedWords) {
		return Period{}, false
	}
	return rd.dayIn(c.title)
}

func (rd *reading) dayIn(title string) (Period, bool) {
	h, ok := periodReader{received: rd.received}.read(title)
	return h.Period, ok
}

// pricesEarlier: the cell is the title of prices of another day than those taken.
func (rd *reading) pricesEarlier(c *cell) bool {
	price := columnOf(rd.cols, Price)
	if price == nil || c.col == price.col || c.col > len(rd.cols) {
		return false
	}
	if _, ok := rd.dayIn(price.title); !ok {
		return false
	}
	_, ok := rd.dayOfPrice(&rd.cols[c.col-1])
	return ok
}
