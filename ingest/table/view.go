package table

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid"
)

// view is a sheet as the rest of the package looks at it: rows by position, only
// the cells that hold something, each with its shape told once, merges by row.
// It takes about 40 bytes a cell; texts are those of the sheet where they need no
// cleaning.
type view struct {
	sheet   *grid.Sheet
	rows    []viewRow
	cells   []cell
	maxCol  int
	merges  map[int][]grid.Range // by first row
	origin  []int                // of folded sheets: the column of the sheet by column - 1
	counted countedCells         // the statistics that were asked for last
}

// viewRow is a row without its cells, which begin at first.
type viewRow struct {
	N       int
	first   int
	outline uint8
	hidden  bool
}

// cell is a cell that holds something. Text is what it says, trimmed, with plain
// blanks; value what it holds.
type cell struct {
	text, value string
	col         int
	kind        grid.Kind
	shape       shape
	indent      uint8
	lead        uint8 // blanks before a text
	bold        bool
}

// shape says what a text looks like.
type shape uint8

const (
	numericText shape = 1 << iota // a number written as a text
	dayText                       // one day with a year
	lettered                      // three letters or more
	spaced                        // words apart
	shownDigits                   // a number whose format is made of zeros: a code
)

// cell finds a cell of the row at position ri; nil where there is none.
func (v *view) cell(ri, col int) *cell {
	cells := v.filled(ri)
	n := len(cells)
	if n == 0 || cells[n-1].col < col || col < 1 {
		return nil
	}
	if col <= n && cells[col-1].col == col { // no gap before it
		return &cells[col-1]
	}
	i := sort.Search(n, func(i int) bool { return cells[i].col >= col })
	if i == n || cells[i].col != col {
		return nil
	}
	return &cells[i]
}

// filled lists the cells of a row.
func (v *view) filled(ri int) []cell {
	end := len(v.cells)
	if ri+1 < len(v.rows) {
		end = v.rows[ri+1].first
	}
	return v.cells[v.rows[ri].first:end:end]
}

// text is what a cell says; "" for nil.
func text(c *cell) string {
	if c == nil {
		return ""
	}
	return c.text
}

// isLine: a row drawn of dashes.
func isLine(s string) bool { return len(s) > 3 && strings.Trim(s, "-=_*—– |+") == "" }

// looksNumeric says whether a cell could be a measure.
func looksNumeric(c *cell) bool { return c.kind == grid.Number || c.shape&numericText != 0 }

// shapeOf looks at a text once.
func shapeOf(t string) shape {
	var sh shape
	if couldBeNumber(t) {
		if _, ok := (numberStyle{}).canonical(t); ok {
			sh |= numericText
		}
	}
	if couldBeDay(t) {
		if _, ok := parseDay(t, false); ok {
			sh |= dayText
		}
	}
	if lettersIn(t, 3) > 2 {
		sh |= lettered
	}
	if strings.IndexByte(t, ' ') >= 0 {
		sh |= spaced
	}
	return sh
}

// couldBeNumber rejects most texts by their ends: numbers begin with a digit, a sign or a currency.
func couldBeNumber(t string) bool {
	if t == "" || len(t) > 64 {
		return false
	}
	switch c := t[0]; {
	case c >= '0' && c <= '9', c == '-', c == '+', c == '(', c == '.', c == ',', c == '$', c == '\'':
		return true
	case c == 0xE2 || c == 0xC2 || c == 0xEF: // minus signs and currencies beyond ASCII
		return strings.ContainsAny(t, "0123456789")
	case c == 'R' || c == 'U' || c == 'u' || c == 'S': // R$, US$, S/
		return len(cutCurrency(t)) < len(t)
	}
	return false
}

// couldBeDay rejects most texts: days begin with a digit or the name of a month and hold a digit.
func couldBeDay(t string) bool {
	if len(t) < 6 || len(t) > 40 {
		return false
	}
	if isDigit(t[0]) {
		return true
	}
	end := 0
	for end < len(t) && (t[end] >= 0x80 || t[end] >= 'A') {
		end++
	}
	if end == 0 || end > 24 || end == len(t) {
		return false
	}
	var b [24 + utf8.UTFMax]byte
	_, ok := monthNames[string(appendLower(b[:0], t[:end]))]
	return ok
}

// lettersIn counts letters up to enough.
func lettersIn(s string, enough int) int {
	n := 0
	for _, r := range s {
		if !isLetter(r) {
			continue
		}
		if n++; n == enough {
			break
		}
	}
	return n
}
