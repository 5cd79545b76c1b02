package table

// silent is the first of a few records without a figure that look like lines of something
// else: they stand behind all that have one, or hold a single cell where the others hold
// several. -1 where there are none.
func (rd *reading) silent() int {
	if rd.cross != nil || len(rd.measures) == 0 {
		return -1
	}
	told, cells, last, lone, quiet := 0, 0, -1, -1, 0
	for i := range rd.lines {
		l := &rd.lines[i]
		switch {
		case l.class != "":
		case rd.tellsFigure(i):
			told, last = told+1, i
			cells += int(l.filled)
		default:
			quiet++
			if lone < 0 && l.filled == 1 {
				lone = i
			}
		}
	}
	if told < leastRecords || quiet > max(mostApart, fewStrays(told)) || 2*quiet > told {
		return -1
	}
	if lone >= 0 && cells >= severalCells*told {
		return lone
	}
	for i := last + 1; i < len(rd.lines); i++ {
		if rd.lines[i].class == "" {
			return i
		}
	}
	return -1
}

// severalCells is how many cells records hold at least where a single one is odd.
const severalCells = 3
