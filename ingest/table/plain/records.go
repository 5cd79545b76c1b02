package plain

import (
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

// records are the indexes of the rows that are records.
func (t *table) records() []int {
	heading := t.headingTexts()
	var out []int
	apart := true // a blank row or a title stands before
	i := t.headTo
	if i < len(t.rows) && i > t.headFrom && t.isNumbering(i) {
		i++
	}
	for ; i < len(t.rows); i++ {
		switch {
		case t.rows[i].filled == 0:
			apart = true
			continue
		case t.repeats(i, heading):
			if t.beginsAgain(i, out) {
				return t.withoutFooter(out)
			}
			continue
		case t.otherHeading(i, heading, apart):
			return t.withoutFooter(out)
		case t.isTotal(i), t.isLone(i):
			apart = true
			continue
		}
		apart = false
		out = append(out, i)
	}
	return t.withoutFooter(out)
}

// headingTexts are the texts of each row of the titles.
func (t *table) headingTexts() [][]string {
	var out [][]string
	for i := t.headFrom; i < t.headTo; i++ {
		out = append(out, texts(t.cellsOf(i)))
	}
	return out
}

func texts(cells []grid.Cell) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = c.Text
	}
	return out
}

// repeats tells titles printed once more, on top of a page.
func (t *table) repeats(i int, heading [][]string) bool {
	for _, h := range heading {
		if len(h) >= 2 && len(h) == t.rows[i].filled && slices.Equal(h, texts(t.cellsOf(i))) {
			return true
		}
	}
	return false
}

// beginsAgain: the row behind repeated titles is the first record again, so that
// the same table stands there twice.
func (t *table) beginsAgain(i int, records []int) bool {
	if len(records) < 2 || i+1 >= len(t.rows) || t.rows[i+1].filled != t.rows[records[0]].filled {
		return false
	}
	again := texts(t.cellsOf(i + 1))
	return slices.Equal(again, texts(t.cellsOf(records[0])))
}

// otherHeading tells the titles of another table: made otherwise than the columns,
// and either standing apart or sharing titles with the first.
func (t *table) otherHeading(i int, heading [][]string, apart bool) bool {
	other, same := t.contrast(i)
	if len(heading) == 0 || other < 2 || same > 0 {
		return false
	}
	seen := map[string]bool{}
	shared := 0
	for _, c := range t.cellsOf(i) {
		if seen[c.Text] {
			return false
		}
		seen[c.Text] = true
		if slices.Contains(heading[len(heading)-1], c.Text) {
			shared++
		}
	}
	return 2*shared >= t.rows[i].filled || apart && other >= 3
}

// totalWords begin the rows that sum others up.
var totalWords = [...]string{"итог", "всего", "total", "grand total", "subtotal", "sum total", "в том числе", "sous-total", "gesamt", "summe"}

// isTotal tells a row that sums others up: it says so, and lacks what records have.
func (t *table) isTotal(i int) bool {
	if t.rows[i].filled >= t.usual && t.rows[i].first == 1 && t.usual > 2 {
		return false
	}
	text := strings.ToLower(strings.TrimSpace(t.cellsOf(i)[0].Text))
	for _, w := range totalWords {
		if rest, ok := strings.CutPrefix(text, w); ok && endsWord(rest) {
			return true
		}
	}
	return false
}

// endsWord: "итого", "итог:", but not "totality".
func endsWord(rest string) bool {
	rest = strings.TrimPrefix(rest, "о")
	return rest == "" || strings.ContainsRune(" :.,;", rune(rest[0]))
}

// isLone tells a group's line or a note: one cell where records have many.
func (t *table) isLone(i int) bool {
	return t.rows[i].filled == 1 && t.usual >= 3 && t.declared != 1
}

// withoutFooter takes off the last rows that have a few words where records have
// more, values among them: signatures, notes.
func (t *table) withoutFooter(records []int) []int {
	for n := len(records); n > 1; n-- {
		i := records[n-1]
		if 3*t.rows[i].filled >= t.usual || t.holdsValue(i) {
			return records[:n]
		}
	}
	return records
}

func (t *table) holdsValue(i int) bool {
	_, same := t.contrast(i)
	return same > 0
}
