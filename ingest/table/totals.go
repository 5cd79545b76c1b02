package table

import (
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// splitTotals keeps the last total that no record follows as the total of the
// table; the others are subtotals. Of several last lines ("Итого", "Всего с НДС")
// the one that agrees with the records is the total. -1 where there is none.
func (rd *reading) splitTotals() (grand int) {
	sums := make([]float64, len(rd.measures))
	for i := range rd.lines {
		if rd.lines[i].class == "" {
			rd.addTo(sums, i)
		}
	}
	grand = -1
	after, agrees := false, false
	for i := len(rd.lines) - 1; i >= 0; i-- {
		l := &rd.lines[i]
		switch {
		case l.class == "":
			after = true
		case l.class != SkipTotal:
		case after || !rd.hasFigures(i):
			if after {
				l.class = SkipSubtotal
			}
		case grand < 0:
			grand, agrees = i, rd.equals(i, sums)
		case !agrees && rd.equals(i, sums):
			rd.lines[grand].class = SkipSubtotal
			grand, agrees = i, true
		default:
			l.class = SkipSubtotal
		}
	}
	return grand
}

// printedTotals reads the figures of the total line by role.
func (rd *reading) printedTotals(grand int, kind Kind) map[Role]decimal.Decimal {
	out := map[Role]decimal.Decimal{}
	if grand < 0 {
		return out
	}
	for _, i := range rd.measures {
		r := rd.measureRole(i, kind)
		if !r.IsSummed() {
			continue
		}
		if d, ok := rd.number(&rd.cols[i], rd.v.cell(rd.lines[grand].ri, rd.cols[i].col)); ok {
			out[r] = out[r].Add(d)
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

// sumRecords adds the measures of all records exactly, by role.
func (rd *reading) sumRecords(kind Kind) map[Role]decimal.Decimal {
	out := map[Role]decimal.Decimal{}
	for _, i := range rd.measures {
		r := rd.measureRole(i, kind)
		if !r.IsSummed() {
			continue
		}
		var sum exactSum
		c := &rd.cols[i]
		for k := range rd.lines {
			if l := &rd.lines[k]; l.class == "" {
				if s, ok := rd.digits(c, rd.v.cell(l.ri, c.col)); ok {
					sum.add(s)
				}
			}
		}
		if sum.n > 0 {
			out[r] = out[r].Add(sum.total())
		}
	}
	return out
}

// maxScale is how many decimals are added without allocating.
const maxScale = 6

// exactSum adds decimal texts: short ones in whole numbers by scale, others exactly too.
type exactSum struct {
	n      int
	scaled [maxScale + 1]int64
	rest   decimal.Decimal
}

func (e *exactSum) add(s string) {
	e.n++
	whole, frac, _ := strings.Cut(s, ".")
	if len(whole)+len(frac) <= 15 && len(frac) <= maxScale && !strings.ContainsAny(s, "eE") {
		if m, err := strconv.ParseInt(whole+frac, 10, 64); err == nil {
			if t := e.scaled[len(frac)] + m; math.Abs(float64(t)) < 1<<62 {
				e.scaled[len(frac)] = t
				return
			}
		}
	}
	if d, err := decimal.NewFromString(s); err == nil {
		e.rest = e.rest.Add(d)
	}
}

func (e *exactSum) total() decimal.Decimal {
	t := e.rest
	for scale, m := range e.scaled {
		if m != 0 {
			t = t.Add(decimal.New(m, -int32(scale)))
		}
	}
	return t
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
