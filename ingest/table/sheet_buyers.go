package table

import "slices"

// nameSheetBuyers takes the names of sheets for the buyers: sales under the same heading
// on several sheets, none of which tells a buyer, a shop or a place, where every name is
// that of a firm or the file says that it parts its sales by buyers.
func nameSheetBuyers(tables []*Table) {
	for _, t := range tables {
		alike := slices.DeleteFunc(slices.Clone(tables), func(o *Table) bool { return !o.alikeWithoutBuyer(t) })
		if len(alike) < 2 || !slices.Contains(alike, t) {
			continue
		}
		firms := !slices.ContainsFunc(alike, func(o *Table) bool { return !namesFirm(&cell{text: o.Sheet}) })
		told := slices.Contains(readBreakdown(t.src.rd.file).roles, Client)
		if !firms && !told {
			continue
		}
		for _, o := range alike {
			rd := o.src.rd
			rd.constants = append(rd.constants, constant{role: Client, value: Value{Text: o.Sheet}, from: -1})
			o.Columns[Client] = Group(1)
			o.doubt(DoubtGroups, Client)
		}
	}
}

// alikeWithoutBuyer: both are sales of one file under the same titles on sheets of
// different names, and this one tells neither buyer nor place.
func (t *Table) alikeWithoutBuyer(o *Table) bool {
	return t.Kind == Sales && !t.tellsPlace() && !t.has(SalesRep) && t.has(Product) && t.File == o.File &&
		slices.Equal(t.Header, o.Header) && (t == o || t.Sheet != o.Sheet)
}
