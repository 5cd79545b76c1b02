package table

import (
	"slices"
	"strings"
)

const (
	// maxHeads bounds the values of a heading that a layout remembers.
	maxHeads = 500
	// maxNewHeads is how many new ones are named in a question.
	maxNewHeads = 3
)

// headKey is what a layout remembers of a value of a cross-tab's heading: "" where its
// words tell that it is one («Склад № 2» among warehouses), else its own.
func headKey(value string, what Role) string {
	if guessValue(value) == what {
		return ""
	}
	return titleKey(value)
}

// headsOf are the keys of a value, one for each row that holds values.
func (rd *reading) headsOf(g *crossGroup) []string {
	out := []string{headKey(g.value, rd.cross.what)}
	if g.second != "" {
		out = append(out, headKey(g.second, rd.cross.second))
	}
	return out
}

// heads are the keys of all values, with those that the layout knew already: who is
// missing this month may be back in the next.
func (rd *reading) heads() []string {
	var out []string
	if rd.match != nil {
		out = slices.Clone(rd.match.layout.Heads)
	}
	for i := range rd.cross.groups {
		if g := &rd.cross.groups[i]; !g.total && rd.cross.what != Date {
			out = append(out, rd.headsOf(g)...)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), maxHeads)]
}

// headDrift tells values of the heading that may be none: new ones whose words do not
// tell that they are of the sort of the others, and that no printed total counts in.
func (rd *reading) headDrift(l *Layout) []Drift {
	if rd.cross == nil {
		return nil
	}
	var values []string
	for i := range rd.cross.groups {
		if g := &rd.cross.groups[i]; !g.total && rd.isForeign(g, l) && !rd.countedIn(g) {
			values = append(values, g.value)
		}
	}
	if len(values) == 0 {
		return nil
	}
	now := strings.Join(values[:min(len(values), maxNewHeads)], ", ")
	if len(values) > maxNewHeads {
		now += "…"
	}
	return []Drift{{Code: DriftValue, Role: l.Across, Now: now}}
}

// isForeign: the value is no day where days stand across, or else unknown. Layouts that
// remember no values know all of them.
func (rd *reading) isForeign(g *crossGroup, l *Layout) bool {
	if l.Across == Date {
		_, ok := rd.spanOf(g)
		return !ok
	}
	return len(l.Heads) > 0 && len(l.Heads) < maxHeads && slices.ContainsFunc(rd.headsOf(g), func(k string) bool {
		return k != "" && !slices.Contains(l.Heads, k)
	})
}

// countedIn: a total beside the values is the sum of all of them, this one too,
// wherever it is filled.
func (rd *reading) countedIn(g *crossGroup) bool {
	total := slices.IndexFunc(rd.cross.groups, func(o crossGroup) bool { return o.total })
	if total < 0 {
		return false
	}
	counted := 0
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" {
			continue
		}
		for r, col := range g.cols {
			sumCol := rd.cross.groups[total].cols[r]
			own := rd.figure(&rd.cols[col-1], rd.v.cell(l.ri, col))
			if !r.IsSummed() || sumCol == 0 || own != own || own == 0 {
				continue
			}
			if !near(rd.sumAcross(r, l.ri), rd.figure(&rd.cols[sumCol-1], rd.v.cell(l.ri, sumCol))) {
				return false
			}
			counted++
		}
	}
	return counted > 0
}

// sumAcross adds a measure of all values in a row.
func (rd *reading) sumAcross(r Role, ri int) float64 {
	sum := 0.0
	for i := range rd.cross.groups {
		g := &rd.cross.groups[i]
		if col := g.cols[r]; col != 0 && !g.total {
			if f := rd.figure(&rd.cols[col-1], rd.v.cell(ri, col)); f == f {
				sum += f
			}
		}
	}
	return sum
}
