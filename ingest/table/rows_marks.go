package table

import "strings"

// markUnnamedTotals finds totals without a word: rows that name nothing but have
// figures, at the end, or equal to the sum of what stands above.
func (rd *reading) markUnnamedTotals() {
	identities := rd.identityColumns()
	if identities == 0 {
		return
	}
	sums := make([]float64, len(rd.measures))
	last := rd.lastNamed()
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" || !rd.hasFigures(i) {
			continue
		}
		if rd.lacksIdentity(l.ri, false) && (identities > 1 || rd.equals(i, sums) || i > last && i > 0) {
			l.class = SkipTotal
			continue
		}
		rd.addTo(sums, i)
	}
}

// addTo adds the figures of line i to sums.
func (rd *reading) addTo(sums []float64, i int) {
	for k, f := range rd.figuresOf(i) {
		if f == f {
			sums[k] += f
		}
	}
}

// identityColumns counts the columns that nearly every row of figures fills to say what it is about.
func (rd *reading) identityColumns() int {
	n := 0
	for _, r := range []Role{Product, Client, Outlet, ProductCode, ClientCode, Barcode, DocNo, Date} {
		if c := columnOf(rd.cols, r); c != nil && c.stats.filled*10 >= len(rd.lines)*7 {
			n++
		}
	}
	return n
}

// lastNamed is the last line that names something.
func (rd *reading) lastNamed() int {
	for i := len(rd.lines) - 1; i >= 0; i-- {
		if l := &rd.lines[i]; l.class == "" && !rd.lacksIdentity(l.ri, false) {
			return i
		}
	}
	return -1
}

// equals compares the figures of line i with sums, at least one of them not zero.
func (rd *reading) equals(i int, sums []float64) bool {
	some := false
	for k, f := range rd.figuresOf(i) {
		if f != f {
			continue
		}
		if !near(f, sums[k]) {
			return false
		}
		some = some || f != 0
	}
	return some
}

// markNotes finds what stands below the last total, and rows that hold one text
// where records hold much more.
func (rd *reading) markNotes() {
	lastFigure := -1
	afterTotal := false
	for i := range rd.lines {
		if l := &rd.lines[i]; l.class == "" && rd.hasFigures(i) {
			lastFigure = i
		}
	}
	typical := rd.typicalAttributes()
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class == SkipTotal {
			afterTotal = true
		}
		if l.class != "" || i <= lastFigure {
			continue
		}
		if afterTotal || typical > 1 && int(l.filled) <= typical/2 || strings.HasPrefix(l.name, "*") {
			l.class = SkipNote
		}
	}
}

// typicalAttributes is how many columns besides measures a row of figures fills, at the median.
func (rd *reading) typicalAttributes() int {
	counts := map[int]int{}
	n := 0
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" || !rd.hasFigures(i) {
			continue
		}
		figures := 0
		for _, f := range rd.figuresOf(i) {
			if f == f {
				figures++
			}
		}
		counts[int(l.filled)-figures]++
		n++
	}
	seen := 0
	for k := 0; k <= len(rd.cols); k++ {
		if seen += counts[k]; 2*seen >= n {
			return k
		}
	}
	return 0
}
