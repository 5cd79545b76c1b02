package table

import "regexp"

// doubtOtherFigures asks about figures beside a stock whose title says that they are of
// something else: of what came back, of another time, of a whole year.
func (t *Table) doubtOtherFigures(rd *reading) {
	if rd.match != nil || rd.cross != nil || t.Kind != Stock && t.Kind != Movement {
		return
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		switch c.role {
		case Amount, StockAmount, Quantity, ShippedQty, ReceivedQty:
			words := titleWords(c.title)
			if anyOf(words, cameBackWords) || !anyOf(words, balanceWords) && (otherTime(words) || bareYear.MatchString(c.title)) {
				t.Doubts = append(t.Doubts, Issue{Code: DoubtWeakColumn, Sheet: t.Sheet, Col: rd.v.letterOf(c.col), Role: rd.inKind(c.role, t.Kind), Found: c.title})
			}
		}
	}
}

// bareYear is a year that is no part of a day.
var bareYear = regexp.MustCompile(`(?:^|[^\d./-])20\d\d(?:[^\d./-]|$)`)
