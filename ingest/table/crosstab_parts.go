package table

import "slices"

// partsOfStock finds the places that stock lies in by its sum: a column tells it in all, and
// those beside it make it up in every row, under titles that name no measure («Основной |
// Розница | На всех складах»).
func (rd *reading) partsOfStock(words kindWords) *crosstab {
	if words.kind() != Stock || columnOf(rd.cols, Product, ProductCode) == nil {
		return nil
	}
	for i := range rd.cols {
		t := &rd.cols[i]
		if t.role != StockQty && t.role != "" || !t.stats.mostlyNumbers() || !anyOf(titleWords(t.title), allWords) {
			continue
		}
		for _, step := range [...]int{-1, 1} {
			if parts := rd.partsBeside(i, step); len(parts) > 0 {
				return rd.crossParts(t, parts, words.measure())
			}
		}
	}
	return nil
}

// allWords say that a figure is that of all places.
var allWords = wordSet("все всех всего итого общий общее общая разом усього всіх all total")

// partsBeside are the columns on one side of a sum that make it up, nil where none do.
func (rd *reading) partsBeside(sum, step int) []*column {
	var parts []*column
	for k := sum + step; k >= 0 && k < len(rd.cols) && rd.cols[k].mayBePlace(); k += step {
		parts = append(parts, &rd.cols[k])
	}
	for ; len(parts) > 1; parts = parts[:len(parts)-1] {
		if rd.makesUp(&rd.cols[sum], parts) {
			if step < 0 {
				slices.Reverse(parts)
			}
			return parts
		}
	}
	return nil
}

// mayBePlace: figures under a title of some words that tell neither a measure nor a state of
// the goods. «Розница» is the word of a price too.
func (c *column) mayBePlace() bool {
	w := titleWords(c.title)
	return len(w) > 0 && c.stats.mostlyNumbers() && (!c.role.IsNumber() || c.role == Price && guessValue(c.title) != "") &&
		!hasVeto(w) && !anyOf(w, lesserWords) && !holdsBack(w)
}

// holdsBack: the title is that of what is reserved.
func holdsBack(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return hasAnyPrefix(w, "резерв", "зарезерв", "reserv", "alloc") })
}

// makesUp: in 95 of 100 rows, and in two with several parts, the parts are the sum together.
func (rd *reading) makesUp(sum *column, parts []*column) bool {
	rows, right, several := 0, 0, 0
	for ri := rd.h.last + 1; ri < min(len(rd.v.rows), rd.h.last+grossSample); ri++ {
		all := rd.plainFigure(ri, sum)
		added, n := 0.0, 0
		for _, c := range parts {
			if f := rd.plainFigure(ri, c); f == f {
				if added += f; f != 0 {
					n++
				}
			}
		}
		if all != all && n == 0 {
			continue
		}
		rows++
		if near(all, added) {
			right++
			if n > 1 {
				several++
			}
		}
	}
	return several > 1 && right*100 >= rows*95
}

// crossParts makes values of a heading of the parts. Where not even the sum speaks of places,
// they may be something else.
func (rd *reading) crossParts(sum *column, parts []*column, measure Role) *crosstab {
	x := &crosstab{}
	places := anyOf(titleWords(sum.title), warehouseWords) || columnOf(rd.cols, Warehouse) != nil
	for _, c := range parts {
		places = places || guessValue(c.title) == Warehouse || guessValue(c.title) == City
		x.groups = append(x.groups, crossGroup{value: c.title, col: c.col, cols: map[Role]int{measure: c.col}})
	}
	x.groups = append(x.groups, crossGroup{value: sum.title, col: sum.col, cols: map[Role]int{measure: sum.col}, total: true})
	if !places {
		rd.doubt(Issue{Code: DoubtCrosstab, Role: Warehouse, Found: parts[0].title})
	}
	return x
}
