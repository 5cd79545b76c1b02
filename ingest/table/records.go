package table

import (
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/shopspring/decimal"
)

// recorder makes records out of lines.
type recorder struct {
	rd     *reading
	kind   Kind
	groups []Value // of the open group rows, by level
	last   map[Role]Value
	out    []Record
}

// records makes the records of all lines that are none of the skipped.
func (rd *reading) records(kind Kind) []Record {
	rd.findFills()
	rc := recorder{rd: rd, kind: kind, groups: make([]Value, len(rd.levels)), last: map[Role]Value{}}
	for i := range rd.lines {
		l := &rd.lines[i]
		switch l.class {
		case SkipGroup:
			rc.open(l)
		case "":
			rc.add(l)
		}
	}
	return rc.out
}

// open remembers the value of a group row and closes the deeper ones.
func (rc *recorder) open(l *line) {
	for k := l.level - 1; k >= 0 && k < len(rc.groups); k++ {
		rc.groups[k] = Value{}
	}
	if l.level >= 1 && l.level <= len(rc.groups) {
		col := 0
		if rc.rd.name >= 0 {
			col = rc.rd.cols[rc.rd.name].col
		}
		rc.groups[l.level-1] = Value{Text: groupName(l.name), Row: rc.rd.v.rows[l.ri].N, Col: col}
	}
}

// add makes the record of a line, or one for every value of the cross-tab that is filled.
func (rc *recorder) add(l *line) {
	rec := Record{Row: rc.rd.v.rows[l.ri].N}
	for k, role := range rc.rd.levels {
		if role != "" && k < l.under && rc.groups[k].Text != "" {
			rec.set(role, rc.groups[k])
		}
	}
	for i := range rc.rd.cols {
		c := &rc.rd.cols[i]
		if c.role == "" || rc.rd.cross.covers(c.col) {
			continue
		}
		rc.addCell(&rec, c, l)
	}
	if rc.rd.cross == nil {
		rc.out = append(rc.out, rec)
		return
	}
	for _, g := range rc.rd.cross.groups {
		if g.total || !rc.rd.filledIn(g, l.ri) {
			continue
		}
		one := Record{Row: rec.Row, Values: append([]Value(nil), rec.Values...)}
		one.set(rc.rd.cross.what, rc.rd.acrossValue(g))
		for _, r := range Roles() {
			if col := g.cols[r]; col != 0 {
				c := rc.rd.cols[col-1]
				c.role = r
				rc.addCell(&one, &c, l)
			}
		}
		rc.out = append(rc.out, one)
	}
}

// addCell reads one cell into the record.
func (rc *recorder) addCell(rec *Record, c *column, l *line) {
	role := rc.rd.inKind(c.role, rc.kind)
	cell := rc.rd.v.cell(l.ri, c.col)
	if cell == nil {
		if v, ok := rc.last[role]; ok && c.fill {
			rec.set(role, v)
		}
		return
	}
	v := Value{Text: text(cell), Row: rec.Row, Col: c.col}
	switch {
	case cell.Kind == grid.Error:
		rc.rd.problem(ProblemErrorCell, rec.Row, c, v.Text, "")
		return
	case role.IsNumber():
		var ok bool
		if v.Number, ok = rc.figure(rec, c, cell); !ok {
			return
		}
	case role == Date:
		day, ok := readDay(cell, c.monthFirst)
		if !ok {
			rc.rd.problem(ProblemNotDate, rec.Row, c, v.Text, "")
			return
		}
		v.Text = day.Format(time.DateOnly)
	case isCode(role):
		v.Text = codeText(cell)
	}
	if role == Product {
		v.Text = rc.nameOnly(rec, c, v.Text)
	}
	if v.Text == "" {
		return
	}
	if c.fill {
		rc.last[role] = v
	}
	rec.set(role, v)
}

// nameOnly takes the glued unit off a name and gives it its own role.
func (rc *recorder) nameOnly(rec *Record, c *column, s string) string {
	name, unit := splitUnit(s, c.glued)
	if unit != "" && columnOf(rc.rd.cols, Unit) == nil {
		rec.set(Unit, Value{Text: unit, Row: rec.Row, Col: c.col})
	}
	return name
}

