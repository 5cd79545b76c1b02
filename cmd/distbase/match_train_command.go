package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/match"
)

type matchTrainCommand struct {
	Set      []string `required:"" help:"Folders of confirmed mappings: catalogue.tsv, queries.tsv, gold.tsv (query, catalogue) and, where entries stand twice, equiv.tsv." placeholder:"DIR"`
	LeaveOut string   `enum:",dealer" default:"" help:"dealer: write the ranking of each name by models that saw no name of its dealer." placeholder:"dealer"`
	Out      string   `help:"File for the model." placeholder:"FILE"`
	Ranked   string   `default:"." help:"Folder for the rankings of names left out: SET.tsv." placeholder:"DIR"`
}

// Run learns the weights of match from confirmed mappings.
func (c *matchTrainCommand) Run(e *environment) error {
	var sets []match.TrainingSet
	for _, dir := range c.Set {
		s, err := e.readTrainingSet(dir)
		if err != nil {
			return err
		}
		sets = append(sets, s)
	}
	began := time.Now()
	trained, err := match.Train(context.Background(), sets, func(step string) {
		fmt.Fprintf(e.stderr, "%5.0f s  %s\n", time.Since(began).Seconds(), step)
	})
	if err != nil {
		return err
	}
	if c.LeaveOut != "" {
		for i, dir := range c.Set {
			if err := writeLeftOut(filepath.Join(c.Ranked, filepath.Base(dir)+".tsv"), sets[i], trained.LeftOut[i]); err != nil {
				return err
			}
		}
	}
	if c.Out == "" {
		return nil
	}
	b, err := trained.Model.MarshalBinary()
	if err != nil {
		return err
	}
	return os.WriteFile(c.Out, b, 0o644)
}

func writeLeftOut(file string, s match.TrainingSet, ranked [][]match.Candidate) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	for i, q := range s.Queries {
		if err := match.WriteRanked(w, q.ID, ranked[i], false); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	return f.Close()
}

// readTrainingSet reads a folder. Entries of one name, and those that equiv.tsv
// holds together, are equally right.
func (e *environment) readTrainingSet(dir string) (match.TrainingSet, error) {
	var s match.TrainingSet
	rows, err := e.readRows(filepath.Join(dir, "catalogue.tsv"))
	if err != nil {
		return s, err
	}
	if s.Entries, err = match.ParseEntries(rows); err != nil {
		return s, err
	}
	if rows, err = e.readRows(filepath.Join(dir, "queries.tsv")); err != nil {
		return s, err
	}
	if s.Queries, err = match.ParseQueries(rows); err != nil {
		return s, err
	}
	same := map[string][]string{} // lower-case name -> IDs
	nameOf := map[string]string{}
	for _, x := range s.Entries {
		n := strings.ToLower(x.Name)
		nameOf[x.ID] = n
		same[n] = append(same[n], x.ID)
	}
	equiv := filepath.Join(dir, "equiv.tsv")
	if _, err := os.Stat(equiv); err == nil {
		if rows, err = e.readRows(equiv); err != nil {
			return s, err
		}
		for _, r := range rows[min(1, len(rows)):] {
			var all []string
			for _, id := range strings.Fields(r[0]) {
				all = append(all, same[nameOf[id]]...)
			}
			for _, id := range strings.Fields(r[0]) {
				same[nameOf[id]] = all
			}
		}
	}
	if rows, err = e.readRows(filepath.Join(dir, "gold.tsv")); err != nil {
		return s, err
	}
	s.Right = map[string][]string{}
	for _, r := range rows[min(1, len(rows)):] {
		if len(r) > 1 {
			s.Right[r[0]] = append(s.Right[r[0]], same[nameOf[r[1]]]...)
		}
	}
	return s, nil
}
