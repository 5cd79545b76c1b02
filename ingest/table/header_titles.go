package table

import (
	"regexp"
	"strings"
)

// isMerged: the cell is merged over several columns.
func (v *view) isMerged(ri, col int) bool {
	for _, m := range v.merges[v.rows[ri].N] {
		if m.FirstCol == col && m.LastCol > m.FirstCol {
			return true
		}
	}
	return false
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
