package table

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/shopspring/decimal"
)

// splitTotals keeps the last total that no record follows as the total of the
// table; the others are subtotals. Of several last lines ("Итого", "Всего с НДС")
// the one that agrees with the records is the total; where only all of them together
// agree (a total a unit), all are. A lone one above all records is it too. Empty where
// there is none.
func (rd *reading) splitTotals() []int {
	sums := make([]float64, len(rd.measures))
	for i := range rd.lines {
		if rd.lines[i].class == "" {
			rd.addTo(sums, i)
		}
	}
	first := rd.firstTotal()
	last := rd.lastTotals()
	if len(last) == 0 && first >= 0 {
		rd.lines[first].class = SkipTotal
		return rd.keepTotals(first)
	}
	if len(last) == 0 {
		return nil
	}
	for _, i := range last {
		if rd.equals(i, sums) {
			return rd.keepTotals(i)
		}
	}
	if len(last) > 1 && !slices.ContainsFunc(last, rd.totalsBlock) && rd.addUp(last, sums) {
		return rd.keepTotals(last...)
	}
	return rd.keepTotals(last[0])
}

// firstTotal is the one total of the table where it stands above all records, -1 for none.
func (rd *reading) firstTotal() int {
	first := -1
	records := false
	for i := range rd.lines {
		switch l := &rd.lines[i]; {
		case l.class == "":
			records = true
		case l.class == SkipTotal && rd.hasFigures(i):
			if first >= 0 || records {
				return -1
			}
			first = i
		}
	}
	return first
}

// totalsBlock: the total in line i names what a row above it is about: it is that of one
// buyer or one group, «Итого: ООО "Альфа"», «ООО "Альфа" Итог».
func (rd *reading) totalsBlock(i int) bool {
	for _, c := range rd.v.filled(rd.lines[i].ri) {
		if c.kind != grid.Text {
			continue
		}
		name, ok := cutTotal(c.text)
		if !ok {
			_, name, _ = strings.Cut(c.text, " ")
			name = oneLine(name)
		}
		if len(name) < 3 {
			continue
		}
		for k := i - 1; k >= 0 && k > i-maxBlock; k-- {
			if x := rd.v.cell(rd.lines[k].ri, c.col); x != nil && oneLine(x.text) == name {
				return true
			}
		}
	}
	return false
}

// lastTotals lists the totals that no record follows, the last first; those before
// become subtotals.
func (rd *reading) lastTotals() []int {
	var out []int
	after := false
	for i := len(rd.lines) - 1; i >= 0; i-- {
		switch l := &rd.lines[i]; {
		case l.class == "":
			after = true
		case l.class == SkipTotal && after:
			l.class = SkipSubtotal
		case l.class == SkipTotal && rd.hasFigures(i):
			out = append(out, i)
		}
	}
	return out
}

// keepTotals makes subtotals of all totals but those.
func (rd *reading) keepTotals(keep ...int) []int {
	for i := range rd.lines {
		if rd.lines[i].class == SkipTotal && rd.hasFigures(i) && !slices.Contains(keep, i) {
			rd.lines[i].class = SkipSubtotal
		}
	}
	return keep
}

// addUp: the figures of the lines together are the sums, in every measure they print.
func (rd *reading) addUp(lines []int, sums []float64) bool {
	some := false
	for k := range sums {
		total, printed := 0.0, false
		for _, i := range lines {
			if f := rd.figuresOf(i)[k]; f == f {
				total, printed = total+f, true
			}
		}
		if printed && !near(total, sums[k]) {
			return false
		}
		some = some || printed && total != 0
	}
	return some
}

// printedTotals reads the figures of the lines of totals by role.
func (rd *reading) printedTotals(lines []int, kind Kind) map[Role]decimal.Decimal {
	out := map[Role]decimal.Decimal{}
	for _, at := range lines {
		for _, i := range rd.measures {
			r := rd.measureRole(i, kind)
			if !r.IsSummed() {
				continue
			}
			if d, ok := rd.number(&rd.cols[i], rd.v.cell(rd.lines[at].ri, rd.cols[i].col)); ok {
				out[r] = out[r].Add(d)
			}
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
	return rd.sumLines(kind, func(l *line) bool { return l.class == "" })
}

// sumLines does so for the lines that are taken.
func (rd *reading) sumLines(kind Kind, taken func(*line) bool) map[Role]decimal.Decimal {
	out := map[Role]decimal.Decimal{}
	for _, i := range rd.measures {
		r := rd.measureRole(i, kind)
		if !r.IsSummed() {
			continue
		}
		var sum exactSum
		c := &rd.cols[i]
		for k := range rd.lines {
			if l := &rd.lines[k]; taken(l) {
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
