package table

import (
	"fmt"
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/grid/drifttest"
)

// drift is a way in which the next file of a distributor differs from the last one.
type drift struct {
	name string
	// codes are those of which one must be told; none where nothing differs that a
	// layout could know.
	codes []string
	// of makes the change for the tables of a sheet; nil where it cannot differ so.
	of func(s *grid.Sheet, tables []*Table) drifttest.Change
}

// drifts are all that every report is tried with.
func drifts() []drift {
	both := func(a, b drift) drift {
		return drift{name: a.name + "+" + b.name, codes: append(a.codes, b.codes...), of: func(s *grid.Sheet, tables []*Table) drifttest.Change {
			x, y := a.of(s, tables), b.of(s, tables)
			if x == nil || y == nil {
				return nil
			}
			return x.Then(y)
		}}
	}
	same := drift{name: "same", of: func(*grid.Sheet, []*Table) drifttest.Change {
		return func(s *grid.Sheet) *grid.Sheet { return s }
	}}
	firstLast := moved("first to end", func(blocks []grid.Range, t *Table) (int, int) {
		for _, b := range blocks {
			if t.knows(b.FirstCol) {
				return b.FirstCol, -1
			}
		}
		return 0, 0
	})
	front := added("in front", "Комментарий", 0, texts("прим."))
	titles := drift{name: "two title rows", codes: []string{DriftTitle}, of: func(*grid.Sheet, []*Table) drifttest.Change {
		return drifttest.Titled("Отдел логистики", "Ответственный: Иванова Мария")
	}}
	renamed := drift{name: "sheet renamed", codes: []string{DriftSheet}, of: func(s *grid.Sheet, _ []*Table) drifttest.Change {
		if s.Name == "" {
			return nil
		}
		name := "Выгрузка 7"
		if _, ok := ParsePeriod(s.Name, day(2026, 8, 1)); ok {
			name = "Выгрузка " + s.Name
		}
		return drifttest.Renamed(name)
	}}
	double := indented("indents doubled", func(d uint8) uint8 { return 2 * d })
	end := added("at the end", "Город доставки", -1, texts("Тверь"))
	return []drift{
		same, firstLast,
		moved("last to front", func(blocks []grid.Range, t *Table) (int, int) {
			for _, b := range slices.Backward(blocks) {
				if t.knows(b.FirstCol) {
					return b.FirstCol, 0
				}
			}
			return 0, 0
		}),
		moved("measure to front", func(_ []grid.Range, t *Table) (int, int) {
			return t.column(Quantity, StockQty, Amount), 0
		}),
		moved("goods to end", func(_ []grid.Range, t *Table) (int, int) { return t.column(Product, Client, ProductCode), -1 }),
		moved("one place on", func(blocks []grid.Range, t *Table) (int, int) {
			for i := range blocks[1:] {
				if t.knows(blocks[i].FirstCol) && t.knows(blocks[i+1].FirstCol) {
					return blocks[i].FirstCol, i + 1
				}
			}
			return 0, 0
		}),
		front, added("in the middle", "Вес брутто, кг", 1, numbers), end,
		added("with a measure", "Количество, кор", 1, numbers),
		titles, double,
		indented("indents one more", func(d uint8) uint8 { return d + 1 }),
		{name: "outline for indents", of: func(s *grid.Sheet, tables []*Table) drifttest.Change {
			if h := headingOf(tables); h.IsIndented(s) && !h.IsOutlined(s) {
				return h.Outlined()
			}
			return nil
		}},
		{name: "indents for outline", of: func(s *grid.Sheet, tables []*Table) drifttest.Change {
			if h := headingOf(tables); h.IsOutlined(s) && !h.IsIndented(s) {
				return h.SetIn()
			}
			return nil
		}},
		renamed, both(front, titles), both(firstLast, renamed), both(firstLast, titles), both(end, both(titles, renamed)), both(titles, double),
	}
}

// headingOf is the heading of the first table of a sheet.
func headingOf(tables []*Table) drifttest.Heading {
	return drifttest.Heading{First: tables[0].HeaderRows[0], Last: tables[0].HeaderRows[1]}
}

// column is the sheet's column of the first of the roles that stands in one, else 0.
func (t *Table) column(roles ...Role) int {
	for _, r := range roles {
		ref := string(t.Columns[r])
		if ref == "" || strings.ContainsAny(ref, ":") {
			continue
		}
		n := 0
		for _, letter := range ref {
			n = 26*n + int(letter-'A'+1)
		}
		return n
	}
	return 0
}

// moved puts a column (its first result) in front of a place (its second).
func moved(name string, choose func([]grid.Range, *Table) (col, place int)) drift {
	return drift{name: name, codes: []string{DriftMoved}, of: func(s *grid.Sheet, tables []*Table) drifttest.Change {
		h := headingOf(tables)
		blocks := h.Blocks(s)
		if h.First == 0 || len(blocks) < 2 || len(tables) > 1 && tables[0].HeaderRows == tables[1].HeaderRows {
			return nil
		}
		col, place := choose(blocks, tables[0])
		from := slices.IndexFunc(blocks, func(b grid.Range) bool { return b.FirstCol <= col && col <= b.LastCol })
		if from < 0 || from == place || place < 0 && from == len(blocks)-1 {
			return nil
		}
		return h.Moved(col, place)
	}}
}

// knows says whether a layout of the table can know the column: it has a title and
// is no value of a cross-tab.
func (t *Table) knows(col int) bool {
	rd := t.src.rd
	for i := range rd.h.parts {
		if rd.v.letterOf(i+1) == col {
			return rd.h.title(i+1) != "" && !rd.cross.covers(i+1)
		}
	}
	return false
}

// printsFigures: a measure is filled in the row.
func (t *Table) printsFigures(s *grid.Sheet, row int) bool {
	rd := t.src.rd
	return slices.ContainsFunc(rd.measures, func(i int) bool {
		c, ok := s.Cell(row, rd.v.letterOf(rd.cols[i].col))
		_, number := ParseNumber(c.Value)
		return ok && number
	})
}

func added(name, title string, place int, value func(int) grid.Cell) drift {
	return drift{name: name, codes: []string{DriftAdded}, of: func(s *grid.Sheet, tables []*Table) drifttest.Change {
		h := headingOf(tables)
		if h.First == 0 {
			return nil
		}
		c := drifttest.Column{Title: title, Value: value, Records: map[int]bool{}}
		for _, t := range tables {
			c.Headings = append(c.Headings, drifttest.Heading{First: t.HeaderRows[0], Last: t.HeaderRows[1]})
			for _, r := range t.Records {
				c.Records[r.Row] = true
			}
			for row := range s.All() { // groups and totals have figures too
				if value(0).Kind == grid.Number && row.N >= t.FirstRow && t.printsFigures(s, row.N) {
					c.Records[row.N] = true
				}
			}
		}
		return h.Added(place, c)
	}}
}

func texts(word string) func(int) grid.Cell {
	return func(i int) grid.Cell {
		s := fmt.Sprintf("%s %d", word, i%7)
		return grid.Cell{Kind: grid.Text, Value: s, Text: s}
	}
}

func numbers(int) grid.Cell { return grid.Cell{Kind: grid.Number, Value: "1.5", Text: "1.5"} }

func indented(name string, depth func(uint8) uint8) drift {
	return drift{name: name, of: func(s *grid.Sheet, tables []*Table) drifttest.Change {
		if h := headingOf(tables); h.IsIndented(s) {
			return h.Indented(depth)
		}
		return nil
	}}
}
