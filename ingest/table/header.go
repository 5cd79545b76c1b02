package table

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/distbase/distbase/ingest/grid"
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

// numbersColumns: the row below numbers the columns, as official forms do: 1, 2, 2а, 3.
// Where a column was moved, so was its number.
func (v *view) numbersColumns(h *heading) bool {
	ri := h.last + 1
	if ri >= len(v.rows) {
		return false
	}
	cells := v.filled(ri)
	seen := make([]bool, len(cells)+1)
	letters, last := 0, 0
	for i := range cells {
		t := strings.TrimRightFunc(cells[i].text, unicode.IsLetter)
		if t == "" && len([]rune(cells[i].text)) == 1 { // «А», «Б» before the first number
			letters++
			continue
		}
		n, err := strconv.Atoi(t)
		if err != nil || n < 1 || n > len(cells) || seen[n] && t == cells[i].text {
			return false
		}
		seen[n] = true
		last = max(last, n)
	}
	return len(cells) >= 4 && last >= 4 && letters <= 2 && !slices.Contains(seen[1:last+1], false)
}

// bestTitleRow is the row that looks most like titles among the first filled ones, -1 for none.
func (v *view) bestTitleRow(among int, match titleMatcher) (best int, score float64) {
	best = -1
	seen := 0
	for ri := 0; ri < len(v.rows) && seen < among; ri++ {
		if len(v.filled(ri)) == 0 {
			continue
		}
		seen++
		if s := v.titleRowScore(ri, match); s > score {
			best, score = ri, s
		}
	}
	return best, score
}

// titleMatcher tells the role of a title; false where it tells none.
type titleMatcher func(title string) (titleMatch, bool)

// titleRowScore says how much a row looks like titles. Below 2 it is none.
func (v *view) titleRowScore(ri int, match titleMatcher) float64 {
	cells := v.filled(ri)
	days := v.daysRow(ri)
	n := titleTally{roles: map[Role]bool{}}
	for i := range cells {
		n.add(&cells[i], days, match)
	}
	if n.parameters > 0 && (len(cells) < wideRow || 2*n.parameters > len(cells)) {
		return 0
	}
	if v.parameterRow(ri) || n.hits == 0 || n.hits == 1 && n.others == 0 && !v.titlesFollow(ri) {
		return 0
	}
	return n.score + min(0.15*float64(n.others), 1.5)
}

// titleTally counts what speaks for a row of titles: cells that tell a role, others that
// may be titles, and parameters («Период: …»), which speak against it.
type titleTally struct {
	roles                    map[Role]bool
	hits, others, parameters int
	score                    float64
}

func (n *titleTally) add(c *cell, days bool, match titleMatcher) {
	t := c.text
	switch {
	case c.kind == grid.Number && days:
		n.others++
		return
	case c.kind == grid.Number:
		n.score -= 1.5
		return
	case c.kind != grid.Text:
		return
	case isParameter(t):
		n.parameters++
		if t = strings.TrimRight(t, ": "); isParameter(t) {
			n.others++
			return
		}
	case len([]rune(t)) > maxTitle:
		n.score -= 2
		return
	}
	m, ok := match(t)
	if !ok {
		n.others++
		return
	}
	n.hits++
	if n.roles[m.role] {
		n.score += 0.3
		return
	}
	n.roles[m.role] = true
	n.score += 1 + m.score/10
}

// titlesFollow: the next row holds titles of other columns, so that a lone title may begin a heading.
func (v *view) titlesFollow(ri int) bool {
	if ri+1 >= len(v.rows) || v.rows[ri+1].N != v.rows[ri].N+1 {
		return false
	}
	cells := v.filled(ri + 1)
	hits := 0
	for _, c := range cells {
		if c.kind == grid.Number {
			return false
		}
		if m, ok := bestMatch(c.text); ok && m.exact && c.col != v.filled(ri)[0].col {
			hits++
		}
	}
	return hits > 1
}

// bestMatch is the plainest role of a title.
func bestMatch(t string) (titleMatch, bool) {
	var best titleMatch
	for _, m := range matchTitle(t) {
		if m.score > best.score {
			best = m
		}
	}
	return best, best.score >= titleScore
}

// isParameter: "Период: 01.07.2026", "Отбор:" and the like are no titles.
func isParameter(t string) bool {
	head, rest, ok := strings.Cut(t, ":")
	return ok && len([]rune(head)) < 40 && !strings.ContainsAny(head, ",;") && !partsMeasures(head, rest)
}

