package main

import (
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/ingest/table/titles"
)

// ways of leaving out: the part a title is in, "" for titles that are never left out.
var ways = []struct {
	name string
	part func(w *wording, l *titles.Lesson) string
}{
	{"title, its wording known", func(w *wording, l *titles.Lesson) string {
		if !w.written {
			return ""
		}
		return fold(key(l.Title), 10)
	}},
	{"wording, no title of it known", func(w *wording, _ *titles.Lesson) string {
		if !w.written {
			return ""
		}
		return fold(w.titles[0].Title+w.titles[0].Role, 10)
	}},
	{"language, dictionary apart", func(w *wording, _ *titles.Lesson) string {
		if !w.written && w.source != dictionary {
			return ""
		}
		return w.source
	}},
	{"report", func(w *wording, _ *titles.Lesson) string {
		if !strings.HasPrefix(w.source, report) {
			return ""
		}
		return fold(w.source, 10)
	}},
}

// fold is one of n parts by the hash of a text.
func fold(text string, n uint32) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text))
	return fmt.Sprint(h.Sum32() % n)
}

// trial counts what the rules alone say of titles left out, what the classifier says
// without the rules, and what both say together.
type trial struct{ rules, alone, both tally }

// leaveOut trains without one part at a time and tries its titles.
func leaveOut(all []wording, part func(*wording, *titles.Lesson) string) string {
	var order []string
	members := map[string][]titles.Lesson{}
	sources := map[string]*trial{}
	origin := map[string]string{}
	for i := range all {
		w := &all[i]
		for _, l := range w.titles {
			p := part(w, &l)
			if p == "" {
				continue
			}
			if members[p] == nil {
				order = append(order, p)
			}
			members[p] = append(members[p], l)
			origin[key(l.Title)] = w.source
		}
	}
	var sum trial
	for _, p := range order {
		hidden := map[string]bool{}
		for _, l := range members[p] {
			hidden[key(l.Title)] = true
		}
		silent := func(string) []string { return nil }
		both := titles.Train(lessonsOf(all, hidden, table.TitleHints), settings)
		alone := titles.Train(lessonsOf(all, hidden, silent), settings)
		tried := map[string]bool{}
		for _, l := range members[p] {
			k := key(l.Title) + "/" + l.Role
			if tried[k] || l.Weight <= bodyWeight {
				continue
			}
			tried[k] = true
			source, _, _ := strings.Cut(origin[key(l.Title)], " ")
			if sources[source] == nil {
				sources[source] = &trial{}
			}
			for _, t := range []*trial{&sum, sources[source]} {
				t.rules.add(l, titles.Guess{Role: string(table.RoleOfTitle(l.Title))})
				t.alone.add(l, alone.Best(l.Title))
				t.both.add(l, both.Best(l.Title, table.TitleHints(l.Title)...))
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  rules %s\n  alone %s\n  both  %s\n", &sum.rules, &sum.alone, &sum.both)
	if len(sources) > 1 {
		for _, s := range []string{"ru", "uk", "kk", "en", "es", "pt", "xx", dictionary} {
			if t := sources[s]; t != nil {
				fmt.Fprintf(&b, "    %-10s rules %.3f alone %.3f both %.3f (F1 of roles)\n", s, t.rules.f1(), t.alone.f1(), t.both.f1())
			}
		}
	}
	_, bins := sum.both.calibration()
	fmt.Fprintf(&b, "  F1 %s\n  taken for another: %s\n  said and right: %s\n", sum.both.byRole(), sum.both.confusions(12), bins)
	return b.String()
}
