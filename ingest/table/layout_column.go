package table

import (
	"slices"
	"strings"
	"time"
)

// What the cells of a column without a title mostly hold.
const (
	HoldsNumbers = "numbers"
	HoldsDates   = "dates"
	HoldsTexts   = "texts"
	HoldsCodes   = "codes" // texts with hardly a letter
)

// titleKeys gives what the columns of a heading are found again by: their titles, and
// which of several equal ones each is.
func titleKeys(h *heading) []LayoutColumn {
	seen := map[string]int{}
	out := make([]LayoutColumn, len(h.parts))
	for i := range h.parts {
		title := h.title(i + 1)
		k := titleKey(title)
		if k == "" && !strings.ContainsAny(title, "0123456789") {
			k = strings.Join(strings.Fields(title), "")
		}
		if k != "" {
			seen[k]++
			out[i] = LayoutColumn{Title: k, Nth: seen[k]}
		}
	}
	for k, n := range seen {
		if n > 1 {
			orderByDates(h, out, k)
		}
	}
	return out
}

// orderByDates counts columns of one title by their dates where these tell them apart
// («Остаток на 01.07», «Остаток на 31.07»), wherever they stand.
func orderByDates(h *heading, keys []LayoutColumn, title string) {
	type dated struct {
		at  int
		day time.Time
	}
	var list []dated
	for i := range keys {
		if keys[i].Title != title {
			continue
		}
		p, ok := periodReader{year: 2000}.read(h.title(i + 1))
		if !ok || slices.ContainsFunc(list, func(d dated) bool { return d.day.Equal(p.From) }) {
			return
		}
		list = append(list, dated{i, p.From})
	}
	slices.SortFunc(list, func(a, b dated) int { return a.day.Compare(b.day) })
	for n, d := range list {
		keys[d.at].Nth = n + 1
	}
}

// columnKeys gives the keys of all columns, those without a title by their neighbour
// and what they hold. A column that holds nothing has none.
func (rd *reading) columnKeys() []LayoutColumn {
	out := titleKeys(rd.h)
	after := ""
	seen := map[string]int{}
	for i := range out {
		k := &out[i]
		if k.Title != "" {
			after = k.Title
			continue
		}
		if rd.h.title(i+1) != "" || rd.cross.covers(i+1) {
			continue
		}
		if k.Holds = rd.cols[i].holds(); k.Holds != "" {
			seen[after]++
			k.After, k.Nth = after, seen[after]
		}
	}
	return out
}

// Same says whether two layouts mean the same column of a report.
func (c LayoutColumn) Same(o LayoutColumn) bool {
	return c.Title == o.Title && c.After == o.After && c.Holds == o.Holds && max(c.Nth, 1) == max(o.Nth, 1)
}

// isKnown: the column can be found again.
func (c LayoutColumn) isKnown() bool { return c.Title != "" || c.Holds != "" }

// tellsAll: the document tells columns without titles and lines too.
func (l *Layout) tellsAll() bool { return l.Version >= 4 }

// holds says what the cells of the column mostly are; "" where there are hardly any.
func (c *column) holds() string {
	st := &c.stats
	switch {
	case st.filled < 2:
		return ""
	case 2*st.dates >= st.filled:
		return HoldsDates
	case 2*(st.numbers+st.numericTexts) >= st.filled:
		return HoldsNumbers
	case 2*st.letters >= st.filled:
		return HoldsTexts
	}
	return HoldsCodes
}

// columnsBefore counts those of the columns that stand in front of the cross-tab.
func (rd *reading) columnsBefore(at []int) int {
	n := 0
	for _, k := range at {
		if k >= 0 && !slices.ContainsFunc(rd.cross.groups, func(g crossGroup) bool { return g.col <= k+1 }) {
			n++
		}
	}
	return n
}
