package table

import (
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid"
)

// source is where the values of a table's records stand, worked out once.
type source struct {
	rd   *reading
	kind Kind
	// columns and levels hold 1-based columns and levels of groups by role, 0 for none.
	columns, levels map[Role]int
	across, second  []Value // by value of the cross-tab
	// fills tell, for a column whose values hold for the rows below, the line where
	// the value of every line stands, -1 for none.
	fills map[int][]int32
	joins map[Role]join
	// splits are the rules by which the layout shares records out.
	splits []Split
}

// join gives a name to a code.
type join struct {
	code  Role
	names map[string]Value
}

// records makes the records of all lines that are none of the skipped.
func (rd *reading) records(kind Kind) ([]Record, *source) {
	s := &source{rd: rd, kind: kind, columns: map[Role]int{}, levels: map[Role]int{}, fills: map[int][]int32{}, joins: map[Role]join{}}
	if rd.match != nil {
		s.splits = rd.match.layout.Splits
	}
	rd.findFills()
	for i, r := range rd.levels {
		if r != "" {
			s.levels[r] = i + 1
		}
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role == "" || rd.cross.covers(c.col) {
			continue
		}
		s.columns[rd.inKind(c.role, kind)] = c.col
		if c.fill {
			s.fills[c.col] = rd.fillOf(c.col)
		}
	}
	if rd.cross != nil {
		for i := range rd.cross.groups {
			g := &rd.cross.groups[i]
			s.across = append(s.across, rd.acrossValue(g))
			s.second = append(s.second, Value{Text: g.second, Row: rd.v.rows[max(rd.h.last, 0)].N, Col: rd.v.letterOf(g.col)})
		}
	}
	n := 0
	for i := range rd.lines {
		if rd.lines[i].class == "" {
			n++
		}
	}
	out := make([]Record, 0, n)
	for i := range rd.lines {
		if rd.lines[i].class == "" {
			out = s.appendRecords(out, i)
		}
	}
	return out, s
}

// appendRecords makes the record of a line, or one for every value of the cross-tab that is filled.
func (s *source) appendRecords(out []Record, i int) []Record {
	rd, ri := s.rd, s.rd.lines[i].ri
	r := Record{Row: rd.v.rows[ri].N, src: s, line: int32(i), across: -1}
	if rd.cross == nil {
		return s.split(out, r)
	}
	for k := range rd.cross.groups {
		g := &rd.cross.groups[k]
		if g.total || !rd.blanksAreZeros && !rd.filledIn(g, ri) {
			continue
		}
		r.across = int32(k)
		out = s.split(out, r)
	}
	return out
}

// fillOf tells for every line of records where the value of a column stands.
func (rd *reading) fillOf(col int) []int32 {
	out := make([]int32, len(rd.lines))
	last, group := int32(-1), int32(-1)
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class == "" {
			if l.parent != group {
				last, group = -1, l.parent
			}
			if rd.v.cell(l.ri, col) != nil {
				last = int32(i)
			}
		}
		out[i] = last
	}
	return out
}

// value reads the value of a role for a record.
func (s *source) value(r Record, role Role) (Value, bool) {
	v, ok := s.whole(r, role)
	if ok && r.part != 0 {
		v = s.sharedOut(r, role, v)
	}
	return v, ok
}

// whole reads it before any rule shares it out.
func (s *source) whole(r Record, role Role) (Value, bool) {
	if role == Date && s.rd.docDates {
		v, ok := s.whole(r, DocNo)
		d, dated := documentDay(v.Text)
		v.Text = d.Format(time.DateOnly)
		return v, ok && dated
	}
	if v, ok := s.own(r, role); ok {
		return v, true
	}
	if level := s.levels[role]; level > 0 {
		if v, ok := s.ofGroup(r, level); ok {
			return v, true
		}
	}
	if v, ok := s.rd.constantOf(role, r.line); ok {
		return v, true
	}
	if j, ok := s.joins[role]; ok {
		if v, ok := j.names[strings.ToLower(r.Text(j.code))]; ok {
			v.Row, v.Col = 0, 0
			return v, true
		}
	}
	return Value{}, false
}

