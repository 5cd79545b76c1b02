package table

import "strings"

var (
	legalForms     = wordSet("ооо оао зао пао ао ип тоо тов пп фоп чп чуп одо уп llc ltd inc srl sa sas ltda жшс аптека супермаркет")
	warehouseWords = wordSet("склад склады складе филиал warehouse almacen bodega філія филиалы қойма deposito almacén depósito")
)

// shopWords name an outlet: a buyer where goods are sold, a place of stock else.
var shopWords = wordSet("магазин магазины маркет супермаркет гипермаркет минимаркет аптека тт store shop outlet киоск павильон")

// guessGroup tells buyers and warehouses from folders of goods by their words.
func guessGroup(names []string) Role {
	buyers, stores, shops := 0, 0, 0
	for _, n := range names {
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
	case 2*buyers >= len(names):
		return Client
	case 2*stores >= len(names):
		return Warehouse
	case 2*shops >= len(names):
		return Outlet
	}
	return Category
}

// groupName cleans the text of a group row: 1C ends folders with a comma.
func groupName(s string) string { return strings.TrimRight(s, ", ") }
