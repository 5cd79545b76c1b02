package table

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/distbase/distbase/ingest/grid"
)

// readSpoken reads lines of a chat ("Шампунь Ромашка 400 - 12", "мыло лаванда 48шт")
// as a table of names, quantities and units. The lines before the first item are its
// title. Nil where most lines are no items; where a layout is of such a list, those of
// the title do not count.
func (v *view) readSpoken(known []Layout) (*view, *heading) {
	w := &view{sheet: v.sheet, merges: map[int][]grid.Range{}, maxCol: spokenColumns, origin: []int{1, 1, 1}}
	items, codes, lines, numbered, first := 0, 0, 0, 0, -1
	for ri := range v.rows {
		r := v.rows[ri]
		cells := v.filled(ri)
		r.first = len(w.cells)
		w.rows = append(w.rows, r)
		line := joined(cells)
		if strings.Trim(line, bullets) == "" { // blank, or drawn between the lines
			continue
		}
		if lines++; lines > maxSpoken || isUnspoken(cells) {
			return nil, nil
		}
		if rest, ok := cutNumbering(line, numbered+1); ok {
			line = rest
			numbered++
		} else {
			line = strings.TrimLeft(line, bullets)
		}
		it, ok := spokenItem(line)
		if !ok || first < 0 && isSpokenTitle(line) {
			w.cells = append(w.cells, cell{text: line, value: line, col: 1, kind: grid.Text, shape: shapeOf(line)})
			continue
		}
		if first < 0 {
			first = ri
			if slices.ContainsFunc(known, Layout.isSpoken) {
				lines = 1
			}
		}
		items++
		if it.isCode() {
			codes++
		}
		w.cells = append(w.cells, it.cells()...)
	}
	if items < 2 || 10*items < 6*lines {
		return nil, nil
	}
	guessed := 2*codes > items || lines-items > 2 && 10*items < 8*lines
	return w, spokenHeading(v, first, guessed)
}

// isUnspoken: nobody writes such a line; it is of a table, or of a pivot table of nothing
// that is known.
func isUnspoken(cells []cell) bool { return len(cells) > 3 || pivotNames[cells[0].text] }

// spokenHeading has the titles that nobody wrote, over the first item.
func spokenHeading(v *view, first int, guessed bool) *heading {
	return &heading{first: first, last: first - 1, spoken: true, guessed: guessed, parts: [][]string{{spokenName}, {spokenMeasure(v, first)}, {spokenUnit}}}
}

// The titles that nobody wrote.
const (
	spokenName, spokenUnit  = "Товар", "Ед."
	spokenStock, spokenSold = "Остаток", "Количество"
)

// isSpoken: the layout is that of a list without titles.
func (l Layout) isSpoken() bool {
	return len(l.Columns) == 3 && l.Columns[0].Title == titleKey(spokenName) && l.Columns[2].Title == titleKey(spokenUnit) &&
		(l.Columns[1].Title == titleKey(spokenStock) || l.Columns[1].Title == titleKey(spokenSold))
}

// maxSpoken bounds the lines of a chat message that are read as a list.
const maxSpoken = 2000

// spokenMeasure names what is counted: stock where the title says so.
func spokenMeasure(v *view, first int) string {
	if k := readKindWords(v.preamble(&heading{first: first}), v.sheet.Name); k.kind() == Stock {
		return spokenStock
	}
	return spokenSold
}

func joined(cells []cell) string {
	var parts []string
	for _, c := range cells {
		parts = append(parts, c.text)
	}
	return strings.Join(parts, " ")
}

// bullets stand before the items of a list, with the blanks behind them.
const bullets = "-–—•·*●▪✓ \t\u00a0"

// cutNumbering takes the number n of an item off its start: «3) Вода 1,5 л - 12».
func cutNumbering(line string, n int) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(line, strconv.Itoa(n))
	if !ok || rest == "" || rest[0] != ')' && rest[0] != '.' {
		return "", false
	}
	name := strings.TrimLeft(rest[1:], " \t\u00a0")
	return name, len(name) < len(rest)-1 && lettersIn(name, 1) > 0
}

