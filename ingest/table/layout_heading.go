package table

import (
	"cmp"
	"slices"
	"strings"
)

// maxKnownHeadings is how many blocks of rows are tried as the heading of a layout.
const maxKnownHeadings = 4

// headingBy is the likeliest heading, or one that tells more of a layout.
func (v *view) headingBy(known []Layout) *heading {
	h := v.findHeading()
	if len(known) == 0 {
		return h
	}
	told := 0
	if h != nil {
		told = h.tells(known)
	}
	for _, other := range v.knownHeadings(known, h) {
		if other.tells(known) > told {
			return other
		}
	}
	return h
}

// knownHeadings finds the blocks of rows whose titles are those of a layout, the most
// titles first: a column that stands elsewhere may make other rows look like titles.
func (v *view) knownHeadings(known []Layout, tried *heading) []*heading {
	words := map[string]bool{}
	for i := range known {
		for _, title := range known[i].titles() {
			for w := range strings.FieldsSeq(title) {
				words[w] = true
			}
		}
	}
	type block struct {
		h   *heading
		hit int
	}
	var blocks []block
	seen := map[[2]int]bool{}
	if tried != nil {
		seen[[2]int{tried.first, tried.last}] = true
	}
	for _, at := range v.titledRows(words) {
		for first := at; first >= 0 && at-first < maxHeaderRows && (first == at || v.titleOnly(first)); first-- {
			for last := at; last < min(first+maxHeaderRows, len(v.rows)) && (last == at || v.titleOnly(last)); last++ {
				if seen[[2]int{first, last}] {
					continue
				}
				seen[[2]int{first, last}] = true
				h := &heading{first: first, last: last}
				h.parts = v.titleParts(h)
				h.moved = v.moveBeside(h, h.parts)
				if hit := h.tells(known); hit > 0 {
					blocks = append(blocks, block{h, hit})
				}
			}
		}
	}
	slices.SortStableFunc(blocks, func(a, b block) int {
		return cmp.Or(cmp.Compare(b.hit, a.hit), cmp.Compare(a.h.last-a.h.first, b.h.last-b.h.first))
	})
	var out []*heading
	for _, b := range blocks[:min(len(blocks), maxKnownHeadings)] {
		out = append(out, b.h)
	}
	return out
}

// titledRows are the rows near the top in which a cell consists of words of known titles.
func (v *view) titledRows(words map[string]bool) []int {
	var out []int
	seen := 0
	for ri := 0; ri < len(v.rows) && seen < headerSearch; ri++ {
		cells := v.filled(ri)
		if len(cells) > 0 {
			seen++
		}
		if slices.ContainsFunc(cells, func(c cell) bool { return c.madeOf(words) }) {
			out = append(out, ri)
		}
	}
	return out
}

// madeOf: the cell is a text of known words only.
func (c *cell) madeOf(words map[string]bool) bool {
	if len(c.text) > 4*maxTitle || looksNumeric(c) {
		return false
	}
	key := titleKey(c.text)
	if key == "" {
		return false
	}
	for w := range strings.FieldsSeq(key) {
		if !words[w] {
			return false
		}
	}
	return true
}

// bareTitles are the keys of the titles without upper ones that stand over a column by
// guess: merged over nothing, and naming nothing that figures could be. Of equal ones
// none is told.
func (v *view) bareTitles(h *heading) []string {
	out := make([]string, len(h.parts))
	seen := map[string]int{}
	for i := range out {
		var parts []string
		for ri := h.first; ri <= h.last; ri++ {
			if c := v.cell(ri, i+1); c != nil {
				parts = append(parts, oneLine(c.text))
			}
		}
		guessed := slices.DeleteFunc(slices.Clone(h.parts[i]), func(p string) bool { return slices.Contains(parts, p) })
		if len(parts) > 0 && len(guessed) > 0 && !slices.ContainsFunc(guessed, namesFigures) && !v.isUnderMerge(h, i+1) {
			out[i] = titleKey(strings.Join(parts, " "))
			seen[out[i]]++
		}
	}
	for i, k := range out {
		if seen[k] > 1 {
			out[i] = ""
		}
	}
	return out
}

// namesFigures: the title says what figures below it are, or that they are none of ours.
func namesFigures(title string) bool {
	_, ok := bestMatch(title)
	return ok || hasVeto(titleWords(title)) || readKindWords(title).kind() != ""
}

// isUnderMerge: a title of the heading is merged over the column from another one.
func (v *view) isUnderMerge(h *heading, col int) bool {
	for ri := h.first; ri <= h.last; ri++ {
		for _, m := range v.merges[v.rows[ri].N] {
			if m.FirstCol < col && col <= m.LastCol {
				return true
			}
		}
	}
	return false
}

// titles are the keys of the titles of a layout.
func (l *Layout) titles() []string {
	var out []string
	for _, list := range [][]LayoutColumn{l.Columns, l.Values} {
		for _, c := range list {
			if c.Title != "" {
				out = append(out, c.Title)
			}
		}
	}
	return out
}

// tells says how many titles of layouts the heading tells, those told in part for
// half. Layouts of which it lacks a title that has a role do not count.
func (h *heading) tells(known []Layout) int {
	told := 0
	for i := range known {
		told += h.tellsOf(&known[i])
	}
	return told
}

func (h *heading) tellsOf(l *Layout) int {
	told := 0
	for _, list := range [][]LayoutColumn{l.Columns, l.Values} {
		for _, c := range list {
			if c.Title == "" {
				continue
			}
			n := h.hasTitle(c.Title)
			if n == 0 && c.Role != "" {
				return 0
			}
			told += n
		}
	}
	return told
}

// hasTitle is 2 where some column has the title, 1 where it is told by a part of one
// or by more than one.
func (h *heading) hasTitle(title string) int {
	words := strings.Fields(title)
	best := 0
	for i := range h.parts {
		switch key := titleKey(h.title(i + 1)); {
		case key == "":
		case key == title:
			return 2
		case strings.HasPrefix(title, key+" ") || isAmong(words, strings.Fields(key)):
			best = 1
		}
	}
	return best
}

// isAmong: the words stand among others, in their order.
func isAmong(words, among []string) bool {
	n := 0
	for _, w := range among {
		if n < len(words) && words[n] == w {
			n++
		}
	}
	return n == len(words)
}
