package table

import (
	"slices"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/shopspring/decimal"
)

// findFills marks columns whose value stands on the first row of a block only, and
// name columns with the unit glued on.
func (rd *reading) findFills() {
	rd.gluedGoods = rd.groupsGlued()
	check := rd.mayFill()
	n := rd.countFills(check)
	for _, k := range check {
		c := &rd.cols[k]
		c.glued = n.glued[k] > 0 && 2*n.glued[k] >= n.filled[k]
		switch {
		case c.role == Product:
			c.fill = rd.namesBlocks(c, n.first[k], n.filled[k], n.records)
		case n.first[k]:
			c.fill = n.filled[k]*10 < n.records*7 || n.filled[k] < n.records && rd.oncePerBlock(c, n.filled[k])
		}
	}
	rd.fillCode(n)
	for _, k := range check {
		c := &rd.cols[k]
		if !c.fill && fills(c.role) && n.first[k] && n.filled[k] < n.records {
			c.fill = rd.blankWithFills(c)
		}
	}
}

// mayFill lists the columns whose values may hold for the rows below.
func (rd *reading) mayFill() []int {
	var out []int
	documents := rd.movesByDocument()
	for k := range rd.cols {
		c := &rd.cols[k]
		if fills(c.role) && (!documents || !isParty(c.role)) || c.role == Product {
			out = append(out, k)
		}
	}
	return out
}

// fillCode fills the code of the goods down with their name where records leave out both
// or none. They do so where each has a document or a buyer of its own, too.
func (rd *reading) fillCode(n fillCounts) {
	name, code := columnOf(rd.cols, Product), columnOf(rd.cols, ProductCode)
	if name == nil || code == nil || !n.first[name.col-1] || n.filled[name.col-1] == n.records {
		return
	}
	own := true
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" {
			continue
		}
		blank := rd.v.cell(l.ri, name.col) == nil
		if blank != (rd.v.cell(l.ri, code.col) == nil) {
			return
		}
		own = own && (!blank || !rd.lacksIdentity(l.ri, false))
	}
	name.fill = name.fill || own
	code.fill = name.fill
}

// groupsGlued: most groups named after goods have the unit glued on.
func (rd *reading) groupsGlued() bool {
	level := slices.Index(rd.levels, Product)
	if level < 0 {
		return false
	}
	all, glued := 0, 0
	for i := range rd.lines {
		if l := &rd.lines[i]; l.class == SkipGroup && int(l.level) == level+1 {
			all++
			if _, tail := splitTail(l.name, true); tail != (nameTail{}) {
				glued++
			}
		}
	}
	return glued > 0 && 2*glued >= all
}

// fillCounts is how many records fill a column, with a unit glued on, and whether the
// first one does.
type fillCounts struct {
	records       int
	filled, glued []int
	first         []bool
}

func (rd *reading) countFills(check []int) fillCounts {
	n := fillCounts{filled: make([]int, len(rd.cols)), glued: make([]int, len(rd.cols)), first: make([]bool, len(rd.cols))}
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" {
			continue
		}
		for _, k := range check {
			c := rd.v.cell(l.ri, k+1)
			if c == nil {
				continue
			}
			n.filled[k]++
			n.first[k] = n.first[k] || n.records == 0
			if rd.cols[k].role == Product {
				if _, tail := splitTail(c.text, true); tail != (nameTail{}) {
					n.glued[k]++
				}
			}
		}
		n.records++
	}
	return n
}

// movesByDocument: the rows are documents by which goods came and went. Some have no
// party, as write-offs and transfers: a blank is none, and not that of the row above.
func (rd *reading) movesByDocument() bool {
	doc := columnOf(rd.cols, DocNo)
	if doc == nil || columnOf(rd.cols, ReceivedQty) == nil || columnOf(rd.cols, ShippedQty) == nil {
		return false
	}
	records, filled := rd.filledOf(doc, "")
	return records > 0 && filled == records
}

// isParty: the role tells who bought or sold.
func isParty(r Role) bool {
	switch r {
	case Client, ClientCode, ClientINN, ClientAddress, Outlet, OutletCode, OutletAddress, SalesRep:
		return true
	}
	return false
}

// oncePerBlock: no value of the column comes twice, so that what is blank is left out
// rather than unknown.
func (rd *reading) oncePerBlock(c *column, filled int) bool {
	if filled < 2 || c.role == Date || isCode(c.role) {
		return false
	}
	seen := map[string]bool{}
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" {
			continue
		}
		if x := rd.v.cell(l.ri, c.col); x != nil {
			if seen[x.text] {
				return false
			}
			seen[x.text] = true
		}
	}
	return true
}

// blankWithFills: wherever the column is blank, one that fills down is blank too.
func (rd *reading) blankWithFills(c *column) bool {
	for k := range rd.cols {
		o := &rd.cols[k]
		if !o.fill || o.role == Product {
			continue
		}
		within := true
		for i := range rd.lines {
			l := &rd.lines[i]
			if l.class == "" && rd.v.cell(l.ri, c.col) == nil && rd.v.cell(l.ri, o.col) != nil {
				within = false
				break
			}
		}
		if within {
			return true
		}
	}
	return false
}

