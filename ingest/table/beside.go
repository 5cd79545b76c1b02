package table

// besideSample is how many rows below a heading tell whether titles stand beside their values.
const besideSample = 200

// fewTotals is how many times as many values stand beside a title as totals below it.
const fewTotals = 4

// moveBeside gives titles to the columns beside them where print-outs put the values there:
// next to nothing stands below the title (totals may), and below no title beside it in most
// rows something does.
// It lists the columns that have their titles from beside, but those that a wide title
// stands over as well.
func (v *view) moveBeside(h *heading, parts [][]string) (moved []int) {
	for col := 1; col <= len(parts); col++ {
		if len(parts[col-1]) == 0 {
			continue
		}
		own := v.valuesBelow(h, col)
		for _, to := range [...]int{col + 1, col - 1} {
			if to < 1 || to > len(parts) || len(parts[to-1]) > 0 {
				continue
			}
			if n := v.valuesBelow(h, to); n <= fewTotals*own || 2*n < min(besideSample, len(v.rows)-h.last-1) {
				continue
			}
			parts[to-1], parts[col-1] = parts[col-1], nil
			if to < col || !v.isUnderMerge(h, to) {
				moved = append(moved, to)
			}
			break
		}
	}
	return moved
}

// valuesBelow counts the cells of a column in the first rows below a heading.
func (v *view) valuesBelow(h *heading, col int) int {
	n := 0
	for ri := h.last + 1; ri < min(len(v.rows), h.last+1+besideSample); ri++ {
		if v.cell(ri, col) != nil {
			n++
		}
	}
	return n
}
