package table

import "slices"

// nameLevels gives a role to every level of groups: as the heading names them,
// else by what the texts look like.
func (rd *reading) nameLevels() {
	names := rd.levelNames()
	rd.shortenStack(len(names))
	if rd.unnamedLevels > 0 && len(rd.stack) > 0 && len(names) >= len(rd.stack) { // records are batches
		rd.stack = append(rd.stack, "")
		rd.cols[rd.name].role = ""
	}
	rd.nameGoodsOfBuyers(names)
	rd.levels = make([]Role, len(names))
	stacked := rd.stackedLevels(names)
	used := map[Role]bool{}
	for i := range rd.cols {
		if c := &rd.cols[i]; !rd.namesGroupsOnly(c) {
			used[c.role] = true
		}
	}
	contracts := nameContracts(names)
	for i := range rd.levels {
		r := rd.levelRole(i, contracts, stacked, names[i])
		if r == Category && i >= len(stacked) {
			r = rd.overGoods(i, names)
		}
		if r != "" && (!used[r] || r != DocNo) {
			rd.nameLevel(i, r, used, i < len(stacked), names[i])
		}
	}
	rd.nameGoodsLevel(names)
}

// nameLevel gives a level its role, or that of a category where a column or another
// level has it. Titled says that the heading names the level.
func (rd *reading) nameLevel(i int, r Role, used map[Role]bool, titled bool, names []string) {
	if used[r] {
		if c := columnOf(rd.cols, r); !titled && r != Category && c != nil && rd.oftenBlank(c) { // it may tell of them itself
			rd.doubt(Issue{Code: DoubtGroups, Role: r, Found: names[0]})
		}
		r = Category
	}
	if used[r] || r == Category && rd.repeatsColumn(i+1) {
		return
	}
	used[r] = true
	rd.levels[i] = r
	if i >= len(rd.stack)-1 && r != Category && len(names) > 0 {
		rd.doubt(Issue{Code: DoubtGroups, Role: r, Found: names[0]})
	}
}

// nameGoodsOfBuyers takes for goods what stands under buyers, where the heading calls the
// column by those alone: «Контрагент» over buyers, their documents and the goods.
func (rd *reading) nameGoodsOfBuyers(names [][]string) {
	if rd.name < 0 || len(rd.stack) > 0 || rd.match != nil || len(names) == 0 || slices.ContainsFunc([]Role{Product, ProductCode, Barcode}, rd.has) {
		return
	}
	c := &rd.cols[rd.name]
	if c.role != Client || guessGroup(names[0]) != Client && nameContracts(names) != 1 && (len(names) < 2 || guessGroup(names[1]) != DocNo) {
		return
	}
	leaves := make([]string, 0, len(rd.lines))
	for i := range rd.lines {
		if rd.lines[i].class == "" {
			leaves = append(leaves, rd.lines[i].name)
		}
	}
	if guessGroup(leaves) != Category {
		return
	}
	rd.stack = append(make([]Role, 0, len(names)+1), Client)
	for i := 1; i < len(names); i++ {
		role := Role("")
		if guessGroup(names[i]) == DocNo {
			role = DocNo
		}
		rd.stack = append(rd.stack, role)
	}
	rd.stack = append(rd.stack, Product)
	c.role = Product
	rd.doubt(Issue{Code: DoubtGroups, Role: Product, Found: leaves[0]})
}

// nameGoodsLevel takes the innermost groups for the goods where only they can be: what
// came and went by documents is told of goods, and nothing else names any.
func (rd *reading) nameGoodsLevel(names [][]string) {
	last := len(rd.levels) - 1
	if last < 0 || rd.levels[last] != Category || !rd.movesByDocument() || slices.ContainsFunc([]Role{Product, ProductCode, Barcode}, rd.has) {
		return
	}
	rd.levels[last] = Product
	rd.doubt(Issue{Code: DoubtGroups, Role: Product, Found: names[last][0]})
}

// oftenBlank: less than half of the records fill the column.
func (rd *reading) oftenBlank(c *column) bool {
	records, filled := rd.filledOf(c, "")
	return 2*filled < records
}

