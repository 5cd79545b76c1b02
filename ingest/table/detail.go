package table

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Detail is which rows of a sheet with groups are its records, as a person has said;
// by itself those that nothing stands under are.
type Detail struct {
	// Level is that of the rows that are taken, counted from the outermost, 1: what
	// stands under them is left out. 0 are the innermost rows, [EveryRow] all of them.
	Level int `json:"level"`
	// Of is how many levels of groups the sheet had when that was said: of more, the
	// level may be another one.
	Of int `json:"of"`
}

// EveryRow is the level where no row is a group, whatever it looks like.
const EveryRow = -1

// LevelChoice is a way to take the rows of a sheet with groups, and what it comes to.
type LevelChoice struct {
	Detail Detail `json:"detail"`
	// Levels are the roles of the groups above the rows.
	Levels []Role `json:"levels,omitempty"`
	// Role is that of the names of the rows, Index the place of their column in
	// [Layout.Columns], -1 where it has none.
	Role  Role `json:"role,omitempty"`
	Index int  `json:"index"`
	Rows  int  `json:"rows"`
	// Examples are names of the first rows that differ.
	Examples []string                 `json:"examples,omitempty"`
	Totals   map[Role]decimal.Decimal `json:"totals,omitempty"`
	// Agrees tells whether the totals are those that the file prints; nil where it prints none.
	Agrees *bool `json:"agrees,omitempty"`
	Taken  bool  `json:"taken,omitempty"` // it is how the table is read now
	// Goods: the rows name goods and have figures; others cannot be loaded.
	Goods bool `json:"goods,omitempty"`
}

// Choose has the layout take the rows of a level.
func (l *Layout) Choose(c LevelChoice) {
	l.Detail, l.Levels = nil, slices.Clone(c.Levels)
	if c.Detail.Level != 0 {
		d := c.Detail
		l.Detail = &d
	}
	if c.Index >= 0 && c.Index < len(l.Columns) && c.Role != "" {
		l.SetRole(c.Index, c.Role)
	}
}

// applyDetail takes the rows of the level that the layout names: those of groups
// become records, and what stands under them their parts.
func (rd *reading) applyDetail(m *match) {
	d := m.layout.Detail
	rd.found = slices.Clone(rd.levels)
	if d == nil || d.Level == 0 {
		return
	}
	rd.nameRows(m)
	if d.Level > len(rd.found) {
		return // nothing stands under the rows in this file
	}
	for i := range rd.lines {
		if l := &rd.lines[i]; l.class == "" || l.class == SkipGroup {
			l.class = l.classAt(d.Level)
		}
	}
	rd.levels = rd.levels[:max(d.Level-1, 0)]
	rd.doubts = slices.DeleteFunc(rd.doubts, func(i Issue) bool {
		return i.Code == DoubtGroups || i.Code == DoubtSubtotal && d.Level == EveryRow
	})
}

// nameRows gives the column that names the rows its role of the layout: a heading that
// names levels has given it that of the innermost.
func (rd *reading) nameRows(m *match) {
	for i, c := range m.layout.Columns {
		if rd.name >= 0 && m.at[i] == rd.name && c.Role != "" {
			rd.cols[rd.name].role = c.Role
		}
	}
}

// classAt is what a row of a group or a record is where the rows of a level are taken.
func (l *line) classAt(level int) string {
	switch {
	case l.at(level):
		return ""
	case l.level > 0 && int(l.level) < level:
		return SkipGroup
	case l.level == 0 && l.class == SkipGroup:
		return SkipGroup // the root of all groups
	}
	return SkipDetail
}

// levelsDrifted says whether the groups are nested so that the rows the layout takes
// may be others.
func (rd *reading) levelsDrifted(l *Layout) bool {
	switch {
	case l.Detail == nil || l.Detail.Level == 0:
		return len(rd.levels) > len(l.Levels)
	case l.Detail.Level == EveryRow:
		return false
	}
	return len(rd.found) > l.Detail.Of || len(rd.found) < l.Detail.Level-1
}

// LevelChoices are the ways to take the rows of a sheet with groups, the outermost
// level first; nil where there is no choice.
func (t *Table) LevelChoices() []LevelChoice {
	rd := t.src.rd
	if rd.name < 0 || len(rd.found) == 0 {
		return nil
	}
	var out []LevelChoice
	for level := 1; level <= len(rd.found); level++ {
		out = append(out, rd.levelChoice(t, level))
	}
	out = append(out, rd.levelChoice(t, 0))
	if len(out[0].Totals) > 0 {
		out = append(out, rd.levelChoice(t, EveryRow))
	}
	if !slices.ContainsFunc(out, LevelChoice.sensible) {
		return nil
	}
	return out
}

