package table

import (
	"strings"

	"github.com/distbase/distbase/ingest/grid"
)

// bestTitleRow is the row that looks most like titles among the first filled ones, -1 for none.
func (v *view) bestTitleRow(among int, match titleMatcher) (best int, score float64) {
	best = -1
	seen := 0
	for ri := 0; ri < len(v.rows) && seen < among; ri++ {
		if len(v.filled(ri)) == 0 {
			continue
		}
		seen++
		if s := v.titleRowScore(ri, match); s > score {
			best, score = ri, s
		}
	}
	return best, score
}

// titleMatcher tells the role of a title; false where it tells none.
type titleMatcher func(title string) (titleMatch, bool)

// titleRowScore says how much a row looks like titles. Below 2 it is none.
func (v *view) titleRowScore(ri int, match titleMatcher) float64 {
	cells := v.filled(ri)
	days := v.daysRow(ri)
	n := titleTally{roles: map[Role]bool{}}
	for i := range cells {
		n.add(&cells[i], days, match)
	}
	if n.parameters > 0 && (len(cells) < wideRow || 2*n.parameters > len(cells)) {
		return 0
	}
	if v.parameterRow(ri) || n.hits == 0 || n.hits == 1 && n.others == 0 && !v.titlesFollow(ri) {
		return 0
	}
	return n.score + min(0.15*float64(n.others), 1.5)
}

// titleTally counts what speaks for a row of titles: cells that tell a role, others that
// may be titles, and parameters («Период: …»), which speak against it.
type titleTally struct {
	roles                    map[Role]bool
	hits, others, parameters int
	score                    float64
}

func (n *titleTally) add(c *cell, days bool, match titleMatcher) {
	t := c.text
	switch {
	case c.kind == grid.Number && days:
		n.others++
		return
	case c.kind == grid.Number:
		n.score -= 1.5
		return
	case c.kind != grid.Text:
		return
	case isParameter(t):
		n.parameters++
		if t = strings.TrimRight(t, ": "); isParameter(t) {
			n.others++
			return
		}
	case len([]rune(t)) > maxTitle:
		n.score -= 2
		return
	}
	m, ok := match(t)
	if !ok {
		n.others++
		return
	}
	n.hits++
	if n.roles[m.role] {
		n.score += 0.3
		return
	}
	n.roles[m.role] = true
	n.score += 1 + m.score/10
}

// titlesFollow: the next row holds titles of other columns, so that a lone title may begin a heading.
func (v *view) titlesFollow(ri int) bool {
	if ri+1 >= len(v.rows) || v.rows[ri+1].N != v.rows[ri].N+1 {
		return false
	}
	cells := v.filled(ri + 1)
	hits := 0
	for _, c := range cells {
		if c.kind == grid.Number {
			return false
		}
		if m, ok := bestMatch(c.text); ok && m.exact && c.col != v.filled(ri)[0].col {
			hits++
		}
	}
	return hits > 1
}

// bestMatch is the plainest role of a title.
func bestMatch(t string) (titleMatch, bool) {
	var best titleMatch
	for _, m := range matchTitle(t) {
		if m.score > best.score {
			best = m
		}
	}
	return best, best.score >= titleScore
}

// isParameter: "Период: 01.07.2026", "Отбор:" and the like are no titles.
func isParameter(t string) bool {
	head, rest, ok := strings.Cut(t, ":")
	return ok && len([]rune(head)) < 40 && !strings.ContainsAny(head, ",;") && !partsMeasures(head, rest)
}

// partsMeasures: the text before the colon says which of two measures of one name is meant:
// «Продажи: количество», «Возвраты: сумма».
func partsMeasures(head, rest string) bool {
	if w := titleWords(head); len(w) != 1 || readKindWords(head).kind() == "" && !anyOf(w, returnWords) {
		return false
	}
	m, ok := bestMatch(rest)
	return ok && m.exact && m.role.IsNumber()
}
