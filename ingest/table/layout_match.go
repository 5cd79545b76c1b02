package table

import (
	"slices"
	"strings"
	"time"
)

// match says how a layout fits a heading.
type match struct {
	layout *Layout
	// at is the index of the column of the sheet for every column of the layout, -1 for none.
	at []int
	// renamed says that the column was found under a title that is alike only.
	renamed []bool
	found   int // columns with roles that were found
	wanted  int
	agrees  bool // the report seems to be of the layout's kind
	akin    int  // how many of its sheet and its first line are those of the layout
	// added are the roles that columns unknown to the layout would have by themselves.
	added map[Role]bool
	// told is the kind that the report says of itself where it is another one, else "".
	told Kind
}

// matchLayout finds the layout that fits a heading best: nearly all of its columns
// are found by their titles; of equal ones that of the kind the report seems to be of.
// Nil where none fits.
func (rd *reading) matchLayout(known []Layout, kind Kind) *match {
	keys, bare := rd.columnKeys(), rd.v.bareTitles(rd.h)
	var best *match
	for i := range known {
		m := fit(&known[i], keys, bare)
		m.agrees, m.akin = known[i].Kind == kind, rd.akin(&known[i])
		if m.fits(rd.h) && (best == nil || m.better(best)) {
			best = m
		}
	}
	return best
}

// fits: all columns with roles are there, or all but one of four and more. Where none
// has a role, all are, and so are the measures of the cross-tab.
func (m *match) fits(h *heading) bool {
	if m.wanted == 0 { // all roles stand on group rows and in the heading of a cross-tab
		return m.layout.crossed() && len(m.layout.Values) > 0 && !slices.Contains(m.at, -1) && h.tellsOf(m.layout) > 0
	}
	return m.wanted > 0 && (m.found == m.wanted || m.wanted >= 4 && m.found == m.wanted-1)
}

// isWhole: everything that the layout takes was found under its own title.
func (t *Table) isWhole() bool {
	m := t.src.rd.match
	return m != nil && m.found == m.wanted && !slices.Contains(m.renamed, true) &&
		!slices.ContainsFunc(t.Drift, func(d Drift) bool { return d.Code == DriftMissing || d.Code == DriftMeasure })
}

// lacksTitle: a title of a layout with groups is gone, perhaps that of the names of
// its groups, which has no role where records are parts of the goods.
func (t *Table) lacksTitle() bool {
	m := t.src.rd.match
	if m == nil || len(m.layout.Levels) == 0 {
		return false
	}
	for i, c := range m.layout.Columns {
		if m.at[i] < 0 && c.Title != "" && !c.LeftOut {
			return true
		}
	}
	return false
}

// repeats: the heading is that of the table again, on a page or over a block: what
// stands above it is not to be lost.
func (t *Table) repeats(v *view, h *heading) bool {
	rd := t.src.rd
	return slices.ContainsFunc(rd.lines, func(l line) bool {
		n := rd.v.rows[l.ri].N
		return l.class == SkipHeader && v.rows[h.first].N <= n && n <= v.rows[h.last].N
	})
}

func (m *match) better(o *match) bool {
	if m.wanted-m.found != o.wanted-o.found {
		return m.wanted-m.found < o.wanted-o.found
	}
	if m.found != o.found {
		return m.found > o.found
	}
	if m.agrees != o.agrees {
		return m.agrees
	}
	if m.exact() != o.exact() {
		return m.exact() > o.exact()
	}
	return m.akin > o.akin
}

// akin counts which of the sheet's name and the line above the report are those of
// the layout: several layouts may tell the same columns, such as one for every seller.
func (rd *reading) akin(l *Layout) int {
	n := 0
	if l.Sheet == rd.v.sheet.Name {
		n++
	}
	if oneLine(l.Title) == rd.v.firstLine(rd.h) {
		n++
	}
	return n
}

// exact counts the columns found under their own titles, those without roles too.
func (m *match) exact() int {
	n := 0
	for i := range m.at {
		if m.at[i] >= 0 && !m.renamed[i] {
			n++
		}
	}
	return n
}

// commas is how the layout says that the column at index k writes numbers.
func (m *match) commas(k int) string {
	if i := slices.Index(m.at, k); i >= 0 {
		return m.layout.Columns[i].Commas
	}
	return ""
}

// apply gives the columns the roles of a layout. What was doubted before is settled.
func (rd *reading) apply(m *match) {
	m.added = map[Role]bool{}
	for i := range rd.cols {
		if !slices.Contains(m.at, i) && rd.cols[i].role != "" {
			m.added[rd.cols[i].role] = true
		}
		rd.cols[i].own, rd.cols[i].role = rd.cols[i].role, ""
	}
	for i, c := range m.layout.Columns {
		if k := m.at[i]; k >= 0 && c.Role != "" {
			rd.cols[k].role, rd.cols[k].reason, rd.cols[k].confidence = c.Role, ReasonLayout, 1
		}
	}
	rd.doubts = nil
}

