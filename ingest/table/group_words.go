package table

import "strings"

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
			if contractWords[firstWord(t)] {
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
