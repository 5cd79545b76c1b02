package table

import (
	"slices"
	"strings"
)

const (
	// A heading is looked for in so many rows from the top of a sheet.
	headerSearch = 150
	// Learned titles are looked for in so many rows only,
	learnedSearch = 40
	// and not where the rules find three roles.
	knownHeading = 5
	// A heading has at most so many rows.
	maxHeaderRows = 5
	// Titles are short; longer texts are notes.
	maxTitle = 90
	// A row of so many cells may have colons in its titles: «Менеджер:», "Size:Width".
	wideRow = 6
	// A title says its role from this score on.
	titleScore = 4
	// A title names its role plainly from this score on. An empty column has half of it.
	plainScore = 10
)

// heading is a block of rows of titles. Rows are positions in the view.
type heading struct {
	first, last int
	// parts are the titles of a column from top to bottom, repeats left out.
	parts [][]string // by column - 1
	// spoken: the titles are written nowhere.
	spoken bool
	// guessed: they are told by the cells alone.
	guessed bool
	// moved are the columns whose titles stand beside them.
	moved []int
	// pointed: a person says that they are the titles.
	pointed bool
}

// title joins what stands over a column.
func (h *heading) title(col int) string {
	if h == nil || col > len(h.parts) {
		return ""
	}
	return strings.Join(h.parts[col-1], " ")
}

// findHeading finds the block of titles: the row that names the most roles, with
// the rows above and below that belong to it. Nil where no row names any. Learned
// titles count only near the top of a sheet and where the rules know few.
func (v *view) findHeading() *heading {
	match := bestMatch
	best, score := v.bestTitleRow(headerSearch, match)
	if score < knownHeading {
		if ri, s := v.bestTitleRow(learnedSearch, likelyMatch); s > score {
			best, score, match = ri, s, likelyMatch
		}
	}
	if best < 0 || score < 2 {
		return nil
	}
	best = v.firstLike(best, match)
	return v.headingOf(best)
}

// headingOf is a row of titles with those above and below that belong to it.
func (v *view) headingOf(ri int) *heading {
	h := &heading{first: ri, last: ri}
	v.extendDown(h)
	v.extendUp(h)
	h.parts = v.titleParts(h)
	if v.numbersColumns(h) {
		h.last++
	}
	h.moved = v.moveBeside(h, h.parts)
	return h
}

// firstLike is the first row of titles that a row repeats all but a few of, on a later
// page or over another block; the row itself where there is none.
func (v *view) firstLike(best int, match titleMatcher) int {
	cells := v.filled(best)
	for ri := range best {
		same := 0
		for i := range cells {
			if c := v.cell(ri, cells[i].col); c != nil && c.text == cells[i].text {
				same++
			}
		}
		if same >= 2 && same*3 >= len(cells)*2 && v.titleRowScore(ri, match) >= 2 {
			return ri
		}
	}
	return best
}

// extendDown takes rows below that are titles too: under a merge that reaches
// there, or made of titles only.
func (v *view) extendDown(h *heading) {
	for h.last+1 < len(v.rows) && h.last-h.first+1 < maxHeaderRows {
		ri := h.last + 1
		if v.rows[ri].N != v.rows[h.last].N+1 || !v.titleOnly(ri) {
			return
		}
		cells := v.filled(ri)
		if len(cells) == 0 {
			return
		}
		if v.remarksOn(h, ri) {
			h.last = ri + 1
			continue
		}
		if len(cells) == 1 && v.namesGroup(h, &cells[0]) {
			return
		}
		hits := v.titlesBelow(h, cells)
		if !v.namesLevel(h, ri) && 2*hits <= len(cells) && (!v.mergedInto(h, v.rows[ri].N) || hits+len(cells) <= 1) && !v.splitsTitles(h.last, ri) && !v.fillsGaps(h.last, ri) {
			return
		}
		h.last = ri
	}
}

// remarksOn: the row says something of one column, «Включает НДС» under «Оптовая цена» and
// «руб.», and the next has the titles of measures under titles of the heading.
func (v *view) remarksOn(h *heading, ri int) bool {
	cells := v.filled(ri)
	if len(cells) != 1 || ri+1 >= len(v.rows) || h.last+2-h.first >= maxHeaderRows || v.rows[ri+1].N != v.rows[ri].N+1 {
		return false
	}
	next := v.filled(ri + 1)
	if len(next) < 2 || v.cell(ri+1, cells[0].col) == nil || cells[0].col == v.filled(h.first)[0].col {
		return false
	}
	for i := range next {
		m, ok := bestMatch(next[i].text)
		if !ok || !m.exact || !m.role.IsNumber() || v.cell(h.first, next[i].col) == nil {
			return false
		}
	}
	return true
}

// mergedInto: a title of the heading is merged down to sheet row n.
func (v *view) mergedInto(h *heading, n int) bool {
	for ri := h.first; ri <= h.last; ri++ {
		for _, m := range v.merges[v.rows[ri].N] {
			if m.LastRow >= n && m.FirstRow < n {
				return true
			}
		}
	}
	return false
}

// splitsTitles: the row below stands only under titles that are merged over several columns.
// A lone text splits nothing: it is the name of a group.
func (v *view) splitsTitles(up, down int) bool {
	wide := false
	if len(v.filled(down)) < 2 {
		return false
	}
	for _, c := range v.filled(down) {
		under := false
		for _, m := range v.merges[v.rows[up].N] {
			if m.LastCol > m.FirstCol && m.LastRow == v.rows[up].N && c.col >= m.FirstCol && c.col <= m.LastCol {
				under, wide = true, true
			}
		}
		if !under {
			return false
		}
	}
	return wide
}

// fillsGaps does so where nothing is merged: the row has a text under every title and blank
// of the upper row from its first wide title on, and figures stand below it.
func (v *view) fillsGaps(up, down int) bool {
	cells := v.filled(down)
	if len(v.merges[v.rows[up].N]) > 0 || len(cells) < 3 || down+1 >= len(v.rows) || v.filled(up)[0].col >= cells[0].col {
		return false
	}
	gaps := 0
	for i := range cells {
		if cells[i].col != cells[0].col+i {
			return false
		}
		switch over := v.cell(up, cells[i].col); {
		case over == nil && i == 0:
			return false
		case over == nil:
			gaps++
		}
		if below := v.cell(down+1, cells[i].col); below != nil && !looksNumeric(below) {
			return false
		}
	}
	return gaps > 0 && slices.ContainsFunc(v.filled(down+1), func(c cell) bool { return looksNumeric(&c) })
}
