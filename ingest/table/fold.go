package table

import (
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

// folded is a sheet brought to one row a record: what stood on several rows of a
// block stands beside each other, in columns of its own. Its columns remember
// where they came from.
type folded struct {
	v      *view
	h      *heading
	origin []int
	// overArticles: a code stood above the name of every product.
	overArticles bool
}

// letterOf is the column of the sheet that a column of the view came from.
func (v *view) letterOf(col int) int {
	if v.origin == nil || col < 1 || col > len(v.origin) {
		return col
	}
	return v.origin[col-1]
}

// begin makes an empty view of the same sheet with the rows up to the heading.
func (v *view) begin(h *heading, origin []int) *folded {
	f := &folded{v: &view{sheet: v.sheet, merges: map[int][]grid.Range{}, maxCol: len(origin), origin: make([]int, len(origin))}, h: &heading{first: h.first, last: h.last}}
	for i, o := range origin {
		f.v.origin[i] = v.letterOf(o)
	}
	for ri := 0; ri <= h.last; ri++ {
		f.row(v.rows[ri])
		if ri < h.first {
			f.v.cells = append(f.v.cells, v.filled(ri)...)
			f.v.maxCol = max(f.v.maxCol, lastCol(v.filled(ri)))
		}
	}
	f.origin = origin
	f.h.parts = make([][]string, f.v.maxCol)
	return f
}

func lastCol(cells []cell) int {
	if len(cells) == 0 {
		return 0
	}
	return cells[len(cells)-1].col
}

// row begins a row of the folded sheet.
func (f *folded) row(r viewRow) {
	r.first = len(f.v.cells)
	f.v.rows = append(f.v.rows, r)
}

// put adds a cell to the row begun; columns must come in order.
func (f *folded) put(c *cell, col int) {
	if c == nil {
		return
	}
	moved := *c
	moved.col = col
	f.v.cells = append(f.v.cells, moved)
}

// indicators are the names of measures that stand down a column, in the order in
// which they follow each other.
type indicators struct {
	col   int
	names []string
}

// maxIndicators bounds how many rows a record may take.
const maxIndicators = 6

// foldMeasures folds a sheet in which every record takes a row a measure («БУ» over
// «Кол.», "price" over "quantity"): each number column becomes one a measure.
// Nil where the sheet is not so.
func (v *view) foldMeasures(h *heading) *folded {
	stats := v.stats(h.last + 1)
	in := v.findIndicators(h, stats)
	if in == nil {
		return nil
	}
	var origin, which []int // per new column: the old one, and the measure or -1
	for col := 1; col <= v.maxCol; col++ {
		if col == in.col {
			continue
		}
		if stats[col-1].mostlyNumbers() {
			for k := range in.names {
				origin, which = append(origin, col), append(which, k)
			}
			continue
		}
		origin, which = append(origin, col), append(which, -1)
	}
	f := v.begin(h, origin)
	for i, col := range origin {
		if col <= len(h.parts) {
			f.h.parts[i] = slices.Clone(h.parts[col-1])
		}
		if which[i] >= 0 {
			f.h.parts[i] = append(f.h.parts[i], in.names[which[i]])
		}
	}
	for ri := h.last + 1; ri < len(v.rows); {
		ri = v.foldBlock(f, in, which, ri)
	}
	return f
}

// foldBlock makes one row of the block at ri and gives the row behind it.
func (v *view) foldBlock(f *folded, in *indicators, which []int, ri int) int {
	rows := make([]int, len(in.names)) // position of the row of each measure, -1 for none
	for k := range rows {
		rows[k] = -1
	}
	first, at := ri, ri
	for ; at < len(v.rows); at++ {
		k := slices.Index(in.names, oneLine(text(v.cell(at, in.col))))
		if k < 0 || rows[k] >= 0 || at > first && v.namesAnew(at, in, which, f.origin) {
			break
		}
		rows[k] = at
	}
	plain := at == first // a row of no measure stays as it is
	if plain {
		at++
	}
	f.row(v.rows[first])
	for i, col := range f.origin {
		from := first
		switch k := which[i]; {
		case k < 0 || plain && k == 0:
		case plain || rows[k] < 0:
			continue
		default:
			from = rows[k]
		}
		f.put(v.cell(from, col), i+1)
	}
	return at
}

// namesAnew: a row names its own record: a text stands in a column of no measure.
func (v *view) namesAnew(ri int, in *indicators, which, origin []int) bool {
	for i, col := range origin {
		if which[i] < 0 && col != in.col && v.cell(ri, col) != nil {
			return true
		}
	}
	return false
}

// findIndicators looks for the column that names a measure on nearly every row.
func (v *view) findIndicators(h *heading, stats []columnStats) *indicators {
	for col := 1; col <= v.maxCol; col++ {
		st := &stats[col-1]
		if n := len(st.distinct); n < 2 || n > maxIndicators || st.numbers > 0 || st.filled < 4 {
			continue
		}
		in := &indicators{col: col}
		named, rows := 0, 0
		for ri := h.last + 1; ri < len(v.rows); ri++ {
			if len(v.filled(ri)) > 0 {
				rows++
			}
			t := oneLine(text(v.cell(ri, col)))
			if !indicates(t) {
				continue
			}
			named++
			if !slices.Contains(in.names, t) {
				in.names = append(in.names, t)
			}
		}
		if len(in.names) >= 2 && named == st.filled && named*10 >= rows*6 && in.differ() {
			return in
		}
	}
	return nil
}

// differ: the names mean different things.
func (in *indicators) differ() bool {
	seen := map[Role]bool{}
	for _, n := range in.names {
		seen[indicated(n)] = true
	}
	return len(seen) > 1
}

// accountingWords name sums of a ledger: bookkeeping, tax, differences, currency.
var accountingWords = wordSet("бу ну пр вр упр вал")

func indicates(t string) bool { return indicated(t) != "" }

// indicated is the measure that a word down a column names.
func indicated(t string) Role {
	w := titleWords(t)
	if len(w) == 0 || len(w) > 4 {
		return ""
	}
	if len(w) == 1 && accountingWords[w[0]] {
		if w[0] == "бу" || w[0] == "упр" {
			return Amount
		}
		return Discount // another sum of the ledger: nothing of ours
	}
	m, ok := bestMatch(t)
	if !ok || !m.role.IsNumber() || strings.ContainsAny(t, "0123456789") {
		return ""
	}
	return m.role
}
