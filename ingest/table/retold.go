package table

import "strings"

// markRetold leaves out blocks that tell the figures of a group a second time by something
// else: «По менеджерам» with the managers of a buyer, before or behind his goods.
func (rd *reading) markRetold() {
	lines := rd.open()
	for _, depth := range rd.depths(lines) {
		for k := range lines {
			if isBreakdown(rd.lines[lines[k]].name) && rd.retells(lines, depth, k) {
				for j := k; j == k || j < len(lines) && depth[j] > depth[k]; j++ {
					rd.lines[lines[j]].class = SkipDetail
				}
			}
		}
	}
	rd.markRetoldByFigures()
}

// markRetoldByFigures does so where nothing but the figures tells how far a block reaches:
// rows right below its own come to the same, and so do those between it and the row of the
// group, or behind it where that row stands right above.
func (rd *reading) markRetoldByFigures() {
	lines := rd.open()
	for k, at := range lines {
		if rd.lines[at].class != "" || !isBreakdown(rd.lines[at].name) || !rd.hasFigures(at) {
			continue
		}
		last := rd.sumsTo(lines, at, k+1, 1)
		if last < 0 {
			continue
		}
		first := rd.sumsTo(lines, at, k-1, -1)
		before := first > 0 && rd.equals(lines[first-1], rd.figuresOf(at))
		behind := k > 0 && rd.equals(lines[k-1], rd.figuresOf(at)) && rd.sumsTo(lines, at, last+1, 1) > 0
		if !before && !behind {
			continue
		}
		for _, i := range lines[k : last+1] {
			rd.lines[i].class = SkipDetail
		}
	}
}

// sumsTo is the place of the row at which the rows from one on come to the figures of line
// at, -1 where they do not.
func (rd *reading) sumsTo(lines []int, at, from, step int) int {
	sums := make([]float64, len(rd.measures))
	for j := from; j >= 0 && j < len(lines) && rd.lines[lines[j]].class == "" && !isBreakdown(rd.lines[lines[j]].name); j += step {
		if rd.addTo(sums, lines[j]); rd.equals(at, sums) {
			return j
		}
	}
	return -1
}

// retells: the rows beside block k add up to the group that both stand under.
func (rd *reading) retells(lines, depth []int, k int) bool {
	group := k - 1
	for group >= 0 && depth[group] >= depth[k] {
		group--
	}
	if group < 0 || !rd.hasFigures(lines[group]) {
		return false
	}
	sums := make([]float64, len(rd.measures))
	for j := group + 1; j < len(lines) && depth[j] > depth[group]; j++ {
		if depth[j] == depth[k] && !isBreakdown(rd.lines[lines[j]].name) {
			rd.addTo(sums, lines[j])
		}
	}
	return rd.equals(lines[group], sums)
}

// isBreakdown: the text says by what the rows under it part the same figures.
func isBreakdown(s string) bool {
	if !firstWordIn(s, breakdownStarts) { // every name is asked
		return false
	}
	w := titleWords(s)
	if len(w) != 2 || w[0] != "по" && w[0] != "by" {
		return false
	}
	return w[0] == "by" || strings.HasSuffix(w[1], "ам") || strings.HasSuffix(w[1], "ям")
}

var breakdownStarts = wordSet("по by")
