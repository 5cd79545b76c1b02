package table

import (
	"slices"

	"github.com/distbase/distbase/ingest/grid"
)

// maxListTitles is how many lines of title may stand over a list without a heading.
const maxListTitles = 5

// guessedTitles are those that a list without a heading is given.
var guessedTitles = []string{"Дата", "Штрихкод", "ИНН", "Ед. изм.", "Адрес доставки", "Клиент", "Товар", "Количество", "Остаток", "Цена", "Сумма"}

// isHeadless: every role of the layout stands under a title that such a list is given.
func (l Layout) isHeadless() bool {
	return !l.crossed() && len(l.Levels) == 0 && len(l.Columns) > 1 && !slices.ContainsFunc(l.Columns, func(c LayoutColumn) bool {
		return c.Title != "" && !slices.ContainsFunc(guessedTitles, func(t string) bool { return titleKey(t) == c.Title })
	})
}

// readTitledList reads a list without a heading over which lines of title stand, where
// a layout is of such a list; nil where there is none.
func (v *view) readTitledList(src Source, known []Layout) *heading {
	if !slices.ContainsFunc(known, Layout.isHeadless) {
		return nil
	}
	from := 0
	for from < min(len(v.rows), maxListTitles) {
		cells := v.filled(from)
		if len(cells) > 1 || len(cells) == 1 && (cells[0].kind != grid.Text || looksNumeric(&cells[0])) {
			break
		}
		from++
	}
	if from == 0 {
		return nil
	}
	h := v.window(from, len(v.rows), 1, v.maxCol).readHeadless(src)
	if h != nil {
		h.first, h.last = from, from-1
	}
	return h
}
