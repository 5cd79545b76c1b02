package table

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// findGroups tells group rows from records. Each way is tried in turn and kept
// only where the figures of the groups do not contradict it.
func (rd *reading) findGroups() {
	for _, way := range [...]func() bool{rd.groupsByDepth, rd.groupsByMerge, rd.groupsByBlank, rd.groupsBySum} {
		if way() {
			rd.dropRoot()
			rd.nameLevels()
			return
		}
	}
	if len(rd.stack) > 1 {
		rd.doubt(Issue{Code: DoubtGroups, Found: rd.cols[rd.name].title})
	}
}

// open lists the lines that are not classed yet.
func (rd *reading) open() []*line {
	var out []*line
	for i := range rd.lines {
		if rd.lines[i].class == "" {
			out = append(out, &rd.lines[i])
		}
	}
	return out
}

// groupsByDepth: a row is a group where the next one is deeper, by outline or by indent.
func (rd *reading) groupsByDepth() bool {
	lines := rd.open()
	depth := rd.depths(lines)
	if depth == nil {
		return false
	}
	levels := make([]int, len(lines))
	under := make([]int, len(lines))
	var stack []int
	for i := range lines {
		for len(stack) > 0 && stack[len(stack)-1] >= depth[i] {
			stack = stack[:len(stack)-1]
		}
		under[i] = len(stack)
		if i+1 < len(lines) && depth[i+1] > depth[i] {
			stack = append(stack, depth[i])
			levels[i] = len(stack)
		}
	}
	return rd.accept(lines, levels, under)
}

// depths gives the outline of every line, or where the sheet has none the indent
// of its name; nil where neither ever grows.
func (rd *reading) depths(lines []*line) []int {
	outline, indent := make([]int, len(lines)), make([]int, len(lines))
	for i, l := range lines {
		outline[i] = int(rd.v.rows[l.ri].Outline)
		if rd.name < 0 {
			continue
		}
		if c := rd.v.cell(l.ri, rd.cols[rd.name].col); c != nil {
			indent[i] = int(c.Indent)
		}
	}
	for _, depth := range [][]int{outline, indent} {
		for i := 1; i < len(depth); i++ {
			if depth[i-1] < depth[i] {
				return depth
			}
		}
	}
	return nil
}

// groupsByMerge: a row whose name is merged over the columns of the record is a group.
func (rd *reading) groupsByMerge() bool {
	lines := rd.open()
	levels := make([]int, len(lines))
	n := 0
	for i, l := range lines {
		if l.filled > 1 || l.hasFigures() {
			continue
		}
		for _, m := range rd.v.merges[rd.v.rows[l.ri].N] {
			if m.LastCol-m.FirstCol >= 2 && m.LastRow == m.FirstRow {
				levels[i] = 1
				n++
				break
			}
		}
	}
	if n == 0 || 2*n > len(lines) {
		return false
	}
	return rd.accept(lines, levels, nil)
}

// groupsByBlank: records fill a column (unit, code, number, a text) that group
// rows leave blank. Where groups print no figures, all of their columns but the
// name are blank.
func (rd *reading) groupsByBlank() bool {
	lines := rd.open()
	for i := range rd.cols {
		c := &rd.cols[i]
		if i == rd.name || c.role.IsNumber() || rd.cross.covers(c.col) || c.stats.filled == 0 {
			continue
		}
		levels, n := rd.blankLevels(lines, c.col)
		if n == 0 || 2*n > len(lines) {
			continue
		}
		if rd.accept(lines, levels, nil) {
			return true
		}
	}
	return false
}

// blankLevels marks the lines that leave a column blank, n of them; 0 where one of
// them holds what only a record can hold.
func (rd *reading) blankLevels(lines []*line, col int) ([]int, int) {
	levels := make([]int, len(lines))
	n := 0
	for i, l := range lines {
		if rd.v.cell(l.ri, col) != nil {
			continue
		}
		if l.name == "" || rd.holdsAttributes(l) || i == len(lines)-1 {
			return nil, 0
		}
		levels[i] = 1
		n++
	}
	rd.nest(lines, levels)
	return levels, n
}

// holdsAttributes: the row fills a column besides its name and the measures.
func (rd *reading) holdsAttributes(l *line) bool {
	for _, c := range rd.v.filled(l.ri) {
		i := c.Col - 1
		if i == rd.name || rd.cols[i].role.IsNumber() || rd.cross.covers(c.Col) || slices.Contains(rd.measures, i) || looksNumeric(c) && rd.cols[i].role == "" {
			continue
		}
		return true
	}
	return false
}

// nest gives levels to marked rows: by their figures, a group being open until
// its rows add up to it; without figures, directly following ones are nested.
func (rd *reading) nest(lines []*line, levels []int) {
	type opened struct {
		l    *line
		sums []decimal.Decimal
	}
	var stack []opened
	for i, l := range lines {
		if levels[i] == 0 {
			for _, o := range stack {
				addFigures(o.sums, l)
			}
			continue
		}
		if !l.hasFigures() {
			levels[i] = 1
			if i > 0 && levels[i-1] > 0 {
				levels[i] = levels[i-1] + 1
			}
			continue
		}
		for len(stack) > 0 && rd.equals(stack[len(stack)-1].l, stack[len(stack)-1].sums) {
			stack = stack[:len(stack)-1]
		}
		stack = append(stack, opened{l, make([]decimal.Decimal, len(rd.measures))})
		levels[i] = len(stack)
	}
}

func addFigures(sums []decimal.Decimal, l *line) {
	for k, f := range l.figures {
		if f != nil {
			sums[k] = sums[k].Add(*f)
		}
	}
}