// sensible: it can be taken in place of what is taken now, and is not just every row
// against the total that the file prints.
func (c LevelChoice) sensible() bool {
	return !c.Taken && c.Goods && (c.Detail.Level != EveryRow || c.Agrees == nil || *c.Agrees)
}

func (rd *reading) levelChoice(t *Table, level int) LevelChoice {
	c := LevelChoice{Detail: Detail{Level: level, Of: len(rd.found)}, Role: rd.cols[rd.name].role, Index: rd.placeOfName()}
	switch {
	case level > 0:
		c.Levels, c.Role = slices.Clone(rd.found[:level-1]), rd.roleAtLevel(level)
	case level == 0:
		c.Levels = slices.Clone(rd.found)
		if n := len(rd.stack); n > 1 {
			c.Role = rd.stack[n-1]
		}
	}
	now := t.layout.Detail
	c.Taken = now == nil && level == 0 || now != nil && now.Level == level
	goods := rd.showRows(&c)
	c.Totals = rd.sumLines(t.Kind, func(l *line) bool { return l.at(level) })
	c.Goods = len(c.Totals) > 0 && goods
	c.Agrees = t.agrees(c.Totals)
	return c
}

// showRows counts the rows of a level, gives examples of them, and says whether most
// of them name goods: by the column of names, or in another beside it.
func (rd *reading) showRows(c *LevelChoice) (goods bool) {
	var names []int // columns that may name goods
	for k := range rd.cols {
		if k == rd.name && isGoods(c.Role) || k != rd.name && isGoods(rd.cols[k].role) {
			names = append(names, k)
		}
	}
	named := make([]int, len(names))
	level := c.Detail.Level
	for i := range rd.lines {
		l := &rd.lines[i]
		if !l.at(level) || level != EveryRow && int(l.level) != level {
			continue
		}
		c.Rows++
		for i, k := range names {
			if rd.v.cell(l.ri, k+1) != nil {
				named[i]++
			}
		}
		if len(c.Examples) < maxExamples && l.name != "" && !slices.Contains(c.Examples, l.name) {
			c.Examples = append(c.Examples, l.name)
		}
	}
	return slices.ContainsFunc(c.Levels, isGoods) || slices.ContainsFunc(named, func(n int) bool { return 2*n >= c.Rows })
}

func isGoods(r Role) bool { return r == Product || r == ProductCode || r == Barcode }

// maxExamples is how many names tell a level.
const maxExamples = 2

// at says whether the line is a record where the rows of a level are taken: rows
// that stand under fewer groups are, too.
func (l *line) at(level int) bool {
	inner := l.level == 0 && (l.class == "" || l.class == SkipDetail)
	group := l.level > 0 && (l.class == "" || l.class == SkipDetail || l.class == SkipGroup)
	switch level {
	case EveryRow:
		return inner || group
	case 0:
		return inner
	}
	return group && int(l.level) == level || inner && int(l.under) < level
}

// roleAtLevel is what the rows of a level are called where they are the records: a
// level that nothing tells of is one of goods.
func (rd *reading) roleAtLevel(level int) Role {
	r := rd.found[level-1]
	if level <= len(rd.stack) && rd.stack[level-1] != "" {
		r = rd.stack[level-1]
	}
	if r == "" || r == Category {
		return Product
	}
	return r
}

// placeOfName is the place of the column that names the rows among the columns of a layout.
func (rd *reading) placeOfName() int {
	place := -1
	keys := rd.columnKeys()
	for i := range rd.cols[:rd.name+1] {
		if keys[i].isKnown() && !rd.cross.covers(i+1) {
			place++
		} else if i == rd.name {
			return -1
		}
	}
	return place
}

// agrees compares sums with what the file prints, nil where there is nothing to compare.
func (t *Table) agrees(sums map[Role]decimal.Decimal) *bool {
	if len(t.PrintedTotals) == 0 {
		return nil
	}
	same := true
	for r, printed := range t.PrintedTotals {
		same = same && closeTo(printed, sums[r])
	}
	return &same
}
