package plain

import (
	"strconv"
	"strings"
)

// maxHeading is how many rows titles may take.
const maxHeading = 6

// findHeading sets which rows are the titles.
func (t *table) findHeading() {
	first := t.firstWide(0)
	for {
		t.learn(first + 1)
		if next := t.firstWide(first + 1); next < len(t.rows) && t.isPreamble(first, next) {
			first = next
			continue
		}
		break
	}
	t.headFrom, t.headTo = first, first
	if !t.isTitles(first) {
		return
	}
	t.headTo++
	for t.headTo < len(t.rows) && t.headTo-t.headFrom < maxHeading {
		if other, same := t.contrast(t.headTo); t.rows[t.headTo].filled < 2 || other == 0 || same > 0 || t.isNumbering(t.headTo) {
			break
		}
		t.headTo++
	}
	t.learn(t.headTo)
}

// firstWide is the first row, from one on, that has at least half of the usual cells, and two.
func (t *table) firstWide(from int) int {
	need := max(2, (t.usual+1)/2)
	if t.usual == 1 && t.declared < 2 {
		need = 1
	}
	for i := from; i < len(t.rows); i++ {
		if t.rows[i].filled >= need {
			return i
		}
	}
	return from
}

// isPreamble tells a wide row that stands over the titles and is none: it has more
// cells than the table is wide, names what stands beside it, or stands apart.
func (t *table) isPreamble(i, next int) bool {
	if other, same := t.contrast(next); other == 0 || same > 0 {
		return false
	}
	if t.declared > 0 && t.rows[i].last > t.declared && t.rows[next].last <= t.declared {
		return true
	}
	for k := i + 1; k < next; k++ {
		if t.rows[k].filled == 0 {
			return true
		}
	}
	for _, c := range t.cellsOf(i) {
		if strings.HasSuffix(strings.TrimSpace(c.Text), ":") {
			return true
		}
	}
	return t.apart(i, next)
}

// apart tells that rows are left out between two: a sheet leaves out blank ones.
func (t *table) apart(i, next int) bool {
	return t.sheet.RowAt(t.rows[next].at, nil).N-t.sheet.RowAt(t.rows[i].at, nil).N > next-i
}

// isTitles tells titles from a record.
func (t *table) isTitles(i int) bool {
	other, same := t.contrast(i)
	if other != 0 || same != 0 {
		return other > same
	}
	below := t.firstWide(i + 1)
	if below >= len(t.rows) || below == i+1 && t.rows[below].filled == 0 {
		return true // titles and nothing else
	}
	seen := map[string]bool{}
	for _, c := range t.cellsOf(i) {
		if makeupOf(c.Text) == value || seen[c.Text] {
			return false
		}
		seen[c.Text] = true
	}
	return true
}

// isNumbering tells the row in which print-outs number their columns.
func (t *table) isNumbering(i int) bool {
	cells := t.cellsOf(i)
	for k, c := range cells {
		if c.Text != strconv.Itoa(k+1) {
			return false
		}
	}
	return len(cells) >= 3
}

// titles are the rows of the titles joined by a blank per column; nil where there are none.
func (t *table) titles() []string {
	if t.headFrom == t.headTo {
		return nil
	}
	parts := map[int][]string{}
	last := 0
	for i := t.headFrom; i < t.headTo; i++ {
		last = max(last, t.rows[i].last)
	}
	for place := range t.merged {
		if n := t.sheet.RowAt(t.rows[t.headFrom].at, nil).N; place[0] == n {
			last = max(last, place[1])
		}
	}
	for i := t.headFrom; i < t.headTo; i++ {
		n := t.sheet.RowAt(t.rows[i].at, nil).N
		own := map[int]string{}
		for _, c := range t.cellsOf(i) {
			own[c.Col] = c.Text
		}
		for col := 1; col <= last; col++ {
			text := own[col]
			if text == "" {
				text = t.merged[[2]int{n, col}]
			}
			if text != "" {
				parts[col] = append(parts[col], text)
			}
		}
	}
	out := make([]string, max(last, t.declared))
	for col, p := range parts {
		out[col-1] = strings.Join(p, " ")
	}
	return out
}
