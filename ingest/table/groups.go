package table

import (
	"math"
	"slices"
)

// grouping is one way to read the open lines: which are groups of which level.
type grouping struct {
	levels []int // by open line; 0 is a record, 1 the outermost group
	under  []int // how many groups the line stands under
	proof  groupProof
	// many: more than half of the lines are groups, which the printed sums must prove.
	many bool
	// uneven: the level of some groups is a guess.
	uneven bool
}

// groupProof says how far a grouping agrees with what the file prints.
type groupProof struct {
	groups, printed, right int
	// grand is 1 where the records add up to the total line, -1 where not, 0 where none is printed.
	grand int
	// clean is how well numbers part records from groups that print none: 1 where
	// every record has some and no group has.
	clean float64
}

// better: proved rather than not, then cleaner by a tenth.
func (p groupProof) better(o groupProof) bool {
	if p.proved() != o.proved() {
		return p.proved()
	}
	return !p.proved() && p.printed == 0 && o.printed == 0 && p.clean > o.clean+0.02
}

// contradicted: more than a fifth of the printed group figures are no sums.
func (p groupProof) contradicted() bool { return p.printed > 0 && p.right*5 < p.printed*4 }

// nearly: most groups agree with their rows, and too many do not.
func (p groupProof) nearly() bool { return p.contradicted() && p.right > 1 && p.right*2 >= p.printed }

// proved: what is printed agrees, and something is.
func (p groupProof) proved() bool {
	return !p.contradicted() && (p.grand > 0 || p.grand == 0 && p.printed > 1 && p.right == p.printed)
}

// findGroups tells group rows from records. Every way of telling is tried in turn;
// the first that the printed sums prove is taken, else the first they do not
// contradict.
func (rd *reading) findGroups() {
	rd.markRetold()
	lines := rd.open()
	totals := rd.totalLines()
	best, broken := rd.bestGroups(lines, totals)
	flat := rd.flat(lines, totals)
	if best != nil && flat.proof.grand > 0 && best.proof.grand < 0 {
		best = nil // without groups the total agrees
	}
	if best == nil {
		rd.proof = flat.proof
		if broken && flat.proof.grand <= 0 {
			rd.doubt(Issue{Code: DoubtSubtotal})
		}
		if len(rd.stack) > 1 && rd.name >= 0 {
			rd.doubt(Issue{Code: DoubtGroups, Found: rd.cols[rd.name].title})
		}
		return
	}
	rd.accept(lines, best)
	rd.markEmptyGroups()
	rd.dropRoot()
	rd.nameLevels()
}

// bestGroups tries the ways in turn until the printed sums prove one; nil where they
// contradict all. Broken says that one was contradicted by few of them.
func (rd *reading) bestGroups(lines, totals []int) (best *grouping, broken bool) {
	for _, way := range [...]func([]int) []*grouping{
		rd.groupsByDepth, rd.groupsByDocuments, rd.groupsByNumbering, rd.groupsByMerge, rd.groupsByBlank, rd.groupsBySum, rd.groupsByBold,
	} {
		for _, g := range way(lines) {
			if !rd.weigh(lines, totals, g) {
				broken = broken || g != nil && g.proof.nearly()
				continue
			}
			if best == nil || g.proof.better(best.proof) {
				best = g
			}
			if best.proof.proved() {
				return best, broken
			}
		}
	}
	return best, broken
}

// open lists the lines that are not classed yet.
func (rd *reading) open() []int {
	var out []int
	for i := range rd.lines {
		if rd.lines[i].class == "" {
			out = append(out, i)
		}
	}
	return out
}

// totalLines lists the lines of totals that no open line follows.
func (rd *reading) totalLines() []int {
	var out []int
	for i := len(rd.lines) - 1; i >= 0 && rd.lines[i].class != ""; i-- {
		if rd.lines[i].class == SkipTotal && rd.hasFigures(i) {
			out = append(out, i)
		}
	}
	return out
}

// flat is the reading without groups.
func (rd *reading) flat(lines []int, totals []int) *grouping {
	g := &grouping{levels: make([]int, len(lines)), under: make([]int, len(lines))}
	rd.weighGrand(lines, totals, g)
	return g
}

// weigh proves a grouping; false where the figures contradict it or it has none.
func (rd *reading) weigh(lines, totals []int, g *grouping) bool {
	if g == nil {
		return false
	}
	if g.under == nil {
		g.under = make([]int, len(lines))
		open := 0
		for i, lv := range g.levels {
			if g.under[i] = open; lv > 0 {
				g.under[i], open = lv-1, lv
			}
		}
	}
	rd.weighGroups(lines, g)
	if p := g.proof; p.groups == 0 || p.groups == len(lines) || p.contradicted() {
		return false
	}
	if rd.pricesGroups(lines, g) {
		return false
	}
	rd.weighGrand(lines, totals, g)
	rd.weighNumbers(lines, g)
	return !g.many || g.proof.proved()
}

// pricesGroups: in a list of prices alone a fifth of the groups or more have a price,
// which only goods have.
func (rd *reading) pricesGroups(lines []int, g *grouping) bool {
	if price := columnOf(rd.cols, Price); price == nil || len(rd.measures) > 0 {
		return false
	}
	priced := 0
	for i, at := range lines {
		if g.levels[i] > 0 && rd.tellsFigure(at) {
			priced++
		}
	}
	return priced*5 > g.proof.groups
}

