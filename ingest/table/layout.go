package table

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Layout is how one distributor lays a report out, learned from a table that an
// analyst has confirmed. It says nothing of places: columns are found by their
// titles. It is plain data and survives JSON.
type Layout struct {
	Fingerprint string `json:"fingerprint"`
	Kind        Kind   `json:"kind"`
	// Columns are the titles by role, brought into lower case and without signs,
	// dates and numbers. Nth tells columns of one title apart, counted from 1.
	Columns map[Role]LayoutColumn `json:"columns"`
	// Levels are the roles of group rows, outermost first; "" is a level of no interest.
	Levels []Role `json:"levels,omitempty"`
	// Across is what the values of a cross-tab's heading are, "" for a plain table.
	Across Role `json:"across,omitempty"`
}

// LayoutColumn is how a column is found again.
type LayoutColumn struct {
	Title string `json:"title"`
	Nth   int    `json:"nth"`
}

// Layout gives what there is to learn when an analyst confirms the table.
func (t *Table) Layout() Layout { return t.layout }

// titleKey is what a title is recognised by: words in lower case, dates and numbers out.
func titleKey(title string) string {
	toks := scanTokens(plainBlanks(title))
	drop := map[int]bool{}
	for _, sp := range scanDates(toks) {
		for i := sp.first; i <= sp.last; i++ {
			drop[i] = true
		}
	}
	var words []string
	for i, tk := range toks {
		if tk.kind == wordToken && !drop[i] {
			words = append(words, tk.text)
		}
	}
	return strings.Join(words, " ")
}

// titleKeys gives the keys of all columns and which of several equal ones each is.
func titleKeys(h *heading) []LayoutColumn {
	seen := map[string]int{}
	out := make([]LayoutColumn, len(h.parts))
	for i := range h.parts {
		k := titleKey(h.title(i + 1))
		seen[k]++
		out[i] = LayoutColumn{k, seen[k]}
	}
	return out
}

// fingerprint tells layouts apart by the titles that are no values of a cross-tab.
func (rd *reading) fingerprint(kind Kind) string {
	var keys []string
	for i := range rd.h.parts {
		if rd.cross.covers(i + 1) {
			continue
		}
		if k := titleKey(rd.h.title(i + 1)); k != "" {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	keys = append(keys, "kind "+string(kind))
	if rd.cross != nil {
		keys = append(keys, "across "+string(rd.cross.what))
	}
	sum := sha256.Sum256([]byte(strings.Join(keys, "\n")))
	return hex.EncodeToString(sum[:12])
}

// learned collects the layout of the reading.
func (rd *reading) learned(t *Table) Layout {
	l := Layout{Fingerprint: t.Fingerprint, Kind: t.Kind, Columns: map[Role]LayoutColumn{}, Levels: slices.Clone(rd.levels)}
	for i, k := range titleKeys(rd.h) {
		if r := rd.cols[i].role; r != "" && k.Title != "" {
			l.Columns[r] = k
		}
	}
	if rd.cross != nil {
		l.Across = rd.cross.what
	}
	return l
}

// crossed says whether the layout is a cross-tab.
func (l *Layout) crossed() bool { return l.Across != "" }

// matchLayout finds the layout whose columns are all in the heading; the one with
// most columns where several fit.
func matchLayout(h *heading, known []Layout) *Layout {
	have := map[LayoutColumn]bool{}
	for _, k := range titleKeys(h) {
		have[k] = true
	}
	var best *Layout
	for i := range known {
		l := &known[i]
		fits := len(l.Columns) > 0
		for _, c := range l.Columns {
			fits = fits && have[c]
		}
		if fits && (best == nil || len(l.Columns) > len(best.Columns)) {
			best = l
		}
	}
	return best
}

// apply gives the columns the roles of a layout. What was doubted before is settled.
func (rd *reading) apply(l *Layout) {
	keys := titleKeys(rd.h)
	for i := range rd.cols {
		rd.cols[i].role = ""
		for r, c := range l.Columns {
			if keys[i] == c {
				rd.cols[i].role = r
			}
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
