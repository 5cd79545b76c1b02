package table

import "math"

// groupProof says how far a grouping agrees with what the file prints.
type groupProof struct {
	groups, printed, right int
	// grand is 1 where the records add up to the total line, -1 where not, 0 where none is printed.
	grand int
	// clean is how well numbers part records from groups that print none: 1 where
	// every record has some and no group has.
	clean float64
}

// better: proved rather than not, then cleaner by a tenth.
func (p groupProof) better(o groupProof) bool {
	if p.proved() != o.proved() {
		return p.proved()
	}
	return !p.proved() && p.printed == 0 && o.printed == 0 && p.clean > o.clean+0.02
}

// contradicted: more than a fifth of the printed group figures are no sums.
func (p groupProof) contradicted() bool { return p.printed > 0 && p.right*5 < p.printed*4 }

// nearly: most groups agree with their rows, and too many do not.
func (p groupProof) nearly() bool { return p.contradicted() && p.right > 1 && p.right*2 >= p.printed }

// proved: what is printed agrees, and something is.
func (p groupProof) proved() bool {
	return !p.contradicted() && (p.grand > 0 || p.grand == 0 && p.printed > 1 && p.right == p.printed)
}

// weigh proves a grouping; false where the figures contradict it or it has none.
func (rd *reading) weigh(lines, totals []int, g *grouping) bool {
	if g == nil {
		return false
	}
	if g.under == nil {
		g.under = make([]int, len(lines))
		open := 0
		for i, lv := range g.levels {
			if g.under[i] = open; lv > 0 {
				g.under[i], open = lv-1, lv
			}
		}
	}
	rd.weighGroups(lines, g)
	if p := g.proof; p.groups == 0 || p.groups == len(lines) || p.contradicted() {
		return false
	}
	if rd.pricesGroups(lines, g) {
		return false
	}
	rd.weighGrand(lines, totals, g)
	rd.weighNumbers(lines, g)
	return !g.many || g.proof.proved()
}

// pricesGroups: in a list of prices alone a fifth of the groups or more have a price,
// which only goods have.
func (rd *reading) pricesGroups(lines []int, g *grouping) bool {
	if price := columnOf(rd.cols, Price); price == nil || len(rd.measures) > 0 {
		return false
	}
	priced := 0
	for i, at := range lines {
		if g.levels[i] > 0 && rd.tellsFigure(at) {
			priced++
		}
	}
	return priced*5 > g.proof.groups
}

// weighNumbers tells how cleanly numbers part records from groups.
func (rd *reading) weighNumbers(lines []int, g *grouping) {
	bare, full, records := 0, 0, 0
	for i, at := range lines {
		has := rd.hasNumbers(rd.lines[at].ri)
		switch {
		case g.levels[i] == 0:
			if records++; has {
				full++
			}
		case !has:
			bare++
		}
	}
	g.proof.clean = (float64(bare)/float64(g.proof.groups) + float64(full)/float64(max(records, 1))) / 2
}

// hasNumbers: some column of a number is filled, prices too.
func (rd *reading) hasNumbers(ri int) bool {
	for i := range rd.cols {
		c := &rd.cols[i]
		if (c.role.IsNumber() || rd.cross.covers(c.col)) && rd.v.cell(ri, c.col) != nil {
			return true
		}
	}
	return false
}

// weighGroups checks the figures of every group against the records under it, in
// one pass: sums of the open groups are kept by level.
func (rd *reading) weighGroups(lines []int, g *grouping) {
	type openGroup struct {
		at, records int
		sums        []float64
	}
	var stack []openGroup
	closeDown := func(to int) {
		for len(stack) > to {
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if len(stack) > 0 {
				up := &stack[len(stack)-1]
				up.records += o.records
				for k := range o.sums {
					up.sums[k] += o.sums[k]
				}
			}
			if rd.hasFigures(lines[o.at]) {
				g.proof.printed++
				if rd.rounded(lines[o.at], o.sums, o.records) {
					g.proof.right++
				}
			}
		}
	}
	for i, at := range lines {
		closeDown(g.under[i])
		if g.levels[i] > 0 {
			g.proof.groups++
			for len(stack) < g.levels[i]-1 { // a level was left out
				stack = append(stack, openGroup{at: i, sums: make([]float64, len(rd.measures))})
			}
			stack = append(stack, openGroup{at: i, sums: make([]float64, len(rd.measures))})
			continue
		}
		if len(stack) > 0 {
			top := &stack[len(stack)-1]
			top.records++
			rd.addTo(top.sums, at)
		}
	}
	closeDown(0)
}

// rounded: the figures of line i are the sums, each of n records rounded by half a
// hundredth at most.
func (rd *reading) rounded(i int, sums []float64, n int) bool {
	slack := 0.005 * float64(n)
	for k, f := range rd.figuresOf(i) {
		if f == f && !near(f, sums[k]) && math.Abs(f-sums[k]) > slack {
			return false
		}
	}
	return true
}

// weighGrand compares the sums of the records with the lines of totals.
func (rd *reading) weighGrand(lines, totals []int, g *grouping) {
	if len(totals) == 0 {
		return
	}
	sums := make([]float64, len(rd.measures))
	n := 0
	for i, at := range lines {
		if g.levels[i] == 0 {
			rd.addTo(sums, at)
			n++
		}
	}
	g.proof.grand = -1
	for _, t := range totals {
		if rd.equals(t, sums) || rd.rounded(t, sums, n) {
			g.proof.grand = 1
		}
	}
}
