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
	"math/rand/v2"
	"os"
	"slices"

	"github.com/distbase/distbase/ingest/table/lines"
)

const folds = 5

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
	lessons, files, err := readSet(args[0])
	if err != nil {
		return err
	}
	settings := lines.Settings{Trees: 300, Leaves: 16, Rate: 0.08, MinChild: 2, Columns: 0.4, Follow: 0.3, Seed: 1}
	var made []lines.Lesson
	random := rand.New(rand.NewPCG(7, 7))
	for range madeUp {
		made = append(made, printOut(random))
	}
	guesses := make([][]lines.Label, len(lessons))
	for fold := range folds {
		rest := slices.Clone(made)
		for i := range lessons {
			if foldOf(files[i]) != fold {
				rest = append(rest, lessons[i])
			}
		}
		m, err := lines.Train(rest, settings)
		if err != nil {
			return err
		}
		for i := range lessons {
			if foldOf(files[i]) == fold {
				guesses[i], _ = m.Labels(lessons[i].Rows)
			}
		}
	}
	fmt.Fprintln(os.Stderr, "left out by file:", lines.Measure(lessons, guesses))
	m, err := lines.Train(append(made, lessons...), settings)
	if err != nil {
		return err
	}
	data, err := m.MarshalBinary()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(data)
	return err
}

// foldOf parts the set by file, since sheets of one file are alike.
func foldOf(file string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(file))
	return int(h.Sum32() % folds)
}

// readSet gives the lessons of a set and the file each is from.
func readSet(name string) ([]lines.Lesson, []string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", name, err)
	}
	var out []lines.Lesson
	var files []string
	for dec := json.NewDecoder(bufio.NewReader(z)); ; {
		var in struct {
			File string     `json:"file"`
			Rows [][]string `json:"rows"`
			Line []string   `json:"line"`
		}
		if err := dec.Decode(&in); err == io.EOF {
			return out, files, nil
		} else if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", name, err)
		}
		l := lines.Lesson{Rows: in.Rows}
		for _, word := range in.Line {
			label, ok := lines.Parse(word)
			if !ok {
				return nil, nil, fmt.Errorf("read %s: label %q", name, word)
			}
			l.Labels = append(l.Labels, label)
		}
		if len(l.Labels) != len(l.Rows) {
			return nil, nil, fmt.Errorf("read %s: %d labels of %d rows", name, len(l.Labels), len(l.Rows))
		}
		out = append(out, l)
		files = append(files, in.File)
	}
}
