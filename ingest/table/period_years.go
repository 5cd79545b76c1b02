package table

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/distbase/distbase/ingest/grid"
)

// yearTitles name a column of years.
var yearTitles = wordSet("год рік year año ano жыл yil")

// withYears writes the year into the cells of a column of months, «5» or «Май», where a
// column beside it tells the year of every row; v itself where there is no such pair, or
// where neither buyers nor sums are told: those of a stock are when its lots expire.
func (v *view) withYears(h *heading) *view {
	year, month := v.titled(h, yearTitles), v.titled(h, periodTitles)
	if year == 0 || month == 0 || !h.tellsSales() {
		return v
	}
	w := *v
	w.cells = slices.Clone(v.cells)
	told := 0
	for ri := h.last + 1; ri < len(v.rows); ri++ {
		m := w.cell(ri, month)
		if m == nil || isTotal(m.text) {
			continue
		}
		y, ok := yearIn(v.cell(ri, year))
		n, named := monthIn(m.text)
		if !ok || !named {
			return v
		}
		m.text = fmt.Sprintf("%02d.%d", n, y)
		m.value, m.kind, m.shape = m.text, grid.Text, shapeOf(m.text)
		told++
	}
	if told == 0 {
		return v
	}
	return &w
}

// tellsSales: some title is that of a buyer, an outlet or a sum.
func (h *heading) tellsSales() bool {
	for i := range h.parts {
		if m, ok := bestMatch(h.title(i + 1)); ok && (m.role == Client || m.role == Outlet || m.role == Amount) {
			return true
		}
	}
	return false
}

// titled is the only column whose title is one of the words, 0 for none or several.
func (v *view) titled(h *heading, words map[string]bool) int {
	found := 0
	for i := range h.parts {
		w := titleWords(h.title(i + 1))
		if len(w) != 1 || !words[w[0]] {
			continue
		}
		if found != 0 {
			return 0
		}
		found = i + 1
	}
	return found
}

// yearIn reads a year of four digits.
func yearIn(c *cell) (int, bool) {
	if c == nil {
		return 0, false
	}
	n, err := strconv.Atoi(c.text)
	return n, err == nil && n >= 1990 && n < 2100
}

// monthIn reads the number or the name of a month.
func monthIn(text string) (int, bool) {
	if n, err := strconv.Atoi(text); err == nil {
		return n, n >= 1 && n <= 12
	}
	p, ok := wholePeriod(text, 2000)
	if !ok || p.From.Year() != 2000 || p.From.Day() != 1 || !p.To.Equal(p.From.AddDate(0, 1, -1)) {
		return 0, false
	}
	return int(p.From.Month()), true
}
