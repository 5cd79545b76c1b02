package table

import (
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

// constant is a value that a line of its own tells for the records below it, up to
// the next such line: «Склад: Южный», «Торговый представитель: | Иванова И. И.».
type constant struct {
	role  Role
	value Value
	// from is the first line it holds for, -1 for those above the heading.
	from int32
}

// constantRoles are what such a line may tell.
var constantRoles = []Role{Client, Outlet, Warehouse, SalesRep, City, Region, Channel, ClientINN, OutletAddress}

// anyWords are values that tell nothing: all of them are meant.
var anyWords = wordSet("все всі all любой любая не any todos")

// readConstant reads a row that tells one value and nothing else.
func (v *view) readConstant(ri int) (constant, bool) { return v.constantIn(ri, v.filled(ri)) }

// pairs parts a line of a form, «Покупатель: | ООО Луч | Дата: | 12.06.2026», into its names
// with their values; nil where the line is none.
func pairs(cells []cell) [][]cell {
	if len(cells) < 4 || len(cells)%2 > 0 {
		return nil
	}
	var out [][]cell
	for i := 0; i < len(cells); i += 2 {
		if _, rest, ok := strings.Cut(cells[i].text, ":"); !ok || strings.TrimSpace(rest) != "" {
			return nil
		}
		out = append(out, cells[i:i+2])
	}
	return out
}

// constantIn reads the value that some cells of a row tell.
func (v *view) constantIn(ri int, cells []cell) (constant, bool) {
	head, tail, at := namedValue(cells)
	w := titleWords(tail)
	if len(w) == 0 || anyWords[w[0]] || len([]rune(tail)) > maxTitle {
		return constant{}, false
	}
	m, ok := bestMatch(head)
	if !ok || !m.exact || m.score < 9 || !slices.Contains(constantRoles, m.role) {
		return constant{}, false
	}
	if m.role == SalesRep && namesFirm(&cell{text: tail}) { // the seller of a document
		return constant{}, false
	}
	return constant{role: m.role, value: Value{Text: tail, Row: v.rows[ri].N, Col: v.letterOf(at.col)}}, true
}

// namedValue takes «name: value» apart, in one cell or in two; at holds the value.
func namedValue(cells []cell) (name, value string, at *cell) {
	if len(cells) == 0 || len(cells) > 2 || cells[0].kind != grid.Text {
		return "", "", nil
	}
	name, value, ok := strings.Cut(cells[0].text, ":")
	value = strings.TrimSpace(value)
	switch {
	case !ok || (value == "") != (len(cells) == 2):
		return "", "", nil
	case value == "":
		return name, cells[1].text, &cells[1]
	}
	return name, value, &cells[0]
}

// readConstants collects the lines that tell a value, those above the heading included.
func (rd *reading) readConstants() {
	for ri := 0; ri < rd.h.first; ri++ {
		cells := rd.v.filled(ri)
		told := pairs(cells)
		if told == nil {
			told = [][]cell{cells}
		}
		for _, pair := range told {
			if c, ok := rd.v.constantIn(ri, pair); ok {
				c.from = -1
				rd.constants = append(rd.constants, c)
			}
		}
	}
}

// tells takes up a line of the body that tells a value.
func (rd *reading) tells(ri int) bool {
	c, ok := rd.v.readConstant(ri)
	if ok {
		c.from = int32(len(rd.lines))
		rd.constants = append(rd.constants, c)
	}
	return ok
}

// keepConstants leaves out what columns, groups or the cross-tab tell themselves. A
// shop is the place of stock where nothing is sold. Prices hold for all who read the
// list: the lines above them tell who printed it.
func (rd *reading) keepConstants(kind Kind) {
	if kind == Pricelist {
		rd.constants = nil
	}
	for i := range rd.constants {
		rd.constants[i].role = rd.placeOf(rd.constants[i].role)
	}
	rd.dropUnknownLines()
	last := rd.lastNamed()
	rd.constants = slices.DeleteFunc(rd.constants, func(c constant) bool {
		if int(c.from) > last { // who signed
			rd.lines[c.from].class = SkipNote
		}
		return rd.has(c.role) || int(c.from) > last
	})
}

// constantOf is what the lines above tell for a record.
func (rd *reading) constantOf(role Role, line int32) (Value, bool) {
	for i := len(rd.constants) - 1; i >= 0; i-- {
		if c := &rd.constants[i]; c.role == role && c.from <= line {
			return c.value, true
		}
	}
	return Value{}, false
}

// dropUnknownLines leaves out the lines that tell what the layout does not take.
func (rd *reading) dropUnknownLines() {
	if rd.match == nil || !rd.match.layout.tellsAll() {
		return
	}
	rd.constants = slices.DeleteFunc(rd.constants, func(c constant) bool {
		if slices.Contains(rd.match.layout.Lines, c.role) {
			return false
		}
		if r := c.role; !slices.Contains(rd.newLines, r) && !rd.has(r) {
			rd.newLines = append(rd.newLines, r)
		}
		return true
	})
}

// lineRoles are what the lines tell, in the order of [Roles].
func (rd *reading) lineRoles() []Role {
	var out []Role
	for _, r := range Roles() {
		if slices.ContainsFunc(rd.constants, func(c constant) bool { return c.role == r }) {
			out = append(out, r)
		}
	}
	return out
}

// lineDrift tells lines that are gone, and those that the layout does not take.
func (rd *reading) lineDrift(l *Layout) []Drift {
	var out []Drift
	for _, r := range l.Lines {
		if !slices.ContainsFunc(rd.constants, func(c constant) bool { return c.role == r }) {
			out = append(out, Drift{Code: DriftMissing, Role: r})
		}
	}
	for _, r := range rd.newLines {
		if !slices.Contains(l.LeftOut, r) {
			out = append(out, Drift{Code: DriftLine, Role: r})
		}
	}
	return out
}
