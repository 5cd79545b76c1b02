package table

import "strings"

// breakdown is by what a title parts the figures: «Продажи по филиалам».
type breakdown struct {
	roles     []Role
	suppliers bool
}

// breakdownWords are what may follow «по», by their beginnings.
var breakdownWords = []struct {
	role   Role
	starts []string
}{
	{Warehouse, []string{"складам", "филиалам", "подразделениям", "філіям"}},
	{Region, []string{"регионам", "областям", "округам", "территориям", "регіонам", "районам"}},
	{City, []string{"городам", "містам"}},
	{Outlet, []string{"магазинам", "аптекам", "точкам", "тт"}},
	{SalesRep, []string{"менеджерам", "агентам", "сотрудникам", "представителям", "продавцам"}},
	{Client, []string{"клиентам", "контрагентам", "покупателям", "клієнтам", "покупцям", "дебиторам"}},
	{Channel, []string{"каналам"}},
}

// maxBetween is how many words may stand between «по» and what it means: «по торговым точкам».
const maxBetween = 2

// readBreakdown finds what texts say their figures are parted by.
func readBreakdown(texts ...string) breakdown {
	var b breakdown
	for _, t := range texts {
		w := titleWords(strings.ReplaceAll(t, "_", " "))
		for i := range w {
			if w[i] == "по" || w[i] == "by" {
				b.add(w[i+1 : min(len(w), i+1+maxBetween)])
			}
		}
	}
	return b
}

// add takes up the first of some words that says by what.
func (b *breakdown) add(words []string) {
	for _, w := range words {
		if supplierLevels[w] {
			b.suppliers = true
			return
		}
		for _, k := range breakdownWords {
			for _, s := range k.starts {
				if w == s {
					b.roles = append(b.roles, k.role)
					return
				}
			}
		}
	}
}

// toldAcross is what is told and has no column or level of its own; false where that is
// nothing or several.
func (rd *reading) toldAcross() (Role, bool) {
	found := Role("")
	stack := rd.stackOf()
	for _, r := range rd.toldBy.roles {
		if columnOf(rd.cols, r) != nil || r == found {
			continue
		}
		for _, s := range stack {
			if s == r {
				return "", false
			}
		}
		if found != "" {
			return "", false
		}
		found = r
	}
	return found, found != ""
}
