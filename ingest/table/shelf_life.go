package table

// daysAhead is how far behind the day of receipt a day of trade may lie: what is ordered
// today comes within two months.
const daysAhead = 62

// dropDaysToCome takes a column of days for no days of trade where a fifth of them lies
// months behind the day when the report came: goods of a stock are good until then.
func (rd *reading) dropDaysToCome() {
	c := columnOf(rd.cols, Date)
	if c == nil || rd.received.IsZero() {
		return
	}
	latest := rd.received.AddDate(0, 0, daysAhead)
	days, ahead := 0, 0
	for ri := rd.h.last + 1; ri < min(len(rd.v.rows), rd.h.last+grossSample); ri++ {
		x := rd.v.cell(ri, c.col)
		if x == nil {
			continue
		}
		if d, ok := readDay(x, c.monthFirst); ok {
			days++
			if d.After(latest) {
				ahead++
			}
		}
	}
	if ahead*5 > days {
		c.role, c.score, c.learned = "", 0, 0
	}
}
