package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/distbase/distbase/ingest/table/lines"
)

// madeFlat is how many lists of sales are made: the set has no sheet whose rows are
// mostly texts, which is what such lists are.
const madeFlat = 40

// flatList makes a list of sales, a row a line of a document, of which most columns
// are texts; some have a title, a total, or no figures at all.
func flatList(random *rand.Rand) lines.Lesson {
	p := &printer{random: random}
	w := languages[random.IntN(len(languages))]
	if random.IntN(3) == 0 {
		p.add(lines.Metadata, w.title)
		if random.IntN(2) == 0 {
			p.add(lines.Empty)
		}
	}
	columns := []func() string{
		func() string { return fmt.Sprintf("%02d.07.2026", 1+random.IntN(31)) },
		func() string { return fmt.Sprintf("%s №%d", w.group, random.IntN(90)) },
		func() string { return fmt.Sprintf("%s %d", w.goods[random.IntN(len(w.goods))], random.IntN(900)) },
		func() string { return fmt.Sprintf("%06d", random.IntN(1_000_000)) },
		func() string { return fmt.Sprintf("%c-%03d", 'A'+rune(random.IntN(6)), random.IntN(1000)) },
		func() string { return [...]string{"шт", "кг", "уп"}[random.IntN(3)] },
	}
	titles := []string{w.period, w.group, w.name, w.code, w.code + " 2", "—"}
	random.Shuffle(len(columns), func(i, j int) {
		columns[i], columns[j] = columns[j], columns[i]
		titles[i], titles[j] = titles[j], titles[i]
	})
	texts, figures := 2+random.IntN(5), random.IntN(4)
	p.add(lines.Header, append(append([]string{}, titles[:texts]...), w.measures[:figures]...)...)
	sum := make([]int, figures)
	for range 2 + random.IntN(40) {
		row := make([]string, texts)
		for c := range row {
			if random.IntN(20) > 0 {
				row[c] = columns[c]()
			}
		}
		row[0] = columns[0]()
		for _, v := range p.figures(sum) {
			row = append(row, fmt.Sprint(v))
		}
		p.add(lines.Data, row...)
	}
	if figures > 0 && random.IntN(3) == 0 {
		row := make([]string, texts)
		row[0] = w.total
		for _, v := range sum {
			row = append(row, fmt.Sprint(v))
		}
		p.add(lines.Derived, row...)
	}
	return p.lesson
}
