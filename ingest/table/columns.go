package table

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// column is what is known of one column of the sheet.
type column struct {
	col   int
	title string
	stats columnStats
	role  Role
	// own is the role that the title gives, whatever a layout says.
	own   Role
	score float64
	// learned is the probability of the role where it was learned, else 0.
	learned float64
	// glued: the unit stands at the end of the name.
	glued bool
	style numberStyle
	// monthFirst: dates are written 07/31/2026.
	monthFirst bool
	// fill: a value stands on the first row of a block and holds for the rows below.
	fill bool
	// months: the days of the column are told by their months alone.
	months bool
	// confidence is how sure the role is, reason why it was given.
	confidence float64
	reason     string
}

// isMoney: a price or a sum of money stands in the column.
func (c *column) isMoney() bool {
	return c.role == Amount || c.role == Price || c.role == StockAmount || c.role == VAT
}

type candidate struct {
	col   int // index
	role  Role
	score float64
	// rank is the score, less where the report tells the same plainer elsewhere.
	rank float64
	// learned is the probability of a role that was learned, else 0.
	learned float64
}

// readColumns gives roles to the columns of a heading: the plainest title first,
// as far as the cells below can carry the role.
func (v *view) readColumns(h *heading) ([]column, []Issue) {
	cols := make([]column, v.maxCol)
	stats := v.stats(h.last + 1)
	beside := v.besideFrom(h, stats)
	var cands []candidate
	for i := range cols {
		c := &cols[i]
		c.col, c.title = i+1, h.title(i+1)
		c.stats = stats[i]
		c.months = c.stats.tellsMonths(c.title)
		if i < beside {
			cands = append(cands, v.candidates(h, c)...)
		}
	}
	putRulesFirst(cands)
	slices.SortStableFunc(cands, func(a, b candidate) int { return cmp.Compare(b.rank, a.rank) })
	doubts := v.giveRoles(cols, cands)
	moveToValues(cols)
	nameParties(cols)
	dropStrangers(cols)
	return cols, doubts
}

// candidates are the roles that a title may mean, as far as the cells below can carry them.
func (v *view) candidates(h *heading, c *column) []candidate {
	i := c.col - 1
	matches := withLearned(h.parts[i], columnMatches(h.parts[i]))
	plainest := 0.0
	for _, m := range matches {
		plainest = max(plainest, m.score*c.fitness(m.role))
	}
	var out []candidate
	for _, m := range matches { // a title is not bent to what it says least
		s := m.score * c.fitness(m.role)
		if s < titleScore*0.75 || m.score < 0.7*plainest || m.role == DocNo && v.countsRows(h, c.col) || m.learned > 0 && !c.bearsLearned(m.role) {
			continue
		}
		rank := s * plainness(c.title) * promptness(m.role, c.title)
		if m.role == StockQty && c.stats.onlyFlags() {
			rank *= 0.6
		}
		out = append(out, candidate{i, m.role, s, rank, m.learned})
		if code := codeOf(m.role); code != "" && !namesModel(c.title) && c.stats.onlyNumbers() && c.stats.spaced == 0 {
			out = append(out, candidate{i, code, 0.9 * m.score, 0.9 * m.score, m.learned})
		}
	}
	return out
}

// putRulesFirst puts a name that is only learned behind one that the rules understand:
// «Описание» behind «Наименование».
func putRulesFirst(cands []candidate) {
	understood := map[Role]bool{}
	for _, k := range cands {
		if k.learned == 0 && isName(k.role) && k.score >= 0.9*plainScore {
			understood[k.role] = true
		}
	}
	for i := range cands {
		if k := &cands[i]; k.learned > 0 && understood[k.role] {
			k.rank *= 0.8
		}
	}
}

// bearsLearned: the cells can be what a learned title says: no place is told by numbers,
// no barcode by words.
func (c *column) bearsLearned(r Role) bool {
	switch {
	case isPlace(r):
		return !c.stats.onlyNumbers() || tellsCode(c.title)
	case r == Barcode:
		return c.stats.mostlyNumbers()
	}
	return true
}

// giveRoles gives every role to the first candidate, the likeliest first, and lists the
// columns between which it is left to doubt.
func (v *view) giveRoles(cols []column, cands []candidate) (doubts []Issue) {
	taken := map[Role]int{}
	for _, k := range cands {
		c := &cols[k.col]
		if c.role != "" {
			continue
		}
		if other, ok := taken[k.role]; ok {
			if first := &cols[other]; hardlyFilled(first, c) && k.score >= 0.7*first.score {
				c.role, c.score, c.reason, c.learned = first.role, k.score, ReasonTitle, k.learned
				first.role, first.score, first.learned = "", 0, 0
				taken[k.role] = k.col
				continue
			}
			if d, ok := v.twoColumns(&cols[other], c, k); ok {
				doubts = append(doubts, d)
			}
			continue
		}
		c.role, c.score, c.reason, c.learned = k.role, k.score, ReasonTitle, k.learned
		if k.learned > 0 {
			c.reason = ReasonLearned
		}
		taken[k.role] = k.col
	}
	return doubts
}

