package table

import (
	"slices"
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
