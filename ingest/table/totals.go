package table

import "github.com/shopspring/decimal"

// splitTotals keeps the last total that no record follows as the total of the
// table; the others are subtotals. Of several last lines ("Итого", "Всего с НДС")
// the one that agrees with the records is the total.
func (rd *reading) splitTotals() (grand *line) {
	sums := make([]decimal.Decimal, len(rd.measures))
	for i := range rd.lines {
		if rd.lines[i].class == "" {
			addFigures(sums, &rd.lines[i])
		}
	}
	after := false
	agrees := false
	for i := len(rd.lines) - 1; i >= 0; i-- {
		l := &rd.lines[i]
		switch {
		case l.class == "":
			after = true
		case l.class != SkipTotal:
		case after || !l.hasFigures():
			if after {
				l.class = SkipSubtotal
			}
		case grand == nil:
			grand, agrees = l, rd.equals(l, sums)
		case !agrees && rd.equals(l, sums):
			grand.class = SkipSubtotal
			grand, agrees = l, true
		default:
			l.class = SkipSubtotal
		}
	}
	return grand
}

// printedTotals reads the figures of the total line by role.
func (rd *reading) printedTotals(l *line, kind Kind) map[Role]decimal.Decimal {
	out := map[Role]decimal.Decimal{}
	if l == nil {
		return out
	}
	for k, i := range rd.measures {
		r := rd.measureRole(i, kind)
		if f := l.figures[k]; f != nil && r.IsSummed() {
			out[r] = out[r].Add(*f)
		}
	}
	return out
}

// measureRole is the role a measure column has in records of a kind.
func (rd *reading) measureRole(i int, kind Kind) Role {
	r := rd.cols[i].role
	if rd.cross.covers(rd.cols[i].col) {
		r = rd.cross.roleAt(rd.cols[i].col)
	}
	return rd.inKind(r, kind)
}

// reconcile compares the printed totals with the sums of the records.
func (t *Table) reconcile() {
	agreed, compared := true, false
	for _, r := range Roles() {
		printed, ok := t.PrintedTotals[r]
		if !ok {
			continue
		}
		compared = true
		if sum := t.Totals[r]; !closeTo(printed, sum) {
			agreed = false
			t.Doubts = append(t.Doubts, Issue{Code: DoubtTotal, Sheet: t.Sheet, Role: r, Found: printed.String(), Expected: sum.String()})
		}
	}
	if compared {
		t.Reconciled = &agreed
	}
}
