package table

import (
	"regexp"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/shopspring/decimal"
)

// line is one row of the body.
type line struct {
	ri    int    // position in the view
	class string // "" for a record, else the reason why it is none
	name  string // text of the name column, or the first text
	// level is the depth of a group row, 1 the outermost.
	level int
	// under is the number of groups the row stands under.
	under int
	// figures are the values of the measure columns, nil entries are blank.
	figures []*decimal.Decimal
	filled  int
}

// reading is a sheet being understood.
type reading struct {
	v        *view
	h        *heading
	cols     []column
	measures []int // indexes of columns whose role adds up
	name     int   // index of the column that names the rows, -1 for none
	stack    []Role
	lines    []line
	levels   []Role // of group rows, outermost first; "" means nothing of interest
	cross    *crosstab
	doubts   []Issue
	problems []Issue
	// problemCount counts all problems by code, listed or not.
	problemCount map[string]int
	// year is taken for months of a heading that lack one; received is when the report came.
	year     int
	received time.Time
}

// hasFigures says whether any measure of the line is filled.
func (l *line) hasFigures() bool {
	for _, f := range l.figures {
		if f != nil {
			return true
		}
	}
	return false
}

// prepare learns how the columns are written, which of them add up, and which names the rows.
func (rd *reading) prepare() {
	rd.name = -1
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role.IsSummed() || rd.cross.covers(c.col) {
			rd.measures = append(rd.measures, i)
		}
		if c.role.IsNumber() || rd.cross.covers(c.col) {
			var texts []string
			for ri := rd.h.last + 1; ri < len(rd.v.rows); ri++ {
				if cell := rd.v.cell(ri, c.col); cell != nil && cell.Kind == grid.Text {
					texts = append(texts, cell.Value)
				}
			}
			style, ambiguous := styleOf(texts)
			c.style = style
			if ambiguous {
				rd.doubt(Issue{Code: DoubtNumberStyle, Col: c.col, Role: c.role, Found: texts[0]})
			}
		}
		if c.role == Date {
			rd.dateOrder(c)
		}
	}
	rd.findStack()
	for _, r := range []Role{Product, Client, Outlet, ProductCode, ClientCode, Category, Warehouse} {
		if c := columnOf(rd.cols, r); c != nil && rd.name < 0 {
			rd.name = c.col - 1
		}
	}
}

// dateOrder learns whether months stand before days.
func (rd *reading) dateOrder(c *column) {
	for ri := rd.h.last + 1; ri < len(rd.v.rows); ri++ {
		cell := rd.v.cell(ri, c.col)
		if cell == nil || cell.Kind != grid.Text || strings.Count(cell.Value, "/") != 2 {
			continue
		}
		toks := scanTokens(plainBlanks(cell.Value))
		a, okA := num(toks, 0, 1, 2)
		b, okB := num(toks, 2, 1, 2)
		if okA && okB && b > 12 && a <= 12 {
			c.monthFirst = true
			return
		}
	}
}

// findStack finds a column whose titles name one grouping level each, from the
// outermost to the records ("Контрагент" over "Номенклатура", "Склад / ТМЦ").
func (rd *reading) findStack() {
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role.IsNumber() || rd.cross.covers(c.col) || c.stats.letters == 0 {
			continue
		}
		parts := rd.h.parts[i]
		if len(parts) == 1 && strings.Count(parts[0], "/") > 0 {
			parts = strings.Split(parts[0], "/")
		}
		roles := stackRoles(parts)
		if len(roles) < 2 {
			continue
		}
		leaf := roles[len(roles)-1]
		for j := range rd.cols {
			if rd.cols[j].role == leaf {
				rd.cols[j].role = ""
			}
		}
		c.role = leaf
		rd.stack = roles
		return
	}
}

