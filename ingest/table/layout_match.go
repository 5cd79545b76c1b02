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
	// added are the roles that columns unknown to the layout would have by themselves.
	added map[Role]bool
	// told is the kind that the report says of itself where it is another one, else "".
	told Kind
}

// matchLayout finds the layout that fits a heading best: nearly all of its columns
// are found by their titles; of equal ones that of the kind the report seems to be of.
// Nil where none fits.
func matchLayout(h *heading, known []Layout, kind Kind) *match {
	keys := titleKeys(h)
	var best *match
	for i := range known {
		m := fit(&known[i], keys)
		m.agrees = known[i].Kind == kind
		if m.fits() && (best == nil || m.better(best)) {
			best = m
		}
	}
	return best
}

// fit looks the columns of a layout up: by title, then what is left by likeness and place.
func fit(l *Layout, keys []LayoutColumn) *match {
	m := &match{layout: l, at: make([]int, len(l.Columns)), renamed: make([]bool, len(l.Columns))}
	taken := make([]bool, len(keys))
	for i, c := range l.Columns {
		m.at[i] = -1
		for k := range keys {
			if !taken[k] && keys[k].Title == c.Title && (c.Nth == 0 || keys[k].Nth == c.Nth) {
				m.at[i], taken[k] = k, true
				break
			}
		}
	}
	for i, c := range l.Columns {
		if m.at[i] < 0 && c.Role != "" {
			if k := alike(c.Title, keys, taken); k >= 0 {
				m.at[i], m.renamed[i], taken[k] = k, true, true
			}
		}
		if c.Role != "" {
			m.wanted++
			if m.at[i] >= 0 {
				m.found++
			}
		}
	}
	return m
}

// alike finds the free column whose title shares most words, at least half of all.
func alike(title string, keys []LayoutColumn, taken []bool) int {
	best, bestShare := -1, 0.5
	words := strings.Fields(title)
	for k := range keys {
		if taken[k] || keys[k].Title == "" {
			continue
		}
		other := strings.Fields(keys[k].Title)
		shared := 0
		for _, w := range words {
			if slices.Contains(other, w) {
				shared++
			}
		}
		if share := 2 * float64(shared) / float64(max(len(words)+len(other), 1)); share >= bestShare {
			best, bestShare = k, share
		}
	}
	return best
}

// fits: all columns with roles are there, or all but one of four and more.
func (m *match) fits() bool {
	return m.wanted > 0 && (m.found == m.wanted || m.wanted >= 4 && m.found == m.wanted-1)
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
	return m.exact() > o.exact()
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

// apply gives the columns the roles of a layout. What was doubted before is settled.
func (rd *reading) apply(m *match) {
	m.added = map[Role]bool{}
	for i := range rd.cols {
		if !slices.Contains(m.at, i) && rd.cols[i].role != "" {
			m.added[rd.cols[i].role] = true
		}
		rd.cols[i].role = ""
	}
	for i, c := range m.layout.Columns {
		if k := m.at[i]; k >= 0 && c.Role != "" {
			rd.cols[k].role, rd.cols[k].reason, rd.cols[k].confidence = c.Role, ReasonLayout, 1
		}
	}
	rd.doubts = nil
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
	has := func(r Role) bool { return rd.has(r) || m.added[r] }
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
	if t.Period == nil && !received.IsZero() {
		today := day(received.Year(), int(received.Month()), received.Day())
		first := day(received.Year(), int(received.Month()), 1)
		switch m.layout.Period {
		case PeriodReceived:
			t.Period, t.PeriodSource = &Period{today, today}, PeriodReceived
		case PeriodLastMonth:
			t.Period, t.PeriodSource = &Period{first.AddDate(0, -1, 0), first.AddDate(0, 0, -1)}, PeriodLastMonth
		}
	}
	if t.layout.Period == PeriodReceived || t.layout.Period == PeriodLastMonth {
		t.layout.Period = m.layout.Period
	}
}

// settle drops the doubts that the analyst has confirmed with the layout, and doubts
// what may have changed its meaning since.
func (t *Table) settle() {
	if t.KnownAs == "" {
		return
	}
	t.Doubts = slices.DeleteFunc(t.Doubts, func(d Issue) bool { return slices.Contains(t.layout.Accepted, d.Code) })
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
