package table

// doubtValues asks about a value of a cross-tab that may be none: a figure beside the
// values whose title nobody knows («Задание», «Коэфф.»). A column that sums the values
// in every row shows that all of them belong, and so does a title that all stand under;
// one called a total that does not is no total, or lacks some of them.
func (t *Table) doubtValues(rd *reading) {
	x := rd.cross
	if rd.match != nil || x == nil || x.second != "" {
		return
	}
	told, agrees := rd.rowTotals()
	if told && !agrees {
		t.Doubts = append(t.Doubts, Issue{Code: DoubtCrosstab, Sheet: t.Sheet, Role: x.what, Found: rd.totalValue()})
		return
	}
	if told || x.what == Date || rd.sharesHead() {
		return
	}
	known, stranger := 0, (*crossGroup)(nil)
	values := 0
	for i := range x.groups {
		g := &x.groups[i]
		if g.total {
			continue
		}
		values++
		switch {
		case guessValue(g.value) != "":
			known++
		case stranger == nil:
			stranger = g
		}
	}
	if stranger != nil && 2*known > values {
		t.Doubts = append(t.Doubts, Issue{Code: DoubtCrosstab, Sheet: t.Sheet, Col: rd.v.letterOf(stranger.col), Role: x.what, Found: stranger.value})
	}
}

// sharesHead: one title stands over all values of the cross-tab.
func (rd *reading) sharesHead() bool {
	head := ""
	for i := range rd.cross.groups {
		g := &rd.cross.groups[i]
		if g.total {
			continue
		}
		parts := rd.h.parts[g.col-1]
		if len(parts) < 2 || parts[0] == g.value || head != "" && parts[0] != head {
			return false
		}
		head = parts[0]
	}
	return head != ""
}

// totalValue is the title of the first column of totals.
func (rd *reading) totalValue() string {
	for i := range rd.cross.groups {
		if g := &rd.cross.groups[i]; g.total && isTotal(g.value) {
			return g.value
		}
	}
	return ""
}

// rowTotals says whether a column of totals stands beside the values, and whether it is
// their sum in nearly every row.
func (rd *reading) rowTotals() (told, agrees bool) {
	x := rd.cross
	for k := range x.groups {
		total := &x.groups[k]
		if !total.total || !isTotal(total.value) {
			continue
		}
		for r, col := range total.cols {
			rows, right := 0, 0
			for i := range rd.lines {
				if rd.lines[i].class != "" {
					continue
				}
				printed := rd.figure(&rd.cols[col-1], rd.v.cell(rd.lines[i].ri, col))
				if printed != printed {
					continue
				}
				sum := 0.0
				for j := range x.groups {
					g := &x.groups[j]
					if c := g.cols[r]; !g.total && c != 0 {
						if f := rd.figure(&rd.cols[c-1], rd.v.cell(rd.lines[i].ri, c)); f == f {
							sum += f
						}
					}
				}
				if rows++; near(printed, sum) {
					right++
				}
			}
			if rows < 2 {
				continue
			}
			if told = true; right*100 < rows*95 {
				return true, false
			}
			agrees = true
		}
	}
	return told, agrees
}
