package table

import (
	"cmp"
	"slices"
	"strconv"
)

// Reasons why a column has its role.
const (
	ReasonLayout     = "layout"     // the analyst has confirmed it before
	ReasonTitle      = "title"      // its title says so
	ReasonLearned    = "learned"    // titles like it say so
	ReasonContent    = "content"    // its cells look so
	ReasonArithmetic = "arithmetic" // the figures add up or multiply so
	ReasonGroup      = "group"      // it stands on group rows
	ReasonAcross     = "across"     // it stands in the heading of a cross-tab
)

// ColumnInsight is what is believed of one column and why, for the analyst's preview.
type ColumnInsight struct {
	// Ref is a letter, "group:N" or "across:WHAT".
	Ref ColumnRef `json:"ref"`
	// Index is the place of the column in [Layout.Columns], -1 for groups and cross-tabs.
	Index int    `json:"index"`
	Title string `json:"title,omitempty"`
	// After is the title that a column without one stands behind.
	After string `json:"after,omitempty"`
	// Role is "" for a column that is not taken.
	Role Role `json:"role,omitempty"`
	// Confidence is the probability that the role is right, in [0,1].
	Confidence float64 `json:"confidence"`
	Reason     string  `json:"reason,omitempty"`
	// Others are the roles that the title could mean too, the plainest first.
	Others []Role `json:"others,omitempty"`
	// Samples are the first values that differ.
	Samples []string `json:"samples,omitempty"`
}

const maxSamples = 3

// Explain tells every column, level of groups and cross-tab of the table, in their order.
func (t *Table) Explain() []ColumnInsight {
	rd := t.src.rd
	var out []ColumnInsight
	for i, r := range rd.levels {
		names := rd.levelNames()[i]
		slices.Sort(names)
		names = slices.Compact(names)
		c := ColumnInsight{Ref: Group(i + 1), Index: -1, Role: r, Confidence: rd.groupConfidence(), Reason: ReasonGroup, Samples: names[:min(len(names), maxSamples)]}
		out = append(out, c)
	}
	if rd.cross != nil {
		c := ColumnInsight{Ref: Across(rd.cross.what), Index: -1, Role: rd.cross.what, Confidence: rd.crossConfidence(), Reason: ReasonAcross}
		for _, g := range rd.cross.groups[:min(len(rd.cross.groups), maxSamples)] {
			c.Samples = append(c.Samples, g.value)
		}
		out = append(out, c)
	}
	index := 0
	keys := rd.columnKeys()
	for i := range rd.cols {
		c := &rd.cols[i]
		if rd.cross.covers(c.col) {
			continue
		}
		in := ColumnInsight{Ref: Column(rd.v.letterOf(c.col)), Index: -1, Title: rd.h.title(c.col), Confidence: c.confidence, Reason: c.reason, Others: otherRoles(rd.h.parts[i], c.role)}
		if keys[i].isKnown() {
			in.Index, in.After = index, keys[i].After
			index++
		}
		if c.role != "" {
			in.Role = rd.inKind(c.role, t.Kind)
		}
		if in.Title == "" && c.role == "" && c.stats.filled == 0 {
			continue
		}
		in.Samples = rd.samples(c)
		out = append(out, in)
	}
	return out
}

// samples are the first different values of a column's records.
func (rd *reading) samples(c *column) []string {
	v := cmp.Or(rd.whole, rd.v)
	var out []string
	for i := range rd.lines[:min(len(rd.lines), 200)] {
		l := &rd.lines[i]
		if l.class != "" || len(out) == maxSamples {
			continue
		}
		if s := text(v.cell(l.ri, c.col)); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// otherRoles are what the title could mean besides the role taken.
func otherRoles(parts []string, taken Role) []Role {
	matches := withLearned(parts, columnMatches(parts))
	slices.SortStableFunc(matches, func(a, b titleMatch) int { return cmp.Compare(b.score, a.score) })
	var out []Role
	for _, m := range matches {
		if m.role != taken && m.score >= titleScore {
			out = append(out, m.role)
		}
	}
	return out
}

// groupConfidence is higher where printed sums prove the groups.
func (rd *reading) groupConfidence() float64 {
	switch {
	case rd.proof.proved():
		return 0.99
	case rd.proof.printed > 0:
		return 0.8
	}
	return 0.9
}

func (rd *reading) crossConfidence() float64 {
	for _, d := range rd.doubts {
		if d.Code == DoubtCrosstab {
			return 0.6
		}
	}
	return 0.95
}

func itoa(n int) string { return strconv.Itoa(n) }

// SkippedGroup is why rows were left out, how many, and the first of them.
type SkippedGroup struct {
	Reason string `json:"reason"`
	Rows   int    `json:"rows"`
	First  int    `json:"first"`
	// Text is what the first of them says.
	Text string `json:"text,omitempty"`
}

// SkippedSummary counts the rows that are no records by reason, for the preview.
func (t *Table) SkippedSummary() []SkippedGroup {
	var out []SkippedGroup
	at := map[string]int{}
	for _, s := range t.Skipped {
		k, ok := at[s.Reason]
		if !ok {
			k = len(out)
			at[s.Reason] = k
			out = append(out, SkippedGroup{Reason: s.Reason, First: s.Row, Text: t.src.rd.rowText(s.Row)})
		}
		out[k].Rows++
	}
	return out
}

// rowText is the first text of a sheet row.
func (rd *reading) rowText(row int) string {
	r, _ := rd.v.sheet.Row(row)
	for i := range r.Cells {
		if c, ok := lookAt(&r.Cells[i], nil); ok && lettersIn(c.text, 1) > 0 {
			return oneLine(c.text)
		}
	}
	return ""
}
