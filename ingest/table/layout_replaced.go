package table

// replaced finds the layout of which everything stands where it stood but one measure,
// whose place another one has taken by its title: the same report of something else.
// It is read by itself, and asked about.
func (rd *reading) replaced(known []Layout) []Drift {
	var at []int
	keys := rd.columnKeys()
	for k := range keys {
		if keys[k].isKnown() && !rd.cross.covers(k+1) {
			at = append(at, k)
		}
	}
	for i := range known {
		l := &known[i]
		gone := l.allButOneMeasure(keys, at)
		if gone < 0 || keys[at[gone]].Title == "" {
			continue
		}
		c, k := l.Columns[gone], at[gone]
		now := rd.h.title(k + 1)
		unit, vat := meaningOf(now)
		if rd.cols[k].role != c.Role || unit != c.Unit || vat != c.VAT || soldTitle(now, false) != soldTitle(c.Title, false) {
			return []Drift{{Code: DriftMeasure, Role: c.Role, Was: c.Title, Now: now}}
		}
	}
	return nil
}

// allButOneMeasure is the place of the one column that is another one in the sheet,
// where all others stand in the order of the layout; -1 where it is not so.
func (l *Layout) allButOneMeasure(keys []LayoutColumn, at []int) int {
	gone := -1
	if len(at) != len(l.Columns) || l.crossed() {
		return gone
	}
	for i, c := range l.Columns {
		if k := keys[at[i]]; c.Title == k.Title && c.Holds == k.Holds {
			continue
		}
		if gone >= 0 || !c.Role.IsSummed() {
			return -1
		}
		gone = i
	}
	return gone
}
