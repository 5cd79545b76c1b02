package table

import (
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

var (
	legalForms     = wordSet("ооо оао зао пао ао ип тоо тов пп фоп чп чуп одо уп llc ltd inc srl sa sas ltda жшс аптека супермаркет")
	warehouseWords = wordSet("склад склады складе филиал warehouse almacen bodega філія филиалы қойма deposito almacén depósito")
)

// shopWords name an outlet: a buyer where goods are sold, a place of stock else.
var shopWords = wordSet("маг тц трц тк ларек универмаг универсам кафе магазин магазины маркет супермаркет гипермаркет минимаркет аптека тт store shop outlet киоск павильон")

// guessGroup tells buyers and warehouses from folders of goods by their words.
func guessGroup(names []string) Role {
	buyers, stores, shops, documents := 0, 0, 0, 0
	for _, n := range names {
		if namesDocument(n) {
			documents++
			continue
		}
		for _, w := range titleWords(n) {
			if legalForms[w] {
				buyers++
				break
			}
			if warehouseWords[w] {
				stores++
				break
			}
			if shopWords[w] {
				shops++
				break
			}
		}
	}
	switch {
	case 2*documents > len(names):
		return DocNo
	case 2*buyers >= len(names):
		return Client
	case 2*stores >= len(names):
		return Warehouse
	case 2*shops >= len(names):
		return Outlet
	}
	return Category
}

// nameContracts: one level of groups is the contracts; it says nothing, and the
// level above it is the buyers.
func nameContracts(names [][]string) int {
	for i, texts := range names {
		n := 0
		for _, t := range texts {
			if firstWordIn(t, contractWords) {
				n++
			}
		}
		if n > 0 && 2*n > len(texts) {
			return i
		}
	}
	return -1
}

// groupName cleans the text of a group row: 1C ends folders with a comma.
func groupName(s string) string { return strings.TrimRight(s, ", ") }

// roleOfGroups is the role of the column in which the groups of a level have their names
// while all records leave it blank; "" for none.
func (rd *reading) roleOfGroups(level int) Role {
	at := 0
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != SkipGroup || int(l.level) != level {
			continue
		}
		cells := rd.v.filled(l.ri)
		if len(cells) == 0 || at != 0 && cells[0].col != at {
			return ""
		}
		at = cells[0].col
	}
	if at == 0 || at > len(rd.cols) || !rd.namesGroupsOnly(&rd.cols[at-1]) {
		return ""
	}
	return rd.cols[at-1].role
}

// namesGroupsOnly: the column stands for goods, buyers, places and the like, and only
// rows of groups fill it.
func (rd *reading) namesGroupsOnly(c *column) bool {
	switch c.role {
	case Product, Client, Outlet, Warehouse, SalesRep, Region, City, Brand, Category, Channel:
	default:
		return false
	}
	if c.stats.filled == 0 || rd.cross.covers(c.col) {
		return false
	}
	_, groups := rd.filledOf(c, SkipGroup)
	_, records := rd.filledOf(c, "")
	return groups > 0 && records == 0
}

// repeatsColumn: the groups of a level are called by what a column says in their first
// record anyhow.
func (rd *reading) repeatsColumn(level int) bool {
	groups := 0
	for i := range rd.lines {
		if l := &rd.lines[i]; l.class != SkipGroup || int(l.level) != level {
			continue
		}
		k := i + 1
		for k < len(rd.lines) && rd.lines[k].class != "" {
			k++
		}
		if k == len(rd.lines) || !rd.says(k, rd.lines[i].name) {
			return false
		}
		groups++
	}
	return groups > 0
}

// says: some column that has a role holds the text in line i.
func (rd *reading) says(i int, text string) bool {
	for _, c := range rd.v.filled(rd.lines[i].ri) {
		if c.kind == grid.Text && c.text == text && rd.cols[c.col-1].role != "" {
			return true
		}
	}
	return false
}
