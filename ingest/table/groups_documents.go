package table

// Depths of the rows of a list of sales by contract and document.
const (
	depthBuyer = iota
	depthContract
	depthDocument
	depthGoods
)

// groupsByDocuments: rows named after contracts and documents stand over the goods that
// they sold, and each buyer over his first contract or document, where no indent says so.
func (rd *reading) groupsByDocuments(lines []int) []*grouping {
	depth := make([]int, len(lines))
	contracts, documents := 0, 0
	for k, i := range lines {
		switch l := &rd.lines[i]; {
		case firstWordIn(l.name, contractWords):
			depth[k] = depthContract
			contracts++
		case namesDocument(l.name):
			depth[k] = depthDocument
			documents++
		default:
			depth[k] = depthGoods
		}
	}
	if documents == 0 || 2*(contracts+documents) > len(lines) || depth[0] != depthGoods {
		return nil
	}
	opens := depthDocument
	if contracts > 0 {
		opens = depthContract
	}
	rd.markBuyers(lines, depth, opens)
	if depth[0] != depthBuyer || depth[len(lines)-1] != depthGoods {
		return nil
	}
	return []*grouping{nestByDepth(depth)}
}

// markBuyers marks the rows that directly precede a row of the depth that opens a
// buyer. One with figures holds all such rows that add up to it.
func (rd *reading) markBuyers(lines, depth []int, opens int) {
	sums := make([]float64, len(rd.measures))
	buyer := -1
	for k, i := range lines {
		if depth[k] == opens {
			rd.addTo(sums, i)
		}
		open := buyer >= 0 && rd.hasFigures(lines[buyer]) && !rd.equals(lines[buyer], sums)
		if open || depth[k] != depthGoods || k+1 == len(lines) || depth[k+1] != opens {
			continue
		}
		depth[k], buyer = depthBuyer, k
		clear(sums)
	}
}
