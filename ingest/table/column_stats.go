package table

import (
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

// columnStats says what stands in a column of the body.
type columnStats struct {
	filled, numbers, numericTexts, dates, letters, spaced int
	whole, negative, zeros, long                          int
	// dayNumbers are numbers that may stand for days.
	dayNumbers int
	distinct   map[string]struct{}
}

// longText is how many bytes make a text a description rather than a name.
const longText = 400

// mostlyNumbers: at least half of the cells are numbers, and there are some.
func (st *columnStats) mostlyNumbers() bool {
	n := st.numbers + st.numericTexts
	return n > 0 && 2*n >= st.filled
}

// onlyNumbers: nearly all cells are numbers, and there are some.
func (st *columnStats) onlyNumbers() bool {
	return st.filled > 0 && (st.numbers+st.numericTexts)*10 >= st.filled*9
}

// onlyFlags: every cell is 0 or 1, as of a column that says whether something is there.
func (st *columnStats) onlyFlags() bool {
	if st.filled < 3 {
		return false
	}
	for text := range st.distinct {
		if text != "0" && text != "1" {
			return false
		}
	}
	return true
}

// allZero: no cell holds anything but a zero.
func (st *columnStats) allZero() bool { return st.zeros == st.filled }

// maxDistinct bounds the values remembered per column.
const maxDistinct = 64

// countedCells are the statistics of some cells, kept because several ways to read a
// sheet ask for the same.
type countedCells struct {
	cells   []cell
	columns []columnStats
}

// stats looks at all columns of the rows from position first on, in one pass. What it
// gives is not to be changed.
func (v *view) stats(first int) []columnStats {
	if first >= len(v.rows) {
		return statsOf(nil, v.maxCol)
	}
	body := v.cells[v.rows[first].first:]
	k := &v.counted
	if len(body) == 0 || len(k.cells) != len(body) || &k.cells[0] != &body[0] || len(k.columns) != v.maxCol {
		*k = countedCells{body, statsOf(body, v.maxCol)}
	}
	return k.columns
}

func statsOf(body []cell, columns int) []columnStats {
	out := make([]columnStats, columns)
	for i := range out {
		out[i].distinct = map[string]struct{}{}
	}
	for i := range body {
		out[body[i].col-1].add(&body[i])
	}
	return out
}

func (st *columnStats) add(c *cell) {
	st.filled++
	if len(st.distinct) < maxDistinct {
		st.distinct[c.text] = struct{}{}
	}
	switch c.kind {
	case grid.Number:
		st.numbers++
		st.count(c.value)
		if _, ok := readDay(c, false); ok {
			st.dayNumbers++
		}
	case grid.Date:
		st.dates++
	case grid.Text:
		if c.shape&numericText != 0 {
			st.numericTexts++
			st.count(c.value)
		}
		if c.shape&dayText != 0 {
			st.dates++
		}
		if c.shape&lettered != 0 {
			st.letters++
		}
		if c.shape&spaced != 0 {
			st.spaced++
		}
		if len(c.text) > longText {
			st.long++
		}
	}
}

// count tells whole and negative numbers, and zeros.
func (st *columnStats) count(value string) {
	whole := true
	for i := range len(value) {
		if value[i] == '.' || value[i] == ',' {
			whole = false
			break
		}
	}
	if whole {
		st.whole++
	}
	if value[0] == '-' {
		st.negative++
	}
	if value[0] == '0' && strings.Trim(value, "0.,") == "" {
		st.zeros++
	}
}
