package table

// dropUnfilled takes back the roles of columns that a buyer has yet to fill in: beside
// prices and without a buyer, quantities and sums that are blank or zero in every row.
// Where stock or sales are told, they are what is there.
func (rd *reading) dropUnfilled(near kindWords) {
	price := columnOf(rd.cols, Price)
	if price == nil || near.stock || near.sales || !price.stats.mostlyNumbers() || columnOf(rd.cols, Client) != nil || columnOf(rd.cols, ClientCode) != nil {
		return
	}
	form := []*column{columnOf(rd.cols, Quantity), columnOf(rd.cols, Amount), columnOf(rd.cols, Discount)}
	for _, c := range form {
		if c != nil && !c.stats.allZero() {
			return
		}
	}
	for _, c := range form {
		if c != nil {
			c.role, c.score, c.learned = "", 0, 0
		}
	}
}
