package table

// doubtNet asks which quantity is meant where it is told both before and after returns and
// the sum only once: «Продано | Возврат | Итого | Сумма» may be the sum of either.
func (rd *reading) doubtNet(near kindWords) {
	sold, sum := columnOf(rd.cols, Quantity), columnOf(rd.cols, Amount)
	if rd.cross != nil || near.kind() == Returns || sold == nil || sum == nil {
		return
	}
	if rd.lessReturns(sum) != nil {
		return
	}
	if net := rd.lessReturns(sold); net != nil {
		rd.doubt(Issue{Code: DoubtTwoColumns, Sheet: rd.v.sheet.Name, Col: net.col, Role: Quantity, Found: sold.title, Expected: net.title})
	}
}

// lessReturns is the column that tells a measure less what came back, nil for none.
func (rd *reading) lessReturns(gross *column) *column {
	for i := range rd.cols {
		back := &rd.cols[i]
		if back.role != "" || !back.stats.mostlyNumbers() || !cameBack(titleWords(back.title)) {
			continue
		}
		if net := rd.netOf(gross, back); net != nil {
			return net
		}
	}
	return nil
}

// netOf is the column without a role that is one less another in every row, nil for none.
// What came back may be told as a negative number.
func (rd *reading) netOf(gross, back *column) *column {
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role != "" || c == back || !c.stats.mostlyNumbers() || hasVeto(titleWords(c.title)) {
			continue
		}
		if rd.makesUp(gross, []*column{c, back}) || rd.makesUp(c, []*column{gross, back}) {
			return c
		}
	}
	return nil
}