// partsMeasures: the text before the colon says which of two measures of one name is meant:
// «Продажи: количество», «Возвраты: сумма».
func partsMeasures(head, rest string) bool {
	if w := titleWords(head); len(w) != 1 || readKindWords(head).kind() == "" && !anyOf(w, returnWords) {
		return false
	}
	m, ok := bestMatch(rest)
	return ok && m.exact && m.role.IsNumber()
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

// namesGroup: a lone text under the titles is the name of a group that sounds like a title:
// «Опт» and «Склад Центр» under «Склад / ТМЦ», which names the levels of its column itself,
// or the word of a figure under the title of a name.
func (v *view) namesGroup(h *heading, c *cell) bool {
	above := v.cell(h.last, c.col)
	if above == nil {
		return false
	}
	if len(stackRoles(levelTitles([]string{above.text}))) > 1 {
		return true
	}
	over, named := bestMatch(above.text)
	m, ok := bestMatch(c.text)
	return ok && named && m.role.IsNumber() && (isName(over.role) || isPlace(over.role))
}

// titlesBelow counts the cells of a row under the heading that say a role.
func (v *view) titlesBelow(h *heading, cells []cell) int {
	hits := 0
	for _, c := range cells {
		m, ok := bestMatch(c.text)
		if ok && (m.exact || v.cell(h.last, c.col) == nil && len(cells) > 1) || isLedgerSide(c.text) {
			hits++
		}
	}
	return hits
}

// namesLevel: the row names one more level of the column that names the rows, with
// figures, the goods or further levels and figures right below: «Документ движения
// (регистратор)», «Серия номенклатуры», «Договор» over «Документ» over «Номенклатура».
func (v *view) namesLevel(h *heading, ri int) bool {
	col := v.namesColumn(v.filled(h.first))
	if !v.loneLevel(ri, col) || !firstWordIn(v.filled(ri)[0].text, levelWords) {
		return false
	}
	for ri++; ri < len(v.rows) && v.loneLevel(ri, col); ri++ {
		if text := v.filled(ri)[0].text; firstWordIn(text, levelWords) {
			continue
		}
		m, ok := bestMatch(v.filled(ri)[0].text)
		return ok && (m.role == Product || m.role == ProductCode)
	}
	return ri < len(v.rows) && (slices.ContainsFunc(v.filled(ri), func(c cell) bool { return looksNumeric(&c) }) || v.titlesGoods(ri))
}

// titlesGoods: all texts of the row are titles of goods or their codes.
func (v *view) titlesGoods(ri int) bool {
	cells := v.filled(ri)
	return len(cells) > 0 && !slices.ContainsFunc(cells, func(c cell) bool {
		m, ok := bestMatch(c.text)
		return !ok || m.role != Product && m.role != ProductCode
	})
}

// loneLevel: the row has one text, in the column, as far left as titles stand.
func (v *view) loneLevel(ri, col int) bool {
	cells := v.filled(ri)
	return len(cells) == 1 && cells[0].col == col && cells[0].indent == 0
}

// namesColumn is the column of the first title of a row that names goods or buyers, else
// of its first.
func (v *view) namesColumn(titles []cell) int {
	for i := range titles {
		if m, ok := bestMatch(titles[i].text); ok && (isName(m.role) || m.role == Warehouse) {
			return titles[i].col
		}
	}
	return titles[0].col
}

// levelWords begin the titles of levels that say nothing about goods or buyers, and of documents.
var levelWords = wordSet("документ регистратор серия характеристика партия назначение партии серии договор контракт соглашение")

// parameterRow: a pair of a name and its value, as "Период | 01.07.2026-31.07.2026".
func (v *view) parameterRow(ri int) bool {
	cells := v.filled(ri)
	if len(cells) != 2 {
		return false
	}
	name := titleWords(cells[0].text)
	if len(name) == 0 || len(name) > 3 || !parameterWords[name[0]] {
		return false
	}
	_, found := periodReader{year: 2000}.read("за " + cells[1].text)
	return found || cells[1].kind == grid.Date
}

var parameterWords = wordSet("период period дата date період отбор месяц на начало конец periodo fecha")

// titleOnly: no numbers, no long texts, no parameters.
func (v *view) titleOnly(ri int) bool {
	if v.parameterRow(ri) {
		return false
	}
	days := v.daysRow(ri)
	for _, c := range v.filled(ri) {
		t := c.text
		if days && looksNumeric(&c) {
			continue
		}
		if c.kind == grid.Number || c.kind == grid.Text && (looksNumeric(&c) && !yearLike(t) || len([]rune(t)) > maxTitle || isParameter(t) && (c.col <= 1 || !v.isMerged(ri, c.col))) {
			return false
		}
	}
	return true
}

func yearLike(t string) bool {
	if y, ok := num([]token{{numberToken, t}}, 0, 4, 4); ok && y > 1990 && y < 2100 {
		return true
	}
	_, ok := wholePeriod(t, 2000)
	return ok
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
func (v *view) splitsTitles(up, down int) bool {
	wide := false
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
		wide >= 1 && v.completes(h, cells) || v.tellsApart(h, ri, cells)
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

// isMerged: the cell is merged over several columns.
func (v *view) isMerged(ri, col int) bool {
	for _, m := range v.merges[v.rows[ri].N] {
		if m.FirstCol == col && m.LastCol > m.FirstCol {
			return true
		}
	}
	return false
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

// spanEnd is the last column a cell of a heading stands over.
func (v *view) spanEnd(ri, col int) int {
	merged := false
	for _, m := range v.merges[v.rows[ri].N] {
		if m.LastCol > m.FirstCol {
			merged = true
		}
		if m.FirstCol == col {
			return m.LastCol
		}
	}
	if merged {
		return col
	}
	end := col
	for c := col + 1; c <= v.maxCol && v.cell(ri, c) == nil; c++ {
		end = c
	}
	return end
}

// titleParts collects the titles over every column. A title of an upper row
// stands over the columns it is merged over; where nothing is merged, over the
// blank cells to its right that have a title below and stand under no own title.
func (v *view) titleParts(h *heading) [][]string {
	parts := make([][]string, v.maxCol)
	put := func(col int, t string) {
		if col > len(parts) || t == "" || pivotLabels[t] {
			return
		}
		p := parts[col-1]
		if len(p) == 0 || p[len(p)-1] != t {
			parts[col-1] = append(p, t)
		}
	}
	for ri := h.first; ri <= h.last; ri++ {
		for _, c := range v.filled(ri) {
			t := unhyphened(strings.Join(strings.Fields(c.text), " "))
			put(c.col, t)
			if ri == h.last {
				continue
			}
			for col := c.col + 1; col <= min(v.spanEnd(ri, c.col), v.maxCol); col++ {
				if v.titledBelow(h, ri, c.col, col) {
					put(col, t)
				}
			}
		}
	}
	return parts
}

// unhyphened joins a word that a narrow column broke, «Коли- чество», where the title is
// understood only so.
func unhyphened(t string) string {
	if !strings.Contains(t, "- ") {
		return t
	}
	if _, ok := bestMatch(t); ok {
		return t
	}
	joined := brokenWord.ReplaceAllString(t, "$1$2")
	if _, ok := bestMatch(joined); ok {
		return joined
	}
	return t
}

var brokenWord = regexp.MustCompile(`(\p{Ll})- (\p{Ll})`)

// pivotLabels stand over the columns of a pivot table and name nothing.
var pivotLabels = map[string]bool{"Названия столбцов": true, "Column Labels": true, "Назви стовпців": true, "Etiquetas de columna": true}

// pivotNames stand over the names of a pivot table's rows.
var pivotNames = map[string]bool{"Названия строк": true, "Row Labels": true, "Назви рядків": true, "Etiquetas de fila": true, "Rótulos de Linha": true}

// titledBelow: the column has a title of its own in a lower row, and so has the column where the upper title stands.
func (v *view) titledBelow(h *heading, ri, from, col int) bool {
	own, origin := false, false
	for k := ri + 1; k <= h.last; k++ {
		own = own || v.cell(k, col) != nil
		origin = origin || v.cell(k, from) != nil
	}
	return own && origin && !v.filledAbove(h, ri, col)
}

// filledAbove: the column has a title above that is no wide one.
func (v *view) filledAbove(h *heading, ri, col int) bool {
	for k := h.first; k < ri; k++ {
		if v.cell(k, col) != nil && v.spanEnd(k, col) == col {
			return true
		}
	}
	return false
}
