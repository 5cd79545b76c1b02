package table

import "strings"

// preferFuller gives the goods to a column of fuller names where the one that has them
// holds only their kind: «Наименование» Шампунь beside «Модификация» Шампунь
// «Ромашка» 400 мл. Every fuller name belongs to one kind, a kind to several names.
func (rd *reading) preferFuller() {
	kind := columnOf(rd.cols, Product)
	if kind == nil || kind.stats.letters == 0 {
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role != "" || c.stats.letters*10 < c.stats.filled*9 || c.stats.filled*10 < kind.stats.filled*9 || rd.cross.covers(c.col) {
			continue
		}
		if m, ok := bestMatch(c.title); !ok || m.role != Product || !m.exact || !rd.refines(c, kind) {
			continue
		}
		c.role, c.score, c.reason = Product, kind.score, ReasonTitle
		kind.role = ""
		if columnOf(rd.cols, Category) == nil {
			kind.role = Category
		}
		return
	}
}

// refines: the names in column c are longer than those in kind, each stands beside one
// of kind, and some of kind beside several or all names begin with their kind.
func (rd *reading) refines(c, kind *column) bool {
	kinds, names := map[string]string{}, map[string]int{}
	rows, longer, within := 0, 0, 0
	for ri := rd.h.last + 1; ri < len(rd.v.rows); ri++ {
		x, k := rd.v.cell(ri, c.col), rd.v.cell(ri, kind.col)
		if x == nil || k == nil {
			continue
		}
		if rows++; len(x.text) > len(k.text) {
			longer++
		}
		if strings.HasPrefix(x.text, k.text) {
			within++
		}
		switch was, ok := kinds[x.text]; {
		case ok && was != k.text:
			return false
		case !ok:
			kinds[x.text] = k.text
			names[k.text]++
		}
	}
	return rows > 1 && rows*10 >= kind.stats.filled*9 && longer*10 >= rows*9 && (len(names) < len(kinds) || within == rows)
}
