package table

import (
	"slices"
	"strings"
)

// spelledMeasures: titles of one row tell the value and its measure together, «Сумма
// январь 2026» or «Тула, шт» beside «Тула, руб». Values that are no months are taken
// only where each has a quantity and a sum and none is a state of the goods («заказано»
// beside «доставлено»).
func (rd *reading) spelledMeasures() *crosstab {
	x := &crosstab{}
	dated := true
	for i := range rd.cols {
		c := &rd.cols[i]
		if len(rd.h.parts[i]) != 1 || !c.stats.mostlyNumbers() {
			continue
		}
		value, measure := splitMeasure(c.title)
		isMeasured := func(r Role) bool { return r == Quantity || r == Amount }
		if measure == "" && isMeasured(c.role) { // its value cannot be told
			return nil
		}
		m, ok := bestMatch(measure)
		if !ok || !isMeasured(m.role) {
			continue
		}
		period, fits := x.spell(value, m.role, i+1, rd.yearHint())
		if !fits {
			return nil
		}
		dated = dated && period
	}
	slices.SortStableFunc(x.groups, func(a, b crossGroup) int { return compareBools(a.total, b.total) })
	if x.values() < 2 || !x.alike() || !dated && len(x.groups[0].cols) < 2 {
		return nil
	}
	rd.dropPrices(x)
	return x
}

// spell puts the measure of a value that a title spells into the crosstab. Dated says that
// the value is a month or that of all; it does not fit where it is told twice or is a state.
func (x *crosstab) spell(value string, r Role, col, year int) (dated, fits bool) {
	_, period := wholePeriod(value, year)
	total := value == "" || isTotal(value) // a measure without a value is that of all
	g := x.groupOf(value, col, total)
	if !period && !total && namesState(value) || g.cols[r] != 0 {
		return false, false
	}
	g.cols[r] = col
	return period || total, true
}

// groupOf is the group of a value, a new one that begins at the column where there is none.
func (x *crosstab) groupOf(value string, col int, total bool) *crossGroup {
	k := slices.IndexFunc(x.groups, func(g crossGroup) bool { return strings.EqualFold(g.value, value) })
	if k < 0 {
		k = len(x.groups)
		x.groups = append(x.groups, crossGroup{value: value, col: col, cols: map[Role]int{}, total: total})
	}
	return &x.groups[k]
}

// compareBools puts what is not before what is.
func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// values counts the values that are no total.
func (x *crosstab) values() int {
	n := 0
	for _, g := range x.groups {
		if !g.total {
			n++
		}
	}
	return n
}

// dropPrices leaves out the price of one value, which is not that of the others.
func (rd *reading) dropPrices(x *crosstab) {
	for i := range rd.cols {
		c := &rd.cols[i]
		if c.role != Price {
			continue
		}
		for _, g := range x.groups {
			if strings.Contains(strings.ToLower(c.title), strings.ToLower(g.value)) {
				c.role, c.score = "", 0
				break
			}
		}
	}
}

// splitMeasure parts a title into the value that stands in it and the words of a measure
// before and behind it. The value is empty where all words are of measures, the measure
// where none is, or where they stand in the midst.
func splitMeasure(title string) (value, measure string) {
	words := strings.Fields(title)
	first, last := -1, -1
	for i, w := range words {
		if !tellsMeasure(w) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return "", title
	}
	for _, w := range words[first : last+1] {
		if t := titleWords(w); !anyOf(t, totalWords) && (anyOf(t, measureTitleWords) || anyOf(t, pieceWords) || anyOf(t, moneyWords)) {
			return "", ""
		}
	}
	value = strings.Trim(strings.Join(words[first:last+1], " "), " ,.;:-–—()")
	return value, strings.Join(slices.Concat(words[:first], words[last+1:]), " ")
}

// tellsMeasure: every word belongs to titles of quantities and sums, or says nothing.
func tellsMeasure(word string) bool {
	return !slices.ContainsFunc(titleWords(word), func(w string) bool {
		return totalWords[w] || !measureTitleWords[w] && !pieceWords[w] && !moneyWords[w] && !titleFillers[w]
	})
}

// measureTitleWords are the words of titles of quantities, sums and prices.
var measureTitleWords = func() map[string]bool {
	m := map[string]bool{}
	for _, r := range titleRules {
		if r.role != Quantity && r.role != Amount && r.role != Price {
			continue
		}
		for _, g := range r.groups {
			for _, w := range g {
				m[w] = true
			}
		}
	}
	return m
}()

// namesState: the text tells what became of the goods, or of which plan the figures are,
// and no place, buyer or kind of goods.
func namesState(value string) bool {
	w := titleWords(value)
	m, ok := bestMatch(value)
	return len(w) == 0 || ok && m.role.IsNumber() || hasVeto(w) || anyOf(w, lesserWords) || anyOf(w, returnWords) || anyOf(w, stateWords) || readKindWords(value).kind() != ""
}

// stateWords tell a state of goods, a year or a plan by comparison, or a part of a whole.
var stateWords = wordSet(`пути факт fact actual прошлый прошлого прошлая предыдущий текущий текущего текущая новый старый previous current last this prior new old
	начало конец начальный конечный своих своя чужая опт розница заказано доставлено отгружено выкуплено отменено оплачено ordered delivered billed invoiced cancelled paid
	первый второй free бесплатно штраф return transit минимум максимум среднее средний average базовый base год year месяц month неделя week день day`)