// leavesOut: the layout does not know the column, or did not when it was confirmed.
func (rd *reading) leavesOut(i int) bool {
	if rd.match == nil || rd.cross.covers(i+1) || rd.cols[i].role != "" {
		return false
	}
	if at := slices.Index(rd.match.at, i); at >= 0 {
		return rd.match.layout.Columns[at].LeftOut
	}
	return titleKey(rd.h.title(i+1)) != ""
}

// leaveOut makes columns that the layout does not know blank, so that they do not make
// rows look otherwise than they did. What stands across a cross-tab stays, and so does
// the word of a total.
func (rd *reading) leaveOut() {
	out := make([]bool, rd.v.maxCol)
	some := false
	for i := range rd.h.parts {
		if rd.leavesOut(i) && rd.cols[i].stats.filled > 0 {
			out[i], some = true, true
			rd.cols[i].stats = columnStats{}
		}
	}
	if !some {
		return
	}
	w := *rd.v
	w.rows, w.cells = slices.Clone(w.rows), make([]cell, 0, len(w.cells))
	for ri := range w.rows {
		w.rows[ri].first = len(w.cells)
		for _, c := range rd.v.filled(ri) {
			if ri <= rd.h.last || !out[c.col-1] || isTotal(c.text) {
				w.cells = append(w.cells, c)
			}
		}
	}
	rd.whole, rd.v = rd.v, &w
}

// applyLevels gives the group rows the roles of a layout.
func (rd *reading) applyLevels(l *Layout) {
	for i := range rd.levels {
		if i < len(l.Levels) {
			rd.levels[i] = l.Levels[i]
		}
	}
	settled := len(rd.levels) <= len(l.Levels)
	if rd.cross != nil && l.Across != "" {
		rd.cross.what = l.Across
	}
	rd.doubts = slices.DeleteFunc(rd.doubts, func(d Issue) bool {
		return d.Code == DoubtCrosstab || d.Code == DoubtGroups && settled
	})
}

// toldKind is the kind that the report is of by its words and by all its columns, those
// that the layout does not know too, where it is certainly not that of the layout.
func (rd *reading) toldKind(m *match) Kind {
	has := func(r Role) bool { return rd.has(r) || m.added[r] && r != Quantity && r != Amount }
	kind, sure := kindOf(has, rd.near, rd.far)
	if !sure || kind == None || kind == Other || kind == m.layout.Kind || slices.Contains(m.layout.Accepted, acceptedKind(kind)) {
		return ""
	}
	return kind
}

// AcceptKind says that reports of the layout are of its kind although their words say
// that one: those that say yet another are asked about. No kind takes that back.
func (l *Layout) AcceptKind(told Kind) {
	l.Accepted = slices.DeleteFunc(slices.Clone(l.Accepted), func(code string) bool {
		return strings.HasPrefix(code, DriftKind)
	})
	if told != "" {
		l.Accepted = append(l.Accepted, acceptedKind(told))
	}
}

// acceptedKind is the code of an accepted drift of kind: never that of the drift
// itself, which would accept every kind.
func acceptedKind(told Kind) string { return DriftKind + ":" + string(told) }

// ToldKind is the kind that the report says of itself where it is not that of the
// layout it was read by, else "".
func (t *Table) ToldKind() Kind {
	for _, d := range t.Drift {
		if d.Code == DriftKind {
			return Kind(d.Now)
		}
	}
	return ""
}

// follow tells what differs from the layout, and takes over what it settles.
func (rd *reading) follow(t *Table, m *match, received time.Time) {
	t.KnownAs, t.Drift = m.layout.Fingerprint, rd.drift(t, m)
	t.layout.Accepted, t.layout.Splits, t.layout.Detail = slices.Clone(m.layout.Accepted), m.layout.Splits, m.layout.Detail
	if t.Period == nil {
		if p := m.layout.PeriodAt(received); p != nil {
			t.Period, t.PeriodSource = p, m.layout.Period
		}
	}
	if t.layout.Period == PeriodReceived || t.layout.Period == PeriodLastMonth {
		t.layout.Period = m.layout.Period
	}
}

// settle drops the doubts that the analyst has confirmed with the layout, and doubts
// what may have changed its meaning since.
func (t *Table) settle() {
	if t.KnownAs != "" {
		t.Doubts = slices.DeleteFunc(t.Doubts, func(d Issue) bool { return slices.Contains(t.layout.Accepted, d.Code) })
	}
	for _, d := range t.Drift {
		if d.Asks() {
			t.Doubts = append(t.Doubts, Issue{Code: DoubtDrift, Sheet: t.Sheet, Role: d.Role, Found: d.Now, Expected: d.Was})
		}
	}
}

// crossed says whether the layout is a cross-tab.
func (l *Layout) crossed() bool { return l.Across != "" }

// SameLayout finds the layout with the fingerprint of the table among those of other
// distributors, so that it can be offered: the same report of the same system.
func SameLayout(t *Table, others []Layout) (Layout, bool) {
	for _, l := range others {
		if l.Fingerprint == t.Fingerprint && l.Kind == t.Kind {
			return l, true
		}
	}
	return Layout{}, false
}