// figure reads a number; a dash stands for none, any other text is a problem.
func (rc *recorder) figure(rec *Record, c *column, cell *grid.Cell) (decimal.Decimal, bool) {
	d, ok := rc.rd.number(c, cell)
	if t := text(cell); !ok && (lettersIn(t) > 0 || strings.ContainsAny(t, "0123456789")) {
		rc.rd.problem(ProblemNotNumber, rec.Row, c, t, "")
	}
	if ok && c.role == Price && d.IsNegative() {
		rc.rd.problem(ProblemNegative, rec.Row, c, text(cell), "")
	}
	return d, ok
}

// findFills marks columns whose value stands on the first row of a block only, and
// name columns with the unit glued on.
func (rd *reading) findFills() {
	records := 0
	filled := make([]int, len(rd.cols))
	glued := make([]int, len(rd.cols))
	firstFilled := make([]bool, len(rd.cols))
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" {
			continue
		}
		for k := range rd.cols {
			c := rd.v.cell(l.ri, k+1)
			if c == nil {
				continue
			}
			filled[k]++
			firstFilled[k] = firstFilled[k] || records == 0
			if rd.cols[k].role == Product {
				if _, unit := splitUnit(text(c), true); unit != "" {
					glued[k]++
				}
			}
		}
		records++
	}
	for k := range rd.cols {
		c := &rd.cols[k]
		c.glued = glued[k] > 0 && 2*glued[k] >= filled[k]
		switch c.role {
		case Client, Outlet, Date, DocNo, Warehouse, SalesRep, Category, Region, City, Brand, Channel:
			c.fill = firstFilled[k] && filled[k]*10 < records*7
		}
	}
}

func isCode(r Role) bool {
	switch r {
	case ProductCode, ClientCode, OutletCode, Barcode, ClientINN, DocNo:
		return true
	}
	return false
}

// codeText keeps the digits of a code that is stored as a number; leading zeros
// come from its format.
func codeText(c *grid.Cell) string {
	if c.Kind == grid.Number && strings.Trim(c.Format, "0") != "" || c.Kind == grid.Number && c.Format == "" {
		return c.Value
	}
	return text(c)
}

// readDay reads a date cell: a date, a text, a serial number of days (ECMA-376 18.17.4.1)
// or 20260706 as a number; a month alone stands for its first day.
func readDay(c *grid.Cell, monthFirst bool) (time.Time, bool) {
	switch c.Kind {
	case grid.Date:
		if len(c.Value) < len(time.DateOnly) {
			return time.Time{}, false
		}
		d, err := time.Parse(time.DateOnly, c.Value[:len(time.DateOnly)])
		return d, err == nil
	case grid.Number:
		if d, ok := parseDay(c.Value, false); ok {
			return d, true
		}
		n, err := decimal.NewFromString(c.Value)
		if err != nil || n.LessThan(decimal.NewFromInt(32874)) || n.GreaterThan(decimal.NewFromInt(73050)) {
			return time.Time{}, false
		}
		return day(1899, 12, 30).AddDate(0, 0, int(n.IntPart())), true
	case grid.Text:
		if d, ok := parseDay(c.Value, monthFirst); ok {
			return d, true
		}
		if p, ok := wholePeriod(c.Value, 0); ok {
			return p.From, true
		}
	}
	return time.Time{}, false
}

var unitNames = wordSet(`шт штук штука кг г гр л мл м м2 м3 мм см уп упак упаковка пач пачка бут бутылка кор короб коробка ящ пар пара
	комп компл комплект рул рулон наб набор бан банка фл меш пак пог тыс pcs pc kg ea box pack шт. ед упк бл блок т`)

// splitUnit takes a glued unit ("…, шт") and a trailing comma off a name.
func splitUnit(name string, glued bool) (string, string) {
	trimmed := strings.TrimRight(name, ", ")
	if !glued {
		return trimmed, ""
	}
	i := strings.LastIndexByte(trimmed, ',')
	if i < 0 {
		return trimmed, ""
	}
	unit := strings.TrimSpace(trimmed[i+1:])
	if !unitNames[strings.TrimSuffix(strings.ToLower(unit), ".")] {
		return trimmed, ""
	}
	return strings.TrimRight(trimmed[:i], ", "), unit
}

// problem notes a cell.
func (rd *reading) problem(code string, row int, c *column, found, expected string) {
	if len(rd.problems) < maxProblems {
		rd.problems = append(rd.problems, Issue{Code: code, Sheet: rd.v.sheet.Name, Row: row, Col: c.col, Role: c.role, Found: found, Expected: expected})
	}
	rd.problemCount[code]++
}

// maxProblems bounds what is listed; the count goes on.
const maxProblems = 1000