// tellsCode: the title is that of numbers which stand for names: «ИД склада».
func tellsCode(title string) bool { return anyOf(titleWords(title), codeTitleWords) }

var codeTitleWords = wordSet("ид id код коды номер code no num key ключ")

// hardlyFilled: the first column has prices or names in a few rows only, the other in five
// times as many.
func hardlyFilled(first, other *column) bool {
	if first.role == Product && other.stats.letters*10 < other.stats.filled*9 {
		return false
	}
	return (first.role == Price || first.role == Product) && first.stats.filled > 0 && first.stats.filled*5 < other.stats.filled
}

// besideFrom is the first column of a small table that stands beside the one read: behind
// columns that hold nothing and have no title, and filled in less than half of its rows;
// past the end where there is none. Lines of one or two cells, as below a form, tell nothing.
func (v *view) besideFrom(h *heading, stats []columnStats) int {
	filled := make([]int, len(stats))
	for i := range stats {
		filled[i] = stats[i].filled
	}
	if at := smallBeside(h, filled); at == len(stats) {
		return at
	}
	clear(filled)
	for ri := h.last + 1; ri < len(v.rows); ri++ {
		cells := v.filled(ri)
		for i := 0; len(cells) > 2 && i < len(cells); i++ {
			filled[cells[i].col-1]++
		}
	}
	return smallBeside(h, filled)
}

// smallBeside finds the table by how many cells of each column are filled.
func smallBeside(h *heading, filled []int) int {
	most := 0
	for i, n := range filled {
		if n == 0 && most > 1 && h.title(i+1) == "" {
			if rest := slices.Max(filled[i:]); rest > 0 && rest*2 < most {
				return i
			}
		}
		most = max(most, n)
	}
	return len(filled)
}

// codeOf is the role of a code that stands for a name, "" for none.
func codeOf(r Role) Role {
	switch r {
	case Client:
		return ClientCode
	case Outlet:
		return OutletCode
	case Product:
		return ProductCode
	}
	return ""
}

// plainness puts what is counted in cases or weighed, and sums without VAT, behind
// pieces and sums with it where a report tells both, and parts behind the whole.
func plainness(title string) float64 {
	words := titleWords(title)
	switch unit, vat := meaningOf(title); {
	case ofSupplier(words), cameBack(words):
		return 0.35
	case lesser(title), anyOf(titleWords(title), taxBaseWords):
		return 0.8
	case wanted(words):
		return 0.82
	case foreign(words):
		return 0.7
	case isTotal(title):
		return 0.85
	case unit == "кор" || unit == "уп" || unit == "кг" || unit == "л" || unit == "т":
		return 0.97
	case vat == "without":
		return 0.98
	}
	return 1
}

// promptness puts the day when goods come behind that of their order or document.
func promptness(r Role, title string) float64 {
	if r == Date && anyOf(titleWords(title), arrivalWords) {
		return 0.8
	}
	return 1
}

var arrivalWords = wordSet("доставки поставки прибытия delivery delivered arrival entrega llegada")

// countsRows: the column counts its rows from 1.
func (v *view) countsRows(h *heading, col int) bool {
	n := 0
	for ri := h.last + 1; ri < len(v.rows) && n < contentSample; ri++ {
		c := v.cell(ri, col)
		if c == nil {
			continue
		}
		k, err := strconv.Atoi(strings.TrimRight(c.text, ". "))
		if err != nil || k != n+1 && k != 1 {
			return false
		}
		n = k
	}
	return n > 1
}

// columnMatches reads the titles of a column together, and without the uppermost ones where that says nothing.
func columnMatches(parts []string) []titleMatch {
	if len(parts) == 0 {
		return nil
	}
	if m, ok := ledgerRole(parts); ok {
		if m.role == "" {
			return nil
		}
		return []titleMatch{m}
	}
	var out []titleMatch
	best := 0.0
	balance := false
	for k := range parts { // the upper titles may speak of something else
		matches := matchTitle(strings.Join(parts[k:], " "))
		if balance { // money under a balance is no turnover
			matches = slices.DeleteFunc(matches, func(m titleMatch) bool { return m.role == Amount })
		}
		for _, m := range matches {
			if m.score > 1.2*best {
				out, best = matches, m.score
			}
		}
		if hasVeto(titleWords(parts[k])) {
			break // what is planned is no quantity
		}
		m, ok := bestMatch(parts[k])
		balance = balance || ok && isBalance(m.role)
	}
	return out
}

var (
	cameBackWords = wordSet("возврат возврата возвратов повернення повернень returns refunds devoluciones")
	deductedWords = wordSet("учетом учета учет вычетом минус без кроме net нетто урахуванням")
)

// columnOf finds the first column of one of the roles.
func columnOf(cols []column, roles ...Role) *column {
	for i := range cols {
		if slices.Contains(roles, cols[i].role) {
			return &cols[i]
		}
	}
	return nil
}
