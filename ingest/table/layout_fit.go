package table

import (
	"slices"
	"strings"
)

// fitting is a layout being laid over the columns of a sheet.
type fitting struct {
	*match
	keys  []LayoutColumn
	bare  []string
	taken []bool
}

// fit looks the columns of a layout up: by title, those without one by their place,
// then what is left by its bare title and by likeness.
func fit(l *Layout, keys []LayoutColumn, bare []string) *match {
	m := &match{layout: l, at: make([]int, len(l.Columns)), renamed: make([]bool, len(l.Columns))}
	f := &fitting{m, keys, bare, make([]bool, len(keys))}
	for i := range m.at {
		m.at[i] = -1
	}
	f.each(func(c LayoutColumn) bool { return c.Title != "" }, f.titled)
	f.each(func(c LayoutColumn) bool { return c.Title == "" && c.Holds != "" }, f.untitled)
	f.each(func(c LayoutColumn) bool { return c.Title != "" }, f.barely)
	f.each(func(c LayoutColumn) bool { return c.Title != "" && c.Role != "" }, func(c LayoutColumn) int { return alike(c.Title, keys, f.taken) })
	for i, c := range l.Columns {
		if c.Role == "" {
			continue
		}
		m.wanted++
		if m.at[i] >= 0 {
			m.found++
			m.renamed[i] = c.Title != "" && keys[m.at[i]].Title != c.Title && bare[m.at[i]] != c.Title
		}
	}
	return m
}

// each looks those of the columns up that were not found yet.
func (f *fitting) each(meant func(LayoutColumn) bool, find func(LayoutColumn) int) {
	for i, c := range f.layout.Columns {
		if f.at[i] >= 0 || !meant(c) {
			continue
		}
		if k := find(c); k >= 0 && !f.taken[k] {
			f.at[i], f.taken[k] = k, true
		}
	}
}

// titled finds a column by its title.
func (f *fitting) titled(c LayoutColumn) int {
	return slices.IndexFunc(f.keys, func(o LayoutColumn) bool { return o.Title == c.Title && (c.Nth == 0 || o.Nth == c.Nth) })
}

// barely finds a column by its title without what stands over it by guess.
func (f *fitting) barely(c LayoutColumn) int { return slices.Index(f.bare, c.Title) }

// untitled finds a column without a title: behind the same one, or else the only one
// that holds the same.
func (f *fitting) untitled(c LayoutColumn) int {
	alone, n := -1, 0
	for k, o := range f.keys {
		if f.taken[k] || o.Title != "" || o.Holds != c.Holds {
			continue
		}
		if o.After == c.After && o.Nth == c.Nth {
			return k
		}
		alone = k
		n++
	}
	if n == 1 {
		return alone
	}
	return -1
}

// alike finds the free column whose title shares most words, at least half of all.
func alike(title string, keys []LayoutColumn, taken []bool) int {
	best, bestShare := -1, 0.5
	words := strings.Fields(title)
	for k := range keys {
		if taken[k] || keys[k].Title == "" {
			continue
		}
		other := strings.Fields(keys[k].Title)
		shared := 0
		for _, w := range words {
			if slices.Contains(other, w) {
				shared++
			}
		}
		if share := 2 * float64(shared) / float64(max(len(words)+len(other), 1)); share >= bestShare {
			best, bestShare = k, share
		}
	}
	return best
}
