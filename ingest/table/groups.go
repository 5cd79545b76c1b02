package table

import (
	"slices"
)

// grouping is one way to read the open lines: which are groups of which level.
type grouping struct {
	levels []int // by open line; 0 is a record, 1 the outermost group
	under  []int // how many groups the line stands under
	proof  groupProof
	// many: more than half of the lines are groups, which the printed sums must prove.
	many bool
	// uneven: the level of some groups is a guess.
	uneven bool
}

// findGroups tells group rows from records. Every way of telling is tried in turn;
// the first that the printed sums prove is taken, else the first they do not
// contradict.
func (rd *reading) findGroups() {
	rd.markRetold()
	lines := rd.open()
	totals := rd.totalLines()
	best, broken := rd.bestGroups(lines, totals)
	flat := rd.flat(lines, totals)
	if best != nil && flat.proof.grand > 0 && best.proof.grand < 0 {
		best = nil // without groups the total agrees
	}
	if best == nil {
		rd.proof = flat.proof
		if broken && flat.proof.grand <= 0 {
			rd.doubt(Issue{Code: DoubtSubtotal})
		}
		if len(rd.stack) > 1 && rd.name >= 0 {
			rd.doubt(Issue{Code: DoubtGroups, Found: rd.cols[rd.name].title})
		}
		return
	}
	rd.accept(lines, best)
	rd.markEmptyGroups()
	rd.dropRoot()
	rd.nameLevels()
}

// bestGroups tries the ways in turn until the printed sums prove one; where they
// contradict all, the one that two ways find and most of the sums agree with, if any.
// Broken says that one was contradicted by few of them.
func (rd *reading) bestGroups(lines, totals []int) (best *grouping, broken bool) {
	var nearly []*grouping
	for _, way := range [...]func([]int) []*grouping{
		rd.groupsByDepth, rd.groupsByDocuments, rd.groupsByNumbering, rd.groupsByMerge, rd.groupsByBlank, rd.groupsBySum, rd.groupsByBold,
	} {
		for _, g := range way(lines) {
			if !rd.weigh(lines, totals, g) {
				if g != nil && g.proof.nearly() {
					nearly = append(nearly, g)
				}
				continue
			}
			if best == nil || g.proof.better(best.proof) {
				best = g
			}
			if best.proof.proved() {
				return best, len(nearly) > 0
			}
		}
	}
	if best == nil {
		best = rd.foundTwice(lines, totals, nearly)
	}
	return best, len(nearly) > 0
}

// foundTwice is a grouping that two ways agree on and two thirds of its printed figures
// bear out; nil for none. The report contradicts itself in the others, so that sums tell
// no levels: there is one where no group directly follows another.
func (rd *reading) foundTwice(lines, totals []int, nearly []*grouping) *grouping {
	for i, g := range nearly {
		if 3*g.proof.right < 2*g.proof.printed || !slices.ContainsFunc(nearly[:i], func(o *grouping) bool { return slices.Equal(g.levels, o.levels) }) {
			continue
		}
		if !g.stacks() {
			one := &grouping{levels: make([]int, len(g.levels))}
			for k, level := range g.levels {
				one.levels[k] = min(level, 1)
			}
			rd.weigh(lines, totals, one)
			return one
		}
		return g
	}
	return nil
}

// stacks: some group directly follows another.
func (g *grouping) stacks() bool {
	for i := 1; i < len(g.levels); i++ {
		if g.levels[i-1] > 0 && g.levels[i] > 0 {
			return true
		}
	}
	return false
}

// open lists the lines that are not classed yet.
func (rd *reading) open() []int {
	var out []int
	for i := range rd.lines {
		if rd.lines[i].class == "" {
			out = append(out, i)
		}
	}
	return out
}

// totalLines lists the lines of totals that no open line follows.
func (rd *reading) totalLines() []int {
	var out []int
	for i := len(rd.lines) - 1; i >= 0 && rd.lines[i].class != ""; i-- {
		if rd.lines[i].class == SkipTotal && rd.hasFigures(i) {
			out = append(out, i)
		}
	}
	return out
}

// flat is the reading without groups.
func (rd *reading) flat(lines []int, totals []int) *grouping {
	g := &grouping{levels: make([]int, len(lines)), under: make([]int, len(lines))}
	rd.weighGrand(lines, totals, g)
	return g
}

// accept marks the groups.
func (rd *reading) accept(lines []int, g *grouping) {
	rd.proof = g.proof
	var stack []int32
	for i, at := range lines {
		l := &rd.lines[at]
		l.under = int32(g.under[i])
		stack = stack[:min(len(stack), g.under[i])]
		if n := len(stack); n > 0 {
			l.parent = stack[n-1]
		}
		if g.levels[i] > 0 {
			l.class, l.level = SkipGroup, int32(g.levels[i])
			stack = append(stack, int32(at))
		}
	}
	if g.proof.right < g.proof.printed {
		rd.doubt(Issue{Code: DoubtSubtotal})
	}
	if g.uneven {
		rd.doubt(Issue{Code: DoubtGroups, Found: rd.lines[lines[slices.IndexFunc(g.levels, func(l int) bool { return l > 1 })]].name})
	}
}

// markEmptyGroups finds groups that hold nothing: open lines that leave blank what
// every record fills and no group does, and print no figures.
func (rd *reading) markEmptyGroups() {
	for i := range rd.cols {
		c := &rd.cols[i]
		if i == rd.name || c.role.IsNumber() || rd.cross.covers(c.col) {
			continue
		}
		groups, groupsFilled := rd.filledOf(c, SkipGroup)
		records, filled := rd.filledOf(c, "")
		if groupsFilled*20 > groups || filled*100 < records*98 || filled == records {
			continue
		}
		for k := range rd.lines {
			l := &rd.lines[k]
			if l.class == "" && !rd.hasNumbers(l.ri) && rd.v.cell(l.ri, c.col) == nil {
				l.class, l.level = SkipGroup, l.under+1
			}
		}
	}
}

// filledOf counts the lines of a class, and those of them that fill the column.
func (rd *reading) filledOf(c *column, class string) (all, filled int) {
	for k := range rd.lines {
		if rd.lines[k].class != class {
			continue
		}
		if all++; rd.v.cell(rd.lines[k].ri, c.col) != nil {
			filled++
		}
	}
	return all, filled
}

// dropRoot lowers the levels by one where a single outermost group holds everything
// and more levels are found than the heading names.
func (rd *reading) dropRoot() {
	top, deepest, empty := 0, int32(0), true
	for i := range rd.lines {
		switch l := &rd.lines[i]; {
		case l.class == "" && empty: // groups that hold nothing do not count
			top, empty = top+1, false
		case l.class == SkipGroup:
			deepest = max(deepest, l.level)
			empty = empty || l.level == 1
		}
	}
	if top != 1 || deepest < 2 || int(deepest) < len(rd.stack) || guessGroup(rd.levelNames()[0]) != Category {
		return
	}
	for i := range rd.lines {
		l := &rd.lines[i]
		l.under--
		if l.class == SkipGroup {
			l.level--
		}
	}
}
