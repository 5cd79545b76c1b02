package table

import "github.com/distbase/distbase/ingest/grid"

// extendUp takes the rows above that stand over several columns or complete the heading.
func (v *view) extendUp(h *heading) {
	for h.first > 0 && h.last-h.first+1 < maxHeaderRows {
		ri := h.first - 1
		if v.rows[ri].N != v.rows[h.first].N-1 || !v.titleOnly(ri) || v.beginsWithDay(h, ri) || !v.standsOver(h, ri) {
			return
		}
		h.first = ri
	}
}

// beginsWithDay: the row above has a day over the first title, and no other: it is a line
// of title that tells when the list was made.
func (v *view) beginsWithDay(h *heading, ri int) bool {
	days := 0
	cells := v.filled(ri)
	for i := range cells {
		if cells[i].kind == grid.Date || cells[i].shape&dayText != 0 {
			days++
		}
	}
	first := v.filled(h.first)
	return days == 1 && len(first) > 0 && cells[0].col <= first[0].col && (cells[0].kind == grid.Date || cells[0].shape&dayText != 0)
}

// standsOver: the row above has two cells or more (or one merged over columns) and
// the leftmost text column has no title yet, or every cell stands over a group of columns.
func (v *view) standsOver(h *heading, ri int) bool {
	cells, first := v.filled(ri), v.filled(h.first)
	if min(len(cells), len(first)) == 0 {
		return false
	}
	over, wide := v.reach(h, ri, cells)
	if first[0].col > cells[0].col { // brings a title further left
		return len(cells) > 1 && over+wide > 0
	}
	if len(cells) == 1 && !v.loneStandsOver(h, ri, wide) {
		return false
	}
	return wide >= 1 && wide >= len(cells)-1 || v.nameAbove(h, ri) && over == len(cells) ||
		wide >= 1 && v.completes(h, cells) || v.tellsApart(h, ri, cells) || v.namesOuterLevel(h, cells)
}

// namesOuterLevel: the upper row names what the groups are and what is counted, in the
// columns in which the heading names the goods and the unit: «Склад | Свободный остаток»
// over «Номенклатура.Артикул | В ед. хранения».
func (v *view) namesOuterLevel(h *heading, cells []cell) bool {
	under := v.filled(h.first)
	if len(cells) < 2 || len(cells) != len(under) {
		return false
	}
	for i := range cells {
		m, ok := bestMatch(cells[i].text)
		if !ok || cells[i].col != under[i].col || i == 0 && !isWhere(m.role) || i > 0 && !m.role.IsNumber() {
			return false
		}
	}
	goods, ok := bestMatch(under[0].text)
	return ok && (goods.role == Product || goods.role == ProductCode)
}

// loneStandsOver: the only cell of the row is merged, or stands over several columns with
// names above it further left.
func (v *view) loneStandsOver(h *heading, ri, wide int) bool {
	col := v.filled(ri)[0].col
	if v.isMerged(ri, col) && col != v.filled(h.first)[0].col {
		return true
	}
	return (v.isMerged(ri, col) || wide > 0) && v.nameAbove(h, ri)
}

// completes: every cell of the upper row is a title, or merged over several, that the
// first row of the heading has none for but at its left: «Склад | Контрагент |
// [Количество]» over «Номенклатура | | Приход | Расход».
func (v *view) completes(h *heading, cells []cell) bool {
	if len(cells) < 3 {
		return false
	}
	for i := range cells {
		m, ok := bestMatch(cells[i].text)
		if !ok || !m.exact || i > 0 && v.cell(h.first, cells[i].col) != nil && !m.role.IsNumber() {
			return false
		}
	}
	return true
}

// tellsApart: the first row of the heading repeats one title, and the upper row has
// another value over each of them.
func (v *view) tellsApart(h *heading, ri int, cells []cell) bool {
	under := v.filled(h.first)
	if len(under) < 3 || len(cells) != len(under) {
		return false
	}
	seen := map[string]bool{}
	for i := 1; i < len(under); i++ {
		c := v.cell(ri, under[i].col)
		if under[i].text != under[1].text || c == nil || seen[c.text] {
			return false
		}
		seen[c.text] = true
	}
	m, ok := bestMatch(under[1].text)
	return ok && m.role.IsNumber()
}

// reach counts the cells of an upper row that stand over a title, and over several.
func (v *view) reach(h *heading, ri int, cells []cell) (over, wide int) {
	for _, c := range cells {
		if v.columnsUnder(h, ri, c.col) > 1 {
			wide++
		}
		if v.cell(h.first, c.col) != nil {
			over++
		}
	}
	return over, wide
}

// nameAbove: some row above ri, directly, has a title further left than the heading has.
func (v *view) nameAbove(h *heading, ri int) bool {
	left := v.filled(h.first)[0].col
	for k := ri - 1; k >= 0 && k >= ri-2; k-- {
		cells := v.filled(k)
		if len(cells) > 1 && cells[0].col < left && v.titleOnly(k) {
			if _, ok := bestMatch(cells[0].text); ok {
				return true
			}
		}
	}
	return false
}

// columnsUnder counts the titles that a cell of an upper row stands over: by its
// merge, or up to the next cell where nothing is merged.
func (v *view) columnsUnder(h *heading, ri, col int) int {
	last := v.spanEnd(ri, col)
	n := 0
	for c := col; c <= last; c++ {
		if v.cell(h.first, c) != nil {
			n++
		}
	}
	return n
}
