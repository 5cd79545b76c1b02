package table

import (
	"strconv"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

// spanOf is the month, week or day that a column of the heading stands for.
func (rd *reading) spanOf(g *crossGroup) (Period, bool) {
	parts := rd.h.parts[g.col-1]
	under := strings.Join(parts[:max(len(parts)-1, 0)], " ")               // a year over a month, over a measure
	for _, title := range [...]string{rd.h.title(g.col), under, g.value} { // the value alone where a measure stands over it
		if p, ok := wholePeriod(title, rd.year); ok {
			return p, true
		}
	}
	h, ok := periodReader{received: rd.received}.read(rd.h.title(g.col))
	return h.Period, ok
}

// markWholeSpans takes quarters and years beside their own months for totals.
func (rd *reading) markWholeSpans() {
	x := rd.cross
	spans := make([]Period, len(x.groups))
	for i := range x.groups {
		if p, ok := wholePeriod(x.groups[i].value, rd.yearHint()); ok && !x.groups[i].total {
			spans[i] = p
		}
	}
	for i, whole := range spans {
		for _, p := range spans {
			if !whole.From.IsZero() && !p.From.IsZero() && p != whole && !p.From.Before(whole.From) && !p.To.After(whole.To) {
				x.groups[i].total = true
			}
		}
	}
}

// dayRun is how many columns at least are numbered by the days of a month.
const dayRun = 5

// daysRow: the row numbers days of a month, 1, 2, 3 to 31 at most, over columns of figures.
func (v *view) daysRow(ri int) bool {
	last, n := 0, 0
	for _, c := range v.filled(ri) {
		if c.kind != grid.Number && c.shape&numericText == 0 {
			continue
		}
		d, err := strconv.Atoi(c.text)
		if err != nil || d < 1 || d > 31 || n > 0 && d != last+1 {
			return false
		}
		last = d
		n++
	}
	return n >= dayRun
}

// dayTitles: the columns are numbered by the days of the month that the sheet or the
// file tells.
func (rd *reading) dayTitles(words kindWords) *crosstab {
	if rd.h.last < 0 || !rd.v.daysRow(rd.h.last) {
		return nil
	}
	month, ok := rd.monthOf()
	if !ok {
		return nil
	}
	x := &crosstab{}
	for i := range rd.cols {
		c := rd.v.cell(rd.h.last, i+1)
		if c == nil || !rd.cols[i].stats.mostlyNumbers() {
			continue
		}
		if d, err := strconv.Atoi(c.text); err == nil {
			date := month.From.AddDate(0, 0, d-1)
			if date.After(month.To) {
				continue
			}
			x.groups = append(x.groups, crossGroup{value: isoDay(date), col: i + 1, cols: map[Role]int{words.measure(): i + 1}})
		} else if isTotal(c.text) {
			x.groups = append(x.groups, crossGroup{value: c.text, col: i + 1, cols: map[Role]int{words.measure(): i + 1}, total: true})
		}
	}
	return x
}

// monthOf is the one month told above the heading, in its upper rows, by the sheet or the file.
func (rd *reading) monthOf() (Period, bool) {
	pr := periodReader{received: rd.received}
	for _, text := range [...]string{rd.v.preamble(&heading{first: rd.h.last}), rd.v.sheet.Name, rd.file} {
		h, ok := pr.read(text)
		if ok && h.From.Day() == 1 && h.To.Equal(h.From.AddDate(0, 1, -1)) {
			return h.Period, true
		}
	}
	return Period{}, false
}

// wholeWeek reads a week by its number in the year (ISO 8601): «Неделя 27», «W27», «27 нед. 2026».
func wholeWeek(toks []token, year int) (Period, bool) {
	week, named := 0, false
	for _, t := range toks {
		switch {
		case t.kind == wordToken && isWeekWord(t.text):
			named = true
		case t.kind == wordToken && !yearWords[t.text], t.kind == breakToken:
			return Period{}, false
		case t.kind != numberToken:
		case len(t.text) == 4:
			year, _ = strconv.Atoi(t.text)
		case week == 0 && len(t.text) <= 2:
			week, _ = strconv.Atoi(t.text)
		default:
			return Period{}, false
		}
	}
	if !named || week < 1 || week > 53 || year == 0 {
		return Period{}, false
	}
	first := day(year, 1, 4) // always in week 1
	monday := first.AddDate(0, 0, 7*(week-1)-(int(first.Weekday())+6)%7)
	return Period{monday, monday.AddDate(0, 0, 6)}, true
}

func isWeekWord(w string) bool {
	return hasAnyPrefix(w, "недел", "тижд", "тижн") || w == "нед" || w == "week" || w == "wk" || w == "w"
}
