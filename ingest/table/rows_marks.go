package table

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/distbase/distbase/ingest/grid"
)

// markUnnamedTotals finds totals without a word: rows that name nothing but have
// figures, at the end, or equal to the sum of what stands above.
func (rd *reading) markUnnamedTotals() {
	identities := rd.identityColumns()
	if identities == 0 {
		rd.markBlockSums()
		return
	}
	sums := make([]float64, len(rd.measures))
	last := rd.lastNamed()
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" || !rd.hasFigures(i) {
			continue
		}
		if rd.lacksIdentity(l.ri, false) && (identities > 1 || rd.equals(i, sums) || i > last && i > 0) {
			l.class = SkipTotal
			continue
		}
		rd.addTo(sums, i)
	}
}

// markBlockSums finds a sum below every block, where these are so many that few rows name
// anything: each is the sum of the rows since the one before.
func (rd *reading) markBlockSums() {
	sums := make([]float64, len(rd.measures))
	var found []int
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" || !rd.hasFigures(i) {
			continue
		}
		if !rd.lacksIdentity(l.ri, false) {
			rd.addTo(sums, i)
			continue
		}
		if !rd.equals(i, sums) {
			return
		}
		found = append(found, i)
		clear(sums)
	}
	if len(found) < 2 {
		return
	}
	for _, i := range found {
		rd.lines[i].class = SkipTotal
	}
}

// isSpread: one text stands in every cell of the row, as exports write a merged cell.
func isSpread(cells []cell) bool {
	for i := range cells {
		if cells[i].kind != grid.Text || cells[i].text != cells[0].text {
			return false
		}
	}
	return len(cells) > 2 && lettersIn(cells[0].text, 1) > 0
}

// closesBlock: the row is the total of a block by its name: «ООО "Альфа" Итог» under
// the rows of «ООО "Альфа"», as pivot tables and Excel's subtotals print it.
func (rd *reading) closesBlock(ri int, cells []cell) bool {
	texts := 0
	for i := range cells {
		c := &cells[i]
		if c.kind != grid.Text || texts == 3 {
			continue
		}
		texts++
		name, ok := cutTotal(c.text)
		if !ok {
			continue
		}
		for k := ri - 1; k > rd.h.last && k > ri-maxBlock; k-- {
			if x := rd.v.cell(k, c.col); x != nil && oneLine(x.text) == name {
				return true
			}
		}
	}
	return false
}

// marksTotal: «TOTAL» stands by itself in a column without a title, as some print-outs
// put it behind the name of the group.
func (rd *reading) marksTotal(cells []cell) bool {
	if len(cells) < 3 || rd.h.spoken {
		return false
	}
	for i := range cells {
		c := &cells[i]
		if c.kind == grid.Text && rd.cols[c.col-1].role == "" && rd.h.title(c.col) == "" && isTotal(c.text) && !strings.Contains(c.text, " ") {
			return true
		}
	}
	return false
}

// maxBlock bounds how far the first row of a block is looked for.
const maxBlock = 20000

// totalEnds are the words that end the name of a block in its total.
var totalEnds = [...]string{" итог", " итого", " всего", " total", " разом", " subtotal"}

// cutTotal takes the word of totals off the end of a name.
func cutTotal(s string) (name string, ok bool) {
	if len(s) < 6 || len(s) > 400 || !strings.ContainsRune("гоlмГОLМ", lastRune(s)) {
		return "", false
	}
	tail := strings.ToLower(s[max(0, len(s)-24):])
	for _, end := range totalEnds {
		if strings.HasSuffix(tail, end) {
			return oneLine(s[:len(s)-len(end)]), true
		}
	}
	return "", false
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// numbersPage: the row is nothing but the number of a page: «Страница 2», «Лист | 3 из 5».
func (rd *reading) numbersPage(cells []cell) bool {
	if len(cells) > 2 {
		return rd.endsPage(cells)
	}
	if len(cells) == 0 || cells[0].kind != grid.Text || len(cells) == 2 && slices.Contains(rd.measures, cells[1].col-1) {
		return false
	}
	text := cells[0].text
	if len(cells) == 2 {
		text += " " + cells[1].text
	}
	return countsPages(text)
}

// endsPage: the row tells the number of the page beside who printed it and when, and no figure.
func (rd *reading) endsPage(cells []cell) bool {
	if len(cells) > maxFooter {
		return false
	}
	page := false
	for i := range cells {
		if slices.Contains(rd.measures, cells[i].col-1) {
			return false
		}
		page = page || cells[i].kind == grid.Text && countsPages(cells[i].text)
	}
	return page
}

// maxFooter is how many cells the last row of a page has at most.
const maxFooter = 6

// countsPages: nothing but the number of a page.
func countsPages(text string) bool {
	if len(text) > 40 {
		return false
	}
	w := titleWords(text)
	if len(w) < 2 || !pageWords[w[0]] {
		return false
	}
	return !slices.ContainsFunc(w[1:], func(word string) bool {
		return strings.Trim(word, "0123456789") != "" && !ofPages[word]
	})
}

var (
	pageWords = wordSet("страница стр лист page сторінка página pagina бет")
	ofPages   = wordSet("из of з de номер") // stand between the numbers of pages
)

// sumsUp: the name is that of a sum as rows are called and columns are not: «Σ»,
// «Сумма по группе», «К переносу», «Итоговая строка».
func sumsUp(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "—-–* "))
	if !strings.ContainsRune("σΣсСпПкКнНжЖиИbBcCsS", r) {
		return false
	}
	w := titleWords(s)
	switch {
	case len(w) == 0 || len(w) > 5:
		return false
	case rowSumWords[w[0]]:
		return true
	case len(w) == 1:
		return bareSumWords[w[0]]
	}
	return sumPairs[w[0]+" "+w[1]] || w[0] == "промежуточный" && totalWords[w[1]] || w[1] == "итогом"
}

