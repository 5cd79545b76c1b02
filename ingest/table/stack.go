package table

import "strings"

// findStack finds a column whose titles name one grouping level each, from the
// outermost to the records ("Контрагент" over "Номенклатура", "Склад / ТМЦ").
func (rd *reading) findStack() {
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role.IsNumber() || rd.cross.covers(c.col) || c.stats.letters == 0 {
			continue
		}
		roles := stackRoles(levelTitles(rd.h.parts[i]))
		if len(roles) < 2 {
			continue
		}
		for roles[len(roles)-1] == "" {
			roles = roles[:len(roles)-1]
			rd.unnamedLevels++
		}
		leaf := roles[len(roles)-1]
		for j := range rd.cols {
			if rd.cols[j].role == leaf {
				rd.cols[j].role = ""
			}
		}
		c.role = leaf
		rd.name = i
		rd.stack = roles
		return
	}
}

// dropRunningBalances leaves out what is in stock before and after every document: the
// rows tell what moved, and their balances add up to nothing.
func (rd *reading) dropRunningBalances() {
	if n := len(rd.stack); (n == 0 || rd.stack[n-1] != DocNo) && !rd.documentsUnderGoods() {
		return
	}
	if columnOf(rd.cols, ReceivedQty) == nil && columnOf(rd.cols, ShippedQty) == nil {
		return
	}
	for i := range rd.cols {
		switch c := &rd.cols[i]; c.role {
		case OpeningQty, StockQty, StockAmount:
			c.role = ""
		}
	}
}

// documentsUnderGoods: a row names the goods or a document and never both, so that the
// documents stand under their goods.
func (rd *reading) documentsUnderGoods() bool {
	goods, docs := columnOf(rd.cols, Product), columnOf(rd.cols, DocNo)
	if goods == nil || docs == nil || 2*goods.stats.filled > docs.stats.filled+goods.stats.filled {
		return false
	}
	n := 0
	for ri := rd.h.last + 1; ri < len(rd.v.rows); ri++ {
		x, d := rd.v.cell(ri, goods.col), rd.v.cell(ri, docs.col)
		switch {
		case x != nil && d != nil, n == 0 && d != nil:
			return false
		case x != nil && !isTotal(x.text):
			n++
		}
	}
	return n > 1
}

// levelTitles are the titles of a column, one of them parted where it names levels itself.
func levelTitles(parts []string) []string {
	if len(parts) == 1 && strings.ContainsAny(parts[0], "/>\\") {
		return strings.FieldsFunc(parts[0], func(r rune) bool { return r == '/' || r == '>' || r == '\\' })
	}
	return parts
}

// stackRoles gives the role of every title that names a level; "" for a title
// whose role a plainer one names too. What follows a comma is printed beside the
// level ("Номенклатура, Базовая единица измерения").
func stackRoles(parts []string) []Role {
	var roles []Role
	at := map[Role]int{}
	scores := map[Role]float64{}
	for _, p := range parts {
		head, _, _ := strings.Cut(p, ",")
		if w := titleWords(head); len(w) == 1 && (accountWords[w[0]] && len(roles) == 0 || supplierLevels[w[0]]) {
			roles = append(roles, "")
			continue
		}
		m, ok := bestMatch(head)
		if !ok && firstWordIn(head, levelWords) && len(roles) > 0 {
			roles = append(roles, "")
		}
		if !ok {
			continue
		}
		switch m.role {
		case Client, Outlet, Product, Warehouse, DocNo, Category, SalesRep, Region, City, Brand, Channel:
		default:
			continue
		}
		if i, ok := at[m.role]; ok {
			if scores[m.role] >= m.score {
				continue
			}
			roles[i] = ""
		}
		at[m.role], scores[m.role] = len(roles), m.score
		roles = append(roles, m.role)
	}
	if len(roles) < 2 || len(at) == 0 {
		return nil
	}
	return roles
}

// supplierLevels name those from whom the goods came, who are no buyers.
var supplierLevels = wordSet("поставщик поставщики поставщикам постачальник постачальники постачальниками постачальникам supplier suppliers vendor vendors proveedor proveedores")

// accountWords name the accounts that a turnover sheet is grouped by.
var accountWords = wordSet("счет счета рахунок account шот")

// shortenStack: a sheet of accounts names levels that it does not print; the
// innermost that is printed names the records.
func (rd *reading) shortenStack(levels int) {
	if rd.name < 0 || len(rd.stack) == 0 || rd.stack[0] != "" || levels >= len(rd.stack)-1 || rd.stack[levels] == "" {
		return
	}
	rd.stack = rd.stack[:levels+1]
	rd.cols[rd.name].role = rd.stack[levels]
}

// stackedLevels gives the outermost levels of groups the roles that the heading names. Where
// more levels are found than it names, folders stand above those whose texts look like
// the role; they say nothing of interest. Where no texts do, goods that several buyers
// bought show which level those are.
func (rd *reading) stackedLevels(names [][]string) []Role {
	var out []Role
	for k := range max(len(rd.stack)-1, 0) {
		spare := len(names) - len(out) - (len(rd.stack) - 1 - k)
		sure := spare <= 0
		for i := 0; i <= spare; i++ {
			if guessGroup(names[len(out)+i]) == rd.stack[k] {
				out = append(out, make([]Role, i)...)
				sure = true
				break
			}
		}
		if at := len(out); !sure && rd.stack[k] != "" {
			deep := at
			if k == len(rd.stack)-2 {
				deep = min(rd.levelOfBuyers(names), at+spare)
				if plain := levelWithoutComma(names[at : at+spare+1]); plain >= 0 {
					deep = at + plain
				}
			}
			if deep != at {
				rd.doubt(Issue{Code: DoubtGroups, Role: rd.stack[k], Found: names[max(deep, at)][0]})
			}
			out = append(out, make([]Role, max(deep-at, 0))...)
		}
		out = append(out, rd.stack[k])
	}
	return out[:min(len(out), len(names))]
}

// levelWithoutComma is the one level whose names do not end in a comma while those of all
// others do, which marks folders; -1 for none.
func levelWithoutComma(names [][]string) int {
	plain := -1
	for i := range names {
		commas := 0
		for _, n := range names[i] {
			if strings.HasSuffix(n, ",") {
				commas++
			}
		}
		switch {
		case commas == len(names[i]):
		case commas > 0 || plain >= 0:
			return -1
		default:
			plain = i
		}
	}
	return plain
}

// levelOfBuyers is the innermost level of groups of which some goods stand under several,
// counted from 0; -1 for none. A folder of goods is the same wherever they stand, so that
// below that level are folders of goods, and above it those of buyers.
func (rd *reading) levelOfBuyers(names [][]string) int {
	last := len(names) - 1
	contracts := nameContracts(names)
	for last >= 0 && (last == contracts || guessGroup(names[last]) == DocNo) {
		last--
	}
	for ; last >= 0; last-- {
		under := map[string]string{}
		for i := range rd.lines {
			l := &rd.lines[i]
			if l.class != "" {
				continue
			}
			group := rd.groupAt(l, last+1)
			if was, ok := under[l.name]; ok && was != group {
				return last
			}
			under[l.name] = group
		}
	}
	return last
}

// groupAt is the name of the group of a level that a line stands under.
func (rd *reading) groupAt(l *line, level int) string {
	for i := l.parent; i >= 0; i = rd.lines[i].parent {
		if g := &rd.lines[i]; int(g.level) == level {
			return g.name
		}
	}
	return ""
}
