package table

import "slices"

// plainValues: no measure is named, and two number columns or more have titles that name no role.
func (rd *reading) plainValues(words kindWords) *crosstab {
	if words.kind() == "" || words.kind() == Pricelist || columnOf(rd.cols, Product, Client, Outlet) == nil || rd.namesMeasure() {
		return nil
	}
	x := &crosstab{}
	values := 0
	for i := range rd.cols {
		c := &rd.cols[i]
		total := isTotal(c.title)
		if !rd.mayBeValue(i, total) {
			continue
		}
		x.groups = append(x.groups, crossGroup{value: c.title, col: i + 1, cols: map[Role]int{words.measure(): i + 1}, total: total})
		if !total {
			values++
		}
	}
	if values < 2 {
		return nil
	}
	return x
}

// mayBeValue: numbers stand under a title that may be a value of the heading.
func (rd *reading) mayBeValue(i int, total bool) bool {
	c := &rd.cols[i]
	if w := titleWords(c.title); !c.stats.mostlyNumbers() || len(w) == 0 || rowNumberWords[w[0]] || numberEndings[w[len(w)-1]] || hasVeto(w) || rd.v.countsRows(rd.h, c.col) {
		return false
	}
	return total || (c.role == "" || rd.namesValue(i)) && (!c.own.IsNumber() || c.own == Price && guessValue(c.title) != "")
}

// namesValue: the title holds the word of a role but is a value of the heading
// («Магазин «Заря», Томск»): numbers stand below it, as in a column nearby whose title
// names no role.
func (rd *reading) namesValue(i int) bool {
	return rd.cols[i].soundsLikeValue() && (rd.unnamedNumbers(i, -1) || rd.unnamedNumbers(i, 1))
}

// soundsLikeValue: the title has words beside that of its role, which names places,
// buyers and the like.
func (c *column) soundsLikeValue() bool {
	switch c.role {
	case Outlet, Client, Warehouse, SalesRep, City, Region, Channel, Brand, Category, DocNo, ProductCode, ClientCode, OutletCode, OutletAddress, ClientAddress:
		return len(titleWords(c.title)) > 1
	}
	return false
}

// unnamedNumbers: the next column that is neither empty nor such a value itself holds
// numbers under a title that names no role.
func (rd *reading) unnamedNumbers(i, step int) bool {
	for k := i + step; k >= 0 && k < len(rd.cols); k += step {
		c := &rd.cols[k]
		if c.stats.filled > 0 && (!c.stats.mostlyNumbers() || !c.soundsLikeValue()) {
			return c.role == "" && c.stats.mostlyNumbers()
		}
	}
	return false
}

// namesMeasure: some column is a measure by its title.
func (rd *reading) namesMeasure() bool {
	return slices.ContainsFunc(rd.cols, func(c column) bool { return c.role.IsNumber() && !isTotal(c.title) })
}

// hasVeto: the title is that of a figure of no interest.
func hasVeto(words []string) bool {
	return anyOf(words, measureVetoes) || countsOthers(words) || otherTime(words) && !anyOf(words, balanceWords)
}

// numberEndings end the titles of what is numbered: "Sr No", "TIN Number".
var numberEndings = wordSet("no number num id")

var rowNumberWords = wordSet("n nn пп номер no id")
