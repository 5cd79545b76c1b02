// Command learn writes the numbers of package outlet, learned from made-up
// outlets and corruptions: see package sample. It is deterministic.
//
//	go run ./ingest/match/outlet/learn > ingest/match/outlet/model.json
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/distbase/distbase/ingest/match/outlet"
	"github.com/distbase/distbase/ingest/match/outlet/sample"
)

func main() {
	out, err := json.Marshal(outlet.Train(lessons()))
	if err == nil {
		_, err = fmt.Println(string(out))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// lessons are samples of many sizes, styles and degrees of corruption.
func lessons() []outlet.Lesson {
	var out []outlet.Lesson
	for i := range 42 {
		s := sample.New(sample.Options{
			Seed: uint64(100 + i), Half: sample.Training, Outlets: [...]int{2000, 100, 4000, 1000, 400, 6000, 30}[i%7], Queries: 2500,
			Strangers: [...]float64{0.05, 0.15, 0.3}[i%3], Hardness: [...]float64{0.25, 0.5, 0.75, 0.5}[i%4],
		})
		l := outlet.Lesson{Entries: s.Entries}
		for _, c := range s.Cases {
			l.Examples = append(l.Examples, outlet.Example(c))
		}
		out = append(out, l)
	}
	return out
}