// stackRoles gives the role of every title that names a level; "" for a title
// whose role a plainer one names too. What follows a comma is printed beside the
// level ("Номенклатура, Базовая единица измерения").
func stackRoles(parts []string) []Role {
	var roles []Role
	at := map[Role]int{}
	scores := map[Role]float64{}
	for _, p := range parts {
		head, _, _ := strings.Cut(p, ",")
		m, ok := bestMatch(head)
		if !ok {
			continue
		}
		switch m.role {
		case Client, Outlet, Product, Warehouse, DocNo, Category, SalesRep, Region, City, Brand, Channel:
		default:
			continue
		}
		if i, ok := at[m.role]; ok {
			if scores[m.role] >= m.score {
				continue
			}
			roles[i] = ""
		}
		at[m.role], scores[m.role] = len(roles), m.score
		roles = append(roles, m.role)
	}
	if len(at) < 2 {
		return nil
	}
	return roles
}

// readLines classes every row of the body as far as it can be told by itself.
func (rd *reading) readLines() {
	for ri := rd.h.last + 1; ri < len(rd.v.rows); ri++ {
		cells := rd.v.filled(ri)
		l := line{ri: ri, filled: len(cells), figures: make([]*decimal.Decimal, len(rd.measures))}
		for k, i := range rd.measures {
			if d, ok := rd.number(&rd.cols[i], rd.v.cell(ri, rd.cols[i].col)); ok {
				l.figures[k] = &d
			}
		}
		l.name = rd.nameOf(ri, cells)
		switch {
		case len(cells) == 0:
			l.class = SkipBlank
		case rd.isRule(cells):
			l.class = SkipNote
		case rd.repeatsHeading(cells):
			l.class = SkipHeader
		case isTotal(l.name) && rd.lacksIdentity(ri, true):
			l.class = SkipTotal
		case rd.saysNothing(ri):
			l.class = SkipNote
		}
		rd.lines = append(rd.lines, l)
	}
}

// saysNothing: no column with a role is filled.
func (rd *reading) saysNothing(ri int) bool {
	roles := 0
	for i := range rd.cols {
		if rd.cols[i].role == "" && !rd.cross.covers(rd.cols[i].col) {
			continue
		}
		roles++
		if rd.v.cell(ri, rd.cols[i].col) != nil {
			return false
		}
	}
	return roles > 0
}

// nameOf gives the text that names a row: of the name column, else the first text.
func (rd *reading) nameOf(ri int, cells []*grid.Cell) string {
	if len(cells) > 0 && cells[0].Kind == grid.Text && isTotal(text(cells[0])) {
		return text(cells[0])
	}
	if rd.name >= 0 {
		if c := rd.v.cell(ri, rd.cols[rd.name].col); c != nil {
			return text(c)
		}
	}
	for _, c := range cells {
		if c.Kind == grid.Text && !looksNumeric(c) {
			return text(c)
		}
	}
	return ""
}

// isRule: the row is drawn, or only dashes.
func (rd *reading) isRule(cells []*grid.Cell) bool {
	for _, c := range cells {
		if c.Kind != grid.Text || !isLine(text(c)) {
			return false
		}
	}
	return true
}

// repeatsHeading: two cells or more say what the heading says above them.
func (rd *reading) repeatsHeading(cells []*grid.Cell) bool {
	same := 0
	for _, c := range cells {
		if c.Kind != grid.Text || c.Col > len(rd.h.parts) {
			return false
		}
		t := strings.Join(strings.Fields(text(c)), " ")
		for _, p := range rd.h.parts[c.Col-1] {
			if p == t {
				same++
				break
			}
		}
	}
	return same >= 2 && same*3 >= len(cells)*2
}

// lacksIdentity: nothing in the row says which goods or buyer it is about. Named
// leaves the cell out that names the row itself.
func (rd *reading) lacksIdentity(ri int, named bool) bool {
	for i := range rd.cols {
		c := &rd.cols[i]
		if rd.cross.covers(c.col) || named && i == rd.name {
			continue
		}
		cell := rd.v.cell(ri, c.col)
		switch c.role {
		case ProductCode, ClientCode, Barcode, DocNo, Date, ClientINN, Product, Client, Outlet:
			if cell != nil && strings.Trim(text(cell), "*-. ") != "" && (!named || !isTotal(text(cell))) {
				return false
			}
		}
	}
	return true
}