// own reads a value from the record's row, the cross-tab or the row it is filled from.
func (s *source) own(r Record, role Role) (Value, bool) {
	rd := s.rd
	if r.across >= 0 {
		switch role {
		case rd.cross.what:
			return s.across[r.across], s.across[r.across].Text != ""
		case rd.cross.second:
			return s.second[r.across], s.second[r.across].Text != ""
		}
		for measure, col := range rd.cross.groups[r.across].cols {
			if rd.inKind(measure, s.kind) == role {
				return s.read(int(r.line), role, &rd.cols[col-1])
			}
		}
	}
	col := s.columns[role]
	if col == 0 {
		return s.tailOf(r, role)
	}
	at := int(r.line)
	if fill, ok := s.fills[col]; ok {
		if at = int(fill[r.line]); at < 0 {
			return Value{}, false
		}
	}
	return s.read(at, role, &rd.cols[col-1])
}

// read reads the cell of a line in a column for a role.
func (s *source) read(i int, role Role, c *column) (Value, bool) {
	rd := s.rd
	l := &rd.lines[i]
	x := rd.v.cell(l.ri, c.col)
	if x == nil || x.kind == grid.Error {
		return Value{}, false
	}
	v := Value{Text: x.text, Row: rd.v.rows[l.ri].N, Col: rd.v.letterOf(c.col)}
	ok := true
	switch {
	case role.IsNumber():
		v.Number, ok = rd.number(c, x)
	case role == Date:
		if v.Text, ok = writtenDay(x); ok && !c.months {
			break
		}
		var d time.Time
		d, ok = rd.dayOf(c, x)
		v.Text = d.Format(time.DateOnly)
	case isCode(role):
		v.Text = codeText(x)
	case role == Product:
		v.Text, _ = splitUnit(x.text, c.glued)
	}
	return v, ok && v.Text != "" && (role.IsNumber() || !isDash(v.Text))
}

// isDash: the cell says that there is nothing to say.
func isDash(text string) bool {
	switch text {
	case "-", "–", "—", "--":
		return true
	}
	return false
}

// tailOf is the unit or the barcode at the end of the name of the goods.
func (s *source) tailOf(r Record, role Role) (Value, bool) {
	if role != Unit && role != Barcode {
		return Value{}, false
	}
	rd := s.rd
	var v Value
	switch name, level := s.columns[Product], s.levels[Product]; {
	case name > 0 && rd.cols[name-1].glued:
		v = Value{Text: text(rd.v.cell(rd.lines[r.line].ri, name)), Row: r.Row, Col: rd.v.letterOf(name)}
	case level > 0 && rd.gluedGoods:
		v, _ = s.nameOfGroup(r, level)
	}
	_, tail := splitTail(v.Text, true)
	if v.Text = tail.unit; role == Barcode {
		v.Text = tail.barcode
	}
	return v, v.Text != ""
}

// ofGroup is the name of the group of a level that the record stands under.
func (s *source) ofGroup(r Record, level int) (Value, bool) {
	v, ok := s.nameOfGroup(r, level)
	if ok && s.rd.levels[level-1] == Product {
		v.Text, _ = splitUnit(v.Text, s.rd.gluedGoods)
	}
	if ok && s.rd.levels[level-1] == Date {
		v.Text = dayNamed(v.Text)
	}
	return v, ok
}

// nameOfGroup is its whole text.
func (s *source) nameOfGroup(r Record, level int) (Value, bool) {
	rd := s.rd
	for i := rd.lines[r.line].parent; i >= 0; i = rd.lines[i].parent {
		l := &rd.lines[i]
		if int(l.level) != level {
			continue
		}
		v := Value{Text: groupName(l.name), Row: rd.v.rows[l.ri].N}
		if rd.name >= 0 {
			v.Col = rd.v.letterOf(rd.cols[rd.name].col)
		}
		return v, v.Text != ""
	}
	return Value{}, false
}
