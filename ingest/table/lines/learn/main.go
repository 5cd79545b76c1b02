// Command learn trains the labels of rows and prints how well they are told of files
// that were left out.
//
//	go run ./ingest/table/lines/learn SET.jsonl.gz > ingest/table/lines/model.bin
//
// A line of the set is {"file","sheet","rows":[[text]],"line":[label]}.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"

	"github.com/distbase/distbase/ingest/table/lines"
)

// folds parts the files, in as many ways as there are deals.
const (
	folds = 5
	deals = 4
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "learn:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("name one set")
	}
	s, err := readSet(args[0])
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(7, 7))
	for range madeUp {
		s.made = append(s.made, printOut(random))
	}
	for range madeFlat {
		s.made = append(s.made, flatList(random))
	}
	settings := lines.Settings{Trees: 250, Leaves: 10, Rate: 0.04, MinChild: 4, Columns: 0.25, Lambda: 2, Above: 1.5, Follow: 0.3, Seed: 1}
	if err := s.leaveOut(settings); err != nil {
		return err
	}
	m, err := lines.Train(append(s.made, s.lessons...), settings)
	if err != nil {
		return err
	}
	guesses := make([][]lines.Label, len(s.lessons))
	for i, l := range s.lessons {
		guesses[i], _ = m.Labels(l.Rows)
	}
	fmt.Fprintln(os.Stderr, "of its own lessons:", lines.Measure(s.lessons, guesses))
	data, err := m.MarshalBinary()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(data)
	return err
}

// leaveOut prints how well sheets of files are told that were left out, for every deal
// of the files into folds and on the average.
func (s *set) leaveOut(settings lines.Settings) error {
	var macro, heading, exact []float64
	for deal := range deals {
		guesses := make([][]lines.Label, len(s.lessons))
		for fold := range folds {
			rest := slices.Clone(s.made)
			for i, l := range s.lessons {
				if s.fold(i, deal) != fold {
					rest = append(rest, l)
				}
			}
			m, err := lines.Train(rest, settings)
			if err != nil {
				return err
			}
			for i, l := range s.lessons {
				if s.fold(i, deal) == fold {
					guesses[i], _ = m.Labels(l.Rows)
				}
			}
		}
		f := lines.Measure(s.lessons, guesses)
		fmt.Fprintln(os.Stderr, "left out by file:", f)
		macro, heading, exact = append(macro, f.Macro), append(heading, f.F1[lines.Header]), append(exact, f.Exact)
	}
	fmt.Fprintf(os.Stderr, "on the average: macro-F1 %s, heading F1 %s, exact %s\n", spread(macro), spread(heading), spread(exact))
	return nil
}

// spread is the mean of values and their standard deviation.
func spread(values []float64) string {
	mean, squares := 0.0, 0.0
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		squares += (v - mean) * (v - mean) / float64(len(values)-1)
	}
	return fmt.Sprintf("%.3f ± %.3f", mean, math.Sqrt(squares))
}

// set is the lessons, the file each is from, and those that were made up.
type set struct {
	lessons []lines.Lesson
	files   []string
	made    []lines.Lesson
}

// fold parts the set by file, since sheets of one file are alike.
func (s *set) fold(i, deal int) int {
	h := fnv.New32a()
	_, _ = fmt.Fprint(h, deal, "/", s.files[i])
	return int(h.Sum32() % folds)
}

func readSet(name string) (*set, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	out := &set{}
	for dec := json.NewDecoder(bufio.NewReader(z)); ; {
		var in struct {
			File string     `json:"file"`
			Rows [][]string `json:"rows"`
			Line []string   `json:"line"`
		}
		if err := dec.Decode(&in); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		l := lines.Lesson{Rows: in.Rows}
		for _, word := range in.Line {
			label, ok := lines.Parse(word)
			if !ok {
				return nil, fmt.Errorf("read %s: label %q", name, word)
			}
			l.Labels = append(l.Labels, label)
		}
		if len(l.Labels) != len(l.Rows) {
			return nil, fmt.Errorf("read %s: %d labels of %d rows", name, len(l.Labels), len(l.Rows))
		}
		out.lessons = append(out.lessons, l)
		out.files = append(out.files, in.File)
	}
}