// overGoods tells what a level is whose names sound like folders of goods: buyers over their
// documents; where goods stand under several of them or their articles do, who or what
// holds the goods; else folders.
func (rd *reading) overGoods(i int, names [][]string) Role {
	moves := rd.has(StockQty) || rd.has(OpeningQty)
	switch {
	case !rd.has(Date) && namesDays(names[i]):
		return Date
	case rd.sellsByDocuments(names[i+1:]):
		return Client
	case rd.match != nil || i > 0 || !rd.overArticles && !rd.sharesGoods(i+1):
	case moves && !rd.has(Warehouse):
		return Warehouse
	case !moves && rd.has(Quantity) && !rd.has(Client) && !rd.has(Outlet):
		return Client
	}
	return Category
}

// namesDays: all groups of a level are called by a day.
func namesDays(names []string) bool {
	return len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return dayNamed(n) == "" })
}

// dayNamed is the day in ISO that a text tells and nothing else, "" for none.
func dayNamed(text string) string {
	if p, ok := wholePeriod(text, 0); ok && p.From.Equal(p.To) {
		return isoDay(p.From)
	}
	return ""
}

// sharesGoods: half of the goods or more stand under several groups of a level, which no
// goods in folders do.
func (rd *reading) sharesGoods(level int) bool {
	if rd.name < 0 || rd.cols[rd.name].role != Product {
		return false
	}
	under, several := map[string]string{}, map[string]bool{}
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" {
			continue
		}
		group := rd.groupAt(l, level)
		if was, ok := under[l.name]; ok && was != group {
			several[l.name] = true
		}
		under[l.name] = group
	}
	return len(several) > 1 && 2*len(several) >= len(under)
}

// sellsByDocuments: documents of sales stand right under a level, which is that of the buyers then.
func (rd *reading) sellsByDocuments(below [][]string) bool {
	return len(below) > 0 && guessGroup(below[0]) == DocNo && !rd.has(Client) &&
		!slices.ContainsFunc([]Role{ReceivedQty, ShippedQty, StockQty}, rd.has)
}

// levelRole is what a level is called by the heading, else by the contracts under it
// and by what its texts look like; "" for nothing of interest.
func (rd *reading) levelRole(i, contracts int, stacked []Role, names []string) Role {
	switch {
	case i < len(stacked):
		return stacked[i]
	case i == contracts, rd.repeatsColumn(i + 1):
		return ""
	case rd.roleOfGroups(i+1) != "":
		return rd.roleOfGroups(i + 1)
	case i+1 == contracts:
		return Client
	}
	r := rd.placeOf(guessGroup(names))
	if r == Client && len(rd.measures) == 0 { // nobody buys in a list of prices
		return Category
	}
	if r != Client || !rd.groupsSuppliers() {
		return r
	}
	if !rd.toldBy.suppliers { // they may be places too
		rd.doubt(Issue{Code: DoubtGroups, Found: names[0]})
	}
	return ""
}

// groupsSuppliers: firms over the goods are those from whom they came: of what lies in
// stock, or where the lines above say so.
func (rd *reading) groupsSuppliers() bool {
	return rd.toldBy.suppliers || rd.has(StockQty) && !rd.has(Quantity) && !rd.has(ShippedQty)
}

// placeOf makes a shop the place of stock where nothing is sold.
func (rd *reading) placeOf(r Role) Role {
	if r == Outlet && !rd.has(Quantity) && !rd.has(Amount) {
		return Warehouse
	}
	return r
}

// levelNames collects some texts of the groups of every level.
func (rd *reading) levelNames() [][]string {
	var names [][]string
	for _, l := range rd.lines {
		if l.class != SkipGroup || l.level < 1 {
			continue
		}
		for len(names) < int(l.level) {
			names = append(names, nil)
		}
		if k := l.level - 1; len(names[k]) < 500 {
			names[k] = append(names[k], l.name)
		}
	}
	return names
}

// holdsAttributes: the row fills a column besides its name and the measures.
func (rd *reading) holdsAttributes(l *line) bool {
	cells := rd.v.filled(l.ri)
	for k := range cells {
		c := &cells[k]
		i := c.col - 1
		if i == rd.name || rd.cols[i].role.IsNumber() || rd.cross.covers(c.col) || slices.Contains(rd.measures, i) || looksNumeric(c) && rd.cols[i].role == "" {
			continue
		}
		return true
	}
	return false
}
