package table

import (
	"math"
	"strconv"
	"time"

	"github.com/distbase/distbase/ingest/grid"
)

// tellsMonths: every value is a month, written out («Июль 2026», «июл.26») or, under a
// title that says so, counted from 1 to 12.
func (st *columnStats) tellsMonths(title string) bool {
	if st.filled == 0 || st.dates > 0 || len(st.distinct) >= maxDistinct || anyOf(titleWords(title), dateVetoes) {
		return false
	}
	counted := st.onlyNumbers()
	if counted && !anyOf(titleWords(title), monthTitles) {
		return false
	}
	months := 0
	for text := range st.distinct {
		_, ok := monthOfText(text, 2000, counted)
		switch {
		case ok:
			months++
		case !isTotal(text):
			return false
		}
	}
	return months > 0
}

// monthOfText reads a month and nothing else.
func monthOfText(text string, year int, counted bool) (Period, bool) {
	if counted {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || n < 1 || n > 12 || n != math.Trunc(n) || year == 0 {
			return Period{}, false
		}
		from := day(year, int(n), 1)
		return Period{from, from.AddDate(0, 1, -1)}, true
	}
	p, ok := wholePeriod(text, year)
	return p, ok && p.From.Day() == 1 && p.From.AddDate(0, 1, -1).Equal(p.To)
}

// dayOf reads the day of a cell of a column: of a month its first.
func (rd *reading) dayOf(c *column, x *cell) (time.Time, bool) {
	if !c.months {
		return readDay(x, c.monthFirst)
	}
	text := x.text
	if x.kind == grid.Number {
		text = x.value
	}
	p, ok := monthOfText(text, rd.year, c.stats.onlyNumbers())
	return p.From, ok
}

// keepMonths takes no day from months of a year that nothing tells, nor from one month,
// which is the period of the report.
func (rd *reading) keepMonths() {
	c := columnOf(rd.cols, Date)
	if c == nil || !c.months {
		return
	}
	months := map[time.Time]bool{}
	for text := range c.stats.distinct {
		p, ok := monthOfText(text, rd.year, c.stats.onlyNumbers())
		if ok {
			months[p.From] = true
		} else if !isTotal(text) {
			months = nil
			break
		}
	}
	if len(months) < 2 {
		c.role, c.score = "", 0
	}
}