// isSpokenTitle: the line tells a period or what the list is.
func isSpokenTitle(line string) bool {
	k := readKindWords(line)
	return k.kind() != "" || firstWord(line) == "отчет" || firstWord(line) == "report"
}

// spoken is one line of a list.
type spoken struct{ name, number, unit string }

// spokenColumns are name, quantity and unit.
const spokenColumns = 3

// isCode: the name is one word with digits.
func (s spoken) isCode() bool {
	return !strings.Contains(s.name, " ") && strings.ContainsAny(s.name, "0123456789")
}

// cells are those of the line in the columns of a list.
func (s spoken) cells() []cell {
	out := []cell{
		{text: s.name, value: s.name, col: 1, kind: grid.Text, shape: shapeOf(s.name)},
		{text: s.number, value: s.number, col: 2, kind: grid.Text, shape: shapeOf(s.number)},
	}
	if s.unit != "" {
		out = append(out, cell{text: s.unit, value: s.unit, col: spokenColumns, kind: grid.Text})
	}
	return out
}

// spokenItem parts a line into name, quantity and unit: the last number, with a unit
// of counting behind it perhaps. A size ("400 мл") is no quantity.
func spokenItem(line string) (spoken, bool) {
	line = spokenPrice.ReplaceAllString(line, "")
	rest, unit := line, ""
	if end := strings.LastIndexAny(line, "0123456789"); end >= 0 && end < len(line)-1 {
		unit = strings.TrimSpace(line[end+1:])
		if !countUnits[strings.TrimSuffix(strings.ToLower(unit), ".")] {
			return spoken{}, false
		}
		rest = line[:end+1]
	}
	before, number := lastNumber(rest)
	if number == "" || before == "" {
		return spoken{}, false
	}
	last := []rune(before)[len([]rune(before))-1]
	if last == '/' || last == '№' || last == '.' || unicode.IsLetter(last) && unit == "" {
		return spoken{}, false
	}
	name := strings.TrimRight(before, " -–—:=x×\t,;")
	if lettersIn(name, 2) < 2 {
		return spoken{}, false
	}
	return spoken{name, number, strings.TrimSuffix(unit, ".")}, true
}

// spokenPrice is the price behind the quantity: «12 шт по 120 р».
var spokenPrice = regexp.MustCompile(`(?i)\s+по\s+\d[\d ]*(?:[.,]\d+)?\s*(?:р|руб|₽|тг|тенге|грн)\.?$`)

// lastNumber parts the number at the end of a text from what stands before it.
func lastNumber(rest string) (before, number string) {
	from := len(rest)
	for from > 0 && (isDigit(rest[from-1]) || (rest[from-1] == ',' || rest[from-1] == '.') && from > 1 && isDigit(rest[from-2])) {
		from--
	}
	if head := strings.TrimRight(rest[:from], " "); thousandsBefore(head, rest[from:]) { // "- 1 200"
		from = strings.LastIndexAny(head, " -–—:=") + 1
	}
	return rest[:from], rest[from:]
}

// thousandsBefore: the text ends in one to three digits behind a dash or a colon, and
// three digits follow.
func thousandsBefore(head, digits string) bool {
	at := len(head)
	for at > 0 && isDigit(head[at-1]) {
		at--
	}
	before := strings.TrimRight(head[:at], " ")
	return len(digits) == 3 && len(head)-at >= 1 && len(head)-at <= 3 && len(before) < len(head[:at]) &&
		(strings.HasSuffix(before, "-") || strings.HasSuffix(before, "–") || strings.HasSuffix(before, "—") || strings.HasSuffix(before, ":") || strings.HasSuffix(before, "="))
}

// countUnits are units that goods are counted in, not sized by.
var countUnits = wordSet("шт штук штуки кор коробок коробки короба уп упак упаковок пач пачек пачки бут бутылок ящ ящиков ящика бл блок блоков меш мешок мешка мешков паллет паллета паллеты pcs box дана")
