package table

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid"
)

// line is one row of the body.
type line struct {
	ri    int    // position in the view
	class string // "" for a record, else the reason why it is none
	name  string // text of the name column, or the first text
	// level is the depth of a group row, 1 the outermost.
	level int32
	// under is the number of groups the row stands under.
	under int32
	// parent is the line of the innermost group it stands under, -1 for none.
	parent int32
	filled int32
}

// reading is a sheet being understood.
type reading struct {
	v        *view
	h        *heading
	cols     []column
	measures []int // indexes of columns whose role adds up
	name     int   // index of the column that names the rows, -1 for none
	stack    []Role
	// unnamedLevels are those below the stack that the heading names and that say nothing.
	unnamedLevels int
	lines         []line
	// figures are the measures of all lines, line by line; NaN is blank. They are
	// for finding out what a row is; sums that are told are exact.
	figures  []float64
	levels   []Role // of group rows, outermost first; "" means nothing of interest
	found    []Role // the same, of all levels that were found, those under the records too
	cross    *crosstab
	doubts   []Issue
	problems []Issue
	// problemCount counts all problems by code, listed or not.
	problemCount map[string]int
	// untold counts the stocks that are not told to the piece («> 10», «под заказ»).
	untold int
	// year is taken for months of a heading that lack one; received is when the report came.
	year int
	// file is the name of the file without its extension.
	file     string
	received time.Time
	// whole is the view with the columns that the layout left out, nil where it left out none.
	whole *view
	// match is the layout the columns were read by, nil for none.
	match *match
	// near and far are what words of the sheet and of the letter say about the kind.
	near, far kindWords
	// toldBy is by what the lines above the heading part the figures.
	toldBy breakdown
	// blanksAreZeros: balances prove that a blank stands for zero.
	blanksAreZeros bool
	// constants are values that lines of their own tell for the rows below.
	constants []constant
	// newLines are what lines tell that the layout does not take.
	newLines []Role
	// gluedGoods: the unit stands at the end of the names of groups of goods.
	gluedGoods bool
	// docDates: the day of a record is told by the name of its document.
	docDates bool
	// overArticles: the rows of goods began with their articles before they were folded, so
	// that what stands over them is no folder, in which the goods themselves would stand.
	overArticles bool
	// proof is how far the groups found agree with what is printed.
	proof groupProof
}

// prepare learns how the columns are written, which of them add up, and which names the rows.
func (rd *reading) prepare() {
	rd.name = -1
	rd.findStack()
	rd.dropRunningBalances()
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role.IsSummed() || rd.cross.covers(c.col) {
			rd.measures = append(rd.measures, i)
		}
		if c.role.IsNumber() || rd.cross.covers(c.col) {
			rd.learnStyle(c)
		}
		if c.role == Date {
			rd.dateOrder(c)
		}
	}
	for _, r := range []Role{Product, Client, Outlet, ProductCode, ClientCode, Category, Warehouse} {
		if c := columnOf(rd.cols, r); c != nil && rd.name < 0 {
			rd.name = c.col - 1
		}
	}
}

// readLines classes every row of the body as far as it can be told by itself.
func (rd *reading) readLines() {
	n := max(len(rd.v.rows)-rd.h.last-1, 0)
	rd.lines = make([]line, 0, n)
	rd.figures = make([]float64, 0, n*len(rd.measures))
	pages := rd.pageTitles()
	rd.readConstants()
	for ri := rd.h.last + 1; ri < len(rd.v.rows); ri++ {
		cells := rd.v.filled(ri)
		l := line{ri: ri, filled: int32(len(cells)), parent: -1}
		for _, i := range rd.measures {
			rd.figures = append(rd.figures, rd.figure(&rd.cols[i], rd.v.cell(ri, rd.cols[i].col)))
		}
		l.name = rd.nameOf(ri, cells)
		switch {
		case len(cells) == 0:
			l.class = SkipBlank
		case rd.isRule(cells), rd.numbersPage(cells):
			l.class = SkipNote
		case rd.repeatsHeading(cells), namesNothing(cells), isSpread(cells) && isSpread(rd.v.filled(ri-1)) && cells[0].text == rd.v.filled(ri - 1)[0].text:
			l.class = SkipHeader
		case namesSum(l.name) && rd.lacksIdentity(ri, true), rd.closesBlock(ri, cells), rd.marksTotal(cells):
			l.class = SkipTotal
		case rd.tells(ri):
			l.class = SkipGroup
		case rd.saysNothing(ri):
			l.class = SkipNote
		case len(cells) <= maxPageTitle && pages[pageKey(cells)]:
			l.class = SkipHeader
		}
		rd.lines = append(rd.lines, l)
	}
}

// namesNothing: the titles that a spreadsheet gives to a range made a table, «Столбец1».
func namesNothing(cells []cell) bool {
	for i := range cells {
		if !automaticTitle.MatchString(cells[i].text) {
			return false
		}
	}
	return len(cells) > 2
}

