package match

import (
	"context"
	"fmt"
	"runtime"

	"github.com/distbase/distbase/ingest/boost"
	"golang.org/x/sync/errgroup"
)

// TrainingSet is a catalogue and names whose entries are known.
type TrainingSet struct {
	Entries []Entry
	Queries []Query
	// Right are the IDs that are right for a query's ID; none of them says that the catalogue
	// lacks what it means. A query that does not stand here teaches nothing.
	Right map[string][]string
}

// Trained is what training made.
type Trained struct {
	Model *Model
	// LeftOut ranks the names of each set by models that saw none of the names of
	// their distributor; where a set tells no distributors, none of their part.
	LeftOut [][][]Candidate
}

// Folds is into how many parts lessons are divided for cross-validation; the
// distributors of a set are dealt out to them in the order of their first name.
const Folds = 9

// Train learns from sets of confirmed mappings. The models for the names left out
// come first: what the confidence learns from is their work, since a model is too
// sure of names it has seen. report hears of each step.
func Train(ctx context.Context, sets []TrainingSet, report func(step string)) (*Trained, error) {
	s := newSchool(sets)
	report(fmt.Sprintf("%d names", len(s.lessons)))
	folds := make([][]*lesson, Folds)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	var last *Model
	for fold := range Folds + 1 {
		g.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			train, test := part(copyOf(s.lessons), func(l *lesson) bool { return l.fold != fold })
			m, err := s.learn(train, test)
			if err != nil {
				return err
			}
			if fold == Folds {
				last = m
				report("model ready")
				return nil
			}
			folds[fold] = test
			report(fmt.Sprintf("part %d of %d left out", fold+1, Folds))
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	out := &Trained{Model: last}
	var err error
	if out.LeftOut, err = s.leftOut(folds); err != nil {
		return nil, err
	}
	last.sure, err = boost.Train(sureLists(folds...), sureSettings())
	return out, err
}

// leftOut gives each name its candidates, with a confidence learned from the other folds.
func (s *school) leftOut(folds [][]*lesson) ([][][]Candidate, error) {
	out := make([][][]Candidate, len(s.sets))
	for i, set := range s.sets {
		out[i] = make([][]Candidate, len(set.Queries))
	}
	for k, fold := range folds {
		var others [][]*lesson
		for i, f := range folds {
			if i != k {
				others = append(others, f)
			}
		}
		m, err := boost.Train(sureLists(others...), sureSettings())
		if err != nil {
			return nil, err
		}
		for _, l := range fold {
			if len(l.list) > 0 {
				out[l.set][l.query] = s.catalogs[l.set].decide(l.asked, l.list, l.null, sureOf(m, l.sure), leftOutCandidates)
			}
		}
	}
	return out, nil
}

// leftOutCandidates is how many candidates a name left out is given.
const leftOutCandidates = 10

// inner is how many parts the training lessons have when they are scored by models that did not see them.
const inner = 3

// learn trains on some lessons and ranks the others.
func (s *school) learn(train, test []*lesson) (*Model, error) {
	m := emptyModel()
	var err error
	made := copyOf(s.made(train))
	train = s.withTwins(train)
	if m.first, err = boost.Train(boostLists(append(train, made...), fList), rankSettings(fList)); err != nil {
		return nil, err
	}
	s.score(test, m.first, fList)
	for k := range inner {
		in, out := part(train, func(l *lesson) bool { return l.fold%inner == k })
		first, err := boost.Train(boostLists(out, fList), rankSettings(fList))
		if err != nil {
			return nil, err
		}
		s.score(in, first, fList)
	}
	s.score(made, m.first, fList)
	alone := append(s.alone(train), made...)
	for _, l := range made {
		l.byItself()
	}
	inContext(train)
	lists := append(boostLists(train, feature(Features)), boostLists(alone, feature(Features))...)
	if m.second, err = boost.Train(lists, rankSettings(feature(Features))); err != nil {
		return nil, err
	}
	single := s.alone(test)
	inContext(test)
	for _, l := range append(test, single...) {
		s.score([]*lesson{l}, m.second, feature(Features))
		if len(l.list) > 0 {
			l.sure = sureRow(l.list, l.null)
			l.without = l.withoutRight(m.second)
		}
	}
	byID := map[int]*lesson{}
	for _, l := range single {
		byID[l.number] = l
	}
	for _, l := range test {
		l.single = byID[l.number]
	}
	return m, nil
}

// Settings of growth, chosen by the figures of names left out.
func rankSettings(width feature) boost.Settings {
	return boost.Settings{Directions: directions(int(width))}
}

func sureSettings() boost.Settings {
	return boost.Settings{Trees: 80, Leaves: 5, Rate: 0.08, MinChild: 2, Lambda: 4, Columns: 0.4, Directions: directions(sureFeatures)}
}
