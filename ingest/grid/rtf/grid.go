package rtf

import (
	"slices"
	"sort"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

const (
	maxColumns = 16384
	// near is how far apart edges may be and still be one, in twips: Word draws rows
	// of one table by some twips askew. 0.7 mm.
	near = 40
)

// definition is how a row says its cell is (1.9.1, "Table Definitions").
type definition struct {
	right                   int // edge, in twips
	sideFirst, sideGoesOn   bool
	belowFirst, belowGoesOn bool
}

// cell is the content of one.
type cell struct {
	text   string
	bold   bool
	def    definition
	left   int
	placed bool // it has edges
}

// table is one that is being read.
type table struct {
	number int // in the order in which tables begin
	rows   [][]cell
	filled bool
}

// grid makes the sheet of a table that has ended.
func (t *table) grid(b *sheet.Budget) (*sheet.Draft, error) {
	edges := t.edges()
	s := &sheet.Draft{}
	down := map[int]int{} // first column of an area that may go on downwards: its place in the merges
	for i, row := range t.rows {
		g := gridRow{n: i + 1, next: 1, s: s, down: down}
		out := sheet.Row{N: i + 1}
		for _, c := range row {
			first, last, shown := g.place(c, edges)
			if !shown || strings.TrimSpace(c.text) == "" || last > maxColumns {
				continue
			}
			if err := b.SpendCells(1); err != nil {
				return nil, err
			}
			out.Cells = append(out.Cells, sheet.Cell{Row: i + 1, Col: first, Kind: sheet.Text, Value: c.text, Text: c.text, Bold: c.bold})
		}
		if len(out.Cells) > 0 {
			s.Rows = append(s.Rows, out)
		}
	}
	s.Merges = slices.DeleteFunc(s.Merges, func(r sheet.Range) bool { return r.FirstRow == r.LastRow && r.FirstCol == r.LastCol })
	if len(s.Rows) == 0 {
		return nil, nil
	}
	return s, nil
}

// edges are all the places where cells of the table begin and end, those near to
// each other as one.
func (t *table) edges() []int {
	var all []int
	for _, row := range t.rows {
		for _, c := range row {
			if c.placed {
				all = append(all, c.left, c.def.right)
			}
		}
	}
	slices.Sort(all)
	var out []int
	for _, e := range all {
		if len(out) == 0 || e-out[len(out)-1] > near {
			out = append(out, e)
		}
	}
	return out
}

// column is the number of the edge nearest to a place.
func column(edges []int, at int) int {
	return sort.Search(len(edges), func(i int) bool { return edges[i] > at })
}

// gridRow is a row on its way into the sheet.
type gridRow struct {
	n, next int
	s       *sheet.Draft
	down    map[int]int
}

// place tells the columns of a cell, and whether its text is shown. It keeps the
// merged areas.
func (g *gridRow) place(c cell, edges []int) (first, last int, shown bool) {
	first, last = g.next, g.next
	if c.placed {
		first = max(first, column(edges, c.left))
		last = max(first, column(edges, c.def.right)-1)
	}
	g.next = last + 1
	merges := g.s.Merges
	if n := len(merges); c.def.sideGoesOn && n > 0 && merges[n-1].FirstRow == g.n && merges[n-1].LastCol == first-1 {
		merges[n-1].LastCol = last
		return first, last, false
	}
	if at, ok := g.down[first]; ok && c.def.belowGoesOn && merges[at].LastRow == g.n-1 {
		merges[at].LastRow = g.n
		return first, last, false
	}
	if last > first || c.def.sideFirst || c.def.belowFirst {
		if c.def.belowFirst {
			g.down[first] = len(merges)
		}
		g.s.Merges = append(merges, sheet.Range{FirstRow: g.n, FirstCol: first, LastRow: g.n, LastCol: last})
	}
	return first, last, true
}
