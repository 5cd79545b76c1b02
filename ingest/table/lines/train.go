package lines

import (
	"fmt"
	"math"

	"github.com/distbase/distbase/ingest/boost"
)

// Lesson is a sheet whose rows were labelled.
type Lesson struct {
	Rows   [][]string
	Labels []Label
}

// Settings of training.
type Settings struct {
	Trees, Leaves           int
	Rate, MinChild, Columns float64
	Follow                  float64 // weight of the odds of sequences
	Seed                    uint64
}

// Train learns from lessons. The same lessons and settings give the same model.
func Train(lessons []Lesson, s Settings) (*Model, error) {
	var lists []boost.List
	var pairs [classes + 1][classes]float64
	var counts [classes]float64
	for _, lesson := range lessons {
		sheet := look(lesson.Rows)
		before := classes
		for i, l := range sheet.lines {
			label := lesson.Labels[l.row]
			if label == Empty {
				continue
			}
			rows := asRows(sheet.features(i))
			lists = append(lists, boost.List{Rows: rows[:], Right: int(label)})
			pairs[before][label]++
			counts[label]++
			before = int(label)
		}
	}
	trees, err := boost.Train(lists, boost.Settings{Trees: s.Trees, Leaves: s.Leaves, Rate: s.Rate, MinChild: s.MinChild, Lambda: 2, Columns: s.Columns, Seed: s.Seed})
	if err != nil {
		return nil, fmt.Errorf("train lines: %w", err)
	}
	m := &Model{trees: trees}
	total := 0.0
	for _, n := range counts {
		total += n + 1
	}
	for p, row := range pairs {
		sum := 0.0
		for _, n := range row {
			sum += n + 1
		}
		for c, n := range row {
			m.follow[p][c] = s.Follow * (math.Log((n+1)/sum) - math.Log((counts[c]+1)/total))
		}
	}
	return m, nil
}