// number reads a measure.
func (rd *reading) number(c *column, cell *grid.Cell) (decimal.Decimal, bool) {
	if cell == nil {
		return decimal.Decimal{}, false
	}
	switch cell.Kind {
	case grid.Number:
		d, err := decimal.NewFromString(cell.Value)
		return d, err == nil
	case grid.Text:
		if c.isMoney() && 2*c.stats.numbers > c.stats.filled && foreignMoney.MatchString(plainBlanks(cell.Value)) {
			return decimal.Decimal{}, false // another currency than the plain numbers around it
		}
		return c.style.parse(cell.Value)
	}
	return decimal.Decimal{}, false
}

// foreignMoney is a currency told beside the number.
var foreignMoney = regexp.MustCompile(`(?:[A-Z]{3}|[$€£¥])$|^(?:[A-Z]{3}|[$€£¥])`)

// markUnnamedTotals finds totals without a word: rows that name nothing but have
// figures, at the end, or equal to the sum of what stands above.
func (rd *reading) markUnnamedTotals() {
	sums := make([]decimal.Decimal, len(rd.measures))
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" || !l.hasFigures() {
			continue
		}
		if n := rd.identityColumns(); n > 0 && rd.lacksIdentity(l.ri, false) && (n > 1 || rd.equals(l, sums) || rd.isLast(i)) {
			l.class = SkipTotal
			continue
		}
		for k, f := range l.figures {
			if f != nil {
				sums[k] = sums[k].Add(*f)
			}
		}
	}
}

// identityColumns counts the columns that nearly every row of figures fills to say what it is about.
func (rd *reading) identityColumns() int {
	n := 0
	for _, r := range []Role{Product, Client, Outlet, ProductCode, ClientCode, Barcode, DocNo, Date} {
		if c := columnOf(rd.cols, r); c != nil && c.stats.filled*10 >= len(rd.lines)*7 {
			n++
		}
	}
	return n
}

// isLast: no row after it names anything.
func (rd *reading) isLast(i int) bool {
	for _, l := range rd.lines[i+1:] {
		if l.class == "" && !rd.lacksIdentity(l.ri, false) {
			return false
		}
	}
	return i > 0
}

// equals compares the figures of a line with sums, at least one of them not zero.
func (rd *reading) equals(l *line, sums []decimal.Decimal) bool {
	some := false
	for k, f := range l.figures {
		if f == nil {
			continue
		}
		if !closeTo(*f, sums[k]) {
			return false
		}
		some = some || !f.IsZero()
	}
	return some
}

// markNotes finds what stands below the last total, and rows that hold one text
// where records hold much more.
func (rd *reading) markNotes() {
	lastFigure := -1
	afterTotal := false
	for i := range rd.lines {
		if l := &rd.lines[i]; l.class == "" && l.hasFigures() {
			lastFigure = i
		}
	}
	typical := rd.typicalAttributes()
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class == SkipTotal {
			afterTotal = true
		}
		if l.class != "" || i <= lastFigure {
			continue
		}
		if afterTotal || typical > 1 && l.filled <= typical/2 || strings.HasPrefix(l.name, "*") {
			l.class = SkipNote
		}
	}
}

// typicalAttributes is how many columns besides measures a row of figures fills, at the median.
func (rd *reading) typicalAttributes() int {
	counts := map[int]int{}
	n := 0
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" || !l.hasFigures() {
			continue
		}
		figures := 0
		for _, f := range l.figures {
			if f != nil {
				figures++
			}
		}
		counts[l.filled-figures]++
		n++
	}
	seen := 0
	for k := 0; k <= len(rd.cols); k++ {
		if seen += counts[k]; 2*seen >= n {
			return k
		}
	}
	return 0
}

func (rd *reading) doubt(i Issue) {
	i.Sheet = rd.v.sheet.Name
	rd.doubts = append(rd.doubts, i)
}

// closeTo compares sums that went through floating point in the source: to half
// a hundredth, or to the ninth digit of large ones.
func closeTo(a, b decimal.Decimal) bool {
	diff := a.Sub(b).Abs()
	return diff.LessThanOrEqual(decimal.New(5, -3)) || diff.LessThanOrEqual(b.Abs().Mul(decimal.New(1, -9)))
}
