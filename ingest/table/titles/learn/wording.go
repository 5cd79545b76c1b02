package main

import (
	_ "embed" // the lessons
	"fmt"
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/table/titles"
)

// wording is what is left out together: titles of one role that share their words,
// or the titles of one report.
type wording struct {
	// source is the language of lessons, "dictionary", or "report FILE".
	source string
	titles []titles.Lesson
	// written: a person wrote the titles, so variants of them are lessons too.
	written bool
}

const (
	dictionary = "dictionary"
	report     = "report "
)

//go:embed lessons.tsv
var lessons string

// readLessons reads the table of lessons that lies beside the program.
func readLessons(table string) ([]wording, error) {
	var out []wording
	known := titles.Roles()
	n := 0
	for line := range strings.Lines(table) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "# ") || line == "#" {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("read lessons: line %d has %d columns", n, len(f))
		}
		role := f[0]
		if role == "none" {
			role = titles.None
		}
		if !slices.Contains(known, role) {
			return nil, fmt.Errorf("read lessons: line %d: role %q", n, role)
		}
		w := wording{source: f[1], written: true}
		for t := range strings.SplitSeq(f[2], " | ") {
			w.titles = append(w.titles, titles.Lesson{Title: strings.TrimSpace(t), Role: role, Weight: 1})
		}
		out = append(out, w)
	}
	return out, nil
}

// key tells titles apart: those of the same words are the same.
func key(title string) string { return strings.Join(titles.Words(title), " ") }