var (
	rowSumWords  = wordSet("σ суммарно жалпы перенос итоговая итоговый итоговое subtotal")
	bareSumWords = wordSet("сумма suma сума")
	sumPairs     = map[string]bool{
		"сумма по": true, "сумма за": true, "сума по": true, "сума за": true, "к переносу": true, "carried forward": true, "brought forward": true,
	}
)

// isTax: the row tells the tax of those above it: «НДС 20 %» between two totals.
func isTax(s string) bool {
	if !firstWordIn(s, taxWords) {
		return false
	}
	for _, w := range titleWords(s)[1:] {
		if !taxWords[w] && lettersIn(w, 3) > 2 {
			return false
		}
	}
	return true
}

var taxWords = wordSet("ндс пдв vat iva igv icms gst ққс налог податок сумма сума amount total")

// isPart: the row tells a part of the one above: «в т.ч. по акции», «из них».
func isPart(s string) bool {
	if r, _ := utf8.DecodeRuneInString(s); !strings.ContainsRune("вВиИуУiItT", r) {
		return false
	}
	switch firstWord(s) {
	case "в", "из", "у", "incl", "including", "thereof":
	default:
		return false
	}
	w := titleWords(s)
	return len(w) > 1 && (w[0] == "incl" || w[0] == "including" || w[0] == "thereof" || w[0] == "из" && w[1] == "них" || w[0] == "у" && w[1] == "тому" ||
		len(w) > 2 && w[0] == "в" && (w[1] == "т" && w[2] == "ч" || w[1] == "том" && w[2] == "числе"))
}

// addTo adds the figures of line i to sums.
func (rd *reading) addTo(sums []float64, i int) {
	for k, f := range rd.figuresOf(i) {
		if f == f {
			sums[k] += f
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

// lastNamed is the last line that names something.
func (rd *reading) lastNamed() int {
	for i := len(rd.lines) - 1; i >= 0; i-- {
		if l := &rd.lines[i]; l.class == "" && !rd.lacksIdentity(l.ri, false) {
			return i
		}
	}
	return -1
}

// equals compares the figures of line i with sums, at least one of them not zero.
func (rd *reading) equals(i int, sums []float64) bool {
	some := false
	for k, f := range rd.figuresOf(i) {
		if f != f {
			continue
		}
		if !near(f, sums[k]) {
			return false
		}
		some = some || f != 0
	}
	return some
}

// markNotes finds what stands below the last total, and rows that hold one text
// where records hold much more.
func (rd *reading) markNotes() {
	lastFigure := -1
	afterTotal := false
	for i := range rd.lines {
		if l := &rd.lines[i]; l.class == "" && rd.tellsFigure(i) {
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
		whole := typical > 1 && int(l.filled) >= typical // goods of which nothing is left end the last group
		if afterTotal && !whole || typical > 1 && int(l.filled) <= typical/2 || strings.HasPrefix(l.name, "*") {
			l.class = SkipNote
		}
	}
}

// tellsFigure: line i has a measure, or in a list of prices alone a price.
func (rd *reading) tellsFigure(i int) bool {
	if len(rd.measures) > 0 {
		return rd.hasFigures(i)
	}
	price := columnOf(rd.cols, Price)
	return price != nil && rd.v.cell(rd.lines[i].ri, price.col) != nil
}

// typicalAttributes is how many columns besides measures a row of figures fills, at the median.
func (rd *reading) typicalAttributes() int {
	counts := map[int]int{}
	n := 0
	for i := range rd.lines {
		l := &rd.lines[i]
		if l.class != "" || !rd.tellsFigure(i) {
			continue
		}
		figures := 0
		for _, f := range rd.figuresOf(i) {
			if f == f {
				figures++
			}
		}
		counts[int(l.filled)-figures]++
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
