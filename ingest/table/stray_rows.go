package table

import (
	"math"
	"slices"
)

// strays tells rows that may be no records: totals by a word nobody knows, sums carried
// to the next page, lines of another table.
type strays struct {
	rd *reading
	// always are the columns besides the measures that all records fill but a few.
	always []int
	named  bool // all records but a few have a name
}

// fewStrays is how many of n records at most may be something else, manySums where the
// figures show that they are sums.
func fewStrays(n int) int { return max(1, n/20) }
func manySums(n int) int  { return n / 2 }

// leastRecords is how many records show what a record fills.
const leastRecords = 4

// strays learns what the records fill, all but a few.
func (rd *reading) strays(few func(n int) int) *strays {
	s := &strays{rd: rd}
	n, filled := rd.countFilled()
	if n < leastRecords {
		return s
	}
	s.named = rd.name >= 0 && n-filled[rd.name] <= few(n)
	for i := range rd.cols {
		c := &rd.cols[i]
		if i == rd.name || c.fill || rd.cross.covers(c.col) || slices.Contains(rd.measures, i) || c.title == "" && c.role == "" {
			continue
		}
		if n-filled[i] <= few(n) {
			s.always = append(s.always, i)
		}
	}
	return s
}

// countFilled counts the records and how many of them fill each column.
func (rd *reading) countFilled() (records int, filled []int) {
	filled = make([]int, len(rd.cols))
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" {
			continue
		}
		records++
		cells := rd.v.filled(l.ri)
		for k := range cells {
			if c := cells[k].col - 1; c < len(filled) {
				filled[c]++
			}
		}
	}
	return records, filled
}

// lacks: the line fills nothing of what all records fill besides their name, or has no
// name where all have one.
func (s *strays) lacks(i int) bool {
	l := &s.rd.lines[i]
	if s.named && s.rd.v.cell(l.ri, s.rd.cols[s.rd.name].col) == nil {
		return true
	}
	for _, c := range s.always {
		if s.rd.v.cell(l.ri, s.rd.cols[c].col) != nil {
			return false
		}
	}
	return len(s.always) > 0
}

// run adds up records to compare a line with.
type run struct {
	sums []float64
	rows int // with figures that are not all zero
}

func (r *run) reset() {
	clear(r.sums)
	r.rows = 0
}

// sumRows goes over the records and calls found for those that are the sum of two or
// more before them: of the block, of what follows the last such sum, or of all. Found
// tells whether the line is no record.
func (rd *reading) sumRows(found func(i, rows int) bool) {
	m := len(rd.measures)
	if m == 0 {
		return
	}
	block, page, all := run{sums: make([]float64, m)}, run{sums: make([]float64, m)}, run{sums: make([]float64, m)}
	runs := []*run{&block, &page, &all}
	for i := range rd.lines {
		switch rd.lines[i].class {
		case "":
		case SkipGroup, SkipSubtotal, SkipTotal:
			block.reset()
			page.reset()
			continue
		default:
			continue
		}
		if !rd.tellsNonZero(i) {
			continue
		}
		rows := 0
		for _, r := range runs {
			if r.rows > 1 && rd.isSum(i, r.sums) {
				rows = max(rows, r.rows)
			}
		}
		if rows > 0 && found(i, rows) {
			page.reset()
			continue
		}
		for _, r := range runs {
			rd.addTo(r.sums, i)
			r.rows++
		}
	}
}

// isSum: every figure of line i is the sum, and every sum that is not zero is told.
func (rd *reading) isSum(i int, sums []float64) bool {
	for k, f := range rd.figuresOf(i) {
		switch {
		case f != f && math.Abs(sums[k]) < 0.005:
		case f != f || !near(f, sums[k]):
			return false
		}
	}
	return true
}

func (rd *reading) tellsNonZero(i int) bool {
	return slices.ContainsFunc(rd.figuresOf(i), func(f float64) bool { return f == f && f != 0 })
}

// markSumRows takes for totals the records that are sums of those before them and lack
// what all records tell.
func (rd *reading) markSumRows() {
	s := rd.strays(manySums)
	rd.sumRows(func(i, _ int) bool {
		if !s.lacks(i) {
			return false
		}
		rd.lines[i].class = SkipTotal
		return true
	})
}

// leastSummed is how many records a lone figure must sum to be no chance, and how large
// it must be.
const (
	leastSummed = 3
	leastSum    = 10
	// leastOften is among how many records a sum must stand at least.
	leastOften = 20
)

// doubtRows asks about a record that looks like none: it is the sum of those before it,
// or lacks all that the others tell.
func (t *Table) doubtRows(rd *reading) {
	ask := func(code string, i int) {
		l := &rd.lines[i]
		t.Doubts = append(t.Doubts, Issue{Code: code, Sheet: t.Sheet, Row: rd.v.rows[l.ri].N, Found: l.name})
	}
	if i := rd.sumRow(); i >= 0 {
		ask(DoubtSumRow, i)
		return
	}
	if i := rd.apart(); i >= 0 {
		ask(DoubtOddRow, i)
		return
	}
	if i := rd.silent(); i >= 0 {
		ask(DoubtOddRow, i)
		return
	}
	s := rd.strays(fewStrays)
	if len(s.always) < 2 {
		return
	}
	for i := range rd.lines {
		if rd.lines[i].class == "" && rd.tellsNonZero(i) && s.lacks(i) {
			ask(DoubtOddRow, i)
			return
		}
	}
}

// mostApart is how many records below a gap may be lines of something else.
const mostApart = 3

// apart is the first of a few records that stand below the only blank rows of the list,
// -1 where there are none.
func (rd *reading) apart() int {
	at, gaps, above, below := -1, 0, 0, 0
	for i := range rd.lines {
		if i > 0 && rd.v.rows[rd.lines[i].ri].N > rd.v.rows[rd.lines[i-1].ri].N+1 || rd.lines[i].class == SkipBlank {
			gaps++
			at, below = i, 0
		}
		if rd.lines[i].class != "" {
			continue
		}
		if gaps == 0 {
			above++
		} else {
			below++
		}
	}
	if gaps != 1 || below == 0 || below > mostApart || below*4 > above {
		return -1
	}
	for rd.lines[at].class != "" {
		at++
	}
	return at
}

// sumRow is a record that is a sum of those before it, -1 for none. Where only one figure
// says so, it must be the last record, or such sums must stand all over the list.
func (rd *reading) sumRow() int {
	sure, last, lones, records := -1, -1, 0, 0
	for i := range rd.lines {
		if rd.lines[i].class == "" {
			last = i
			records++
		}
	}
	rd.sumRows(func(i, rows int) bool {
		figures, most := map[float64]bool{}, 0.0
		for _, f := range rd.figuresOf(i) {
			if f == f && f != 0 {
				figures[f] = true
				most = max(most, math.Abs(f))
			}
		}
		if most < leastSum || len(figures) < 2 && rows < leastSummed {
			return false
		}
		if len(figures) < 2 {
			lones++
		}
		if i == last || len(figures) > 1 && rows >= leastSummed || lones > 1 && lones*leastOften >= records {
			sure = i
		}
		return true
	})
	return sure
}
