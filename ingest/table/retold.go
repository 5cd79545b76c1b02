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
	w := titleWords(s)
	if len(w) != 2 || w[0] != "по" && w[0] != "by" {
		return false
	}
	return w[0] == "by" || strings.HasSuffix(w[1], "ам") || strings.HasSuffix(w[1], "ям")
}