var automaticTitle = regexp.MustCompile(`^(?:Столбец|Стовпець|Column|Columna|Coluna)\d+$`)

// namesSum: the name of the row is that of a total, a part of one, a sum or its tax.
func namesSum(name string) bool {
	return isTotal(name) || isPart(name) || sumsUp(name) || isTax(name)
}

// maxPageTitle is how many cells a line at the top of a page may have.
const maxPageTitle = 3

// pageTitles are the lines above the heading, which print-outs repeat on every page.
func (rd *reading) pageTitles() map[string]bool {
	out := map[string]bool{}
	for ri := 0; ri < rd.h.first; ri++ {
		if cells := rd.v.filled(ri); len(cells) > 0 && len(cells) <= maxPageTitle {
			out[pageKey(cells)] = true
		}
	}
	return out
}

// pageKey is what a line says without its numbers, such as that of the page; texts
// of numbers only say nothing.
func pageKey(cells []cell) string {
	var b strings.Builder
	for i := range cells {
		if lettersIn(cells[i].text, 1) == 0 && len(cells) == 1 && len(cells[i].text) < 12 {
			return strconv.Itoa(i) + cells[i].text
		}
		for _, r := range cells[i].text {
			if r < '0' || r > '9' {
				b.WriteRune(r)
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// saysNothing: no column with a role is filled.
func (rd *reading) saysNothing(ri int) bool {
	roles := 0
	for i := range rd.cols {
		if rd.cols[i].role == "" && !rd.cross.covers(rd.cols[i].col) {
			continue
		}
		roles++
		x := rd.v.cell(ri, rd.cols[i].col)
		if x != nil && (rd.cols[i].role != Price || x.kind != grid.Text || looksNumeric(x)) {
			return false
		}
	}
	return roles > 0 && !rd.headsGroup(ri)
}

// headsGroup: the row is one text in the column that numbers the rows: it names those below.
func (rd *reading) headsGroup(ri int) bool {
	cells := rd.v.filled(ri)
	if len(cells) != 1 || cells[0].kind != grid.Text || looksNumeric(&cells[0]) || cells[0].col > rd.name {
		return false
	}
	return rd.cols[cells[0].col-1].stats.mostlyNumbers()
}

// nameOf gives the text that names a row: of the name column, else the first text.
func (rd *reading) nameOf(ri int, cells []cell) string {
	if len(cells) > 0 && cells[0].kind == grid.Text && (isTotal(cells[0].text) || sumsUp(cells[0].text)) {
		return cells[0].text
	}
	if rd.name >= 0 {
		if c := rd.v.cell(ri, rd.cols[rd.name].col); c != nil {
			return c.text
		}
	}
	for i := range cells {
		if c := &cells[i]; c.kind == grid.Text && !looksNumeric(c) {
			return c.text
		}
	}
	return ""
}

// isRule: the row is drawn, only dashes, or names no value in any column.
func (rd *reading) isRule(cells []cell) bool {
	for i := range cells {
		if cells[i].kind != grid.Text || !isLine(cells[i].text) && !blankNames[strings.ToLower(cells[i].text)] {
			return false
		}
	}
	return true
}

// blankNames stand in pivot tables for no value, and in rows of filters for all.
var blankNames = map[string]bool{"(пусто)": true, "(все)": true, "(blank)": true, "(all)": true, "(пустые)": true, "(порожньо)": true, "(усі)": true}

// repeatsHeading: two cells or more say what the heading says above them.
func (rd *reading) repeatsHeading(cells []cell) bool {
	same := 0
	for i := range cells {
		c := &cells[i]
		if c.kind != grid.Text || c.col > len(rd.h.parts) {
			return false
		}
		for _, p := range rd.h.parts[c.col-1] {
			if p == c.text || len(p) == len(c.text) && p == oneLine(c.text) {
				same++
				break
			}
		}
	}
	return same >= 2 && same*3 >= len(cells)*2
}

// oneLine brings every run of blanks to one.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// lacksIdentity: nothing in the row says which goods or buyer it is about. Named
// leaves the cell out that names the row itself.
func (rd *reading) lacksIdentity(ri int, named bool) bool {
	for i := range rd.cols {
		c := &rd.cols[i]
		if rd.cross.covers(c.col) || named && i == rd.name {
			continue
		}
		switch c.role {
		case ProductCode, ClientCode, Barcode, DocNo, Date, ClientINN, Product, Client, Outlet:
			x := rd.v.cell(ri, c.col)
			if x != nil && strings.Trim(x.text, "*-. ") != "" && (!named || !isTotal(x.text) && !sumsUp(x.text)) {
				return false
			}
		}
	}
	return true
}

func (rd *reading) doubt(i Issue) {
	i.Sheet = rd.v.sheet.Name
	rd.doubts = append(rd.doubts, i)
}
