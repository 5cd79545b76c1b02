package table

// preferWhole takes for the stock what is there in all where the title chosen tells how much
// of it is free, and a third column is held back: «Всего | Зарезервировано | Доступно».
func (rd *reading) preferWhole() {
	free := columnOf(rd.cols, StockQty)
	if free == nil || rd.cross != nil || !lesser(free.title) {
		return
	}
	for i := range rd.cols {
		whole := &rd.cols[i]
		weak := whole.role == "" || whole.role == Quantity && whole.score < 2*titleScore
		if !weak || !whole.stats.mostlyNumbers() || holdsBack(titleWords(whole.title)) {
			continue
		}
		for k := range rd.cols {
			held := &rd.cols[k]
			if k == i || held.role != "" || !held.stats.mostlyNumbers() || !rd.makesUp(whole, []*column{free, held}) {
				continue
			}
			whole.role, whole.score, whole.reason = StockQty, free.score, ReasonArithmetic
			free.role, free.score, free.learned = "", 0, 0
			return
		}
	}
}
