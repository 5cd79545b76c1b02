package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/ingest/match/outlet/learn"
)

type matchTrainCommand struct {
	Kind     string   `enum:"products,outlets" default:"products" help:"What the weights are for: products, learned from --set, or outlets, learned from made-up ones and --set."`
	Set      []string `help:"Folders of confirmed mappings: catalogue.tsv, queries.tsv, gold.tsv (query, catalogue) and, where entries stand twice, equiv.tsv." placeholder:"DIR"`
	LeaveOut string   `enum:",dealer" default:"" help:"dealer: write the ranking of each name by models that saw no name of its dealer." placeholder:"dealer"`
	Out      string   `help:"File for the model." placeholder:"FILE"`
	Ranked   string   `default:"." help:"Folder for the rankings of names left out: SET.tsv." placeholder:"DIR"`
}

// Run learns the weights of match from confirmed mappings.
func (c *matchTrainCommand) Run(e *environment) error {
	began := time.Now()
	report := func(step string) { fmt.Fprintf(e.stderr, "%5.0f s  %s\n", time.Since(began).Seconds(), step) }
	if c.Kind == "outlets" {
		return c.outlets(e, report)
	}
	if len(c.Set) == 0 {
		return errors.New("products are learned from confirmed mappings: --set is missing")
	}
	var sets []match.TrainingSet
	for _, dir := range c.Set {
		s, err := e.readTrainingSet(dir)
		if err != nil {
			return err
		}
		sets = append(sets, s)
	}
	trained, err := match.Train(context.Background(), sets, report)
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
	b, err := trained.Model.MarshalBinary()
	if err != nil || c.Out == "" {
		return err
	}
	return os.WriteFile(c.Out, b, 0o644)
}

// outlets learns the weights of outlets.
func (c *matchTrainCommand) outlets(e *environment, report func(string)) error {
	if c.LeaveOut != "" {
		return errors.New("--leave-out is for products")
	}
	var sets []outlet.Lesson
	for _, dir := range c.Set {
		l, err := e.readOutletLesson(dir)
		if err != nil {
			return err
		}
		sets = append(sets, l)
	}
	lessons := learn.Lessons(sets...)
	report(fmt.Sprintf("%d lessons", len(lessons)))
	m, err := outlet.Train(lessons, report)
	if err != nil {
		return err
	}
	b, err := json.Marshal(m)
	if err != nil || c.Out == "" {
		return err
	}
	return os.WriteFile(c.Out, append(b, '\n'), 0o644)
}

// readOutletLesson reads a folder of outlets and buyers; buyers without gold are nobody of the base.
func (e *environment) readOutletLesson(dir string) (outlet.Lesson, error) {
	var l outlet.Lesson
	rows, err := e.readRows(filepath.Join(dir, "catalogue.tsv"))
	if err != nil {
		return l, err
	}
	if l.Entries, err = outlet.ParseEntries(rows); err != nil {
		return l, fmt.Errorf("%s: %w", dir, err)
	}
	if rows, err = e.readRows(filepath.Join(dir, "queries.tsv")); err != nil {
		return l, err
	}
	buyers, err := outlet.ParseQueries(rows)
	if err != nil {
		return l, fmt.Errorf("%s: %w", dir, err)
	}
	if rows, err = e.readRows(filepath.Join(dir, "gold.tsv")); err != nil {
		return l, err
	}
	right := map[string]string{}
	for _, r := range rows[min(1, len(rows)):] {
		if len(r) > 1 {
			right[r[0]] = r[1]
		}
	}
	for _, b := range buyers {
		l.Examples = append(l.Examples, outlet.Example{Query: b, Want: right[b.ID]})
	}
	return l, nil
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
