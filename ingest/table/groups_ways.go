package table

import (
	"math"
	"slices"
	"strings"
)

// groupsByDepth: a row is a group where the next one is deeper, by outline, by
// indent or by blanks before the name.
func (rd *reading) groupsByDepth(lines []int) []*grouping {
	var out []*grouping
	for _, depth := range rd.depths(lines) {
		out = append(out, nestByDepth(depth))
	}
	return out
}

func nestByDepth(depth []int) *grouping {
	g := &grouping{levels: make([]int, len(depth)), under: make([]int, len(depth))}
	var stack []int
	for i := range depth {
		for len(stack) > 0 && stack[len(stack)-1] >= depth[i] {
			stack = stack[:len(stack)-1]
		}
		g.under[i] = len(stack)
		if i+1 < len(depth) && depth[i+1] > depth[i] {
			stack = append(stack, depth[i])
			g.levels[i] = len(stack)
		}
	}
	return g
}

// depths gives the ways in which lines may be deeper than others: outline, indent
// of the name, both together, blanks before the name. Ways that never grow are left out.
func (rd *reading) depths(lines []int) [][]int {
	outline, indent, both, lead := make([]int, len(lines)), make([]int, len(lines)), make([]int, len(lines)), make([]int, len(lines))
	for k, i := range lines {
		l := &rd.lines[i]
		outline[k] = int(rd.v.rows[l.ri].outline)
		if rd.name >= 0 {
			if c := rd.v.cell(l.ri, rd.cols[rd.name].col); c != nil {
				indent[k], lead[k] = int(c.indent), int(c.lead)
			}
		}
		both[k] = outline[k]*256 + indent[k]
	}
	var out [][]int
	for _, depth := range [][]int{outline, indent, lead} {
		if grows(depth) {
			out = append(out, depth)
		}
	}
	if len(out) > 1 && grows(indent) && grows(outline) {
		out = append(out, both)
	}
	return out
}

func grows(depth []int) bool {
	for i := 1; i < len(depth); i++ {
		if depth[i-1] < depth[i] {
			return true
		}
	}
	return false
}

// groupsByNumbering: a column counts 1, 1.1, 1.1.1.
func (rd *reading) groupsByNumbering(lines []int) []*grouping {
	if len(lines) < 3 {
		return nil
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		if i == rd.name || c.role.IsSummed() || rd.cross.covers(c.col) {
			continue
		}
		if depth := rd.numbering(lines, c.col); depth != nil && grows(depth) {
			return []*grouping{nestByDepth(depth)}
		}
	}
	return nil
}

// numbering gives the depth of outline numbers in a column; nil where some line has none.
func (rd *reading) numbering(lines []int, col int) []int {
	depth := make([]int, len(lines))
	deep := 0
	for k, i := range lines {
		c := rd.v.cell(rd.lines[i].ri, col)
		if c == nil {
			return nil
		}
		t := strings.TrimSuffix(c.text, ".")
		if t == "" || strings.Trim(t, "0123456789.") != "" || len(t) > 12 {
			return nil
		}
		depth[k] = strings.Count(t, ".")
		deep = max(deep, depth[k])
	}
	if deep == 0 || depth[0] != 0 {
		return nil
	}
	return depth
}

// groupsByMerge: a row whose name is merged over the columns of the record, or stands in
// each of them, is a group.
func (rd *reading) groupsByMerge(lines []int) []*grouping {
	g := &grouping{levels: make([]int, len(lines))}
	n := 0
	for k, i := range lines {
		l := &rd.lines[i]
		if isSpread(rd.v.filled(l.ri)) {
			g.levels[k] = 1
			n++
		}
		if l.filled > 1 || rd.hasFigures(i) {
			continue
		}
		for _, m := range rd.v.merges[rd.v.rows[l.ri].N] {
			if m.LastCol-m.FirstCol >= 2 && m.LastRow == m.FirstRow {
				g.levels[k] = 1
				n++
				break
			}
		}
	}
	if n == 0 || 2*n > len(lines) {
		return nil
	}
	return []*grouping{g}
}

// groupsByBold: bold rows are groups of the plain ones under them.
func (rd *reading) groupsByBold(lines []int) []*grouping {
	if rd.name < 0 {
		return nil
	}
	g := &grouping{levels: make([]int, len(lines))}
	n := 0
	for k, i := range lines {
		c := rd.v.cell(rd.lines[i].ri, rd.cols[rd.name].col)
		if c != nil && c.bold && !rd.holdsAttributes(&rd.lines[i]) {
			g.levels[k] = 1
			n++
		}
	}
	if n == 0 || 2*n > len(lines) || g.levels[0] == 0 || g.levels[len(lines)-1] > 0 {
		return nil
	}
	rd.nest(lines, g.levels)
	return []*grouping{g}
}

// groupsByBlank: records fill a column (unit, code, number, a text) that group
// rows leave blank. Where groups print no figures, all of their columns but the
// name are blank.
func (rd *reading) groupsByBlank(lines []int) []*grouping {
	var out []*grouping
	for i := range rd.cols {
		c := &rd.cols[i]
		if i == rd.name || c.role.IsSummed() || rd.cross.covers(c.col) || c.stats.filled == 0 {
			continue
		}
		levels, n := rd.blankLevels(lines, c.col)
		if n == 0 || 3*n > 2*len(lines) {
			continue
		}
		out = append(out, &grouping{levels: levels, many: 2*n > len(lines), uneven: rd.uneven(lines, levels)})
	}
	if levels, n := rd.bareLevels(lines); n > 0 && 3*n <= 2*len(lines) {
		out = append(out, &grouping{levels: levels, uneven: rd.uneven(lines, levels)})
	}
	return out
}

