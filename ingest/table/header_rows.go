package table

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/distbase/distbase/ingest/grid"
)

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
