package table

import (
	"time"

	"github.com/distbase/distbase/ingest/grid"
)

// periodTitles name a column that tells the period in every row.
var periodTitles = wordSet("период період period periodo período месяц місяць month mes")

// maxPeriodTexts bounds how many periods a column may tell.
const maxPeriodTexts = 62

// monthTitles name a column of months: a day in it stands for its month.
var monthTitles = wordSet("месяц місяць mes month")

// columnSpan is the span of a column that tells the period in every row, «Июль 2026» or
// «01.07.2026 - 31.07.2026»; nil where there is none, or where it tells days only. It is
// guessed where one first day stands for its month.
func (rd *reading) columnSpan(pr periodReader) (p *Period, guessed bool) {
	for i := range rd.cols {
		c := &rd.cols[i]
		if (c.role == "" || c.role == Date) && !rd.cross.covers(c.col) && (c.months || anyOf(titleWords(c.title), periodTitles)) {
			if p, guessed := rd.spanOfColumn(c, pr); p != nil {
				return p, guessed
			}
		}
	}
	return nil, false
}

// recordCell is the cell of a column in line i; nil where there is none or the line is
// no record.
func (rd *reading) recordCell(i int, c *column) *cell {
	if l := &rd.lines[i]; l.class == "" {
		return rd.v.cell(l.ri, c.col)
	}
	return nil
}

// with is the period that holds both; p alone may be nil.
func (p *Period) with(o Period) *Period {
	if p == nil {
		return &o
	}
	all := *p
	if o.From.Before(all.From) {
		all.From = o.From
	}
	if o.To.After(all.To) {
		all.To = o.To
	}
	return &all
}

// spanOfColumn does so for one column.
func (rd *reading) spanOfColumn(c *column, pr periodReader) (p *Period, guessed bool) {
	seen := map[string]bool{}
	var all *Period
	longer, firsts := false, true
	for i := range rd.lines {
		x := rd.recordCell(i, c)
		if x == nil || seen[x.text] {
			continue
		}
		seen[x.text] = true
		h, ok := pr.ofCell(x)
		if !ok || len(seen) > maxPeriodTexts {
			return nil, false
		}
		longer = longer || h.To.Sub(h.From) > 24*time.Hour
		firsts = firsts && h.From.Day() == 1 && h.From.Equal(h.To)
		all = all.with(h.Period)
	}
	switch {
	case longer:
		return all, false
	case firsts && all != nil: // first days stand for their months, if one alone does
		all.To = all.To.AddDate(0, 1, -1)
		return all, len(seen) == 1 && !anyOf(titleWords(c.title), monthTitles)
	}
	return nil, false
}

// ofCell reads the period that a cell tells; a year that is guessed is none.
func (pr periodReader) ofCell(x *cell) (h hint, ok bool) {
	if x.kind != grid.Text && x.kind != grid.Date {
		return h, false
	}
	h, ok = pr.read("период " + x.text)
	return h, ok && (h.hasYear || pr.year != 0)
}