// groupsBySum: where the heading names two levels and nothing else tells them
// apart, the first row is a group, its rows are those that add up to it, and so on to the end.
func (rd *reading) groupsBySum() bool {
	if len(rd.stack) != 2 {
		return false
	}
	lines := rd.open()
	levels := make([]int, len(lines))
	for i := 0; i < len(lines); {
		g := lines[i]
		if !g.hasFigures() {
			return false
		}
		sums := make([]decimal.Decimal, len(rd.measures))
		j := i + 1
		for ; j < len(lines) && (j <= i+1 || !rd.equals(g, sums)); j++ {
			addFigures(sums, lines[j])
		}
		for ; j < len(lines) && isZero(lines[j]); j++ { // rows without anything belong to the group before
			addFigures(sums, lines[j])
		}
		if j == i+1 || !rd.equals(g, sums) {
			return false
		}
		levels[i] = 1
		i = j
	}
	return rd.accept(lines, levels, nil)
}

func isZero(l *line) bool {
	for _, f := range l.figures {
		if f != nil && !f.IsZero() {
			return false
		}
	}
	return true
}

// accept marks the groups if the figures they print are the sums of their rows,
// nearly all of them. Under is how many groups every line stands under; nil where
// a record stands under all groups that are open.
func (rd *reading) accept(lines []*line, levels, under []int) bool {
	if under == nil {
		under = make([]int, len(lines))
		open := 0
		for i, lv := range levels {
			if under[i] = open; lv > 0 {
				under[i], open = lv-1, lv
			}
		}
	}
	groups, printed, right := 0, 0, 0
	for i, l := range lines {
		if levels[i] == 0 {
			continue
		}
		groups++
		if !l.hasFigures() {
			continue
		}
		printed++
		if rd.sumsUp(lines, levels, under, i) {
			right++
		}
	}
	if groups == 0 || groups == len(lines) || printed > 0 && right*5 < printed*4 {
		return false
	}
	for i, l := range lines {
		l.under = under[i]
		if levels[i] > 0 {
			l.class, l.level = SkipGroup, levels[i]
		}
	}
	if right < printed {
		rd.doubt(Issue{Code: DoubtSubtotal})
	}
	return true
}

// sumsUp checks the figures of the group at i against the records under it.
func (rd *reading) sumsUp(lines []*line, levels, under []int, i int) bool {
	sums := make([]decimal.Decimal, len(rd.measures))
	n := int64(0)
	for j := i + 1; j < len(lines) && under[j] >= levels[i]; j++ {
		if levels[j] == 0 {
			addFigures(sums, lines[j])
			n++
		}
	}
	rounding := decimal.New(5*n, -3) // every row may be rounded by half a hundredth
	for k, f := range lines[i].figures {
		if f != nil && !closeTo(*f, sums[k]) && f.Sub(sums[k]).Abs().GreaterThan(rounding) {
			return false
		}
	}
	return true
}

// dropRoot lowers the levels by one where a single outermost group holds everything
// and more levels are found than the heading names.
func (rd *reading) dropRoot() {
	top, deepest := 0, 0
	for i := range rd.lines {
		if rd.lines[i].class == SkipGroup {
			deepest = max(deepest, rd.lines[i].level)
			if rd.lines[i].level == 1 {
				top++
			}
		}
	}
	if top != 1 || deepest < 2 || deepest < len(rd.stack) {
		return
	}
	for i := range rd.lines {
		rd.lines[i].under--
		if rd.lines[i].class == SkipGroup {
			rd.lines[i].level--
		}
	}
}

// nameLevels gives a role to every level of groups: as the heading names them,
// else by what the texts look like.
func (rd *reading) nameLevels() {
	deepest := 0
	names := map[int][]string{}
	for _, l := range rd.lines {
		if l.class == SkipGroup && l.level > 0 {
			deepest = max(deepest, l.level)
			if len(names[l.level]) < 500 {
				names[l.level] = append(names[l.level], l.name)
			}
		}
	}
	rd.levels = make([]Role, deepest)
	used := map[Role]bool{}
	for i := range rd.cols {
		used[rd.cols[i].role] = true
	}
	for i := range rd.levels {
		var r Role
		switch {
		case i < len(rd.stack)-1:
			if r = rd.stack[i]; r == "" {
				continue
			}
		default:
			r = guessGroup(names[i+1])
		}
		if used[r] {
			if r = Category; used[r] {
				continue
			}
		}
		used[r] = true
		rd.levels[i] = r
		if i >= len(rd.stack)-1 && r != Category {
			rd.doubt(Issue{Code: DoubtGroups, Role: r, Found: names[i+1][0]})
		}
	}
}

var (
	legalForms     = wordSet("ооо оао зао пао ао ип тоо тов пп фоп чп чуп одо уп llc ltd inc srl sa sas аптека магазин супермаркет")
	warehouseWords = wordSet("склад склады складе филиал warehouse almacen bodega філія")
)

// guessGroup tells buyers and warehouses from folders of goods by their words.
func guessGroup(names []string) Role {
	buyers, stores := 0, 0
	for _, n := range names {
		for _, w := range titleWords(n) {
			if legalForms[w] {
				buyers++
				break
			}
			if warehouseWords[w] {
				stores++
				break
			}
		}
	}
	switch {
	case 2*buyers >= len(names):
		return Client
	case 2*stores >= len(names):
		return Warehouse
	}
	return Category
}

// groupName cleans the text of a group row: 1C ends folders with a comma.
func groupName(s string) string { return strings.TrimRight(s, ", ") }
