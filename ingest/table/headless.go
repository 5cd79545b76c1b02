package table

import (
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

const (
	// headlessRows is how many rows at least show what columns without titles hold.
	headlessRows = 3
	// headlessSample is how many rows are looked at.
	headlessSample = 400
)

// headless are the columns of a list without a heading, by what their cells look like.
type headless struct {
	v     *view
	rows  int
	stats []columnStats
	parts [][]string
}

// readHeadless reads a list that begins with its first record: every column holds
// cells of one sort from the first row to the last. Nil where it does not, where no
// column names things or counts them, or where nothing says what the list is.
func (v *view) readHeadless(src Source) *heading {
	l := &headless{v: v, stats: v.stats(0), parts: make([][]string, v.maxCol)}
	l.rows = len(v.rows)
	if l.rows < headlessRows || v.maxCol < 2 || !l.even() {
		return nil
	}
	words := readKindWords(v.sheet.Name, src.FileName, src.Subject)
	told := l.nameCodes()
	told = l.nameFigures(words) || told
	if !l.nameTexts() || !l.named("Количество", "Остаток") || !told && words.kind() == "" {
		return nil
	}
	return &heading{first: 0, last: -1, spoken: true, guessed: true, parts: l.parts}
}

// even: nearly all rows fill the same columns, and the first is like the others.
func (l *headless) even() bool {
	usual := 0
	for _, st := range l.stats {
		if st.filled*10 >= l.rows*9 {
			usual++
		}
	}
	if usual < 2 {
		return false
	}
	for col := range l.stats {
		st, c := &l.stats[col], l.v.cell(0, col+1)
		if n := st.numbers + st.numericTexts; n*10 >= st.filled*9 && n > 0 && (c == nil || !looksNumeric(c)) && st.filled*10 >= l.rows*9 {
			return false
		}
		if n := st.numbers + st.numericTexts; n > 0 && n*10 < st.filled*7 && st.filled*10 >= l.rows*9 && st.letters*10 < st.filled*7 && st.dates == 0 {
			return false
		}
	}
	return true
}

// title gives a column the title it lacks; false where another has it.
func (l *headless) title(col int, title string) bool {
	if l.named(title) {
		return false
	}
	l.parts[col] = []string{title}
	return true
}

func (l *headless) named(titles ...string) bool {
	return slices.ContainsFunc(l.parts, func(p []string) bool { return len(p) > 0 && slices.Contains(titles, p[0]) })
}

// share is the part of a column's cells that look so.
func (l *headless) share(col int, looks func(*cell) bool) float64 {
	n, right := 0, 0
	for ri := 0; ri < len(l.v.rows) && n < headlessSample; ri++ {
		if c := l.v.cell(ri, col+1); c != nil {
			n++
			if looks(c) {
				right++
			}
		}
	}
	if n == 0 {
		return 0
	}
	return float64(right) / float64(n)
}

// nameCodes finds days, barcodes, tax numbers, units, firms and addresses; told is
// whether one of them is of trade.
func (l *headless) nameCodes() (told bool) {
	for col := range l.stats {
		st := &l.stats[col]
		if st.filled == 0 {
			continue
		}
		switch {
		case st.dates*10 >= st.filled*9:
			l.title(col, "Дата")
		case l.share(col, isGTIN) >= 0.9:
			told = l.title(col, "Штрихкод") || told
		case l.share(col, isINN) >= 0.95:
			told = l.title(col, "ИНН") || told
		case l.share(col, isUnit) >= 0.95:
			told = l.title(col, "Ед. изм.") || told
		case l.share(col, isAddress) >= 0.7:
			l.title(col, "Адрес доставки")
		case l.share(col, namesFirm) >= 0.5:
			told = l.title(col, "Клиент") || told
		}
	}
	return told
}

// isAddress: the cell names a street or a town the way addresses do.
func isAddress(c *cell) bool { return c.kind == grid.Text && anyOf(titleWords(c.text), addressWords) }

var addressWords = wordSet("ул улица пр просп проспект пер переулок ш шоссе пл площадь мкр обл область д дом наб бульвар б-р вул street st ave road calle rua av")

// nameFigures finds quantity, price and sum by their product, or else the one column of figures.
func (l *headless) nameFigures(words kindWords) (told bool) {
	counted := "Количество"
	if words.kind() == Stock {
		counted = "Остаток"
	}
	var figures []int
	for col := range l.stats {
		if st := &l.stats[col]; len(l.parts[col]) == 0 && st.onlyNumbers() && st.filled*2 >= l.rows && !l.isCode(col) {
			figures = append(figures, col)
		}
	}
	if l.nameProduct(figures, counted) {
		return true
	}
	switch {
	case len(figures) == 1:
		l.title(figures[0], counted)
	case len(figures) == 2 && l.whole(figures[0]) && !l.whole(figures[1]): // pieces and their price
		l.title(figures[0], counted)
		l.title(figures[1], "Цена")
	}
	return false
}

// nameProduct looks for three columns of which one is the product of the others.
func (l *headless) nameProduct(figures []int, counted string) bool {
	for _, a := range figures {
		for _, b := range figures {
			for _, c := range figures {
				if a != b && b != c && a != c && l.stats[a].whole >= l.stats[b].whole && l.multiplies(a, b, c) {
					l.title(a, counted)
					l.title(b, "Цена")
					l.title(c, "Сумма")
					return true
				}
			}
		}
	}
	return false
}

// whole: every figure of the column is a whole number.
func (l *headless) whole(col int) bool {
	st := &l.stats[col]
	return st.whole >= st.numbers+st.numericTexts
}

// isCode: whole numbers of the same length, four digits or more, or counted from 1.
func (l *headless) isCode(col int) bool {
	if l.v.countsRows(&heading{last: -1}, col+1) {
		return true
	}
	length := 0
	return l.share(col, func(c *cell) bool {
		if length == 0 {
			length = len(c.value)
		}
		return length >= 4 && len(c.value) == length && strings.Trim(c.value, "0123456789") == ""
	}) >= 0.95
}

// multiplies: c is a times b in nearly every row, and not because one of them is 1.
func (l *headless) multiplies(a, b, c int) bool {
	n, right, telling := 0, 0, 0
	rd := reading{v: l.v}
	for ri := 0; ri < len(l.v.rows) && n < headlessSample; ri++ {
		x, y, z := rd.plainFigure(ri, &column{col: a + 1}), rd.plainFigure(ri, &column{col: b + 1}), rd.plainFigure(ri, &column{col: c + 1})
		if x != x || y != y || z != z {
			continue
		}
		n++
		if d := x*y - z; d < 0.06 && d > -0.06 {
			right++
			if x != 1 && x != 0 && y != 1 {
				telling++
			}
		}
	}
	return telling >= 2 && right*20 >= n*19
}

// nameTexts takes the texts of most different values for the goods, and those that are
// left and repeat for the buyer.
func (l *headless) nameTexts() bool {
	best := -1
	for col := range l.stats {
		if !l.isText(col) {
			continue
		}
		if best < 0 || l.goodness(col) > l.goodness(best) {
			best = col
		}
	}
	if best < 0 {
		return false
	}
	return l.title(best, "Товар")
}

// goodness: names of goods are of several words, hold figures and differ.
func (l *headless) goodness(col int) int {
	st := &l.stats[col]
	numbered := l.share(col, func(c *cell) bool { return strings.ContainsAny(c.text, "0123456789") })
	return len(st.distinct)*100/min(max(st.filled, 1), maxDistinct) + st.spaced*100/max(st.filled, 1) + int(100*numbered)
}

func (l *headless) isText(col int) bool {
	st := &l.stats[col]
	return len(l.parts[col]) == 0 && st.filled*10 >= l.rows*8 && st.letters*10 >= st.filled*8 && st.dates == 0
}
