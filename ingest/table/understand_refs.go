package table

import (
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

// headerRows are the sheet rows of the heading, zeros where it is written nowhere.
func (rd *reading) headerRows() [2]int {
	if rd.h.spoken {
		return [2]int{}
	}
	return [2]int{rd.v.rows[rd.h.first].N, rd.v.rows[rd.h.last].N}
}

// columnRefs tells where every role stands.
func (rd *reading) columnRefs(kind Kind) map[Role]ColumnRef {
	out := map[Role]ColumnRef{}
	for i, r := range rd.levels {
		if r != "" {
			out[r] = Group(i + 1)
		}
	}
	rd.acrossRefs(out, kind)
	for i := range rd.cols {
		c := &rd.cols[i]
		if slices.Contains(rd.levels, c.role) && rd.namesGroupsOnly(c) {
			continue // it stands on the rows of groups
		}
		if c.role != "" && (c.stats.filled > 0 || c.score >= 0.4*plainScore) {
			out[rd.inKind(c.role, kind)] = Column(rd.v.letterOf(c.col))
			rd.tailRefs(out, c)
		}
	}
	for _, c := range rd.constants {
		out[c.role] = Group(1)
	}
	if level := slices.Index(rd.levels, Product); rd.gluedGoods && out[Unit] == "" {
		out[Unit] = Group(level + 1)
	}
	if doc := out[DocNo]; doc != "" && rd.docDates {
		out[Date] = doc
	}
	delete(out, "")
	return out
}

// tailRefs adds what stands at the end of the names in a column.
func (rd *reading) tailRefs(out map[Role]ColumnRef, c *column) {
	if !c.glued {
		return
	}
	var tail nameTail
	for i := range rd.lines {
		if x := rd.v.cell(rd.lines[i].ri, c.col); x != nil && rd.lines[i].class == "" {
			if _, tail = splitTail(x.text, true); tail != (nameTail{}) {
				break
			}
		}
	}
	if tail.unit != "" && columnOf(rd.cols, Unit) == nil {
		out[Unit] = Column(rd.v.letterOf(c.col))
	}
	if tail.barcode != "" && columnOf(rd.cols, Barcode) == nil {
		out[Barcode] = Column(rd.v.letterOf(c.col))
	}
}

// acrossRefs adds what stands in the heading of a cross-tab.
func (rd *reading) acrossRefs(out map[Role]ColumnRef, kind Kind) {
	if rd.cross == nil {
		return
	}
	for _, g := range rd.cross.groups {
		for r := range g.cols {
			if !g.total {
				out[rd.inKind(r, kind)] = Across(rd.cross.what)
			}
		}
	}
	out[rd.cross.what] = Across(rd.cross.what)
	if rd.cross.second != "" {
		out[rd.cross.second] = Across(rd.cross.second)
	}
}

// skipped lists the rows that are no records, those above the heading included.
func (rd *reading) skipped() []SkippedRow {
	var out []SkippedRow
	for ri := range rd.v.rows[:rd.h.first] {
		reason := SkipTitle
		if len(rd.v.filled(ri)) == 0 {
			reason = SkipBlank
		}
		out = append(out, SkippedRow{rd.v.rows[ri].N, reason})
	}
	for _, l := range rd.lines {
		if l.class != "" {
			out = append(out, SkippedRow{rd.v.rows[l.ri].N, l.class})
		}
	}
	return out
}

// preamble is the text above the heading, a line a row.
func (v *view) preamble(h *heading) string {
	var b strings.Builder
	for ri := 0; ri < h.first; ri++ {
		for _, c := range v.filled(ri) {
			if c.kind == grid.Date && len(c.value) >= 10 {
				b.WriteString(c.value[:10])
			} else {
				b.WriteString(c.text)
			}
			b.WriteByte(' ')
		}
		b.WriteByte('\n')
	}
	return b.String()
}
