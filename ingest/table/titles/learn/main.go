// Command learn trains the meaning of column titles and prints how well it is told of
// titles that were left out.
//
//	go run ./ingest/table/titles/learn ../shared/corpus > ingest/table/titles/model.bin
//
// Lessons are the table lessons.tsv beside this program with what is made of it, the
// dictionary layouts/header_synonyms.tsv and the titles of the checked reports in
// reports/ of the folder named. Titles, wordings, languages and files are left out in
// turn, each time with every title of the same words.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/ingest/table/titles"
)

// settings were chosen by what was left out.
var settings = titles.Settings{Rounds: 8, Rate: 0.5, Decay: 0.0002, Temperature: 1, Forget: 0.3, Seed: 1}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "learn:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("name the folder of the visible sets")
	}
	all, err := readAll(args[0])
	if err != nil {
		return err
	}
	for _, way := range ways {
		fmt.Fprintf(os.Stderr, "left out by %s\n%s", way.name, leaveOut(all, way.part))
	}
	data, err := titles.Train(lessonsOf(all, nil, table.TitleHints), settings).MarshalBinary()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(data)
	return err
}

// readAll reads every wording: the lessons, the dictionary, the reports.
func readAll(corpus string) ([]wording, error) {
	all, err := readLessons(lessons)
	if err != nil {
		return nil, err
	}
	words, err := readDictionary(filepath.Join(corpus, "layouts", "header_synonyms.tsv"))
	if err != nil {
		return nil, err
	}
	reports, err := readReports(filepath.Join(corpus, "reports"))
	if err != nil {
		return nil, err
	}
	return append(append(all, words...), reports...), nil
}

// lessonsOf lists the titles of wordings and their variants, but those that are hidden.
func lessonsOf(all []wording, hidden map[string]bool, hints func(string) []string) []titles.Lesson {
	var out []titles.Lesson
	add := func(l titles.Lesson) {
		if !hidden[key(l.Title)] {
			l.Hints = hints(l.Title)
			out = append(out, l)
		}
	}
	for i := range all {
		w := &all[i]
		for _, l := range w.titles {
			if add(l); !w.written || hidden[key(l.Title)] {
				continue
			}
			for _, v := range variants(l, w.source) {
				add(v)
			}
		}
	}
	return out
}