// weighNumbers tells how cleanly numbers part records from groups.
func (rd *reading) weighNumbers(lines []int, g *grouping) {
	bare, full, records := 0, 0, 0
	for i, at := range lines {
		has := rd.hasNumbers(rd.lines[at].ri)
		switch {
		case g.levels[i] == 0:
			if records++; has {
				full++
			}
		case !has:
			bare++
		}
	}
	g.proof.clean = (float64(bare)/float64(g.proof.groups) + float64(full)/float64(max(records, 1))) / 2
}

// hasNumbers: some column of a number is filled, prices too.
func (rd *reading) hasNumbers(ri int) bool {
	for i := range rd.cols {
		c := &rd.cols[i]
		if (c.role.IsNumber() || rd.cross.covers(c.col)) && rd.v.cell(ri, c.col) != nil {
			return true
		}
	}
	return false
}

// weighGroups checks the figures of every group against the records under it, in
// one pass: sums of the open groups are kept by level.
func (rd *reading) weighGroups(lines []int, g *grouping) {
	type openGroup struct {
		at, records int
		sums        []float64
	}
	var stack []openGroup
	closeDown := func(to int) {
		for len(stack) > to {
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if len(stack) > 0 {
				up := &stack[len(stack)-1]
				up.records += o.records
				for k := range o.sums {
					up.sums[k] += o.sums[k]
				}
			}
			if rd.hasFigures(lines[o.at]) {
				g.proof.printed++
				if rd.rounded(lines[o.at], o.sums, o.records) {
					g.proof.right++
				}
			}
		}
	}
	for i, at := range lines {
		closeDown(g.under[i])
		if g.levels[i] > 0 {
			g.proof.groups++
			for len(stack) < g.levels[i]-1 { // a level was left out
				stack = append(stack, openGroup{at: i, sums: make([]float64, len(rd.measures))})
			}
			stack = append(stack, openGroup{at: i, sums: make([]float64, len(rd.measures))})
			continue
		}
		if len(stack) > 0 {
			top := &stack[len(stack)-1]
			top.records++
			rd.addTo(top.sums, at)
		}
	}
	closeDown(0)
}

// rounded: the figures of line i are the sums, each of n records rounded by half a
// hundredth at most.
func (rd *reading) rounded(i int, sums []float64, n int) bool {
	slack := 0.005 * float64(n)
	for k, f := range rd.figuresOf(i) {
		if f == f && !near(f, sums[k]) && math.Abs(f-sums[k]) > slack {
			return false
		}
	}
	return true
}

// weighGrand compares the sums of the records with the lines of totals.
func (rd *reading) weighGrand(lines, totals []int, g *grouping) {
	if len(totals) == 0 {
		return
	}
	sums := make([]float64, len(rd.measures))
	n := 0
	for i, at := range lines {
		if g.levels[i] == 0 {
			rd.addTo(sums, at)
			n++
		}
	}
	g.proof.grand = -1
	for _, t := range totals {
		if rd.equals(t, sums) || rd.rounded(t, sums, n) {
			g.proof.grand = 1
		}
	}
}

// accept marks the groups.
func (rd *reading) accept(lines []int, g *grouping) {
	rd.proof = g.proof
	var stack []int32
	for i, at := range lines {
		l := &rd.lines[at]
		l.under = int32(g.under[i])
		stack = stack[:min(len(stack), g.under[i])]
		if n := len(stack); n > 0 {
			l.parent = stack[n-1]
		}
		if g.levels[i] > 0 {
			l.class, l.level = SkipGroup, int32(g.levels[i])
			stack = append(stack, int32(at))
		}
	}
	if g.proof.right < g.proof.printed {
		rd.doubt(Issue{Code: DoubtSubtotal})
	}
	if g.uneven {
		rd.doubt(Issue{Code: DoubtGroups, Found: rd.lines[lines[slices.IndexFunc(g.levels, func(l int) bool { return l > 1 })]].name})
	}
}

// markEmptyGroups finds groups that hold nothing: open lines that leave blank what
// every record fills and no group does, and print no figures.
func (rd *reading) markEmptyGroups() {
	for i := range rd.cols {
		c := &rd.cols[i]
		if i == rd.name || c.role.IsNumber() || rd.cross.covers(c.col) {
			continue
		}
		groups, groupsFilled := rd.filledOf(c, SkipGroup)
		records, filled := rd.filledOf(c, "")
		if groupsFilled*20 > groups || filled*100 < records*98 || filled == records {
			continue
		}
		for k := range rd.lines {
			l := &rd.lines[k]
			if l.class == "" && !rd.hasNumbers(l.ri) && rd.v.cell(l.ri, c.col) == nil {
				l.class, l.level = SkipGroup, l.under+1
			}
		}
	}
}

// filledOf counts the lines of a class, and those of them that fill the column.
func (rd *reading) filledOf(c *column, class string) (all, filled int) {
	for k := range rd.lines {
		if rd.lines[k].class != class {
			continue
		}
		if all++; rd.v.cell(rd.lines[k].ri, c.col) != nil {
			filled++
		}
	}
	return all, filled
}

// dropRoot lowers the levels by one where a single outermost group holds everything
// and more levels are found than the heading names.
func (rd *reading) dropRoot() {
	top, deepest, empty := 0, int32(0), true
	for i := range rd.lines {
		switch l := &rd.lines[i]; {
		case l.class == "" && empty: // groups that hold nothing do not count
			top, empty = top+1, false
		case l.class == SkipGroup:
			deepest = max(deepest, l.level)
			empty = empty || l.level == 1
		}
	}
	if top != 1 || deepest < 2 || int(deepest) < len(rd.stack) || guessGroup(rd.levelNames()[0]) != Category {
		return
	}
	for i := range rd.lines {
		l := &rd.lines[i]
		l.under--
		if l.class == SkipGroup {
			l.level--
		}
	}
}

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
