package table

import (
	"strings"
)

// readContent gives roles to columns that no title tells, by what their cells look
// like: codes beside the goods, barcodes by their check digit, units, warehouses.
func (rd *reading) readContent() {
	rd.findName()
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role != "" || rd.cross.covers(c.col) || c.stats.filled < 2 || rd.h.title(c.col) != "" && anyOf(titleWords(c.title), nameVetoes) {
			continue
		}
		for _, look := range contentLooks {
			if columnOf(rd.cols, look.role) == nil && look.fits(rd, c) {
				c.role, c.reason, c.confidence, c.score = look.role, ReasonContent, look.confidence, titleScore
				break
			}
		}
	}
}

// contentLook is how the cells of a role look.
type contentLook struct {
	role       Role
	confidence float64
	fits       func(rd *reading, c *column) bool
}

// contentLooks are tried in this order.
var contentLooks = [...]contentLook{
	{Date, 0.9, func(rd *reading, c *column) bool {
		return rd.matrix() && c.stats.dates > 0 && c.stats.dates*10 >= c.stats.filled*8
	}},
	{Barcode, 0.95, func(rd *reading, c *column) bool { return rd.share(c, isGTIN) >= 0.9 }},
	{ClientINN, 0.9, func(rd *reading, c *column) bool {
		return columnOf(rd.cols, Client) != nil && rd.share(c, isINN) >= 0.95
	}},
	{ProductCode, 0.8, func(rd *reading, c *column) bool {
		return (c.title == "" && rd.besideProduct(c) || numbersGoods(c.title)) && rd.uniqueCodes(c)
	}},
	{Unit, 0.9, func(rd *reading, c *column) bool { return len(c.stats.distinct) <= 12 && rd.share(c, isUnit) >= 0.95 }},
	{Warehouse, 0.85, func(rd *reading, c *column) bool {
		return len(c.stats.distinct) < maxDistinct && rd.share(c, namesWarehouse) >= 0.8
	}},
	{Client, 0.8, func(rd *reading, c *column) bool {
		return rd.share(c, namesFirm) >= 0.7 && !anyOf(titleWords(c.title), sellerWords)
	}},
}

// matrix: the values of two rows stand over plain numbers, and no title says more.
func (rd *reading) matrix() bool { return rd.cross != nil && rd.cross.second != "" }

// contentSample is how many cells tell what a column holds.
const contentSample = 300

// share is the part of a column's cells that look so. Lines of one text at the end are notes.
func (rd *reading) share(c *column, looks func(*cell) bool) float64 {
	n, right := 0, 0
	end := len(rd.v.rows)
	for end > rd.h.last+1 && len(rd.v.filled(end-1)) < 2 {
		end--
	}
	for ri := rd.h.last + 1; ri < end && n < contentSample; ri++ {
		if x := rd.v.cell(ri, c.col); x != nil {
			n++
			if looks(x) {
				right++
			}
		}
	}
	if n == 0 {
		return 0
	}
	return float64(right) / float64(n)
}

// isGTIN: 8, 12, 13 or 14 digits with a right check digit (GS1 General Specifications 7.9).
func isGTIN(c *cell) bool {
	s := strings.ReplaceAll(c.value, "-", "") // 978-5-... of books
	switch len(s) {
	case 8, 12, 13, 14:
	default:
		return false
	}
	sum := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
		d := int(s[i] - '0')
		if (len(s)-i)%2 == 0 {
			d *= 3
		}
		sum += d
	}
	return sum%10 == 0 && strings.Trim(s, "0") != ""
}

// isINN: 10 or 12 digits with right check digits.
func isINN(c *cell) bool {
	s := c.value
	check := func(weights ...int) bool {
		sum := 0
		for i, w := range weights {
			sum += w * int(s[i]-'0')
		}
		return sum%11%10 == int(s[len(weights)]-'0')
	}
	if len(s) != 10 && len(s) != 12 || strings.Trim(s, "0123456789") != "" {
		return false
	}
	if len(s) == 10 {
		return check(2, 4, 10, 3, 5, 9, 4, 6, 8)
	}
	return check(7, 2, 4, 10, 3, 5, 9, 4, 6, 8) && check(3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
}

func isUnit(c *cell) bool { return unitNames[strings.TrimSuffix(strings.ToLower(c.text), ".")] }

func namesWarehouse(c *cell) bool { return anyOf(titleWords(c.text), warehouseWords) }

func namesFirm(c *cell) bool { return anyOf(titleWords(c.text), firmForms) }

// firmForms are legal forms of buyers.
var firmForms = wordSet("ооо оао зао пао ао ип тоо тов пп фоп чп чуп одо llc ltd inc srl sac ltda жшс")

// sellerWords are titles of the firms that sell or make the goods.
var sellerWords = wordSet("дистрибьютор дистрибутор дистриб'ютор distributor продавец продавца seller vendor организация компания поставщик supplier shipper грузоотправитель отправитель комитент экспедитор перевозчик carrier производитель изготовитель владелец собственник")

// numbersGoods: a bare «Номер», which in a list of goods is theirs if it differs in every row.
func numbersGoods(title string) bool {
	w := titleWords(title)
	return len(w) == 1 && (w[0] == "номер" || w[0] == "number" || w[0] == "numero" || w[0] == "número")
}

// besideProduct: the column stands next to that of the goods.
func (rd *reading) besideProduct(c *column) bool {
	p := columnOf(rd.cols, Product)
	return p != nil && (c.col == p.col-1 || c.col == p.col+1)
}

// uniqueCodes: short values with digits and without blanks, hardly any of them twice.
func (rd *reading) uniqueCodes(c *column) bool {
	if len(c.stats.distinct) < min(maxDistinct, c.stats.filled*9/10) || c.stats.dates > 0 {
		return false
	}
	return rd.share(c, func(x *cell) bool {
		return len(x.text) >= 3 && len(x.text) <= 24 && strings.ContainsAny(x.text, "0123456789") && x.shape&spaced == 0 && !strings.ContainsAny(x.value, ".,")
	}) >= 0.9
}

// findName looks for the goods where no title names them but their codes are
// there: the column of texts with the longest and most different values.
func (rd *reading) findName() {
	code := columnOf(rd.cols, ProductCode)
	if code == nil || columnOf(rd.cols, Product) != nil || columnOf(rd.cols, Client) != nil || rd.cross != nil && rd.cross.what == Product {
		return
	}
	best, most := -1, 0
	for i := range rd.cols {
		c := &rd.cols[i]
		taken := c.role != "" && c.role != Category || rd.cross.covers(c.col) || anyOf(titleWords(c.title), nameVetoes)
		if !taken && c.looksLikeNames(code) && len(c.stats.distinct) > most {
			best, most = i, len(c.stats.distinct)
		}
	}
	if best >= 0 && most > 3 {
		c := &rd.cols[best]
		c.role, c.reason, c.confidence = Product, ReasonContent, 0.7
	}
}

// looksLikeNames: texts of several words beside most of the codes.
func (c *column) looksLikeNames(code *column) bool {
	return c.stats.letters*10 >= c.stats.filled*8 && c.stats.filled*10 >= code.stats.filled*8 && c.stats.spaced*2 >= c.stats.filled
}