// blankLevels marks the lines that leave a column blank, n of them; 0 where one of
// them holds what only a record can hold.
//
// Folders of a catalogue keep their code: lines with attributes may be groups where
// the list begins with one, goods are counted or priced, none of the lines is, and they
// are few.
func (rd *reading) blankLevels(lines []int, col int) ([]int, int) {
	levels := make([]int, len(lines))
	n, attributed, figured := 0, 0, 0
	for k, i := range lines {
		l := &rd.lines[i]
		if rd.v.cell(l.ri, col) != nil {
			continue
		}
		if l.name == "" || k == len(lines)-1 {
			return nil, 0
		}
		if rd.holdsAttributes(l) {
			attributed++
		}
		if rd.hasFigures(i) {
			figured++
		}
		levels[k] = 1
		n++
	}
	counted := slices.ContainsFunc(rd.cols, func(c column) bool { return c.role.IsNumber() })
	if attributed > 0 && (figured > 0 || !counted && rd.cross == nil || n < 2 || 4*n > len(lines) || levels[0] == 0) {
		return nil, 0
	}
	rd.nest(lines, levels)
	return levels, n
}

// bareLevels marks the lines that hold one text and nothing else, where records
// hold figures. A list in which names without figures stand side by side has none.
func (rd *reading) bareLevels(lines []int) ([]int, int) {
	levels := make([]int, len(lines))
	n, runs := 0, 0
	for k, i := range lines {
		l := &rd.lines[i]
		if l.filled != 1 || l.name == "" || rd.hasFigures(i) || k == len(lines)-1 {
			continue
		}
		levels[k] = 1
		if n++; k > 0 && levels[k-1] > 0 {
			runs++
		}
	}
	if n == 0 || 2*runs > n || levels[0] == 0 {
		return nil, 0
	}
	rd.nest(lines, levels)
	return levels, n
}

// nest gives levels to marked rows: by their figures, a group being open until
// its rows add up to it; without figures, directly following ones are nested.
func (rd *reading) nest(lines, levels []int) {
	if rd.nestByLead(lines, levels) {
		return
	}
	type opened struct {
		at   int
		sums []float64
	}
	var stack []opened
	bare := true
	for k, i := range lines {
		if levels[k] == 0 {
			for _, o := range stack {
				rd.addTo(o.sums, i)
			}
			continue
		}
		if !rd.hasFigures(i) {
			levels[k] = 1
			if k > 0 && levels[k-1] > 0 {
				levels[k] = min(levels[k-1]+1, maxLevels)
			}
			continue
		}
		bare = false
		for len(stack) > 0 && (rd.equals(stack[len(stack)-1].at, stack[len(stack)-1].sums) || len(stack) >= maxLevels) {
			stack = stack[:len(stack)-1]
		}
		stack = append(stack, opened{i, make([]float64, len(rd.measures))})
		levels[k] = len(stack)
	}
	if bare {
		alignRuns(levels)
	}
}

// alignRuns takes a run of groups that is shorter than the one before for the innermost
// levels: only the groups that change are printed again.
func alignRuns(levels []int) {
	deepest := 0
	for k := 0; k < len(levels); {
		n := 0
		for k+n < len(levels) && levels[k+n] > 0 {
			n++
		}
		if n > 0 {
			deepest = max(deepest, n)
			for j := range n {
				levels[k+j] = deepest - n + j + 1
			}
		}
		k += max(n, 1)
	}
}

// uneven: groups without figures follow each other in some places and stand alone in
// others, so that nothing proves the level of those alone.
func (rd *reading) uneven(lines, levels []int) bool {
	for k, i := range lines {
		if levels[k] > 1 && (k == 0 || levels[k-1] == 0) && !rd.hasFigures(i) {
			return true
		}
	}
	return false
}

// nestByLead gives levels to marked rows without figures by the blanks before their
// names; false where these tell no depths. A row without a name is as deep as the last,
// one without blanks among those that have some is no deeper than the records.
func (rd *reading) nestByLead(lines, levels []int) bool {
	if rd.name < 0 {
		return false
	}
	depth := make([]int, len(lines))
	var stack []int
	deepest, last := 0, 0
	for k, i := range lines {
		if levels[k] == 0 {
			continue
		}
		if rd.hasFigures(i) {
			return false
		}
		if c := rd.v.cell(rd.lines[i].ri, rd.cols[rd.name].col); c != nil {
			last = int(c.lead)
		}
		if last == 0 && len(stack) > 0 && stack[0] > 0 {
			last = math.MaxUint8
		}
		for len(stack) > 0 && stack[len(stack)-1] >= last {
			stack = stack[:len(stack)-1]
		}
		stack = append(stack, last)
		depth[k] = len(stack)
		deepest = max(deepest, len(stack))
	}
	if deepest < 2 || deepest > maxLevels {
		return false
	}
	copy(levels, depth)
	return true
}

// maxLevels bounds how deep groups may be nested.
const maxLevels = 12