// fills: values of the role may hold for the rows below.
func fills(r Role) bool {
	switch r {
	case Client, ClientCode, ClientINN, ClientAddress, Outlet, OutletCode, OutletAddress, Date, DocNo, Warehouse, SalesRep, Category, Region, City, Brand, Channel:
		return true
	}
	return false
}

// namesBlocks: the name of the goods is merged over the rows of its packings, or
// stands on the first of them while every row has a code or a price of its own.
func (rd *reading) namesBlocks(c *column, first bool, filled, records int) bool {
	if !first || filled == records || filled*10 < records {
		return false
	}
	merged := 0
	for _, ms := range rd.v.merges {
		for _, m := range ms {
			if m.FirstCol <= c.col && m.LastCol >= c.col && m.LastRow > m.FirstRow && (rd.h.last < 0 || m.FirstRow > rd.v.rows[rd.h.last].N) {
				merged++
			}
		}
	}
	return merged > 0 || columnOf(rd.cols, ProductCode) != nil && filled*10 < records*7
}

func isCode(r Role) bool {
	switch r {
	case ProductCode, ClientCode, OutletCode, Barcode, ClientINN, DocNo:
		return true
	}
	return false
}

// codeText keeps the digits of a code that is stored as a number; leading zeros
// come from its format.
func codeText(c *cell) string {
	if c.kind == grid.Number && c.shape&shownDigits == 0 {
		return c.value
	}
	return c.text
}

// writtenDay is the day of a date cell as it stands there; false where that has to be read.
func writtenDay(c *cell) (string, bool) {
	if c.kind != grid.Date || len(c.value) < len(time.DateOnly) {
		return "", false
	}
	d := c.value[:len(time.DateOnly)]
	for i := range len(d) {
		if i == 4 || i == 7 {
			if d[i] != '-' {
				return "", false
			}
		} else if !isDigit(d[i]) {
			return "", false
		}
	}
	return d, d[5:7] >= "01" && d[5:7] <= "12" && d[8:] >= "01" && d[8:] <= "28"
}

// readDay reads a date cell: a date, a text, a serial number of days (ECMA-376 18.17.4.1)
// or 20260706 as a number; a month alone stands for its first day.
func readDay(c *cell, monthFirst bool) (time.Time, bool) {
	switch c.kind {
	case grid.Date:
		if len(c.value) < len(time.DateOnly) {
			return time.Time{}, false
		}
		d, err := time.Parse(time.DateOnly, c.value[:len(time.DateOnly)])
		return d, err == nil
	case grid.Number:
		if len(c.value) == 8 {
			if d, ok := parseDay(c.value, false); ok {
				return d, true
			}
		}
		if whole, _, _ := strings.Cut(c.value, "."); len(whole) != 5 { // most numbers, asked for in all rows
			return time.Time{}, false
		}
		n, err := decimal.NewFromString(c.value)
		if err != nil || n.LessThan(decimal.NewFromInt(32874)) || n.GreaterThan(decimal.NewFromInt(73050)) {
			return time.Time{}, false
		}
		return day(1899, 12, 30).AddDate(0, 0, int(n.IntPart())), true
	case grid.Text:
		if c.shape&dayText != 0 {
			return parseDay(c.text, monthFirst)
		}
		if p, ok := wholePeriod(c.text, 0); ok {
			return p.From, true
		}
	}
	return time.Time{}, false
}

var unitNames = wordSet(`шт штук штука кг г гр л мл м м2 м3 мм см уп упак упаковка пач пачка бут бутылка кор короб коробка ящ пар пара
	комп компл комплект рул рулон наб набор бан банка фл меш пак пог тыс pcs pc kg ea box pack шт. ед упк бл блок т дана бума`)

// nameTail is what stands glued to the end of a name: «…, шт, 4601234000017».
type nameTail struct{ unit, barcode string }

// splitUnit takes a glued unit ("…, шт"), a barcode and a trailing comma off a name.
func splitUnit(name string, glued bool) (string, string) {
	name, tail := splitTail(name, glued)
	return name, tail.unit
}

func splitTail(name string, glued bool) (string, nameTail) {
	var tail nameTail
	trimmed := strings.TrimRight(name, ", ")
	for glued {
		i := strings.LastIndexByte(trimmed, ',')
		if i <= 0 {
			break
		}
		last := strings.TrimSpace(trimmed[i+1:])
		switch {
		case tail.unit == "" && unitNames[strings.TrimSuffix(strings.ToLower(last), ".")]:
			tail.unit = last
		case tail.barcode == "" && len(last) >= 12 && len(last) <= 14 && strings.Trim(last, "0123456789") == "":
			tail.barcode = last
		default:
			return trimmed, tail
		}
		trimmed = strings.TrimRight(trimmed[:i], ", ")
	}
	return trimmed, tail
}
